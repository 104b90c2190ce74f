"""Adding a customer, changing the card, putting it away and taking it out again."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session, object_session

from app.domain import phones, pinyin
from app.domain.names import display
from app.domain.text import clean, comparison_key, one_line
from app.models.base import Base
from app.models.customers import Customer, CustomerAddress, CustomerEmail, CustomerPhone, CustomerTag
from app.services.customers.drafts import ChangedElsewhere, CustomerDraft, Labelled, NothingToCallThem, PhoneUnreadable
from app.services.settings import settings

FEWEST_DIGITS = 3
_ROUNDED = re.compile(r"\d[.,]?\d*[eE]\+?\d+")
Row = TypeVar("Row", bound=Base)


def add(session: Session, draft: CustomerDraft, *, at: datetime) -> int:
    """A new card; returns its id.

    Raises NothingToCallThem or PhoneUnreadable.
    """
    customer = Customer(created_at=at, name="")
    _fill(session, customer, draft)
    session.add(customer)
    session.flush()
    return customer.id


def edit(session: Session, customer_id: int, draft: CustomerDraft, *, version: int) -> int:
    """Make a card say what `draft` says; `version` is the card's when it was opened. Returns the id.

    Raises ChangedElsewhere when somebody saved it in between, NothingToCallThem or PhoneUnreadable.
    """
    customer = session.get_one(Customer, customer_id)
    if customer.version != version:
        raise ChangedElsewhere
    _fill(session, customer, draft)
    customer.version += 1  # a change of a phone alone must raise it too
    return customer.id


def archive(session: Session, customer_id: int, *, at: datetime) -> None:
    """Hide a customer from lists and put them last in search; nothing is erased."""
    session.get_one(Customer, customer_id).archived_at = at


def unarchive(session: Session, customer_id: int) -> None:
    """Show an archived customer again."""
    session.get_one(Customer, customer_id).archived_at = None


def _fill(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    numbers = _read_phones(draft.phones, settings(session).phone_region)
    name = display(draft.name) or (numbers[0]["typed"] if numbers else "")
    if not name:
        raise NothingToCallThem
    for key, value in _columns(name, draft).items():
        setattr(customer, key, value)
    _match(customer.phones, CustomerPhone, numbers)
    _match(customer.emails, CustomerEmail, [{"label": e.label, "address": e.text} for e in _said(draft.emails)])
    _match(customer.addresses, CustomerAddress, [{"label": a.label, "text": a.text} for a in _said(draft.addresses)])
    _match_tags(customer, draft.tags)


def _columns(name: str, draft: CustomerDraft) -> dict[str, Any]:
    birthday = draft.birthday
    return {
        "name": name,
        "sort_key": pinyin.sort_key(name),
        "company": one_line(draft.company),
        "gender": draft.gender,
        "wechat": one_line(draft.wechat),
        "birth_lunar": birthday.lunar if birthday else False,
        "birth_year": birthday.year if birthday else None,
        "birth_month": birthday.month if birthday else None,
        "birth_day": birthday.day if birthday else None,
        "birth_leap": birthday.leap if birthday else False,
        "source": one_line(draft.source),
        "note": clean(draft.note).strip(),
        "preferred_channel": draft.preferred_channel,
        "do_not_contact": draft.do_not_contact,
    }


def _read_phones(drafts: Sequence[Labelled], region: str) -> list[dict[str, Any]]:
    read: dict[str, dict[str, Any]] = {}
    for place, draft in enumerate(drafts):
        if not draft.text.strip():
            continue
        phone = phones.normalise(draft.text, region)
        if len(phone.digits) < FEWEST_DIGITS or _ROUNDED.fullmatch(phone.typed):
            raise PhoneUnreadable(place=place)
        values = {"label": draft.label, "typed": phone.typed, "e164": phone.e164, "digits": phone.digits}
        read.setdefault(phone.key, values)
    return list(read.values())


def _said(drafts: Iterable[Labelled]) -> list[Labelled]:
    return [Labelled(text, draft.label) for draft in drafts if (text := one_line(draft.text))]


def _match(rows: list[Row], kind: type[Row], wanted: Sequence[Mapping[str, Any]]) -> None:
    """Make the rows say what is wanted with as few changes as can be: the trail and undo then name only those."""
    for row, values in zip(rows, wanted, strict=False):
        for key, value in values.items():
            if getattr(row, key) != value:
                setattr(row, key, value)
    _drop(rows, rows[len(wanted) :])
    rows.extend(kind(**values) for values in wanted[len(rows) :])


def _match_tags(customer: Customer, wanted: Iterable[str]) -> None:
    names = {comparison_key(name): one_line(name).lstrip("#") for name in wanted if one_line(name).lstrip("#")}
    held = {comparison_key(tag.name) for tag in customer.tags}
    _drop(customer.tags, [tag for tag in customer.tags if comparison_key(tag.name) not in names])
    customer.tags.extend(CustomerTag(name=name) for key, name in names.items() if key not in held)


def _drop(rows: list[Row], gone: Iterable[Row]) -> None:
    """Delete rows by name: one that only falls out of its list would leave no trace in the trail, and no way back."""
    for row in list(gone):
        rows.remove(row)
        session = object_session(row)
        if session is not None and inspect(row).persistent:
            session.delete(row)
