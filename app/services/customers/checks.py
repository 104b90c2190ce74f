"""When a field of a card was last changed, or heard to be still right (semantics.md, completeness)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.completeness import WEIGHTS
from app.models.customers import Customer, FieldCheck
from app.services.customers.families import answering
from app.services.settings import settings
from app.storage.journal import journal_of


def confirm_field(session: Session, customer_id: int, field: str, *, on: date) -> None:
    """The person says that a field is still right; it is fresh from this day on.

    `field` is one of `app.domain.completeness.WEIGHTS`. Raises ValueError for another.
    """
    if field not in WEIGHTS:
        raise ValueError(field)
    note_checks(session, answering(session, customer_id), {field}, on)


def note_checks(session: Session, customer_id: int, fields: Iterable[str], on: date) -> None:
    """These fields were changed or confirmed on this day."""
    wanted = set(fields)
    query = select(FieldCheck).where(FieldCheck.customer_id == customer_id, FieldCheck.field.in_(wanted))
    held = {row.field: row for row in session.scalars(query)}
    for field in sorted(wanted):
        if field in held:
            held[field].checked_on = on
        else:
            session.add(FieldCheck(customer_id=customer_id, field=field, checked_on=on))


def note_changes(session: Session, customer: Customer, before: Mapping[str, Any]) -> None:
    """Note the fields that count and say something else than `before`, as of the day of the running act."""
    after = weighty(customer)
    changed = {field for field in after if after[field] != before[field]}
    if changed:
        zone = ZoneInfo(settings(session).timezone)
        note_checks(session, customer.id, changed, journal_of(session).at.astimezone(zone).date())


def weighty(customer: Customer) -> dict[str, Any]:
    """What a card says in the fields that count; consent has rows of its own."""
    born = (customer.birth_year, customer.birth_month, customer.birth_day, customer.birth_lunar, customer.birth_leap)
    return {
        "phone": [phone.digits for phone in customer.phones],
        "name": customer.name,
        "birthday": born,
        "preference": (customer.preferences, customer.values_ranked),
        "source": customer.source,
        "wechat": customer.wechat,
        "address": [address.text for address in customer.addresses],
    }
