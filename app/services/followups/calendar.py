"""What lies between two days: follow-ups, birthdays, days of more points. Every view of the calendar asks here."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, String, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpPurpose
from app.domain.loyalty.rules import ONE
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.services import customers
from app.services.followups.birthdays import BirthdayRow, Born, kept_by_day, people_of
from app.services.followups.rows import FollowUpRow, load_each, of_people_on_the_list
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
    noted = _noted(session, [FollowUp.due_on.between(first, last), of_people_on_the_list(), *_of(whose)], today)
    wanted = [number for day, one in noted.items() for number in one.ids[: None if day == whole else most]]
    strips: dict[date, list[Strip]] = defaultdict(list)
    by_id = {row.id: row for row in load_each(session, wanted)}
    for number in wanted:
        strips[by_id[number].due_on].append(Strip(by_id[number], mark_of(by_id[number], today)))
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
            tuple(strips[day]),
            len(noted.get(day, _NOTHING).ids),
            noted.get(day, _NOTHING).held,
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
    return _mark(row.due_on, today, done=row.done_at is not None, held=row.held)


def _mark(due_on: date, today: date, *, done: bool, held: bool) -> Mark:
    if done:
        return Mark.DONE
    if held:
        return Mark.HELD
    return Mark.LATE if due_on < today else Mark.DUE


def _of(whose: Whose | None) -> Iterator[ColumnElement[bool]]:
    if whose is not None:
        own = FollowUp.staff_id == whose.staff_id
        left = select(Staff.id).where(Staff.active.is_(False)).correlate(None)
        yield or_(own, FollowUp.staff_id.in_(left)) if whose.with_left else own


@dataclass(frozen=True, slots=True)
class _Noted:
    """The follow-ups of a day before anything is read of what they say and of whom, in the order `days` gives them."""

    ids: Sequence[int] = ()
    held: int = 0


_NOTHING = _Noted()


def _noted(session: Session, wanted: Iterable[ColumnElement[bool]], today: date) -> dict[date, _Noted]:
    """Every follow-up of each day that has any.

    One plain statement, and the order found here: of a month with thousands a window function takes longer, and so
    would asking about each person three times.
    """
    done = FollowUp.done_at.is_not(None)
    sells = and_(FollowUp.purpose == FollowUpPurpose.SELL, FollowUp.done_at.is_(None))
    columns = FollowUp.id, type_coerce(FollowUp.due_on, String), FollowUp.customer_id, done, sells
    query = select(*columns).where(*wanted).order_by(FollowUp.due_on, FollowUp.due_at, FollowUp.id)
    rows = session.connection().execute(query).all()
    cards = customers.audience(session, {card for _, _, card, _, selling in rows if selling and card}).cards
    found = {}
    for written, ones in groupby(rows, key=itemgetter(1)):
        day, by_mark = date.fromisoformat(written), defaultdict[Mark, list[int]](list)
        for number, _, card, over, selling in ones:
            by_mark[_mark(day, today, done=over, held=selling and card in cards)].append(number)
        found[day] = _Noted([number for mark in ORDER for number in by_mark[mark]], len(by_mark[Mark.HELD]))
    return found


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
