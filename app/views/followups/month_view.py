"""The month as six weeks of painted squares: the arrows move the day, a strip can be dragged to another day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.services.followups import DayPlan, FollowUpRow
from app.views.followups.page import WEEKDAYS, Piece, Squares, page_days, pieces
from app.views.followups.squares import SquarePainter, paint_weekdays, piece_words
from app.views.shared import look, paint
from app.views.shared.day_words import long_day
from app.views.shared.look import px
from app.views.shared.month import months_later
from app.views.shared.tokens import RADIUS_CARD

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEKDAYS,
    Qt.Key.Key_Down: WEEKDAYS,
}


@dataclass
class _Drag:
    """A strip in the hand: from where, and over which square now."""

    piece: Piece
    item: FollowUpRow
    start: QPoint
    at: QPoint
    moving: bool = False


class MonthView(QWidget):
    """One page. `day` is the chosen one; what the days hold is given by `show_plans`."""

    day_chosen = Signal(object)
    """A date, by key or click; the page may have turned."""
    entered = Signal()
    """Enter: on into the day's agenda."""
    adding = Signal(object)
    """A double click on a date."""
    opened = Signal(object)
    """A double click on a follow-up."""
    dropped = Signal(object, object)
    """A follow-up was let go over another date."""

    def __init__(self, day: date, today: date) -> None:
        super().__init__()
        self.day, self.today, self.days = day, today, page_days(day)
        self.lunar = False
        self._plans: Mapping[date, DayPlan] = {}
        self._layers: frozenset[str] = frozenset()
        self._drag: _Drag | None = None
        self._cut: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.follow(self.update)

    # what is shown

    def go(self, day: date) -> None:
        """Stand on a day, and on the page that shows it."""
        self.day = day
        if (day.year, day.month) != (self.page_month.year, self.page_month.month):
            self.days = page_days(day)
        self.update()

    @property
    def page_month(self) -> date:
        """A day of the month whose page is shown; the chosen day may lie in one of its neighbours."""
        return self.days[WEEKDAYS * 2]

    def show_plans(self, plans: Sequence[DayPlan], layers: frozenset[str]) -> None:
        """Show what the days hold."""
        self._plans, self._layers = {plan.day: plan for plan in plans}, layers
        self._speak()
        self.update()

    def show_cut(self, followup_id: int | None) -> None:
        """Mark the follow-up that is to be moved."""
        self._cut = followup_id
        self.update()

    def pieces_of(self, day: date) -> list[Piece]:
        plan = self._plans.get(day)
        return pieces(plan, self._layers, self.today) if plan else []

    def _visible(self, day: date) -> list[Piece]:
        """The strips that fit into their square."""
        found = self.pieces_of(day)
        return found[: self.squares().shown(len(found) + self._unread(day))]

    def _unread(self, day: date) -> int:
        """Birthdays beyond those that were read."""
        plan = self._plans.get(day)
        return plan.born - len(plan.birthdays) if plan and "birthdays" in self._layers else 0

    def squares(self) -> Squares:
        return Squares(self.width(), self.height())

    def strip_of(self, followup_id: int) -> QPoint | None:
        """The middle of a follow-up's strip, where it is shown."""
        for place, day in enumerate(self.days):
            for nth, piece in enumerate(self._visible(day)):
                if piece.item and piece.item.id == followup_id:
                    return self.squares().strip(place, nth).center()
        return None

    def sizeHint(self) -> QSize:
        return QSize(px(836), px(650))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(420), px(300))

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._choose(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._choose(months_later(self.day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self._choose(self.day - timedelta(days=self.day.weekday()))
        elif key == Qt.Key.Key_End:
            self._choose(self.day + timedelta(days=WEEKDAYS - 1 - self.day.weekday()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self._drag:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _choose(self, day: date) -> None:
        self.go(day)
        self._speak()
        self.day_chosen.emit(day)

    def _speak(self) -> None:
        said = [long_day(self.day, self.today), *(piece_words(piece) for piece in self.pieces_of(self.day))]
        self.setAccessibleName(", ".join(said))

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        place = self.squares().place_at(at)
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return
        piece = self._piece_at(at)
        if piece and piece.item and piece.item.done_at is None:
            self._drag = _Drag(piece, piece.item, at, at)
        self._choose_on_page(self.days[place])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._drag.at = event.position().toPoint()
        far = (self._drag.at - self._drag.start).manhattanLength() >= QApplication.startDragDistance()
        self._drag.moving = self._drag.moving or far
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._drag.moving else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, place = self._drag, self.squares().place_at(event.position().toPoint())
        self._let_go()
        if drag and drag.moving and place is not None and self.days[place] != drag.item.due_on:
            self.dropped.emit(drag.item, self.days[place])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        place, piece = self.squares().place_at(at), self._piece_at(at)
        self._let_go()
        if piece and piece.item:
            self.opened.emit(piece.item)
        elif place is not None:
            self.adding.emit(self.days[place])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            piece = self._piece_at(event.pos())
            QToolTip.showText(event.globalPos(), piece_words(piece) if piece else "", self)
            return True
        return super().event(event)

    def _choose_on_page(self, day: date) -> None:
        """A click on a day of the month before or after chooses it without turning the page under the mouse."""
        self.day = day
        self._speak()
        self.update()
        self.day_chosen.emit(day)

    def _piece_at(self, at: QPoint) -> Piece | None:
        squares = self.squares()
        place = squares.place_at(at)
        if place is None:
            return None
        shown = enumerate(self._visible(self.days[place]))
        return next((piece for nth, piece in shown if squares.strip(place, nth).contains(at)), None)

    def _let_go(self) -> None:
        self._drag = None
        self.unsetCursor()
        self.update()

    # painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, squares = QPainter(self), self.squares()
        paint.box(p, self.rect(), px(RADIUS_CARD), "surface", "line")
        p.save()
        p.setClipPath(paint.rounded(self.rect(), px(RADIUS_CARD), inset=1))
        paint_weekdays(p, squares)
        over = squares.place_at(self._drag.at) if self._drag and self._drag.moving else None
        for place, day in enumerate(self.days):
            painter = SquarePainter(p, squares, place, day, self.lunar)
            painter.paint_ground(
                outside=day.month != self.page_month.month,
                today=day == self.today,
                chosen=day == self.day,
                focused=self.hasFocus(),
                over=place == over,
            )
            painter.paint_pieces(self.pieces_of(day), self._held_id(), self._unread(day))
        p.restore()
        if self._drag and self._drag.moving:
            self._paint_drag(p, self._drag)
        p.end()

    def _held_id(self) -> int | None:
        return self._drag.item.id if self._drag and self._drag.moving else self._cut

    def _paint_drag(self, p: QPainter, drag: _Drag) -> None:
        strip = self.squares().strip(0, 0)
        strip.moveCenter(drag.at)
        SquarePainter.paint_strip(p, strip, drag.piece)
        paint.box(p, strip, px(5), None, "accent")
