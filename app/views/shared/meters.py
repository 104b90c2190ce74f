"""Meters: how far something has come, as a bar or a ring."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.look import colour, px


def paint_meter(p: QPainter, rect: QRect, share: float, hue: str = "accent") -> None:
    """A bar filled to a share of 0 to 1; more than nothing always shows."""
    paint.box(p, rect, rect.height() / 2, "pressed")
    if share > 0:
        long = max(float(rect.height()), rect.width() * min(1.0, share))
        paint.box(p, QRectF(rect.left(), rect.top(), long, rect.height()), rect.height() / 2, hue)


class Meter(QWidget):
    """A bar 6 px high. It stands beside its figures, never instead of them."""

    def __init__(self, share: float = 0, hue: str = "accent", *, high: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._hue, self._high = share, hue, high
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.follow(self.relook)

    def show_share(self, share: float, hue: str | None = None) -> None:
        self._share, self._hue = share, hue or self._hue
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(self._high))

    def sizeHint(self) -> QSize:
        return QSize(px(120), px(self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(24), px(self._high))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint_meter(p, self.rect(), self._share, self._hue)
        p.end()


class Ring(QWidget):
    """A share as a ring with its words in the middle, such as how complete a card is."""

    def __init__(self, share: float = 0, words: str = "", *, size: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share, self._words, self._size = share, words, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def show_share(self, share: float, words: str) -> None:
        self._share, self._words = share, words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(self._size), px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, width = QPainter(self), px(4)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        p.setPen(QPen(colour("pressed"), width))
        p.drawEllipse(inner)
        pen = QPen(colour("accent"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        p.setPen(pen)
        p.drawArc(inner, 90 * 16, -round(360 * 16 * min(1.0, max(0.0, self._share))))
        paint.say(p, self.rect(), self._words, "caption", "accent_text", paint.CENTRE, weight=600)
        p.end()
