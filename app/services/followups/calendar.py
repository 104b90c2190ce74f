"""Follow-ups and birthdays day by day: the squares of a month, and one day in full."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services.followups.birthdays import BirthdayRow, Kept, kept_between, people_of
from app.services.followups.rows import FollowUpRow, load, of_people_on_the_list
from app.services.settings import settings

BIRTHDAYS_SHOWN = 12
"""On one day of the calendar: a shop with a hundred thousand customers has hundreds."""


class Mark(StrEnum):
    """How a follow-up is marked in its square."""

    DUE = "due"
    LATE = "late"
    DONE = "done"
    HELD = "held"
    """It would sell to somebody whose complaint is open: it waits."""


@dataclass(frozen=True, slots=True)
class Strip:
    """One follow-up in a square."""

    item: FollowUpRow
    mark: Mark

    @property
    def id(self) -> int:
        return self.item.id


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One day. `planned` counts what may be done or was done; `capacity` is how many the staff may be given."""

    day: date
    strips: tuple[Strip, ...]
    birthdays: tuple[BirthdayRow, ...]
    """The first BIRTHDAYS_SHOWN of them."""
    born: int
    """How many there are."""
    capacity: int
    people: int

    @property
    def planned(self) -> int:
        return sum(strip.mark is not Mark.HELD for strip in self.strips)

    @property
    def held(self) -> int:
        return len(self.strips) - self.planned


def month(session: Session, first: date, last: date, today: date) -> list[DayPlan]:
    """Every day from `first` to `last`: what is late and due before what is done, each by its hour."""
    strips: dict[date, list[Strip]] = defaultdict(list)
    for row in load(session, FollowUp.due_on.between(first, last), of_people_on_the_list()):
        strips[row.due_on].append(Strip(row, mark_of(row, today)))
    kept: dict[date, list[Kept]] = defaultdict(list)
    for one in kept_between(session, first, last):
        kept[one.on].append(one)
    born: dict[date, list[BirthdayRow]] = defaultdict(list)
    for birthday in people_of(session, [one for found in kept.values() for one in found[:BIRTHDAYS_SHOWN]]):
        born[birthday.on].append(birthday)
    people = session.scalars(select(func.count()).where(Staff.active)).one()
    capacity = people * settings(session).followup_daily_cap
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [DayPlan(day, _in_order(strips[day]), tuple(born[day]), len(kept[day]), capacity, people) for day in days]


def day(session: Session, day: date, today: date) -> DayPlan:
    """One day in full."""
    return month(session, day, day, today)[0]


def mark_of(row: FollowUpRow, today: date) -> Mark:
    """Done before anything else; held before late, for it must not be done."""
    if row.done_at is not None:
        return Mark.DONE
    if row.held:
        return Mark.HELD
    return Mark.LATE if row.due_on < today else Mark.DUE


def _in_order(strips: Iterable[Strip]) -> tuple[Strip, ...]:
    order = (Mark.LATE, Mark.DUE, Mark.HELD, Mark.DONE)
    return tuple(sorted(strips, key=lambda strip: order.index(strip.mark)))
