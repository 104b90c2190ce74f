"""Fields that hold more than words: money in minor units, and days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.money import price_to_decimal_string
from app.views.shared import look
from app.views.shared.buttons import IconButton
from app.views.shared.fields import LineEdit
from app.views.shared.month import MonthPopup

MOST_DIGITS = 12
"""Of an amount, before the decimals."""
PRICE_DIGITS = 4
"""Decimals of a unit price."""


def read_money(words: str, digits: int = 2) -> int | None:
    """Minor units from what a person typed (`1,234.5`, `¥12`, full-width figures); None for no amount.

    Raises ValueError when it is no amount, finer than the currency, or so long that a scanner must have typed it.
    """
    bare = re.sub(r"[^\d.\-−()]", "", unicodedata.normalize("NFKC", words).replace("。", "."))
    if not words.strip():
        return None
    try:
        amount = Decimal(bare.replace("−", "-")).scaleb(digits)
    except InvalidOperation as trouble:
        raise ValueError(words) from trouble
    if amount.adjusted() >= MOST_DIGITS + digits:
        raise ValueError(words)
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP)
    if whole != amount:
        raise ValueError(words)
    return int(whole)


def write_money(minor: int | None, digits: int = 2) -> str:
    """An amount as it is typed: no sign of currency, no groups."""
    return "" if minor is None else f"{Decimal(minor).scaleb(-digits):f}"


def read_day(words: str, today: date) -> date | None:
    """A day from what a person typed: 2026-11-23, 20261123, 11-23, 11.23, +3 (days from today); None for nothing.

    A day without a year is this year's. Raises ValueError for anything else.
    """
    bare = unicodedata.normalize("NFKC", words).strip()
    if not bare:
        return None
    if re.fullmatch(r"[+-]\d{1,4}", bare):
        return today + timedelta(days=int(bare))
    if re.fullmatch(r"\d{8}", bare):
        return date(int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    parts = [int(part) for part in re.findall(r"\d+", bare)]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(today.year, *parts)
    raise ValueError(words)


class MoneyField(LineEdit):
    """An amount of money; `value` is an integer of minor units, or None."""

    def __init__(
        self, placeholder: str = "", *, digits: int = 2, height: int = 36, parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, height=height, parent=parent)
        self._digits = digits
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.left.connect(self._on_left)

    def value(self) -> int | None:
        """Minor units; None when there is no amount, or none that can be read."""
        try:
            return read_money(self.text(), self._digits)
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        super().set_value(self._written(value))

    def check(self) -> str:
        """What is wrong with the amount, or nothing."""
        try:
            read_money(self.text(), self._digits)
        except ValueError:
            return self.tr("Write an amount such as 12.50")
        return ""

    def _on_left(self) -> None:
        self.set_error(self.check())
        if not self.error():
            self.setText(self._written(self.value()))

    def _written(self, value: int | None) -> str:
        return write_money(value, self._digits)


class PriceField(MoneyField):
    """A unit price, which may be finer than the currency; `value` is an integer of 1/10,000 unit, or None."""

    def __init__(self, placeholder: str = "", *, minor: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, digits=PRICE_DIGITS, parent=parent)
        self._minor = minor

    def _written(self, value: int | None) -> str:
        return "" if value is None else price_to_decimal_string(value, self._minor)


class DateField(LineEdit):
    """A day, typed in any usual way or picked from a month; `value` is a date or None."""

    picked = Signal(object)

    def __init__(
        self,
        placeholder: str = "",
        *,
        today: Callable[[], date] = date.today,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder or "2026-01-31", height=height, parent=parent)
        self._today = today
        self.open = IconButton("ph.calendar-blank")
        self.open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.open.setCursor(Qt.CursorShape.ArrowCursor)
        self.open.clicked.connect(self._on_open)
        self.set_tail(self.open)
        self.left.connect(self._on_left)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.open.set_name(self.tr("Pick a day"))

    def value(self) -> date | None:
        """The day; None when there is none, or none that can be read."""
        try:
            return read_day(self.text(), self._today())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        super().set_value(value.isoformat() if isinstance(value, date) else value)

    def check(self) -> str:
        """What is wrong with the day, or nothing."""
        try:
            read_day(self.text(), self._today())
        except ValueError:
            return self.tr("Write a day such as 2026-01-31")
        return ""

    def _on_left(self) -> None:
        self.set_error(self.check())
        if not self.error():
            day = self.value()
            self.setText(day.isoformat() if day else "")

    def _on_open(self) -> None:
        month = MonthPopup(self.value() or self._today(), self._today(), self)
        month.picked.connect(self._on_picked)
        month.move(self.mapToGlobal(QPoint(0, self.height() + look.px(4))))
        month.show()

    def _on_picked(self, day: date) -> None:
        self.set_value(day)
        self.changed.emit(day)
        self.picked.emit(day)
