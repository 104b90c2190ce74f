"""Badges: small words on a soft ground that say standing, severity or state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_BADGE

BadgeTone = Literal["neutral", "outline", "accent", "gold", "red", "blue", "plum"]
_HEIGHT, _PAD, _ICON, _ICON_ROOM = 20, 7, 13, 16


@dataclass(frozen=True)
class BadgeView:
    """What a badge shows; rows carry one."""

    words: str
    tone: BadgeTone = "neutral"
    icon: str | None = None


def vip(words: str) -> BadgeView:
    """The highest standing: gold with a crown."""
    return BadgeView(words, "gold", "ph.crown-simple-fill")


def ordinary(words: str) -> BadgeView:
    """Everyday standing."""
    return BadgeView(words, "neutral")


def potential(words: str) -> BadgeView:
    """Not yet a customer: outlined everywhere, in badge, chart and legend."""
    return BadgeView(words, "outline")


def tier(words: str, hue: str = "", *, top: bool = False, bought: bool = True) -> BadgeView:
    """A tier the shop made: one of the five hues; the top one has the crown, those who never bought an outline."""
    if not bought:
        return potential(words)
    tone: dict[str, BadgeTone] = {"accent": "accent", "gold": "gold", "red": "red", "blue": "blue", "plum": "plum"}
    return BadgeView(words, tone.get(hue, "gold" if top else "neutral"), "ph.crown-simple-fill" if top else None)


def severity(words: str, degree: Literal["minor", "serious", "severe"]) -> BadgeView:
    """How bad a complaint is."""
    tone: dict[str, BadgeTone] = {"minor": "neutral", "serious": "gold", "severe": "red"}
    return BadgeView(words, tone[degree])


def on_the_spot(words: str) -> BadgeView:
    """Solved while the customer was still there."""
    return BadgeView(words, "accent", "ph.check")


def badge_width(view: BadgeView) -> int:
    """The width a badge needs."""
    weight = None if view.tone in ("neutral", "outline") else 600
    words = look.current().measure(view.words, "caption", weight=weight)
    return words + 2 * px(_PAD) + (px(_ICON_ROOM) if view.icon else 0)


def paint_badge(p: QPainter, x: int, middle: int, view: BadgeView) -> int:
    """Paint a badge with its left edge at `x`; returns the x after it."""
    rect = QRect(x, middle - px(_HEIGHT) // 2, badge_width(view), px(_HEIGHT))
    loud = view.tone not in ("neutral", "outline")
    fill = f"{view.tone}_soft" if loud else "pressed" if view.tone == "neutral" else None
    paint.box(p, rect, px(RADIUS_BADGE), fill, "edge" if view.tone == "outline" else None)
    ink, left = f"{view.tone}_text" if loud else "ink2", x + px(_PAD)
    if view.icon:
        paint.glyph(p, paint.square(QPoint(left + px(_ICON) // 2, middle), px(_ICON)), view.icon, ink)
        left += px(_ICON_ROOM)
    room = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
    paint.say(p, room, view.words, "caption", ink, weight=600 if loud else None)
    return rect.right() + 1


class Badge(QWidget):
    """A badge as a widget; it hides itself while it has nothing to say."""

    def __init__(self, view: BadgeView | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def show_badge(self, view: BadgeView | None) -> None:
        """Show another badge, or none."""
        self._view = view
        self.setVisible(view is not None)
        self.relook()

    def relook(self) -> None:
        self.setAccessibleName(self._view.words if self._view else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._view) if self._view else 0, px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view:
            p = QPainter(self)
            paint_badge(p, 0, self.height() // 2, self._view)
            p.end()


class Keycap(QWidget):
    """A key as a widget, where it is not part of a button."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def set_words(self, words: str) -> None:
        self._words = words
        self.relook()

    def relook(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(paint.keycap_width(self._words), px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.keycap(p, 0, self.height() // 2, self._words)
        p.end()
