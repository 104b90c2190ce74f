"""An hour of the day, typed as people type it."""

import re
import unicodedata
from datetime import time
from typing import Any

from app.views.shared.fields import LineEdit

_NOON = 12
_AFTERNOON = re.compile(r"p\.?\s*m", re.IGNORECASE)


def read_hour(words: str) -> time | None:
    """An hour from what a person typed: 14:30, 1430, 14, 2pm; None for nothing.

    Raises ValueError for anything else.
    """
    bare = unicodedata.normalize("NFKC", words).strip()
    if not bare:
        return None
    figures = re.findall(r"\d+", bare)
    if len(figures) == 1 and len(figures[0]) in (3, 4):
        figures = [figures[0][:-2], figures[0][-2:]]
    if not 1 <= len(figures) <= 2:
        raise ValueError(words)
    hour, minute = int(figures[0]), int(figures[1]) if len(figures) == 2 else 0
    if _AFTERNOON.search(bare) and hour < _NOON:
        hour += _NOON
    return time(hour, minute)


class HourField(LineEdit):
    """An hour of the day; `value` is a time or None."""

    def __init__(self) -> None:
        super().__init__()
        self.left.connect(self._on_left)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.setPlaceholderText(self.tr("e.g. 14:30"))

    def value(self) -> time | None:
        try:
            return read_hour(self.text())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        super().set_value(value.strftime("%H:%M") if isinstance(value, time) else value)

    def check(self) -> str:
        """What is wrong with the hour, or nothing."""
        try:
            read_hour(self.text())
        except ValueError:
            return self.tr("Write an hour such as 14:30")
        return ""

    def _on_left(self) -> None:
        if not self.check():
            self.set_value(self.value())
