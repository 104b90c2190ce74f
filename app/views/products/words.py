"""What the list of goods says: prices, states, and what a price is to members."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication

from app.domain.money import PRICE_UNITS, currency, decimal_string, price_to_minor
from app.services.loyalty import TierRow
from app.services.products import ProductRow
from app.views.shared.desk import Desk

State = Literal["active", "retired", "all"]
THOUSAND = 1000


def price(units: int, desk: Desk) -> str:
    """A unit price as money; finer ones with all their decimals."""
    digits = currency(desk.settings.currency).digits
    minor = price_to_minor(units, digits)
    if minor * PRICE_UNITS == units * 10**digits:
        return desk.money(minor)
    whole = desk.money(0, drop_zeros=True).replace("0", "", 1)
    return f"{whole}{decimal_string(units, 4, at_least=digits)}"


def each(row: ProductRow, desk: Desk) -> str:
    """A price with what it is for: "¥168.00 / 50 g"."""
    money = price(row.price, desk)
    return f"{money} / {row.unit}" if row.unit else money


def member_price(row: ProductRow, tiers: Sequence[TierRow], desk: Desk) -> str:
    """What the best tier pays for one; a dash where no tier takes anything off."""
    off = max((tier.member_discount for tier in tiers), default=0)
    return price(less(row.price, off), desk) if off else "–"


def less(units: int, off: int) -> int:
    """A price with so many thousandths off, rounded half-up."""
    return (units * (THOUSAND - off) * 2 + THOUSAND) // (2 * THOUSAND)


def state(row: ProductRow) -> str:
    """Whether it can be sold."""
    if row.active:
        return QCoreApplication.translate("GoodsList", "on sale")
    return QCoreApplication.translate("GoodsList", "retired")


def state_filter(code: State) -> str:
    """Which of the goods are listed."""
    return {
        "active": QCoreApplication.translate("GoodsList", "On sale"),
        "retired": QCoreApplication.translate("GoodsList", "Retired"),
        "all": QCoreApplication.translate("GoodsList", "All"),
    }[code]


def called(row: ProductRow) -> str:
    """An article with its code, where it must be told from others."""
    words = QCoreApplication.translate("GoodsList", "{name} ({code})")
    return words.replace("{name}", row.name).replace("{code}", row.code)
