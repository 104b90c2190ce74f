"""How people of the sample shop come: how often, since when, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from random import Random

BUSY = {1: 0.75, 2: 1.1, 3: 1.0, 4: 0.9, 5: 0.95, 6: 1.1, 7: 1.2, 8: 1.15, 9: 0.8, 10: 0.9, 11: 1.0, 12: 0.85}
"""Gaps shrink before Spring Festival and Mid-Autumn, and stretch in high summer."""
SATURDAY = 5


class Kind(Enum):
    """Share of the customers, mean days between visits, and the evenness of the gaps (shape of the gamma)."""

    LOOKER = (22, 0.0, 1.0)
    """Left a phone number and has not bought yet."""
    ONCE = (19, 0.0, 1.0)
    SELDOM = (28, 82.0, 1.6)
    REGULAR = (22, 29.0, 3.5)
    DEVOTED = (9, 11.0, 3.0)

    @property
    def share(self) -> int:
        return int(self.value[0])

    @property
    def mean_gap(self) -> float:
        return float(self.value[1])

    @property
    def shape(self) -> float:
        return float(self.value[2])


KINDS = tuple(Kind)
_SHARES = [kind.share for kind in KINDS]


@dataclass(frozen=True, slots=True)
class Habit:
    """One person's way of coming."""

    kind: Kind
    joined: date
    left: date
    """After this day they came no more; later than the story for most."""
    gap: float
    """Mean days between visits."""


def draw_habit(rng: Random, first: date, until: date) -> Habit:
    """Someone who came to the shop between `first` and `until`, somewhat more often of late."""
    kind = rng.choices(KINDS, _SHARES)[0]
    span = (until - first).days
    joined = until - timedelta(days=int(span * 1.12 * rng.random() ** 1.15))
    gap = kind.mean_gap * rng.lognormvariate(0.0, 0.28)
    left = until + timedelta(days=1)
    if kind.mean_gap and rng.random() < 0.27:
        left = joined + timedelta(days=int(gap * rng.uniform(2, 9)))
    return Habit(kind, max(joined, first - timedelta(days=30)), left, gap)


def visit_days(habit: Habit, rng: Random, first: date, until: date) -> list[date]:
    """The days on which they bought, oldest first, within the story."""
    if habit.kind is Kind.LOOKER:
        return []
    if habit.kind is Kind.ONCE:
        return [habit.joined] if first <= habit.joined <= until else []
    days: list[date] = []
    day, last = habit.joined, min(habit.left, until)
    while day <= last:
        if day >= first:
            days.append(day)
        mean = habit.gap * BUSY[day.month]
        day += timedelta(days=max(1, round(rng.gammavariate(habit.kind.shape, mean / habit.kind.shape))))
        day = _towards_weekend(day, rng)
    return days


def _towards_weekend(day: date, rng: Random) -> date:
    """A third of the visits of a working day wait for Saturday."""
    if day.weekday() < SATURDAY and rng.random() < 0.3:
        return day + timedelta(days=SATURDAY - day.weekday())
    return day
