"""What lies between two days: follow-ups, birthdays, days of more points. Every view of the calendar asks here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from app.domain.loyalty.rules import ONE
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services.followups.birthdays import BirthdayRow, Born, kept_by_day, people_of
from app.services.followups.rows import FollowUpRow, held_cards, is_held, load, of_people_on_the_list
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
    """The first BIRTHDAYS_SHOWN of them."""
    born: int
    """How many there are."""
    capacity: int
    people: int
    times: Decimal = ONE
    """By what the points of purchases are multiplied on this day, whoever buys (the rules in force then)."""

    @property
    def planned(self) -> int:
        return self.count - self.held


def days(
    session: Session, first: date, last: date, today: date, *, whose: Whose | None = None, most: int | None = None
) -> list[DayPlan]:
    """Every day from `first` to `last`: what is late and due before what is done, each by its hour.

    `most` limits how many follow-ups are read of each day; `count` and `held` always count all of them.
    """
    range_ = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    wanted = [FollowUp.due_on.between(first, last), of_people_on_the_list(), *_of(whose)]
    cards = held_cards(session, *wanted)
    counts = _counts(session, wanted, cards)
    strips = _strips(session, wanted, today, cards, most)
    kept = kept_by_day(session, first, last, BIRTHDAYS_SHOWN)
    born: dict[date, list[BirthdayRow]] = defaultdict(list)
    for birthday in people_of(session, [one for found in kept.values() for one in found.first]):
        born[birthday.on].append(birthday)
    people = 1 if whose else session.scalars(select(func.count()).where(Staff.active)).one()
    capacity, times = people * settings(session).followup_daily_cap, _times(session, range_)
    return [
        DayPlan(
            day,
            tuple(strips[day]),
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
    return session.scalar(select(nearest).where(far, of_people_on_the_list(), *_of(whose)))


def mark_of(row: FollowUpRow, today: date) -> Mark:
    """Done before anything else; held before late, for it must not be done."""
    if row.done_at is not None:
        return Mark.DONE
    if row.held:
        return Mark.HELD
    return Mark.LATE if row.due_on < today else Mark.DUE


def _of(whose: Whose | None) -> Iterator[ColumnElement[bool]]:
    if whose is not None:
        own = FollowUp.staff_id == whose.staff_id
        left = select(Staff.id).where(Staff.active.is_(False)).correlate(None)
        yield or_(own, FollowUp.staff_id.in_(left)) if whose.with_left else own


def _counts(
    session: Session, wanted: Iterable[ColumnElement[bool]], cards: frozenset[int]
) -> dict[date, tuple[int, int]]:
    """How many follow-ups each day has, and how many of them are held."""
    held = func.sum(case((is_held(cards), 1), else_=0))
    query = select(FollowUp.due_on, func.count(), held).where(*wanted).group_by(FollowUp.due_on)
    return {row[0]: (row[1], row[2]) for row in session.execute(query)}


def _strips(
    session: Session,
    wanted: Iterable[ColumnElement[bool]],
    today: date,
    cards: frozenset[int],
    most: int | None,
) -> dict[date, list[Strip]]:
    where = list(wanted)
    if most is not None:
        where = [FollowUp.id.in_(_first_of_each_day(where, today, cards, most))]
    found: dict[date, list[Strip]] = defaultdict(list)
    for row in load(session, *where):
        found[row.due_on].append(Strip(row, mark_of(row, today)))
    for strips in found.values():
        strips.sort(key=lambda strip: ORDER.index(strip.mark))
    return found


def _first_of_each_day(
    wanted: Iterable[ColumnElement[bool]], today: date, cards: frozenset[int], most: int
) -> ColumnElement[int]:
    """In a query: the ids of the first so many of each day, in the order in which `days` gives them."""
    mark = case(
        (FollowUp.done_at.is_not(None), ORDER.index(Mark.DONE)),
        (is_held(cards), ORDER.index(Mark.HELD)),
        (FollowUp.due_on < today, ORDER.index(Mark.LATE)),
        else_=ORDER.index(Mark.DUE),
    )
    place = func.row_number().over(partition_by=FollowUp.due_on, order_by=(mark, FollowUp.due_at, FollowUp.id))
    ranked = select(FollowUp.id, place.label("place")).where(*wanted).subquery()
    return select(ranked.c.id).where(ranked.c.place <= most)  # type: ignore[return-value]


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
