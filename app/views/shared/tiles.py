"""The tile of one figure: what it is, how much, how it went, and the counts behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look
from app.views.shared.avatars import Glyph
from app.views.shared.cards import Card
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.look import colour, px

Verdict = Literal["good", "bad", "plain"]
_TONES: dict[Verdict, str] = {"good": "accent_text", "bad": "red_text", "plain": "ink2"}


class Sparkline(QWidget):
    """A few values as a line, 64 × 32, whose last point is a dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def show_values(self, values: Sequence[float]) -> None:
        self._values = list(values)
        self.setVisible(len(self._values) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(64), px(32))

    def points(self) -> list[QPointF]:
        """Where the values lie; equal values lie in the middle."""
        room, low, high = px(4), min(self._values), max(self._values)
        wide, tall = self.width() - 2 * room, self.height() - 2 * room
        span = high - low
        rise = [(value - low) / span if span else 0.5 for value in self._values]
        return [QPointF(room + wide * i / (len(rise) - 1), room + tall * (1 - up)) for i, up in enumerate(rise)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        if len(self._values) < 2:
            return
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        points, join = self.points(), Qt.PenJoinStyle.RoundJoin
        p.setPen(QPen(colour("accent"), px(3) / 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, join))
        p.drawPolyline(QPolygonF(points))
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(colour("accent"))
        p.drawEllipse(points[-1], px(3), px(3))
        p.end()


class Tile(Card):
    """Caption, figure and line; below, the change (coloured only if it is good or bad) and the counts."""

    def __init__(self, caption: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self.caption = ElidedLabel(caption, "caption", tone="ink3")
        self.figure = PlainLabel("—", "figure")
        self.line = Sparkline()
        self.arrow = Glyph("ph.arrow-up", "ink2", 12)
        self.change = PlainLabel("", "caption", tone="ink2")
        self.counts = ElidedLabel("", "caption", tone="ink3")
        self._below = box(row(self.arrow, self.change, (self.counts, 1), gap=4))
        self.body.add(self.caption, row(self.figure, None, self.line), self._below)

    def show_figure(
        self,
        figure: str,
        *,
        counts: str = "",
        change: str = "",
        rising: bool | None = None,
        verdict: Verdict = "plain",
        line: Sequence[float] = (),
    ) -> None:
        """Show a figure with the counts behind it: a rate without counts is a defect."""
        tone = _TONES[verdict]
        self.figure.setText(figure)
        self.change.setText(change)
        self.change.setVisible(bool(change))
        self.change.set_tone(tone)
        self.arrow.setVisible(rising is not None)
        self.arrow.set_icon("ph.arrow-up" if rising else "ph.arrow-down", tone)
        self.counts.setText(counts)
        self.line.show_values(line)
