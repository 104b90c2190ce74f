"""The lines of the ticket: what, how many with − and +, what it costs."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.shared import look, paint
from app.views.shared.look import px
from app.views.shared.rows_model import RowRole, RowsModel
from app.views.shared.tokens import RADIUS_CONTROL

HIGH, STEPPER, PRICE, SIDE = 54, 88, 92, 28


@dataclass(frozen=True, slots=True)
class LineView:
    """One line; `id` is its place on the ticket."""

    id: int
    name: str
    quantity: str
    amount: str
    each: str
    saving: str = ""

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.name, self.quantity, self.amount, self.saving) if part)


def amounts_width(lines: list[LineView]) -> int:
    """Room for the widest amount and the gap before it: an amount is never cut."""
    measure = look.current().measure
    widest = [max(measure(line.amount, "strong"), measure(line.each, "small")) for line in lines]
    return max([px(PRICE), *(wide + px(8) for wide in widest)])


def stepper_of(rect: QRect, amounts: int) -> QRect:
    """Where − n + stands in a row whose amounts take so much at the right."""
    left = rect.right() - px(8 + STEPPER) - amounts
    return QRect(left, rect.center().y() - px(SIDE) // 2 + 1, px(STEPPER), px(SIDE))


class LineDelegate(QStyledItemDelegate):
    """Paints a line; the chosen one stands on its own ground."""

    def displayText(self, value: object, _locale: object) -> str:
        return str(value)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(240), px(HIGH))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        line: LineView | None = index.data(RowRole)
        if line is None:
            return
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect.adjusted(0, 1, 0, -1)
        if state & QStyle.StateFlag.State_Selected:
            paint.box(p, rect, px(RADIUS_CONTROL), "selected")
        amounts = getattr(option.widget, "amounts", px(PRICE))
        step, high = stepper_of(option.rect, amounts), look.current().line("body")
        top = rect.center().y() - high + 1
        words = QRect(rect.left() + px(8), top, step.left() - rect.left() - px(16), high)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        paint.say(p, words, line.name, "strong" if chosen else "body")
        paint.say(p, words.translated(0, high), line.saving or line.each, "small", _tone(line))
        _paint_stepper(p, step, line.quantity)
        money = QRect(step.right() + px(4), top, rect.right() - step.right() - px(12), high)
        paint.say(p, money, line.amount, "strong", where=paint.RIGHT)
        if line.saving:
            paint.say(p, money.translated(0, high), line.each, "small", "ink2", paint.RIGHT)


def _tone(line: LineView) -> str:
    return "accent_text" if line.saving else "ink2"


def _paint_stepper(p: QPainter, rect: QRect, words: str) -> None:
    paint.box(p, rect, px(RADIUS_CONTROL), "surface", "line")
    side = px(12)
    third = px(SIDE)
    for icon, left in (("ph.minus", rect.left()), ("ph.plus", rect.right() + 1 - third)):
        spot = paint.square(QRect(left, rect.top(), third, rect.height()).center(), side)
        paint.glyph(p, spot, icon, "ink2")
    paint.say(p, rect.adjusted(third, 0, -third, 0), words, "strong", where=paint.CENTRE)


class TicketLines(QListView):
    """The list of lines; + and − change the chosen one, Delete takes it off, a click on the stepper does the same."""

    changed = Signal(int, int)
    """Place, and by how many."""
    removed = Signal(int)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: RowsModel[LineView] = RowsModel((), self, spoken=lambda line: line.spoken)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.amounts, self._least = px(PRICE), 2
        look.follow(self.relook)

    def show_lines(self, lines: list[LineView], chosen: int) -> None:
        """Show the lines; the chosen one is made visible."""
        self.amounts = amounts_width(lines)
        self.lines.show_rows(lines)
        self.updateGeometry()
        if 0 <= chosen < len(lines):
            self.setCurrentIndex(self.lines.index(chosen, 0))
            self.scrollTo(self.currentIndex())

    def relook(self) -> None:
        self.amounts = amounts_width(self.lines.rows)
        self.verticalScrollBar().setSingleStep(px(20))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def set_least(self, lines: int) -> None:
        """How many lines are seen where there is hardly room; the chosen one is among them."""
        self._least = lines
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Two lines, or the only one: what scrolls around the list gives it that, and all that is left."""
        return QSize(px(STEPPER + PRICE + 120), px(min(self._least, max(1, len(self.lines.rows))) * HIGH + 6))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(STEPPER + PRICE + 120), px(HIGH + 6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.currentIndex().row()
        step = {"+": 1, "=": 1, "-": -1}.get(event.text(), 0)
        if step and place >= 0:
            self.changed.emit(place, step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and place >= 0:
            self.removed.emit(place)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            self.chosen.emit(self.currentIndex().row())
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if not index.isValid():
            return
        self.chosen.emit(index.row())
        step = stepper_of(self.visualRect(index), self.amounts)
        if step.contains(at) and at.x() < step.left() + px(SIDE):
            self.changed.emit(index.row(), -1)
        elif step.contains(at) and at.x() > step.right() - px(SIDE):
            self.changed.emit(index.row(), 1)
