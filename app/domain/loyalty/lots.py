"""Lots of points: in which order they are spent, when they end, and what is owed to whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.loyalty.refusals import NotEnoughPoints
from app.domain.months import month_end


@dataclass(frozen=True, slots=True)
class Lot:
    """What is left of points that came in together."""

    id: int
    remaining: int
    available_from: date
    expires_on: date | None
    """The last usable day; None: never ends."""
    opened_at: datetime

    def usable(self, day: date) -> bool:
        return self.remaining > 0 and self.available_from <= day and not self.past(day)

    def pending(self, day: date) -> bool:
        return self.remaining > 0 and self.available_from > day and not self.past(day)

    def past(self, day: date) -> bool:
        return self.expires_on is not None and self.expires_on < day


def spending_order(lot: Lot) -> tuple[date, datetime, int]:
    """Earliest expiry first, then oldest; lots without expiry last (semantics.md, rule 3)."""
    return (lot.expires_on or date.max, lot.opened_at, lot.id)


def consume(lots: Iterable[Lot], points: int, day: date) -> list[tuple[int, int]]:
    """The lots that pay `points` on `day`, in order, each as (lot id, points > 0).

    Raises NotEnoughPoints when the usable lots hold less.
    """
    taken = draw(sorted((lot for lot in lots if lot.usable(day)), key=spending_order), points)
    short = points - sum(n for _, n in taken)
    if short > 0:
        raise NotEnoughPoints(short_by=short)
    return taken


def draw(lots: Iterable[Lot], points: int) -> list[tuple[int, int]]:
    """Empty `lots` one after the other until `points` are reached or nothing is left."""
    taken = []
    for lot in lots:
        part = min(lot.remaining, points)
        if part > 0:
            taken.append((lot.id, part))
            points -= part
    return taken


@dataclass(frozen=True, slots=True)
class Expiry:
    lot_id: int
    points: int
    on: date
    """The day after the last usable one, whenever it is found out."""


def expirable(lots: Iterable[Lot], day: date) -> list[Expiry]:
    """What has ended before `day`, oldest end first; nothing the second time (semantics.md, rule 4)."""
    over = sorted((lot for lot in lots if lot.remaining > 0 and lot.past(day)), key=spending_order)
    return [Expiry(lot.id, lot.remaining, lot.expires_on + timedelta(days=1)) for lot in over if lot.expires_on]


def repayment(debt: int, new_points: int) -> int:
    """How many of the points that just came in go to pay `debt` (semantics.md, rule 6)."""
    return max(0, min(debt, new_points))


def spendable(lots: Iterable[Lot], day: date, debt: int = 0) -> int:
    """Points that can be spent on `day`: the usable lots less what is owed, never below 0."""
    return max(0, sum(lot.remaining for lot in lots if lot.usable(day)) - debt)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What the shop owes in points (semantics.md, rule 12)."""

    by_month: dict[date | None, int]
    """Usable points by the month end in which they expire; None: those that never do."""
    pending: int

    @property
    def usable(self) -> int:
        return sum(self.by_month.values())


def outstanding(lots: Sequence[Lot], day: date) -> Outstanding:
    months: defaultdict[date | None, int] = defaultdict(int)
    for lot in lots:
        if lot.usable(day):
            months[month_end(lot.expires_on) if lot.expires_on else None] += lot.remaining
    ordered = dict(sorted(months.items(), key=lambda item: item[0] or date.max))
    return Outstanding(ordered, sum(lot.remaining for lot in lots if lot.pending(day)))
