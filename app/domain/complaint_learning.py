"""What complaints teach: what they come from, in order, and whether putting them right brings customers back.

The rules are those of semantics.md ("Satisfaction and complaints"); where it leaves a choice, it is said here.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import accumulate

from app.domain.complaints import ComplaintState, StateChange, in_order, on_the_spot
from app.domain.segments.rates import Rate, wilson
from app.domain.segments.silence import FACTOR

FEWEST = 10
"""Under so many in a group nothing is said of it: its interval would be wider than half of everything."""
TEXTS_RESOLVED, TEXTS_ON_THE_SPOT = 0.70, 0.95
"""The lines of the textbook: of those whose complaint was resolved, and resolved quickly. They are not the shop's."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the things complaints share: the cases, how much it weighs, and the share of all up to it."""

    key: Hashable
    ids: tuple[int, ...]
    weight: int
    """How many cases, or what they cost in minor units."""
    so_far: float
    """Of the whole weight, that of this bar and of all heavier ones; 0 to 1."""


def pareto(weighed: Iterable[tuple[Hashable, int, int]]) -> tuple[Bar, ...]:
    """From (key, case, weight) the bars, the heaviest first; equal ones in the order of their keys.

    What weighs nothing in all is left out.
    """
    ids: dict[Hashable, dict[int, None]] = {}
    sums: dict[Hashable, int] = {}
    for key, case, weight in weighed:
        ids.setdefault(key, {})[case] = None
        sums[key] = sums.get(key, 0) + weight
    order = sorted((key for key in sums if sums[key] > 0), key=lambda key: (-sums[key], str(key)))
    whole = sum(sums[key] for key in order)
    passed = accumulate(sums[key] for key in order)
    return tuple(Bar(key, tuple(ids[key]), sums[key], upto / whole) for key, upto in zip(order, passed, strict=True))


class Outcome(StrEnum):
    """How a case stood when the time to come back was over."""

    ON_THE_SPOT = "on_the_spot"
    LATER = "later"
    UNRESOLVED = "unresolved"
    NEVER = "never"
    """Nobody's case: a customer who never complained."""


def window(shop_median: float | None) -> int | None:
    """N: within so many days somebody comes back, twice the shop's median gap; None where that is not known."""
    return None if shop_median is None else max(1, round(FACTOR * shop_median))


def outcome(events: Iterable[StateChange], ends: date, day_of: Callable[[datetime], date]) -> Outcome:
    """How a case stood at the end of the shop day `ends`, the last on which its customer could come back.

    What happened to it afterwards cannot have brought them back.
    """
    seen = [event for event in in_order(events) if day_of(event.at) <= ends]
    if not seen or seen[-1].state not in (ComplaintState.RESOLVED, ComplaintState.CLOSED):
        return Outcome.UNRESOLVED
    return Outcome.ON_THE_SPOT if on_the_spot(seen) else Outcome.LATER


def old_enough(since: date, within: int, as_of: date) -> bool:
    """Whether the whole time to come back has passed; what is younger is left out."""
    return since + timedelta(days=within) <= as_of


def came_back(purchase_days: Iterable[date], since: date, within: int) -> bool:
    """Whether there is a purchase after the day `since` and not later than `within` days after it.

    The day itself does not count: it is the visit that was complained about, or the purchase counted from.
    """
    return any(since < day <= since + timedelta(days=within) for day in purchase_days)


@dataclass(frozen=True, slots=True)
class Group:
    """Those with one outcome: how many came back, of how many; `ids` are their cases."""

    outcome: Outcome
    rate: Rate
    ids: tuple[int, ...] = ()

    @property
    def thin(self) -> bool:
        """Too few to say anything."""
        return self.rate.of < FEWEST

    @property
    def interval(self) -> tuple[float, float] | None:
        """How far the rate can be trusted: the 95 % Wilson interval, whatever the count."""
        return wilson(self.rate.hits, self.rate.of) if self.rate.of else None


def apart(one: Group, other: Group) -> bool:
    """Whether the rates of two groups differ by more than chance would explain: their intervals do not touch."""
    if one.thin or other.thin or one.interval is None or other.interval is None:
        return False
    (low, high), (least, most) = one.interval, other.interval
    return high < least or most < low


def per_hundred(complaints: int, purchases: int) -> float | None:
    """Complaints on a hundred purchases; None where nothing was bought."""
    return 100 * complaints / purchases if purchases else None


def months_up_to(day: date, count: int) -> list[date]:
    """The first days of the `count` months that end with the month of `day`, oldest first."""
    place = day.year * 12 + day.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(place - count + 1, place + 1)]


def vital_few(bars: Sequence[Bar], share: float = 0.8) -> int:
    """How many of the heaviest bars reach this share together; the one that crosses belongs to them."""
    return next((place for place, bar in enumerate(bars, 1) if bar.so_far >= share), len(bars))
