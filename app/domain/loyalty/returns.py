"""What a return moves: earned points are taken back, spent points given back, money returned (rules 5 to 7).

Everything is computed from what has come back so far, never from the last parcel alone, so that returns in any split
end where one whole return ends.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from app.domain.loyalty.earning import points_earned
from app.domain.loyalty.lots import Lot, draw, spending_order
from app.domain.money import divide_half_up


def returned_part(whole: int, returned: int, quantity: int) -> int:
    """The part of a line's `whole` (money or points) that belongs to `returned` of its `quantity`, rounded half up.

    Raises ValueError unless 0 ≤ returned ≤ quantity and quantity > 0.
    """
    if quantity <= 0 or not 0 <= returned <= quantity:
        raise ValueError(f"{returned} of {quantity}")
    return divide_half_up(whole * returned, quantity)


def remaining_bases(bases: Sequence[int], returned: Sequence[int], quantities: Sequence[int]) -> list[int]:
    """The net base of what the customer keeps, by line, in minor units; `returned` is all that came back so far."""
    return [
        base - returned_part(base, back, quantity)
        for base, back, quantity in zip(bases, returned, quantities, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class EarnedFor:
    """What a sale earned under, kept with its entry: a later rule changes nothing here (rule 9)."""

    rate: Decimal
    """Points per unit of currency."""
    multipliers: Sequence[Decimal] = ()
    minor_digits: int = 2
    visit_points: int = 0
    goods: Mapping[int, Decimal] = field(default_factory=dict)
    """By product id, where an article of the sale has a rate of its own; 0: it earns nothing."""

    def rate_of(self, product_id: int | None) -> Decimal:
        """Points per unit of currency for a line of this article; None: an open price."""
        return self.rate if product_id is None else self.goods.get(product_id, self.rate)


def target(
    kept_bases: Sequence[int], products: Sequence[int | None], everything_returned: bool, terms: EarnedFor
) -> int:
    """What the sale would have earned had only the kept part been bought; the visit counts until all is returned.

    `kept_bases` and `products` go line by line. A line that never earns, such as a top-up of stored value, has no base.
    """
    visit = 0 if everything_returned else terms.visit_points
    rates = [terms.rate_of(product) for product in products]
    return points_earned(kept_bases, rates, terms.multipliers, terms.minor_digits) + visit


def points_to_take_back(earned: int, taken_back: int, expired: int, target: int) -> int:
    """Rule 5: earned for this sale − taken back so far − what of its lot has expired − target, never below 0."""
    return max(0, earned - taken_back - expired - target)


@dataclass(frozen=True, slots=True)
class Taken:
    lot_id: int | None
    """None: no lot was left, the points become a debt."""
    points: int


def take_back(lots: Iterable[Lot], own_lots: Collection[int], points: int, day: date) -> list[Taken]:
    """Where `points` come from: the sale's own lots, then the customer's other lots in spending order, then debt.

    Pending lots are taken after the usable ones; what is past its last day belongs to the expiry, not to us.
    """
    alive = [lot for lot in lots if not lot.past(day)]
    alive.sort(key=lambda lot: (lot.id not in own_lots, lot.available_from > day, spending_order(lot)))
    taken = [Taken(lot_id, n) for lot_id, n in draw(alive, points)]
    owed = points - sum(each.points for each in taken)
    return [*taken, Taken(None, owed)] if owed > 0 else taken


@dataclass(frozen=True, slots=True)
class Spent:
    """One row by which a sale was paid with points, in the order of consumption."""

    lot_id: int
    points: int
    expires_on: date | None


@dataclass(frozen=True, slots=True)
class Given:
    """A new lot, in place of what was spent from `source_lot`."""

    source_lot: int
    points: int
    expires_on: date | None


def returned_total(shares: Sequence[int], returned: Sequence[int], quantities: Sequence[int]) -> int:
    """The lines' `shares` that fall on all goods returned so far; less what went back before, it is what goes back now.

    With the lines' shares of the points spent: points. With their net bases, which is what was paid: minor units.
    """
    return sum(
        returned_part(share, back, quantity) for share, back, quantity in zip(shares, returned, quantities, strict=True)
    )


def give_back(spent: Sequence[Spent], given_so_far: int, points: int, day: date, grace_days: int = 30) -> list[Given]:
    """New lots for the next `points` to be given back: last spent first, each with the last day it had.

    Where that day has passed, `grace_days` from this return (rule 7). Each opens a lot of its own and never refills the
    old one: what expires of it must not count as expired of the sale that opened the old one (rule 5).
    Raises ValueError when more would be given back than was spent.
    """
    if given_so_far + points > sum(row.points for row in spent):
        raise ValueError(f"{given_so_far} + {points} points are more than were spent")
    given = []
    for row in reversed(spent):
        skipped = min(row.points, given_so_far)
        part = min(row.points - skipped, points)
        given_so_far -= skipped
        points -= part
        if part > 0:
            given.append(Given(row.lot_id, part, _last_day(row.expires_on, day, grace_days)))
    return given


def _last_day(original: date | None, day: date, grace_days: int) -> date | None:
    if original is None or original >= day:
        return original
    return day + timedelta(days=grace_days)
