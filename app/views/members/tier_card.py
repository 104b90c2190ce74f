"""A tier as a card to choose: how many stand in it, what it asks for and brings."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.badges import BadgeView, badge_width, paint_badge
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.meters import paint_meter
from app.views.shared.tokens import RADIUS_CARD, Hue

HIGH = 108
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class TierView:
    """What a card shows; `share` is its part of all customers."""

    rank: int
    badge: BadgeView
    people: int
    counted: str
    share: float
    asks: str
    brings: str
    hue: Hue = "accent"


class TierCard(QAbstractButton):
    """One tier; the chosen one has the accent around it."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TierView | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    @property
    def rank(self) -> int:
        return self._view.rank if self._view else 0

    def show_tier(self, view: TierView) -> None:
        self._view = view
        self.setAccessibleName(", ".join((view.badge.words, view.counted, view.asks, view.brings)))
        self.setToolTip("")
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(HIGH))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(220), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(150), px(HIGH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, view = QPainter(self), self._view
        on = self.isChecked()
        ground = "surface" if on or not self.underMouse() else "hover"
        paint.box(p, self.rect(), px(RADIUS_CARD), ground, "accent" if on else "line", 2 if on else 1)
        if view is not None:
            self._paint_tier(p, view, self.rect().adjusted(px(14), px(10), -px(14), -px(10)))
        p.end()

    def _paint_tier(self, p: QPainter, view: TierView, room: QRect) -> None:
        high = look.current().line("figure")
        top = QRect(room.left(), room.top(), room.width(), high)
        wide = paint.say(p, top, f"{view.people:,}", "figure")
        paint.say(p, top.adjusted(wide + px(6), px(4), 0, 0), f"{view.share:.0%}", "small", "ink2")
        x = room.right() + 1 - badge_width(view.badge)
        paint_badge(p, x, top.center().y() + 1, view.badge)
        bar = QRect(room.left(), top.bottom() + px(6), room.width(), px(6))
        paint_meter(p, bar, view.share, view.hue)
        line = look.current().line("small")
        below = QRect(room.left(), bar.bottom() + px(6), room.width(), line)
        paint.say(p, below, view.asks, "small", "ink2")
        paint.say(p, below.translated(0, line), view.brings, "small", "ink2")


class TierCards(QWidget):
    """All tiers side by side, the highest first; `chosen` tells the rank."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(gap=12)
        self._cards: list[TierCard] = []
        self.setLayout(self._row)

    @property
    def cards(self) -> list[TierCard]:
        return list(self._cards)

    def show_tiers(self, views: list[TierView], rank: int) -> None:
        """Show the tiers; the one of `rank` is chosen, without telling anyone."""
        while len(self._cards) > len(views):
            gone = self._cards.pop()
            self._row.removeWidget(gone)
            gone.deleteLater()
        while len(self._cards) < len(views):
            self._add()
        for card, view in zip(self._cards, views, strict=True):
            card.show_tier(view)
            card.setChecked(view.rank == rank)
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if view.rank == rank else Qt.FocusPolicy.ClickFocus)

    def _add(self) -> None:
        card = TierCard(self)
        card.clicked.connect(lambda: self.chosen.emit(card.rank))
        card.stepped.connect(lambda step: self._step(card, step))
        self._cards.append(card)
        self._row.add((card, 1))

    def _step(self, card: TierCard, step: int) -> None:
        at = self._cards.index(card) + step
        if 0 <= at < len(self._cards):
            self._cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self._cards[at].click()
