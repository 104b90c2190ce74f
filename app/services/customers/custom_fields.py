"""The fields a shop adds to its cards, and what a card says in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.custom_fields import FieldKind, canonical
from app.domain.errors import ShopError
from app.domain.text import comparison_key, one_line
from app.models.customers import Customer, CustomField, CustomValue
from app.services.customers.drafts import CustomValueRefused
from app.services.customers.matching import drop
from app.services.settings.ordered import in_order, is_taken, next_place, put_at, put_away


class FieldNeedsAName(ShopError):
    """A field of the shop is called by a word."""


class FieldNameTaken(ShopError):
    """Another field, shown or put away, is called so."""


class FieldNeedsChoices(ShopError):
    """A choice needs something to choose from."""


@dataclass(frozen=True, slots=True)
class CustomFieldRow:
    """One of the shop's own fields; `used` counts the cards that say something in it."""

    id: int
    label: str
    kind: FieldKind
    choices: tuple[str, ...]
    archived: bool
    used: int


def custom_fields(session: Session, *, archived: bool = False) -> list[CustomFieldRow]:
    """The shop's own fields in their order; those put away only when asked for, last."""
    used = select(func.count()).where(CustomValue.field_id == CustomField.id).scalar_subquery()
    query = in_order(CustomField, CustomField, used, away=archived)
    return [
        CustomFieldRow(row.id, row.label, row.kind, tuple(row.choices), row.archived_at is not None, number)
        for row, number in session.execute(query)
    ]


def add_field(session: Session, label: str, kind: FieldKind, choices: Sequence[str] = ()) -> int:
    """A new field at the end of the card; returns its id.

    Raises FieldNeedsAName, FieldNameTaken, FieldNeedsChoices.
    """
    field = CustomField(kind=kind, position=next_place(session, CustomField))
    _call(session, field, label, choices)
    session.add(field)
    session.flush()
    return field.id


def edit_field(session: Session, field_id: int, label: str, choices: Sequence[str] = ()) -> None:
    """Call a field otherwise, or offer other choices; cards keep what they say. The kind stays what it is.

    Raises FieldNeedsAName, FieldNameTaken, FieldNeedsChoices.
    """
    _call(session, session.get_one(CustomField, field_id), label, choices)


def move_field(session: Session, field_id: int, place: int) -> None:
    """Let a field stand at this place (from 0) among those that are shown."""
    put_at(session, CustomField, field_id, place)


def archive_field(session: Session, field_id: int, *, at: datetime) -> None:
    """Take a field off the cards; what was written in it is kept."""
    put_away(session, CustomField, field_id, at)


def unarchive_field(session: Session, field_id: int) -> None:
    """Show a field again, with all that was written in it."""
    put_away(session, CustomField, field_id, None)


def fill_custom(session: Session, customer: Customer, wanted: Mapping[int, str]) -> None:
    """Write what a draft says in the shop's own fields; fields put away stay as they are.

    What is said already is not looked at again, so that a choice that is no longer offered may stand.
    Raises CustomValueRefused.
    """
    if not wanted and not customer.custom:
        return
    shown = {field.id: field for field in session.scalars(select(CustomField)) if field.archived_at is None}
    held = {row.field_id: row for row in customer.custom if row.field_id in shown}
    said = {key: _read(shown.get(key), key, typed, held.get(key)) for key, typed in wanted.items()}
    drop(customer.custom, [row for key, row in held.items() if not said.get(key)])
    for key, value in said.items():
        if value and key in held and held[key].value != value:
            held[key].value = value
        elif value and key not in held:
            customer.custom.append(CustomValue(field_id=key, value=value))


def _read(field: CustomField | None, field_id: int, typed: str, held: CustomValue | None) -> str:
    if held is not None and held.value == typed:
        return typed
    if field is None:
        raise CustomValueRefused(field=field_id, kind="")
    try:
        return canonical(field.kind, typed, field.choices)
    except ValueError:
        raise CustomValueRefused(field=field_id, kind=field.kind.value) from None


def _call(session: Session, field: CustomField, label: str, choices: Sequence[str]) -> None:
    words = one_line(label)
    if not words:
        raise FieldNeedsAName
    if is_taken(session, CustomField.label, words, field.id):
        raise FieldNameTaken
    offered = list({comparison_key(choice): one_line(choice) for choice in choices if one_line(choice)}.values())
    if field.kind is FieldKind.CHOICE and not offered:
        raise FieldNeedsChoices
    field.label, field.choices = words, offered if field.kind is FieldKind.CHOICE else []
