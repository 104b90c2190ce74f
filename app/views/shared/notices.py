"""Notices: one line on a soft ground that says what holds here, and offers one act."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL, Hue


class Notice(QWidget):
    """Icon, a fact in bold (`**so**`), detail, perhaps an act at the right. At most two on a screen, brake first."""

    def __init__(
        self,
        words: str = "",
        hue: Hue = "blue",
        *,
        icon: str = "ph.info",
        act: Button | None = None,
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hue, self._low = hue, low
        self.glyph = Glyph(icon, f"{hue}_text")
        self.label = NoticeLine(words, hue)
        self.act = act
        if act is not None:
            act.set_hue(hue)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setLayout(row(self.glyph, (self.label, 1), *((act,) if act else ()), gap=8, margins=(12, 0, 8, 0)))
        look.follow(self.relook)

    def show_notice(self, words: str, hue: Hue | None = None, icon: str | None = None) -> None:
        """Say something else; empty words hide it."""
        self._hue = hue or self._hue
        self.label.set_hue(self._hue)
        if self.act is not None:
            self.act.set_hue(self._hue)
        self.label.setText(words)
        if icon:
            self.glyph.set_icon(icon, f"{self._hue}_text")
        self.setVisible(bool(words))
        self.update()

    def relook(self) -> None:
        self.setFixedHeight(px(32 if self._low else 40))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(32 if self._low else 40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), f"{self._hue}_soft")
        p.end()


class NoticeLine(ElidedLabel):
    """The words of a notice, in its hue."""

    def __init__(self, words: str, hue: Hue) -> None:
        super().__init__(words, "small", tone=f"{hue}_text", marked=True)
        self._hue = hue

    def set_hue(self, hue: Hue) -> None:
        self._hue = hue
        self.set_tone(f"{hue}_text")

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.runs(p, self.rect(), self._words, "small", f"{self._hue}_text", f"{self._hue}_text")
        p.end()
