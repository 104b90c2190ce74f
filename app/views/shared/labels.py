"""Words on a screen: labels that never guess rich text and keep the line height of the type scale."""

from __future__ import annotations

import html
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.tokens import TYPE, Role

Align = Literal["left", "right", "centre"]
_ALIGN = {"left": paint.LEFT, "right": paint.RIGHT, "centre": paint.CENTRE}
_READABLE = 56
"""A line cut shorter than this is left out: "a …" is no word."""


def begun(words: str) -> str:
    """Words that also stand inside sentences, as they begin a line or fill a cell."""
    return words[:1].upper() + words[1:]


class PlainLabel(QLabel):
    """Plain words in a role of the type scale; one line has the same height in every language."""

    def __init__(
        self,
        words: str = "",
        role: Role = "body",
        *,
        tone: str = "ink",
        wrap: bool = False,
        align: Align = "left",
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._tone, self._weight = role, tone, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setAlignment(_ALIGN[align])
        self.setText(words)
        look.follow(self.relook)

    def set_tone(self, token: str) -> None:
        """Say the words in another token's colour."""
        self._tone = token
        self.relook()

    def relook(self) -> None:
        self.setFont(look.font(self._role, weight=self._weight))
        colours = QPalette(self.palette())
        colours.setColor(QPalette.ColorRole.WindowText, look.colour(self._tone))
        self.setPalette(colours)
        line = look.current().line(self._role)
        if self.wordWrap():
            self.setMinimumHeight(line)
        else:
            self.setFixedHeight(line)


class ElidedLabel(QWidget):
    """One line that gives way: cut with an ellipsis where it must be, the whole words as its tooltip.

    `**marked**` words are darker and heavier when the label is made with `marked=True`.
    """

    def __init__(
        self,
        words: str = "",
        role: Role = "body",
        *,
        tone: str = "ink",
        align: Align = "left",
        marked: bool = False,
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._role, self._tone, self._weight = words, role, tone, weight
        self._where, self._marked = _ALIGN[align], marked
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)
        look.follow(self.relook)

    def text(self) -> str:
        """The whole words, without marks."""
        return paint.plain(self._words) if self._marked else self._words

    def setText(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(self.text())
        self._set_tip()
        self.updateGeometry()
        self.update()

    def set_tone(self, token: str) -> None:
        self._tone = token
        self.update()

    def set_role(self, role: Role) -> None:
        """Say the words in another size."""
        if role != self._role:
            self._role = role
            self.relook()

    def relook(self) -> None:
        self.setFixedHeight(look.px(TYPE[self._role].line))
        self._set_tip()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._full_width(), look.current().line(self._role))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(24) if self._words else 0, look.current().line(self._role))

    def resizeEvent(self, _event: object) -> None:
        self._set_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.width() < min(look.px(_READABLE), self._full_width()):
            return  # a letter and an ellipsis tell nobody anything
        p = QPainter(self)
        if self._marked:
            paint.runs(p, self.rect(), self._words, self._role, self._tone)
        else:
            paint.say(p, self.rect(), self._words, self._role, self._tone, self._where, weight=self._weight)
        p.end()

    def _full_width(self) -> int:
        heavy = self._weight or (600 if self._marked and "**" in self._words else None)
        return QFontMetrics(look.font(self._role, weight=heavy)).horizontalAdvance(self.text()) + 1

    def _set_tip(self) -> None:
        """Only words that were cut need a tip; it is escaped, for a tooltip does guess rich text."""
        self.setToolTip(html.escape(self.text()) if self._full_width() > self.width() else "")
