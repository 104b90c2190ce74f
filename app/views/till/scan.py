"""The scan field: has the focus at rest; a scanner types into it and ends with Enter."""

import unicodedata
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.money import PRICE_UNITS
from app.views.shared.fields import LineEdit

WHOLE_DIGITS = 6
"""A longer number is a code that nobody knows, not a price."""


class ScanField(LineEdit):
    """Words filter the shelf, Enter takes what is found; while it is empty, keys change the ticket."""

    entered = Signal(str)
    stepped = Signal(int)
    """+ or −: more or less of the chosen line."""
    moved = Signal(int)
    """Up or down among the lines."""
    into_shelf = Signal()
    removed = Signal()

    takes_codes = True
    """A scanner may type here: what it read is looked up by the field itself."""

    def clear(self) -> None:
        """Empty it, and forget what was typed: it is on the ticket, and Ctrl+Z after a charge means the sale."""
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.entered.emit(self.value())
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.changed.emit("")
        elif not (self._with_words(event) if self.text() else self._at_rest(event)):
            super().keyPressEvent(event)

    def _with_words(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            self.into_shelf.emit()
            return True
        return False

    def _at_rest(self, event: QKeyEvent) -> bool:
        steps = {"+": 1, "-": -1}
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.text() in steps:
            self.stepped.emit(steps[event.text()])
        elif event.key() in moves:
            self.moved.emit(moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            return False
        return True


def times(typed: str) -> tuple[str, str]:
    """A quantity and what it is of: "0.25*T1" is 0.25 of T1, "*2" two of the chosen line; "" and all without a star."""
    plain = unicodedata.normalize("NFKC", typed).replace("×", "*").strip()
    before, star, after = plain.partition("*")
    if not star:
        return "", typed
    return (after.strip(), "") if not before.strip() else (before.strip(), after.strip())


def open_price(typed: str) -> int | None:
    """A price in 1/10,000 unit of currency from a plain number; None for anything else, or more than the till takes."""
    plain = unicodedata.normalize("NFKC", typed).strip().lstrip("¥$€£").replace(",", "")
    if len(plain.partition(".")[0]) > WHOLE_DIGITS:
        return None
    try:
        units = Decimal(plain) * PRICE_UNITS
    except InvalidOperation:
        return None
    return int(units) if units.is_finite() and units > 0 and units == int(units) else None
