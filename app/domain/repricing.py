"""How a price becomes another one: by a share, by an amount, or to an amount, then rounded to what is easily paid."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from app.domain.money import PRICE_UNITS

MOST = 10**14
"""1/10,000 unit of currency: no article costs more."""


class PriceStep(StrEnum):
    """How the new price is made."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FIXED = "fixed"


@dataclass(frozen=True, slots=True)
class PriceChange:
    """`value`: percent or units of currency, also below 0. `step`: round to whole multiples of it, in units."""

    kind: PriceStep
    value: Decimal
    step: Decimal


def changed_price(price: int, change: PriceChange) -> int | None:
    """The new price in 1/10,000 unit of currency, rounded half-up to the step; None below 0 or beyond what is counted.

    A step of 0 rounds to nothing but 1/10,000.
    """
    value = change.value
    match change.kind:
        case PriceStep.PERCENT:
            exact = Decimal(price) * (100 + value) / 100
        case PriceStep.AMOUNT:
            exact = Decimal(price) + value * PRICE_UNITS
        case PriceStep.FIXED:
            exact = value * PRICE_UNITS
    unit = max(change.step * PRICE_UNITS, Decimal(1))
    rounded = int((exact / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit)
    return rounded if exact >= 0 and rounded <= MOST else None
