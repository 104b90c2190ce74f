"""The one styled table: caption heads, hairlines between rows, figures at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.views.shared import look, paint
from app.views.shared.choice import Choice
from app.views.shared.layouts import see_through
from app.views.shared.look import px
from app.views.shared.rows_model import BaseRows, RowRole, ToneRole
from app.views.shared.sticky import StickyColumn

ROW, COMPACT_ROW, _PAD = 36, 28, 12
LEAST_LEFT = 100
"""What the column that takes the rest needs to be read."""


def paint_ground(p: QPainter, rect: QRect, *, selected: bool, over: bool) -> None:
    """Under the words of a row, or of one cell of it."""
    if selected or over:
        p.fillRect(rect, look.colour("selected" if selected else "hover"))
    paint.hairline(p, QPoint(rect.left(), rect.bottom()), rect.width())


def paint_bar(p: QPainter, rect: QRect) -> None:
    """At the left edge of what is chosen."""
    high = min(px(28), rect.height() - px(6))
    paint.box(p, QRect(rect.left(), rect.center().y() - high // 2, px(3), high), px(3) / 2, "accent")


def paint_words(p: QPainter, rect: QRect, words: str, token: str | None, *, right: bool) -> None:
    """The words of a cell, elided where they must be."""
    where = paint.RIGHT if right else paint.LEFT
    paint.say(p, rect.adjusted(px(_PAD), 0, -px(_PAD), 0), words, "body", token or "ink", where)


class CellDelegate(QStyledItemDelegate):
    """One cell where a table is painted cell by cell: its words over the ground of its row."""

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        table = self.parent()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(p, rect, selected=selected, over=isinstance(table, Table) and table.row_over == index.row())
        if selected and index.column() == 0 and isinstance(table, Table):
            paint_bar(p, rect)
        where = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = bool(where and Qt.AlignmentFlag(where) & Qt.AlignmentFlag.AlignRight)
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint_words(p, rect, words, index.data(ToneRole), right=right)

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return QSize(look.current().measure(words) + 2 * px(_PAD), px(ROW))


class Head(QHeaderView):
    """Caption heads; the arrow of the sorted column is in the accent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(32))

    def sectionSizeFromContents(self, section: int) -> QSize:
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        return QSize(look.current().measure(words, "caption", weight=600) + 2 * px(_PAD) + px(14), px(32))

    def paintSection(self, p: QPainter, rect: QRect, section: int) -> None:
        p.save()
        paint.hairline(p, QPoint(rect.left(), rect.bottom()), rect.width())
        model = self.model()
        words = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        where = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(where and Qt.AlignmentFlag(where) & Qt.AlignmentFlag.AlignRight)
        area = rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        if sorted_here:
            self._paint_arrow(p, area, words, right)
            area.adjust(0, 0, -px(14), 0) if right else None
        paint.say(p, area, words, "caption", "ink3", paint.RIGHT if right else paint.LEFT)
        p.restore()

    def _paint_arrow(self, p: QPainter, area: QRect, words: str, right: bool) -> None:
        wide = look.current().measure(words, "caption")
        x = area.right() - px(6) if right else min(area.left() + wide + px(9), area.right() - px(6))
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        name = "ph.caret-up-fill" if up else "ph.caret-down-fill"
        paint.glyph(p, paint.square(QPoint(x, area.center().y()), px(11)), name, "accent_text")


