"""Rejected rows as a table whose cells a person puts right; what was touched is brought in again."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from app.formats.values import text_of
from app.services.transfer import Plan, Rejection, rejected_rows
from app.views.shared import look
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.rows_model import ToneRole
from app.views.shared.tables import CellDelegate, Head
from app.views.transfer import words

Index = QModelIndex | QPersistentModelIndex
BEFORE = 1
"""Columns that cannot be written in: the line."""
MOST = 500
"""Rows that are shown: a file with more faults than this is better put right where it comes from."""


class RepairRows(QAbstractTableModel):
    """The rows as texts. `touched` are those in which something was written."""

    edited = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heads: list[str] = []
        self._rows: list[tuple[Rejection, str, list[str]]] = []
        self._touched: set[int] = set()

    def show_rows(self, heads: Sequence[str], rows: Sequence[tuple[Rejection, str, list[str]]]) -> None:
        """Start over: each row is its rejection, where it stands, and its cells."""
        self.beginResetModel()
        self._heads, self._rows, self._touched = list(heads), list(rows), set()
        self.endResetModel()

    def touched(self) -> dict[int, list[str]]:
        """Line → cells as they now stand, of the rows in which something was written."""
        return {rejection.line: cells for rejection, _, cells in self._rows if rejection.line in self._touched}

    def why(self, row: int) -> str:
        """Why this row was rejected, and what to do."""
        return words.reason(self._rows[row][0]) if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return self._heads[section] if shown and section < len(self._heads) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        rejection, place, cells = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            said = (place, *cells)
            return said[index.column()] if index.column() < len(said) else ""
        if role == ToneRole:
            return self._tone(rejection, index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        rejection, _, cells = self._rows[index.row()]
        place = index.column() - BEFORE
        if role != Qt.ItemDataRole.EditRole or not 0 <= place < len(cells) or cells[place] == value:
            return False
        cells[place] = str(value)
        self._touched.add(rejection.line)
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        writable = Qt.ItemFlag.ItemIsEditable if index.column() >= BEFORE else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | writable

    def _tone(self, rejection: Rejection, place: int) -> str:
        if place < BEFORE:
            return "ink2"
        return "red_text" if self._heads[place] == rejection.column else "ink"


class RepairTable(QTableView):
    """F2, Enter or typing writes in a cell; arrows go from cell to cell, Tab too while one is written in."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalHeader(Head(self))
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        trigger = QTableView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed | trigger.DoubleClicked)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        look.follow(self.relook)

    def relook(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(36))
        for place in range(self.horizontalHeader().count()):
            self.setColumnWidth(place, px(72 if place < BEFORE else 150))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes; with Ctrl it stays the button's."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # The Return that ends the writing comes by here too, and must press no button.
            if self.state() != QTableView.State.EditingState:
                self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


class RepairPage(QWidget):
    """`edited` says that something was written."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = PlainLabel("", "small", tone="ink2", wrap=True)
        self.rows = RepairRows(self)
        self.table = RepairTable()
        self.table.setModel(self.rows)
        self.why = PlainLabel("", "strong", tone="red_text", wrap=True)
        self.rows.edited.connect(self.edited)
        self.table.selectionModel().currentChanged.connect(
            lambda now, _before: self.why.setText(self.rows.why(now.row()))
        )
        self.setLayout(column(self.hint, self.why, self.table, gap=12))

    def show_rejected(self, plan: Plan, rejections: Sequence[Rejection]) -> None:
        """Read these rows from the file once more."""
        found = [
            (rejection, plan.place(rejection.line), [text_of(cell) for cell in cells])
            for rejection, cells in rejected_rows(plan, rejections[:MOST])
        ]
        widest = max((len(cells) for _, _, cells in found), default=0)
        heads = [plan.header(i) if i < len(plan.headers) else f"#{i + 1}" for i in range(widest)]
        self.rows.show_rows((self.tr("Line"), *heads), found)
        self.table.setFixedHeight(px(32 + 36 * min(len(found), 8) + 20))
        self.table.relook()
        if found:
            place = heads.index(found[0][0].column) if found[0][0].column in heads else 0
            self.table.setCurrentIndex(self.rows.index(0, BEFORE + place))

    def retranslate(self) -> None:
        self.hint.setText(
            self.tr("Go to a cell with the arrows, write, and press Enter. Rows you leave as they are stay rejected.")
        )
