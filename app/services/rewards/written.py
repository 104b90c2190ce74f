"""Numbers as a refusal tells them: a sum with the sign of the shop's currency, a day as it is written everywhere."""

from datetime import date

from app.domain.money import format_money
from app.domain.shop import ShopSettings


def money(shop: ShopSettings, minor: int) -> str:
    """A sum of the shop: "¥100"."""
    return format_money(minor, shop.currency, "", drop_zeros=True)


def day(when: date | None) -> str:
    """A day, or a dash where there is none."""
    return when.isoformat() if when else "–"
