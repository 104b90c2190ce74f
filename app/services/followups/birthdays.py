"""Whose birthday falls between two days, by the sun or by the moon."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, age_on, born_to
from app.models.customers import Customer, CustomerFigures
from app.services import customers
from app.services.customers import CustomerRow


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """One birthday on the day it is kept."""

    on: date
    who: CustomerRow
    birthday: Birthday
    age: int | None
    """What they turn; None without a year of birth."""
    brake: bool
    """A complaint of theirs is not closed: greet, do not sell."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A birthday that falls on a day, before anything is read of the person."""

    on: date
    customer_id: int
    birthday: Birthday


def birthdays(session: Session, first: date, last: date) -> list[BirthdayRow]:
    """Birthdays from `first` to `last`, both included, the highest tier first on each day; nobody archived."""
    return people_of(session, kept_between(session, first, last))


def kept_between(session: Session, first: date, last: date) -> list[Kept]:
    """Every birthday between two days, by day, on each day the highest tier first, then who bought for more."""
    return [one for day in kept_by_day(session, first, last).values() for one in day.first]


@dataclass(frozen=True, slots=True)
class Born:
    """The birthdays of one day: the first of them, and how many there are."""

    first: tuple[Kept, ...] = ()
    count: int = 0


def kept_by_day(session: Session, first: date, last: date, most: int | None = None) -> dict[date, Born]:
    """The birthdays of each day that has any, in the order of the days; at most so many of a day are read.

    On each day the highest tier comes first, then who bought for more; nobody archived.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    written = {day: born_to(day) for day in days}
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_candidates({_code(one) for ones in written.values() for one in ones}, most)):
        found[row.code].append(row)
    born = {}
    for day, ones in written.items():
        rows = [row for one in ones for row in found.get(_code(one), ())]
        rows.sort(key=lambda row: (-row.tier_rank, -row.net, row.id))
        kept = tuple(Kept(day, row.id, birthday_of(row)) for row in rows[:most])
        born[day] = Born(kept, sum(found[_code(one)][0].many for one in ones if _code(one) in found))
    return {day: one for day, one in born.items() if one.count}


def people_of(session: Session, kept: Sequence[Kept]) -> list[BirthdayRow]:
    """These birthdays with the people they belong to."""
    who = {row.id: row for row in customers.rows(session, [one.customer_id for one in kept])}
    cards = customers.braked(session)
    return [
        BirthdayRow(one.on, who[one.customer_id], one.birthday, age_on(one.birthday, one.on), one.customer_id in cards)
        for one in kept
    ]


def birthday_of(row: Any) -> Birthday:
    """The birthday on a customer's row, which has one."""
    return Birthday(row.birth_month, row.birth_day, row.birth_year, row.birth_lunar, row.birth_leap)


def _code(birthday: Birthday) -> int:
    """A written birthday as one number, as `_CODE` makes it in a query."""
    day = birthday.month * 100 + birthday.day
    return day + 10_000 * birthday.lunar + 20_000 * birthday.leap


_CODE = (
    Customer.birth_month * 100
    + Customer.birth_day
    + 10_000 * cast(Customer.birth_lunar, Integer)
    + 20_000 * cast(Customer.birth_leap, Integer)
)


def _candidates(codes: Collection[int], most: int | None) -> Select[*tuple[Any, ...]]:
    """Whoever wrote one of these birthdays, of each code the most valued first, with how many wrote it."""
    order = (CustomerFigures.tier_rank.desc(), CustomerFigures.net.desc(), Customer.id)
    fields = (Customer.birth_year, Customer.birth_month, Customer.birth_day, Customer.birth_lunar, Customer.birth_leap)
    ranked = (
        select(
            Customer.id,
            *fields,
            CustomerFigures.tier_rank,
            CustomerFigures.net,
            _CODE.label("code"),
            func.count().over(partition_by=_CODE).label("many"),
            func.row_number().over(partition_by=_CODE, order_by=order).label("place"),
        )
        .join(CustomerFigures, CustomerFigures.customer_id == Customer.id)
        .where(Customer.birth_month.is_not(None), _CODE.in_(codes), CustomerFigures.hidden.is_(False))
        .subquery()
    )
    query = select(ranked)
    return query if most is None else query.where(ranked.c.place <= most)
