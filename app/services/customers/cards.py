"""Adding a customer, changing the card, putting it away and taking it out again."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.services.customers.card import draft_in
from app.services.customers.checks import note_changes, weighty
from app.services.customers.drafts import ChangedElsewhere, CustomerDraft
from app.services.customers.filling import fill
from app.services.customers.households import sweep
from app.storage.unit_of_work import acting_staff

CUSTOM = "custom."


def add(session: Session, draft: CustomerDraft, *, at: datetime) -> int:
    """A new card, made by whoever acts; returns its id. Raises what `edit` does, but for ChangedElsewhere."""
    customer = Customer(created_at=at, created_by=acting_staff(session), name="")
    fill(session, customer, draft)
    session.add(customer)
    session.flush()
    return customer.id


def edit(session: Session, customer_id: int, draft: CustomerDraft, *, version: int) -> int:
    """Make a card say what `draft` says; `version` is the card's when it was opened. Returns the id.

    Raises ChangedElsewhere when somebody saved it in between, and what `filling.fill` refuses: NothingToCallThem,
    PhoneUnreadable, CreditRefused, PersonalDiscountRefused, CustomValueRefused, NoSuchHousehold, ReferrerRefused,
    and NotAllowed where a clerk changes a credit limit or a discount.
    """
    return _edited(session, customer_id, draft, version).id


def set_field(session: Session, customer_id: int, field: str, value: Any, *, version: int) -> int:
    """Change one field of a card, named as in CustomerDraft, or "custom.7" for the shop's own field 7.

    Returns the version the card has now. Raises what `edit` raises, and TypeError for a field that is not there.
    """
    draft = draft_in(session, customer_id)
    if field.startswith(CUSTOM):
        draft = replace(draft, custom={**draft.custom, int(field.removeprefix(CUSTOM)): value})
    else:
        draft = replace(draft, **{field: value})
    return _edited(session, customer_id, draft, version).version


def archive(session: Session, customer_id: int, *, at: datetime) -> None:
    """Hide a customer from lists and put them last in search; nothing is erased."""
    session.get_one(Customer, customer_id).archived_at = at


def unarchive(session: Session, customer_id: int) -> None:
    """Show an archived customer again."""
    session.get_one(Customer, customer_id).archived_at = None


def _edited(session: Session, customer_id: int, draft: CustomerDraft, version: int) -> Customer:
    customer = session.get_one(Customer, customer_id)
    if customer.version != version:
        raise ChangedElsewhere
    before, left = weighty(customer), customer.household_id
    fill(session, customer, draft)
    note_changes(session, customer, before)
    customer.version += 1  # a change of a phone alone must raise it too
    session.flush()
    if customer.household_id != left:
        sweep(session, left)
    return customer
