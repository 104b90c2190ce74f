"""What was done to put it right: the usual remedies by a digit, and words for the rest."""

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.remedies import RemedyKind
from app.views.complaints.remedy_words import remedy_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import column

KINDS = {
    "exchange": RemedyKind.REPLACEMENT,
    "refund": RemedyKind.REFUND,
    "discount": RemedyKind.DISCOUNT,
    "points": RemedyKind.POINTS,
    "coupon": RemedyKind.COUPON,
    "apology": RemedyKind.APOLOGY,
}
"""What each chip says was given."""


class RemedyField(QWidget):
    """A line of words; a chip puts its own word into it, or takes it out again."""

    changed = Signal(object)
    picked = Signal(object)
    """The chips that are on: codes of `KINDS`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = Chips(many=True, size="form", digits=True)
        self.line = LineEdit()
        self._in: list[str] = []
        self.setLayout(column(self.chips, self.line))
        self.setFocusProxy(self.line)
        self.chips.chosen.connect(self._on_chosen)
        self.line.changed.connect(self.changed)
        self.retranslate()

    def value(self) -> str:
        return str(self.line.value())

    def set_value(self, value: Any) -> None:
        """Fill the line; the chips whose words stand in it are on."""
        self.line.set_value(value)
        parts = self.value().split(self._comma)
        self._in = [key for key, word in self._words.items() if word in parts]
        self.chips.set_values(self._in)
        self.picked.emit(list(self._in))

    def propose(self, words: str, kinds: Collection[RemedyKind]) -> None:
        """Fill the line with what is known, and behind it what was given and is not said there yet."""
        chips = {KINDS[key]: word for key, word in self._words.items()}
        parts = [part for part in words.split(self._comma) if part]
        given = (chips.get(kind) or remedy_words(kind) for kind in dict.fromkeys(kinds))
        self.set_value(self._comma.join(dict.fromkeys((*parts, *given))))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The focus goes to the chips while nothing is written, so that a digit is enough."""
        if self.value():
            self.line.setFocus(reason)
        else:
            self.chips.setFocus(reason)

    def retranslate(self) -> None:
        words = {
            "exchange": self.tr("Exchanged"),
            "refund": self.tr("Refunded"),
            "discount": self.tr("Discount"),
            "points": self.tr("Points"),
            "coupon": self.tr("Coupon"),
            "apology": self.tr("Apologised"),
        }
        self.chips.show_chips([ChipView(key, said) for key, said in words.items()])
        self._words = words
        self._comma = self.tr(", ")
        self.line.setPlaceholderText(self.tr("What was done: exchanged, refunded, apologised…"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_chosen(self, chosen: list[str]) -> None:
        """Keep what was typed, add the new word at the end, take out the one that was switched off."""
        parts = [part for part in self.value().split(self._comma) if part]
        parts = [part for part in parts if part not in {self._words[key] for key in self._in if key not in chosen}]
        parts += [self._words[key] for key in chosen if key not in self._in and self._words[key] not in parts]
        self._in = list(chosen)
        self.line.set_value(self._comma.join(parts))
        self.changed.emit(self.value())
        self.picked.emit(list(chosen))
