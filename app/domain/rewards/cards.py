"""What punch cards and count cards do to a bill."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.money import QUANTITY_UNITS, divide_half_up
from app.domain.months import months_before
from app.domain.rewards.coupons import Goods


@dataclass(frozen=True, slots=True)
class Covers:
    """For which goods a card counts: one article, one category, or everything."""

    category: str = ""
    product_id: int | None = None

    def fits(self, line: Goods) -> bool:
        return self.counts(line.product_id, line.category)

    def counts(self, product_id: int | None, category: str) -> bool:
        if self.product_id is not None:
            return product_id == self.product_id
        return not self.category or category == self.category


def whole_units(covers: Covers, lines: Sequence[Goods]) -> list[int]:
    """How many whole ones of each line a card counts for; of goods sold by weight only what is whole."""
    return [line.quantity // QUANTITY_UNITS if covers.fits(line) else 0 for line in lines]


def cheapest_free(covers: Covers, lines: Sequence[Goods], free: int, taken: Sequence[int]) -> list[int]:
    """How many units of each line are free: the cheapest first, beyond those `taken` by other cards.

    Fewer than `free` in all where the ticket holds fewer.
    """
    left = [units - gone for units, gone in zip(whole_units(covers, lines), taken, strict=True)]
    given = [0] * len(lines)
    for place in sorted(range(len(lines)), key=lambda at: (lines[at].one, at)):
        given[place] = min(max(0, left[place]), free)
        free -= given[place]
    return given


def part_of(amount: int, units: int, quantity: int) -> int:
    """What of a line's amount falls on so many whole ones of its `quantity` thousandths, rounded half up."""
    return divide_half_up(amount * min(units * QUANTITY_UNITS, quantity), quantity)


def last_day(day: date, months: int | None) -> date | None:
    """The last usable day of what is bought on `day` and lasts so many months; None: for ever."""
    return months_before(day, -months) if months else None
