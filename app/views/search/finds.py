"""The list inside the palette: sections of finds under small headings, one of them chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyleOptionViewItem

from app.views.search.sections import Section
from app.views.shared import paint
from app.views.shared.hit_rows import FoundDelegate, FoundRow
from app.views.shared.lists import Heading
from app.views.shared.look import px
from app.views.shared.rows_model import RowRole, RowsModel

ROW, ACT_ROW, HEADING = 52, 40, 30
Index = QModelIndex | QPersistentModelIndex


class SectionDelegate(FoundDelegate):
    """Finds with facts are two lines high, acts one, headings a small caption."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(200), px(height_of(index.data(RowRole))))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        if isinstance(row, Heading):
            line = option.rect.adjusted(px(20), px(6), -px(20), 0)
            paint.say(p, line, row.words, "caption", "ink2", weight=600)
        else:
            super().paint(p, option, index)


class FindList(QListView):
    """Never takes the focus: the field keeps it and moves the choice."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: RowsModel[Any] = RowsModel((), self, spoken=spoken, inert=lambda row: isinstance(row, Heading))
        self.setModel(self.rows)
        self.setItemDelegate(SectionDelegate(parent=self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda index: self.taken.emit(index.data(RowRole)))

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show what has rows; the first row is chosen."""
        shown: list[Any] = []
        for section in sections:
            if section.rows:
                shown += [Heading(("heading", section.title), section.title), *section.rows]
        self.rows.show_rows(shown)
        self.scrollToTop()
        self.step(1, start=-1)

    def step(self, by: int, *, start: int | None = None) -> None:
        """Move the choice over headings; stays where there is nothing further."""
        place = (self.currentIndex().row() if start is None else start) + by
        while 0 <= place < self.rows.rowCount() and isinstance(self.rows.row_at(place), Heading):
            place += by
        if 0 <= place < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(place, 0))

    def chosen(self) -> FoundRow | None:
        row = self.currentIndex().data(RowRole)
        return row if isinstance(row, FoundRow) else None

    def at_place(self, place: int) -> FoundRow | None:
        """The find at a place, headings not counted."""
        found = [row for row in self.rows.rows if isinstance(row, FoundRow)]
        return found[place] if place < len(found) else None

    def wanted_height(self) -> int:
        """What all rows need."""
        return sum(px(height_of(row)) for row in self.rows.rows) + px(12)


def height_of(row: object) -> int:
    """Of one row, at 100 %."""
    if isinstance(row, Heading):
        return HEADING
    return ROW if isinstance(row, FoundRow) and row.facts else ACT_ROW


def spoken(row: object) -> str:
    return row.words if isinstance(row, Heading) else row.spoken if isinstance(row, FoundRow) else ""
