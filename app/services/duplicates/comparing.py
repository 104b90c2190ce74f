"""Two cards side by side, field by field, with the side each field takes; and the merges a card has seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.domain.duplicates import Likeness, compare
from app.models.customers import (
    Customer,
    CustomerMerge,
    CustomerPhoto,
    CustomField,
    CustomValue,
    Household,
    PersonalPrice,
)
from app.models.products import Product
from app.models.staff import Staff
from app.services.customers import CustomerRow, Labelled, rows
from app.services.customers.families import answered_for
from app.services.duplicates.faces import faces
from app.services.duplicates.fields import CUSTOM, JOINED, LISTS, ONE_VALUE, PHOTO, Side, is_said, proposed, values_of
from app.services.duplicates.judging import verdict
from app.services.duplicates.merging import later_merge, two_cards
from app.services.duplicates.uniting import rows_of, same_key


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of two cards; a side that says nothing is None or empty.

    Values by `name`: birthday a Birthday; credit (words, minor units or None); personal_discount thousandths; household
    and referrer a name; values_ranked codes; phones, emails, addresses tuples of Labelled; tags of words; dates of
    (label, Birthday); prices of (product, 1/10,000 unit); photo JPEG bytes; all else text, "custom:<id>" under `label`.
    """

    name: str
    kept: Any
    gone: Any
    takes: Side
    """What the merge does unless it is chosen otherwise."""
    choices: tuple[Side, ...]
    label: str = ""
    """The shop's own word for one of its fields."""
    alike: bool = False
    """Both say the same, though not to the letter: one phone, typed in two ways."""

    @property
    def differs(self) -> bool:
        return bool(self.kept != self.gone) and not self.alike


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two cards that may be merged: the fields in which either says something, and what speaks for it."""

    kept: CustomerRow
    gone: CustomerRow
    fields: tuple[FieldPair, ...]
    likeness: Likeness | None
    judged: bool
    """A person said before that these are two people."""


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge that stands: `gone` was merged into `kept_id`."""

    id: int
    kept_id: int
    gone_id: int
    gone: str
    at: datetime
    staff: str
    later: int | None
    """The merge that must be taken back before this one, if any."""


_EITHER = (Side.KEPT, Side.GONE)
_ANY = (Side.KEPT, Side.GONE, Side.BOTH)


def side_by_side(session: Session, kept_id: int, gone_id: int) -> SideBySide:
    """What a person decides about before merging `gone` into `kept`.

    Raises SameCard, AlreadyMerged, CardErased, or NoResultFound.
    """
    kept, gone = two_cards(session, kept_id, gone_id)
    shown = rows(session, [kept_id, gone_id])
    one, other = sorted(faces(session, [kept_id, gone_id]), key=lambda face: face.id)
    fields = (*_single(session, kept, gone), *_lists(session, kept, gone), *_own(session, kept, gone))
    judged = verdict(session, kept_id, gone_id) is not None
    said = tuple(field for field in fields if field.kept or field.gone)
    return SideBySide(shown[0], shown[1], said, compare(one, other), judged)


def merges(session: Session, customer_id: int) -> list[MergeRow]:
    """The merges that stand and made this card answer for others, the last first."""
    gone = aliased(Customer)
    query = (
        select(CustomerMerge, gone.name, Staff.name)
        .join(gone, gone.id == CustomerMerge.gone_id)
        .join(Staff, Staff.id == CustomerMerge.staff_id)
        .where(CustomerMerge.kept_id.in_(answered_for(session, customer_id)), CustomerMerge.undone_at.is_(None))
        .order_by(CustomerMerge.id.desc())
    )
    return [
        MergeRow(row.id, row.kept_id, row.gone_id, name, row.at, staff, later_merge(session, row))
        for row, name, staff in session.execute(query)
    ]


def _single(session: Session, kept: Customer, gone: Customer) -> Iterator[FieldPair]:
    for name in ONE_VALUE:
        mine, theirs = values_of(kept, name), values_of(gone, name)
        takes = proposed(name, mine, theirs)
        choices = _ANY if name in JOINED else _EITHER
        yield FieldPair(name, _shown(session, name, mine), _shown(session, name, theirs), takes, choices)


def _shown(session: Session, name: str, values: tuple[Any, ...]) -> Any:
    if name == "birthday":
        return _birthday(*values)
    if name == "credit":
        return values if is_said(name, values) else None
    if name in ("household", "referrer") and values[0] is not None:
        return session.get_one(Household, values[0]).name if name == "household" else _name(session, values[0])
    return tuple(values[0]) if isinstance(values[0], list) else values[0]


def _name(session: Session, customer_id: int) -> str:
    return session.get_one(Customer, customer_id).name


def _birthday(lunar: bool, year: int | None, month: int | None, day: int | None, leap: bool) -> Birthday | None:
    try:
        return Birthday(month, day, year, lunar, leap) if month and day else None
    except NoSuchBirthday:
        return None


def _lists(session: Session, kept: Customer, gone: Customer) -> Iterator[FieldPair]:
    for name, (kind, columns) in LISTS.items():
        keys = [{same_key(row, columns) for row in rows_of(session, kind, card.id)} for card in (kept, gone)]
        values = _list(session, name, kept.id), _list(session, name, gone.id)
        yield FieldPair(name, *values, Side.BOTH, _ANY, alike=keys[0] == keys[1])


def _list(session: Session, name: str, customer_id: int) -> tuple[Any, ...]:
    held = rows_of(session, LISTS[name][0], customer_id)
    if name == "tags":
        return tuple(row.name for row in held)
    if name == "dates":
        return tuple((row.label, _birthday(row.lunar, row.year, row.month, row.day, row.leap)) for row in held)
    if name == "prices":
        return _prices(session, customer_id)
    column = {"phones": "typed", "emails": "address", "addresses": "text"}[name]
    return tuple(Labelled(getattr(row, column), row.label) for row in held)


def _prices(session: Session, customer_id: int) -> tuple[Any, ...]:
    query = (
        select(Product.name, PersonalPrice.price)
        .join(Product, Product.id == PersonalPrice.product_id)
        .where(PersonalPrice.customer_id == customer_id)
        .order_by(PersonalPrice.id)
    )
    return tuple((name, price) for name, price in session.execute(query))


def _own(session: Session, kept: Customer, gone: Customer) -> Iterator[FieldPair]:
    """The shop's own fields, and the photo."""
    mine, theirs = _custom(session, kept.id), _custom(session, gone.id)
    fields = session.scalars(select(CustomField).order_by(CustomField.position, CustomField.id))
    for field in fields:
        values = mine.get(field.id, ""), theirs.get(field.id, "")
        takes = Side.KEPT if values[0] else Side.GONE
        yield FieldPair(f"{CUSTOM}{field.id}", *values, takes, _EITHER, field.label)
    pictures = [session.get(CustomerPhoto, card.id) for card in (kept, gone)]
    one, other = (picture.jpeg if picture else None for picture in pictures)
    yield FieldPair(PHOTO, one, other, Side.KEPT if one else Side.GONE, _EITHER)


def _custom(session: Session, customer_id: int) -> dict[int, str]:
    return {row.field_id: row.value for row in rows_of(session, CustomValue, customer_id)}
