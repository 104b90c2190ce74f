"""What a ticket comes to: list price, member price, each line's share of the discount and of the points."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.loyalty.earning import discount_shares
from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, divide_half_up, line_amount

THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Priced:
    """One line in minor units: at list price, and what the member price takes off."""

    amount: int
    saved: int

    @property
    def price(self) -> int:
        return self.amount - self.saved


def priced(quantity: int, unit_price: int, member_discount: int, minor_digits: int) -> Priced:
    """A line at list price, and at member price (thousandths off), each rounded half-up once from the exact amount."""
    amount = line_amount(quantity, unit_price, minor_digits)
    exact: int = quantity * unit_price * (THOUSAND - member_discount) * 10**minor_digits
    return Priced(amount, amount - divide_half_up(exact, QUANTITY_UNITS * PRICE_UNITS * THOUSAND))


def shares(lines: Sequence[Priced], discount: int, points_value: int) -> list[tuple[int, int]]:
    """Each line's share of the bill discount and of what points pay; both add up (semantics.md, points rule 2)."""
    off = discount_shares([line.price for line in lines], discount)
    left = [line.price - share for line, share in zip(lines, off, strict=True)]
    return list(zip(off, discount_shares(left, points_value), strict=True))
