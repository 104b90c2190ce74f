"""What lies between two days: follow-ups, birthdays, days of more points. Every view of the calendar asks here."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, Integer, Select, String, bindparam, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.rules import ONE
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services.followups.birthdays import BirthdayRow, Born, kept_by_day, people_of
from app.services.followups.rows import (
    FollowUpRow,
    held_of,
    is_held,
    listed,
    load_each,
    of_people_on_the_list,
    selling_in_doubt,
)
from app.services.loyalty.rules import rules_versions
from app.services.settings import settings

BIRTHDAYS_SHOWN = 12
"""On one day of the calendar: a shop with a hundred thousand customers has hundreds."""


class Mark(StrEnum):
    """How a follow-up is marked in its square."""

    DUE = "due"
    LATE = "late"
    DONE = "done"
    HELD = "held"
    """It would sell to somebody to whom nothing may be sold now: it waits."""


ORDER = (Mark.LATE, Mark.DUE, Mark.HELD, Mark.DONE)
"""What is late must not hide under "n more"."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose follow-ups are asked for: those of one member of staff, perhaps with those of whoever has left."""

    staff_id: int
    with_left: bool = False


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
    """All of them, or the first of them where fewer were asked for."""
    count: int
    held: int
    birthdays: tuple[BirthdayRow, ...]
    """The first BIRTHDAYS_SHOWN of them, or fewer where fewer were asked for."""
    born: int
    """How many there are."""
    capacity: int
    people: int
    times: Decimal = ONE
    """By what the points of purchases are multiplied on this day, whoever buys (the rules in force then)."""

    @property
    def planned(self) -> int:
        return self.count - self.held

    @property
    def is_whole(self) -> bool:
        """Whether all was read that is ever read of one day."""
        return len(self.strips) == self.count and len(self.birthdays) == min(self.born, BIRTHDAYS_SHOWN)


def days(
    session: Session,
    first: date,
    last: date,
    today: date,
    *,
    whose: Whose | None = None,
    most: int | None = None,
    whole: date | None = None,
) -> list[DayPlan]:
    """Every day from `first` to `last`: what is late and due before what is done, each by its hour.

    `most` limits how many follow-ups, and how many birthdays, are read of each day but the one that is wanted `whole`;
    `count`, `held` and `born` always count all of them.
    """
    range_ = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    cards = held_of(session, _doubting(whose), first=first, last=last)
    counts = _counts(session, first, last, whose, cards)
    in_part = [] if most is None else [day for day in counts if day != whole]
    in_full = counts.keys() - set(in_part)
    wanted = _first(session, in_part, most or 0, whose, cards) + _first(session, in_full, _ALL, whose, cards)
    strips: dict[date, list[Strip]] = defaultdict(list)
    for row in load_each(session, wanted):
        strips[row.due_on].append(Strip(row, mark_of(row, today)))
    kept = kept_by_day(session, first, last, BIRTHDAYS_SHOWN if most is None else min(most, BIRTHDAYS_SHOWN))
    if whole is not None and whole in kept:
        kept |= kept_by_day(session, whole, whole, BIRTHDAYS_SHOWN)
    born: dict[date, list[BirthdayRow]] = defaultdict(list)
    for birthday in people_of(session, [one for found in kept.values() for one in found.first]):
        born[birthday.on].append(birthday)
    people = 1 if whose else session.scalars(select(func.count()).where(Staff.active)).one()
    capacity, times = people * settings(session).followup_daily_cap, _times(session, range_)
    return [
        DayPlan(
            day,
            tuple(sorted(strips[day], key=lambda strip: ORDER.index(strip.mark))),
            *counts.get(day, (0, 0)),
            tuple(born[day]),
            kept.get(day, Born()).count,
            capacity,
            people,
            times.get(day, ONE),
        )
        for day in range_
    ]


def day(session: Session, day: date, today: date, *, whose: Whose | None = None) -> DayPlan:
    """One day in full."""
    return days(session, day, day, today, whose=whose)[0]


def next_planned(session: Session, day: date, *, forward: bool = True, whose: Whose | None = None) -> date | None:
    """The nearest day after `day` (or before it) that has a follow-up; None where there is none."""
    far = FollowUp.due_on > day if forward else FollowUp.due_on < day
    nearest = func.min(FollowUp.due_on) if forward else func.max(FollowUp.due_on)
    return session.scalar(select(nearest).where(far, *_among(whose)))


def mark_of(row: FollowUpRow, today: date) -> Mark:
    """Done before anything else; held before late, for it must not be done."""
    if row.done_at is not None:
        return Mark.DONE
    if row.held:
        return Mark.HELD
    return Mark.LATE if row.due_on < today else Mark.DUE


def _among(whose: Whose | None) -> Iterator[ColumnElement[bool]]:
    yield of_people_on_the_list()
    if whose is not None:
        own = FollowUp.staff_id == whose.staff_id
        left = select(Staff.id).where(Staff.active.is_(False)).correlate(None)
        yield or_(own, FollowUp.staff_id.in_(left)) if whose.with_left else own


_ALL = -1


def _counts(
    session: Session, first: date, last: date, whose: Whose | None, held: frozenset[int]
) -> dict[date, tuple[int, int]]:
    """How many follow-ups each day has that has any, and how many of them are held."""
    asked = {"first": first, "last": last, "held": listed(held)}
    return {row[0]: (row[1], row[2]) for row in session.connection().execute(_counting(whose), asked)}


def _first(session: Session, days: Collection[date], most: int, whose: Whose | None, held: frozenset[int]) -> list[int]:
    """At most so many of each of these days: those that come first by ORDER and the hour."""
    asked = {"days": json.dumps([f"{day}" for day in days]), "most": most, "held": listed(held)}
    return list(session.connection().execute(_finding(whose), asked).scalars()) if days else []


_BETWEEN = FollowUp.due_on.between(bindparam("first"), bindparam("last"))
"""Statements are kept: to put one together takes longer than to run it."""


@lru_cache
def _doubting(whose: Whose | None) -> Select[int | None]:
    return selling_in_doubt(_BETWEEN, *_among(whose))


@lru_cache
def _counting(whose: Whose | None) -> Select[date, int, int]:
    """The index answers alone."""
    columns = FollowUp.due_on, func.count(), func.sum(is_held(bindparam("held")))
    return select(*columns).where(_BETWEEN, *_among(whose)).group_by(FollowUp.due_on)


@lru_cache
def _finding(whose: Whose | None) -> Select[int]:
    """Day by day out of the index: a window function would sort a whole month to throw nearly all of it away."""
    day = func.json_each(bindparam("days")).table_valued("value")
    order = FollowUp.done_at.is_not(None), is_held(bindparam("held")), FollowUp.due_at, FollowUp.id
    found = select(FollowUp.id).where(type_coerce(FollowUp.due_on, String) == day.c.value, *_among(whose))
    some = found.order_by(*order).limit(bindparam("most", type_=Integer)).correlate(day)
    one = aliased(FollowUp)
    return select(one.id).select_from(day).join(one, one.id.in_(some))


def _times(session: Session, days: Iterable[date]) -> dict[date, Decimal]:
    """The days on which points are multiplied, by the rules that hold on each."""
    versions = rules_versions(session)
    found = {}
    for day in days:
        rules = next((version.rules for version in versions if version.from_day <= day), None)
        factor = max((bonus.factor for bonus in rules.days if bonus.covers(day)), default=ONE) if rules else ONE
        if factor != ONE:
            found[day] = factor
    return found
