"""What a ticket comes to: list, member or personal price, each line's share of the discount and of the points."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.loyalty.earning import discount_shares
from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, divide_half_up, line_amount

THOUSAND = 1000


class PricedBy(StrEnum):
    """Why a line costs what it costs."""

    LIST = "list"
    MEMBER = "member"
    """What the tier takes off."""
    DISCOUNT = "discount"
    """The discount of one's own, in place of the tier's."""
    AGREED = "agreed"
    """The price agreed on for this article and this customer, in place of both."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a buyer is given: thousandths off by the tier, and of their own where that is not None."""

    member: int = 0
    own: int | None = None

    @property
    def off(self) -> int:
        return self.member if self.own is None else self.own

    @property
    def by(self) -> PricedBy:
        if self.own is not None:
            return PricedBy.DISCOUNT
        return PricedBy.MEMBER if self.member else PricedBy.LIST


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Priced:
    """One line in minor units: at list price, and what the customer's own or member price takes off."""

    amount: int
    saved: int
    by: PricedBy = PricedBy.LIST

    @property
    def price(self) -> int:
        return self.amount - self.saved


def priced(quantity: int, unit_price: int, terms: Terms, minor_digits: int, agreed: int | None = None) -> Priced:
    """A line at list price and at the buyer's, each rounded half-up once from the exact amount.

    The price agreed on for the article goes before a discount of one's own, and that before the tier's. An article
    that has become cheaper than what was agreed on costs what it costs everyone.
    """
    amount = line_amount(quantity, unit_price, minor_digits)
    if agreed is not None:
        theirs = line_amount(quantity, min(agreed, unit_price), minor_digits)
        return Priced(amount, amount - theirs, PricedBy.AGREED if agreed <= unit_price else PricedBy.LIST)
    exact: int = quantity * unit_price * (THOUSAND - terms.off) * 10**minor_digits
    return Priced(amount, amount - divide_half_up(exact, QUANTITY_UNITS * PRICE_UNITS * THOUSAND), terms.by)


def shares(prices: Sequence[int], discount: int, points_value: int) -> list[tuple[int, int]]:
    """Each line's share of the bill discount and of what points pay; both add up (semantics.md, points rule 2)."""
    off = discount_shares(prices, discount)
    left = [price - share for price, share in zip(prices, off, strict=True)]
    return list(zip(off, discount_shares(left, points_value), strict=True))
