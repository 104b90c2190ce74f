"""The shelf: tiles of goods, the ones on the ticket marked with how many."""

import re
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.shared import look, paint
from app.views.shared.avatars import hue_of, initials
from app.views.shared.look import px
from app.views.shared.rows_model import RowRole, RowsModel
from app.views.shared.tokens import RADIUS_CARD, RADIUS_CONTROL

GAP, LEAST, PAD = 10, 140, 10
HIGH, TALL = 94, 114
"""All tiles are tall as soon as one name on the shelf needs a second line."""
_UNIT = re.compile(r"(?<=\d) (?=\S{1,3}$)")
"""The blank before a unit at the end: no line begins with a lone "g"."""


@dataclass(frozen=True, slots=True)
class TileView:
    """One article on the shelf."""

    id: int
    name: str
    price: str
    unit: str
    category: str
    on_ticket: str = ""
    """How many of it the ticket holds."""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.price, self.unit, self.on_ticket) if part)


class TileDelegate(QStyledItemDelegate):
    """Paints a tile; the gap to its neighbours lies inside the cell, right and below."""

    def displayText(self, value: object, _locale: object) -> str:
        return str(value)

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = option.widget
        return view.gridSize() if isinstance(view, QListView) else QSize(px(LEAST), px(HIGH))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        tile: TileView | None = index.data(RowRole)
        if tile is None:
            return
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus) and bool(state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect.adjusted(0, 0, -px(GAP), -px(GAP))
        pad = px(PAD)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        marked = bool(tile.on_ticket) or focused
        ground = "hover" if over else "surface"
        paint.box(p, rect, px(RADIUS_CARD), ground, "accent" if marked else "line", 2 if marked else 1)
        _paint_tile(p, rect.adjusted(pad, pad, -pad, -pad), tile)


def _paint_tile(p: QPainter, room: QRect, tile: TileView) -> None:
    hue, side = hue_of(tile.category), px(28)
    spot = QRect(room.left(), room.top(), side, side)
    paint.box(p, spot, px(RADIUS_CONTROL), f"{hue}_soft")
    paint.say(p, spot, initials(tile.name)[:1], "strong", f"{hue}_text", paint.CENTRE)
    if tile.on_ticket:
        _paint_count(p, room, tile.on_ticket)
    line = look.current().line("strong")
    name = QRect(room.left(), spot.bottom() + px(5), room.width(), line)
    below = QRect(room.left(), room.bottom() + 1 - line, room.width(), line)
    for words in broken(tile.name, room.width()) if below.top() >= name.top() + 2 * line else [tile.name]:
        paint.say(p, name, words, "strong")
        name.moveTop(name.top() + line)
    wide = paint.say(p, below, tile.price, "body")
    if tile.unit:
        paint.say(p, below.adjusted(wide + px(6), 0, 0, 0), f"/ {tile.unit}", "small", "ink2")


def broken(name: str, wide: int) -> list[str]:
    """A name in one line, or in two where it is too long; what is too long for two is left to be cut."""
    if look.current().measure(name, "strong") <= wide:
        return [name]
    text = QTextLayout(_UNIT.sub("\N{NO-BREAK SPACE}", name), look.font("strong"))
    text.beginLayout()
    line = text.createLine()
    line.setLineWidth(wide)
    at = line.textLength()
    text.endLayout()
    return [name[:at].rstrip(), name[at:].lstrip()]


def _paint_count(p: QPainter, room: QRect, words: str) -> None:
    wide = max(px(22), look.current().measure(words, "small", weight=600) + px(12))
    pill = QRect(room.right() - wide + 1, room.top(), wide, px(20))
    paint.box(p, pill, px(10), "accent")
    paint.say(p, pill, words, "small", "on_accent", paint.CENTRE, weight=600)


class Shelf(QListView):
    """Tiles in as many columns as fit. A click or Enter takes one; Esc and typing go back to the scan field."""

    taken = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: RowsModel[TileView] = RowsModel((), self, spoken=lambda tile: tile.spoken)
        self.setModel(self.tiles)
        self.setItemDelegate(TileDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        look.follow(self.relook)

    def show_tiles(self, tiles: list[TileView]) -> None:
        self.tiles.show_rows(tiles)
        self._lay_grid()

    def enter(self) -> None:
        """The focus goes to the first tile."""
        if self.tiles.rowCount():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.currentIndex().isValid():
                self.setCurrentIndex(self.tiles.index(0, 0))

    def relook(self) -> None:
        self.verticalScrollBar().setSingleStep(px(24))
        self._lay_grid()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(2 * LEAST + 16), px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_grid()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tile = self.currentIndex().data(RowRole)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _commands(event) and tile is not None:
            self.taken.emit(tile.id)
        elif event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_Up and self._in_first_row()):
            self.left.emit()
        elif event.text().isprintable() and event.text() and not _commands(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at: QPoint = event.position().toPoint()
        tile = self.indexAt(at).data(RowRole)
        if event.button() == Qt.MouseButton.LeftButton and tile is not None:
            self.taken.emit(tile.id)

    def _in_first_row(self) -> bool:
        return self.visualRect(self.currentIndex()).top() <= self.visualRect(self.tiles.index(0, 0)).top()

    def _lay_grid(self) -> None:
        """As many columns as there is room for beside the scroll bar, whether it is there or not."""
        room = self.width() - 2 * self.verticalScrollBar().sizeHint().width() - 2
        columns = max(2, (room + px(GAP)) // px(LEAST + GAP))
        wide = max(px(80), room // columns)
        inner = wide - px(GAP + 2 * PAD)
        tall = any(look.current().measure(tile.name, "strong") > inner for tile in self.tiles.rows)
        self.setGridSize(QSize(wide, px((TALL if tall else HIGH) + GAP)))


def _commands(event: QKeyEvent) -> bool:
    return bool(
        event.modifiers()
        & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
    )
