"""Whose birthday falls between two days, by the sun or by the moon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, age_on, in_year, to_lunar
from app.models.customers import Customer, CustomerFigures
from app.services import customers
from app.services.customers import CustomerRow
from app.services.followups.brake import braked


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
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [(row.id, birthday_of(row)) for row in _candidates(session, days)]
    kept = [Kept(on, key, birthday) for key, birthday in found for on in days_kept(birthday, first, last)]
    return sorted(kept, key=lambda one: one.on)


def people_of(session: Session, kept: Sequence[Kept]) -> list[BirthdayRow]:
    """These birthdays with the people they belong to."""
    who = {row.id: row for row in customers.rows(session, [one.customer_id for one in kept])}
    cards = braked(session)
    return [
        BirthdayRow(one.on, who[one.customer_id], one.birthday, age_on(one.birthday, one.on), one.customer_id in cards)
        for one in kept
    ]


def birthday_of(row: Any) -> Birthday:
    """The birthday on a customer's row, which has one."""
    return Birthday(row.birth_month, row.birth_day, row.birth_year, row.birth_lunar, row.birth_leap)


def days_kept(birthday: Birthday, first: date, last: date) -> list[date]:
    """On which days between the two it is kept (semantics.md: 29 February, the 30th of a lunar month, leap months)."""
    years = {to_lunar(day)[0] if birthday.lunar else day.year for day in (first, last)}
    kept = (in_year(birthday, year) for year in range(min(years), max(years) + 1))
    return [on for on in kept if first <= on <= last]


def _candidates(session: Session, days: list[date]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Everyone whose day and month may fall on one of these days; the rule then decides. The most valued come first."""
    solar = {on.month * 100 + on.day for on in days}
    solar |= {229} & {found + 1 for found in solar}
    lunar = {month * 100 + day for _, month, day, _ in map(to_lunar, days)}
    lunar |= {found + 1 for found in lunar if found % 100 == 29}
    written = Customer.birth_month * 100 + Customer.birth_day
    fields = (Customer.birth_year, Customer.birth_month, Customer.birth_day, Customer.birth_lunar, Customer.birth_leap)
    query = (
        select(Customer.id, *fields)
        .join(CustomerFigures, CustomerFigures.customer_id == Customer.id)
        .where(
            or_(
                and_(Customer.birth_lunar.is_(False), written.in_(solar)),
                and_(Customer.birth_lunar.is_(True), written.in_(lunar)),
            ),
            CustomerFigures.hidden.is_(False),
        )
        .order_by(CustomerFigures.tier_rank.desc(), CustomerFigures.net.desc(), Customer.id)
    )
    return session.execute(query).all()
