"""Short fields for numbers with their unit: whole ones between two bounds, exact ones with a few decimals."""

import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QSize

from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import box, row
from app.views.shared.look import px

NARROW = 184


def plain(words: str) -> str:
    """What was typed, with full-width figures and signs as the usual ones."""
    return unicodedata.normalize("NFKC", words).strip()


class UnitField(LineEdit):
    """A short field whose unit stands at its right end."""

    def __init__(self, wide: int = NARROW) -> None:
        self._wide = wide
        super().__init__()
        self.unit = ElidedLabel("", "small", tone="ink3", align="right")
        self.set_tail(box(row(self.unit, margins=(0, 0, 8, 0))))

    def set_unit(self, words: str) -> None:
        self.unit.setText(words)
        self.relook()

    def sizeHint(self) -> QSize:
        return QSize(px(self._wide), super().sizeHint().height())

    def relook(self) -> None:
        super().relook()
        self.setFixedWidth(px(self._wide))


class WholeField(UnitField):
    """A whole number between two bounds."""

    def __init__(self, low: int, high: int, *, wide: int = NARROW) -> None:
        super().__init__(wide)
        self.low, self.high = low, high

    def value(self) -> int | None:
        """The number, or None when it cannot be read or lies outside."""
        words = plain(self.text())
        if not words.isdecimal() or len(words) > 9:
            return None
        return number if self.low <= (number := int(words)) <= self.high else None

    def check(self) -> str:
        if self.value() is not None:
            return ""
        words = self.tr("Write a whole number from {low} to {high}")
        return words.replace("{low}", str(self.low)).replace("{high}", str(self.high))


class ExactField(UnitField):
    """An exact number between two bounds, with at most so many decimals."""

    def __init__(self, high: int, *, low: int = 0, decimals: int = 4, wide: int = NARROW) -> None:
        super().__init__(wide)
        self.low, self.high, self.decimals = low, high, decimals

    def value(self) -> Decimal | None:
        """The number, or None when it cannot be read, is too fine or lies outside."""
        try:
            number = Decimal(plain(self.text()))
        except InvalidOperation:
            return None
        fits = number.is_finite() and self.low <= number <= self.high and number == round(number, self.decimals)
        return number if fits else None

    def set_value(self, value: Any) -> None:
        super().set_value(None if value is None else f"{value.normalize():f}")

    def check(self) -> str:
        if self.value() is not None:
            return ""
        words = self.tr("Write a number from {low} to {high}, with at most %n decimal(s)", "", self.decimals)
        return words.replace("{low}", str(self.low)).replace("{high}", str(self.high))
