"""What month, week and day have in common: a chosen day, strips that can be dragged, what is said of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.services.followups import DayPlan, FollowUpRow, Spot
from app.views.followups.pieces import Layer, Layers, Piece, more_words, piece_words, pieces, unread
from app.views.followups.strips import outline, paint_strip
from app.views.shared import look, paint
from app.views.shared.day_words import long_day
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CARD

SPOKEN = 12
"""So much of a day is said by a screen reader: nobody listens to sixty at each step of an arrow."""
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


@dataclass
class _Drag:
    """A strip in the hand: from where, and over which spot now."""

    piece: Piece
    item: FollowUpRow
    size: QRect
    start: QPoint
    at: QPoint
    moving: bool = False


class Grid(QWidget):
    """`day` is the chosen one, `days` those of the page. What the days hold is given by `show_plans`."""

    day_chosen = Signal(object)
    """A date, by key or click; the page may have turned."""
    entered = Signal()
    """Enter: on into the day's agenda."""
    adding = Signal(object)
    """A double click on a Spot."""
    opened = Signal(object)
    """A double click on a Piece."""
    touched = Signal(object, bool)
    """A click on a follow-up, and whether it was to be marked (Ctrl)."""
    dropped = Signal(object, object)
    """A follow-up was let go over another Spot."""
    resized = Signal()
    """There may be room for more than was read."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.day: date = now.date()
        self.days: list[date] = self.page_of(self.day)
        self._plans: Mapping[date, DayPlan] = {}
        self._layers: Layers = frozenset()
        self._drag: _Drag | None = None
        self._cut: frozenset[int] = frozenset()
        self._marked: frozenset[int] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.follow(self.update)

    # what each view says for itself

    def page_of(self, day: date) -> list[date]:
        """The days of the page that shows `day`."""
        raise NotImplementedError

    def spot_at(self, at: QPoint) -> Spot | None:
        """The day, and perhaps the hour, under a point."""
        raise NotImplementedError

    def shown(self) -> Iterator[tuple[QRect, Piece]]:
        """Every strip that is seen, with where it lies."""
        raise NotImplementedError

    def paint_page(self, p: QPainter, over: Spot | None, stale: QRegion) -> None:
        """Paint days and strips where the page is stale; `over` is where the strip in the hand would land.

        What reaches into the round corners of the card is clipped by `card`, and nothing else: it makes all that is
        painted under it slow.
        """
        raise NotImplementedError

    def card(self) -> QPainterPath:
        """The inside of the card."""
        return paint.rounded(self.rect(), px(RADIUS_CARD), inset=1)

    def wants(self) -> int:
        """How many follow-ups, and how many birthdays, of a day are read: as many as can be seen."""
        raise NotImplementedError

    def step(self, key: Qt.Key) -> bool:
        """Go where a key leads; False for a key that leads nowhere."""
        raise NotImplementedError

    def turned(self, pages: int) -> date:
        """The chosen day so many pages on."""
        raise NotImplementedError

    # what is shown

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def marks_days(self) -> bool:
        """Whether lunar days and festivals are said."""
        return Layer.FESTIVALS in self._layers

    def go(self, day: date) -> None:
        """Stand on a day, and on the page that shows it."""
        self.day = day
        if day not in self.days:
            self.days = self.page_of(day)
        self.update()

    def spot(self) -> Spot:
        """Where something new or cut would be put."""
        return Spot(self.day)

    def show_plans(self, plans: Sequence[DayPlan], layers: Layers) -> None:
        """Show what the days hold."""
        self._plans, self._layers = {plan.day: plan for plan in plans}, layers
        self._speak()
        self.update()

    def show_held(self, cut: Iterable[int], marked: Iterable[int]) -> None:
        """Outline the follow-ups that were cut or marked."""
        self._cut, self._marked = frozenset(cut), frozenset(marked)
        self.update()

    def pieces_of(self, day: date) -> list[Piece]:
        plan = self._plans.get(day)
        return pieces(plan, self._layers, self.today) if plan else []

    def unread(self, day: date) -> int:
        """How many more a day has than were read."""
        plan = self._plans.get(day)
        return unread(plan, self._layers) if plan else 0

    def strip_of(self, followup_id: int) -> QPoint | None:
        """The middle of a follow-up's strip, where it is shown."""
        found = (strip for strip, piece in self.shown() if piece.item and piece.item.id == followup_id)
        strip = next(found, None)
        return strip.center() if strip else None

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~_KEYPAD:
            super().keyPressEvent(event)
        elif self.step(key):
            self._speak()
            self.day_chosen.emit(self.day)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self._drag:
            self._let_go()
        else:
            super().keyPressEvent(event)

    def _speak(self) -> None:
        """The chosen day with what it holds first: what is painted is invisible to a screen reader."""
        pieces = self.pieces_of(self.day)
        said = [self.day_words(), *(piece_words(piece) for piece in pieces[:SPOKEN])]
        rest = len(pieces) - SPOKEN + self.unread(self.day)
        self.setAccessibleName(", ".join([*said, more_words(rest, some_shown=True)] if rest > 0 else said))

    def day_words(self) -> str:
        return long_day(self.day, self.today)

    # mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        spot = self.spot_at(at)
        if spot is None or event.button() != Qt.MouseButton.LeftButton:
            return
        found = self._found_at(at)
        self.choose(spot)
        self._speak()
        self.update()
        self.day_chosen.emit(self.day)
        if found is None or found[1].item is None:
            return
        strip, piece = found
        marks = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self.touched.emit(piece.item, marks)
        if piece.movable and piece.item and not marks:
            self._drag = _Drag(piece, piece.item, QRect(strip), at, at)

    def choose(self, spot: Spot) -> None:
        """A click chooses a day without turning the page under the mouse."""
        self.day = spot.day

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._drag.at = event.position().toPoint()
        far = (self._drag.at - self._drag.start).manhattanLength() >= QApplication.startDragDistance()
        self._drag.moving = self._drag.moving or far
        self.setCursor(Qt.CursorShape.ClosedHandCursor if self._drag.moving else Qt.CursorShape.ArrowCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, spot = self._drag, self.spot_at(event.position().toPoint())
        self._let_go()
        if drag and drag.moving and spot is not None:
            self.dropped.emit(drag.item, spot)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        spot, found = self.spot_at(at), self._found_at(at)
        self._let_go()
        if found:
            self.opened.emit(found[1])
        elif spot is not None:
            self.adding.emit(spot)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._found_at(event.pos())
            QToolTip.showText(event.globalPos(), piece_words(found[1]) if found else "", self)
            return True
        return super().event(event)

    def _found_at(self, at: QPoint) -> tuple[QRect, Piece] | None:
        return next(((strip, piece) for strip, piece in self.shown() if strip.contains(at)), None)

    def _let_go(self) -> None:
        self._drag = None
        self.unsetCursor()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    # painting

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        p, drag = QPainter(self), self._drag if self._drag and self._drag.moving else None
        paint.box(p, self.rect(), px(RADIUS_CARD), "surface", "line")
        p.save()
        self.paint_page(p, self.spot_at(drag.at) if drag else None, event.region())
        held = self._cut | self._marked | ({drag.item.id} if drag else set())
        if held:
            for strip, piece in self.shown():
                if piece.item and piece.item.id in held:
                    outline(p, strip, marked=piece.item.id in self._marked)
        p.restore()
        if drag:
            strip = QRect(drag.size)
            strip.moveCenter(drag.at)
            paint_strip(p, strip, drag.piece)
            outline(p, strip, marked=False)
        p.end()
