"""Whose birthday falls between two days, by the sun or by the moon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, and_, or_, select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday, age_on, in_year, to_lunar
from app.models.customers import Customer
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


def birthdays(session: Session, first: date, last: date) -> list[BirthdayRow]:
    """Birthdays from `first` to `last`, both included, the highest tier first on each day; nobody archived."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = {row.id: birthday_of(row) for row in _candidates(session, days)}
    kept = [(on, key) for key, birthday in found.items() for on in days_kept(birthday, first, last)]
    who = {row.id: row for row in customers.rows(session, [key for _, key in kept])}
    cards = braked(session)
    rows = [BirthdayRow(on, who[key], found[key], age_on(found[key], on), key in cards) for on, key in kept]
    return sorted(rows, key=lambda row: (row.on, -row.who.tier.rank, -row.who.net, row.who.id))


def birthday_of(row: Any) -> Birthday:
    """The birthday on a customer's row, which has one."""
    return Birthday(row.birth_month, row.birth_day, row.birth_year, row.birth_lunar, row.birth_leap)


def days_kept(birthday: Birthday, first: date, last: date) -> list[date]:
    """On which days between the two it is kept (semantics.md: 29 February, the 30th of a lunar month, leap months)."""
    years = {to_lunar(day)[0] if birthday.lunar else day.year for day in (first, last)}
    kept = (in_year(birthday, year) for year in range(min(years), max(years) + 1))
    return [on for on in kept if first <= on <= last]


def _candidates(session: Session, days: list[date]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Everyone whose day and month may fall on one of these days; the rule then decides."""
    solar = {on.month * 100 + on.day for on in days}
    solar |= {229} & {found + 1 for found in solar}
    lunar = {month * 100 + day for _, month, day, _ in map(to_lunar, days)}
    lunar |= {found + 1 for found in lunar if found % 100 == 29}
    written = Customer.birth_month * 100 + Customer.birth_day
    fields = (Customer.birth_year, Customer.birth_month, Customer.birth_day, Customer.birth_lunar, Customer.birth_leap)
    query = select(Customer.id, *fields).where(
        or_(
            and_(Customer.birth_lunar.is_(False), written.in_(solar)),
            and_(Customer.birth_lunar.is_(True), written.in_(lunar)),
        ),
        Customer.archived_at.is_(None),
        Customer.merged_into.is_(None),
    )
    return session.execute(query).all()