class Table(QTableView):
    """A table over a RowsModel or PagedRows: arrows move by rows, Enter or a double click opens, a head sorts."""

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        see_through(self)
        self._compact = compact
        self.row_over = -1
        self._sticky: StickyColumn | None = None
        self.head = Head(self)
        self.setHorizontalHeader(self.head)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.choice = Choice(self)
        self.choice.changed.connect(self.chosen)
        self.entered.connect(self._on_entered)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(RowRole)))
        look.follow(self.relook)

    def setModel(self, model: Any) -> None:
        super().setModel(model)
        if model is not None:
            self._stick()
            self.choice.watch(model)  # last of all: after a reset it chooses again, when every view has forgotten
            self._offer_sorting()

    def set_widths(self, *widths: int | None, give_way: Sequence[int] = (), least: int = LEAST_LEFT) -> None:
        """Widths of the columns in lengths of the design; None takes what is left.

        Where that is less than `least`, the columns of `give_way` leave, the first of them first.
        """
        self._widths, self._give_way, self._least = widths, tuple(give_way), least
        self._place_columns()

    def take_the_rest(self) -> None:
        """Ask for no height of its own on a page that gives it what is left: two rows are the least."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def set_shown(self, rows: int) -> None:
        """In a dialog: as high as so many rows, and lower in a low window, which would hide what stands below."""
        self._shown = rows
        self.setMaximumHeight(self._high(rows))
        self.updateGeometry()

    _shown = 0
    _widths: tuple[int | None, ...] = ()
    _give_way: tuple[int, ...] = ()
    _least: int = LEAST_LEFT

    def relook(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(COMPACT_ROW if self._compact else ROW))
        self.verticalScrollBar().setSingleStep(px(ROW))
        if self._shown:
            self.setMaximumHeight(self._high(self._shown))
        self._place_columns()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._high(self._shown)) if self._shown else hint

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), self._high(2))

    def _high(self, rows: int) -> int:
        """A head and so many rows."""
        return px(32 + rows * (COMPACT_ROW if self._compact else ROW) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if self.currentIndex().isValid():
                self.opened.emit(self.choice.row())
            return
        if event.text() and event.text().isprintable() and not event.modifiers() & ~_KEYPAD:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A row at a time: cell by cell, Qt would ask the model six times for each and the style sheet once."""
        model = self.model()
        if not isinstance(model, BaseRows) or not model.columns:
            super().paintEvent(event)
            return
        p, seen = QPainter(self.viewport()), event.rect()
        first = self.rowAt(seen.top())
        last = self.rowAt(seen.bottom()) if first >= 0 else -1
        for place in range(max(0, first), (model.rowCount() if first >= 0 > last else last + 1)):
            self._paint_row(p, model, place)
        p.end()

    def _paint_row(self, p: QPainter, model: BaseRows[Any], place: int) -> None:
        y, high = self.rowViewportPosition(place), self.rowHeight(place)
        whole = QRect(self.columnViewportPosition(0), y, self.head.length(), high)
        selected = self.selectionModel().rowIntersectsSelection(place, QModelIndex())
        paint_ground(p, whole, selected=selected, over=self.row_over == place)
        if selected:
            paint_bar(p, whole)
        row = model.row_at(place)
        for at, column in enumerate(model.columns if row is not None else ()):
            if wide := self.columnWidth(at):
                cell = QRect(self.columnViewportPosition(at), y, wide, high)
                tone = column.tone(row) if column.tone else None
                paint_words(p, cell, column.text(row) or "", tone, right=column.align == "right")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._on_entered(QModelIndex())

    def _on_entered(self, index: QModelIndex) -> None:
        self.row_over = index.row() if index.isValid() else -1
        self.viewport().update()

    def _stick(self) -> None:
        """Whose row it is stays in sight while the figures scroll."""
        if self._sticky is not None:
            self._sticky.deleteLater()
        self._sticky = StickyColumn(self, Head(self))

    def _offer_sorting(self) -> None:
        """Sorting is asked for by a click only: turning it on must not reorder what the service ordered."""
        self.head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _place_columns(self) -> None:
        for section, wide in enumerate(self._widths):
            if wide is None:
                self.head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
            else:
                self.setColumnWidth(section, px(wide))
        if self._widths:
            self.head.setStretchLastSection(None not in self._widths)
        self._make_room()

    def _make_room(self) -> None:
        left = self.viewport().width() - sum(px(wide) for wide in self._widths if wide)
        for section in self._give_way:
            crowded = left < px(self._least)
            self.setColumnHidden(section, crowded)
            left += px(self._widths[section] or 0) if crowded else 0


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
