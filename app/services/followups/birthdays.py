"""Whose birthday falls between two days, by the sun or by the moon."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, age_on, born_to, code
from app.services import customers
from app.services.customers import CustomerRow
from app.storage import plain_sql


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

    On each day the highest tier comes first, then who bought for more; nobody archived. Only the people of these days
    are looked at, however many the shop has: the index holds them by what they wrote, in this order.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    codes = {day: [code(one) for one in born_to(day)] for day in days}
    asked = json.dumps(sorted({one for ones in codes.values() for one in ones}))
    many = dict(plain_sql.rows(session, _MANY, (asked,)))
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for written, *row in plain_sql.rows(session, _FIRST, (asked, -1 if most is None else most)):
        found[written].append(tuple(row))
    born = {}
    for day, ones in codes.items():
        rows = [row for one in ones for row in found[one]]
        if len(ones) > 1:
            rows.sort()
        kept = tuple(Kept(day, key, Birthday(*said)) for _, _, key, *said in rows[:most])
        born[day] = Born(kept, sum(many.get(one, 0) for one in ones))
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


_MANY = """
SELECT born, count(*) FROM customer_figures INDEXED BY ix_customer_figures_born
WHERE born IN (SELECT value FROM json_each(?)) AND born IS NOT NULL AND hidden = 0 GROUP BY born
"""
_FIRST = """
SELECT f.born, -f.tier_rank, -f.net, c.id, c.birth_month, c.birth_day, c.birth_year, c.birth_lunar, c.birth_leap
FROM json_each(?) asked
CROSS JOIN customer_figures f ON f.customer_id IN (
    SELECT customer_id FROM customer_figures
    WHERE born = asked.value AND hidden = 0 ORDER BY tier_rank DESC, net DESC, customer_id LIMIT ?)
CROSS JOIN customers c ON c.id = f.customer_id
ORDER BY f.born, f.tier_rank DESC, f.net DESC, c.id
"""
"""Of each birthday the most valued people first, as many as are asked for; -1 for all."""
