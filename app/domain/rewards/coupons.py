"""What a coupon takes off a bill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.money import QUANTITY_UNITS, divide_half_up, share_by_largest_remainder
from app.domain.rewards.kinds import Benefit
from app.domain.rewards.refusals import BillBelow, CouponFitsNothing

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class CouponTerms:
    """What a coupon gives, and for what."""

    benefit: Benefit
    amount: int = 0
    """Minor units off, or thousandths off; nothing for a gift."""
    product_id: int | None = None
    """Of a gift: one of this article."""
    min_bill: int = 0
    """What the goods it counts for must come to, in minor units."""
    categories: tuple[str, ...] = ()
    """The goods it counts for; none named: all."""


@dataclass(frozen=True, slots=True)
class Goods:
    """A line as coupons and cards see it: thousandths of an article, and what they cost this customer."""

    product_id: int | None
    category: str
    quantity: int
    price: int

    @property
    def one(self) -> int:
        """What one of it costs; the whole line where there is less than one."""
        return (
            divide_half_up(self.price * QUANTITY_UNITS, self.quantity) if self.quantity > QUANTITY_UNITS else self.price
        )


def taken_off(terms: CouponTerms, lines: Sequence[Goods]) -> list[int]:
    """What the coupon takes off each line, in minor units, never more than the line costs.

    Raises CouponFitsNothing, or BillBelow with what is lacking in minor units.
    """
    counts = [not terms.categories or line.category in terms.categories for line in lines]
    base = [line.price if fits else 0 for line, fits in zip(lines, counts, strict=True)]
    if not any(counts):
        raise CouponFitsNothing
    if sum(base) < terms.min_bill:
        raise BillBelow(least=terms.min_bill)
    if terms.benefit is Benefit.GIFT:
        return _gift(terms, lines)
    if terms.benefit is Benefit.PERCENT:
        return [divide_half_up(price * terms.amount, THOUSAND) for price in base]
    return share_by_largest_remainder(min(terms.amount, sum(base)), base)


def _gift(terms: CouponTerms, lines: Sequence[Goods]) -> list[int]:
    place = next((place for place, line in enumerate(lines) if line.product_id == terms.product_id), None)
    if place is None:
        raise CouponFitsNothing
    return [line.one if at == place else 0 for at, line in enumerate(lines)]


@dataclass(frozen=True, slots=True)
class Validity:
    """When coupons of a kind can be used: so many days from the day of issue, or between fixed days."""

    days: int | None = None
    first: date | None = None
    last: date | None = None

    def window(self, issued: date) -> tuple[date, date | None]:
        """First and last usable day (None: no end) of one issued on that day."""
        first = max(issued, self.first) if self.first else issued
        ends = [end for end in (self.last, first + timedelta(days=self.days) if self.days else None) if end]
        return first, min(ends, default=None)


def worth(terms: CouponTerms, gift_price: int) -> int:
    """What an open coupon may cost the shop, in minor units; nothing is said of a percentage."""
    return {Benefit.MONEY: terms.amount, Benefit.GIFT: gift_price, Benefit.PERCENT: 0}[terms.benefit]
