"""Containers: the card, the well, the hairline and the head of a section."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import CARD_MARGINS, Item, Margins, Steps, column, row


class Card(QFrame):
    """A work surface with a hairline; `kind` "well" is a sunken place inside a card, "soft" one that asks."""

    def __init__(
        self,
        *items: Item,
        kind: Literal["card", "well", "soft"] = "card",
        gap: int = 8,
        margins: Margins = CARD_MARGINS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", kind)
        self.body: Steps = column(*items, gap=gap, margins=margins)
        self.setLayout(self.body)


class Rule(QFrame):
    """A hairline."""

    def __init__(self, *, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "v" if vertical else "h")
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if vertical else wide, wide if vertical else fixed)


class SectionHead(QWidget):
    """The title of a card, its caption after it, its tools at the right."""

    def __init__(self, title: str = "", *tools: QWidget, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(title, "strong")
        self.caption = ElidedLabel(caption, "caption", tone="ink3")
        self.tools = row(*tools, gap=4)
        self.setLayout(row(self.title, (self.caption, 1), self.tools))

    def set_words(self, title: str, caption: str = "") -> None:
        self.title.setText(title)
        self.caption.setText(caption)
