"""What a merge does to the rows of the two cards: chosen fields, lists without repeats, and who points at whom.

The card that goes keeps its own rows; what the other lacks is copied, so that every reader of one card sees all of it.
Consents, relations and pinned facts stay where they are, like sales: they are read through the family.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.domain.text import comparison_key
from app.models.base import Base
from app.models.customers import Customer, CustomerPhone, CustomerPhoto, CustomValue, FieldCheck, NotSame
from app.services.duplicates.fields import CUSTOM, JOINED, LISTS, ONE_VALUE, PHOTO, Side, proposed, values_of
from app.services.duplicates.judging import ordered, verdict

Sides = Mapping[str, Side]


def unite(session: Session, kept: Customer, gone: Customer, sides: Sides) -> None:
    """Make `kept` say what both said, as far as it was chosen."""
    for name in ONE_VALUE:
        if name != "referrer":
            _take(name, kept, gone, sides.get(name))
    kept.do_not_contact = kept.do_not_contact or gone.do_not_contact
    kept.archived_at = kept.archived_at if gone.archived_at else None
    for name, (kind, columns) in LISTS.items():
        _unite_rows(session, kind, columns, kept.id, gone.id, sides.get(name, Side.BOTH))
    _unite_custom(session, kept.id, gone.id, sides)
    _take_photo(session, kept.id, gone.id, sides.get(PHOTO))
    gone.household_id = None
    _take_referrer(session, kept, gone, sides.get("referrer"))
    _take_checks(session, kept, gone)
    _move_verdicts(session, kept.id, gone.id)


def rows_of(session: Session, kind: type[Base], customer_id: int) -> list[Any]:
    """The rows of one card, in the order they were made."""
    owner = inspect(kind).columns["customer_id"]
    return list(session.scalars(select(kind).where(owner == customer_id).order_by(*inspect(kind).primary_key)))


def _take(name: str, kept: Customer, gone: Customer, side: Side | None) -> None:
    mine, theirs = values_of(kept, name), values_of(gone, name)
    if side is None or (side is Side.BOTH and name not in JOINED):
        side = proposed(name, mine, theirs)
    if side is Side.KEPT:
        return
    if side is Side.BOTH:
        theirs = tuple("\n".join(filter(None, pair)) for pair in zip(mine, theirs, strict=True))
    for column, value in zip(ONE_VALUE[name], theirs, strict=True):
        if getattr(kept, column) != value:
            setattr(kept, column, value)


def _unite_rows(session: Session, kind: type[Base], columns: tuple[str, ...], kept: int, gone: int, side: Side) -> None:
    mine = {same_key(row, columns): row for row in rows_of(session, kind, kept)}
    theirs = {same_key(row, columns): row for row in reversed(rows_of(session, kind, gone))}
    if side is not Side.KEPT:
        session.add_all(_copy(row, kept) for key, row in reversed(theirs.items()) if key not in mine)
    if side is Side.GONE:
        for key, row in mine.items():
            if key not in theirs:
                session.delete(row)


def same_key(row: Any, columns: Iterable[str]) -> tuple[Any, ...]:
    """Equal for two rows that a person would call the same."""
    if isinstance(row, CustomerPhone):
        return (row.e164 or row.digits,)
    values = (getattr(row, column) for column in columns)
    return tuple(comparison_key(value) if isinstance(value, str) else value for value in values)


def _copy(row: Any, owner: int) -> Any:
    kind = type(row)
    keys = {column.key for column in inspect(kind).primary_key} - {"customer_id"}
    values = {
        name: getattr(row, name) for name in [each.key for each in inspect(kind).column_attrs] if name not in keys
    }
    return kind(**values | {"customer_id": owner})


def _unite_custom(session: Session, kept: int, gone: int, sides: Sides) -> None:
    mine = {row.field_id: row for row in rows_of(session, CustomValue, kept)}
    for row in rows_of(session, CustomValue, gone):
        if row.field_id not in mine:
            if sides.get(f"{CUSTOM}{row.field_id}") is not Side.KEPT:
                session.add(_copy(row, kept))
        elif sides.get(f"{CUSTOM}{row.field_id}") is Side.GONE:
            mine[row.field_id].value = row.value


def _take_photo(session: Session, kept: int, gone: int, side: Side | None) -> None:
    mine, theirs = session.get(CustomerPhoto, kept), session.get(CustomerPhoto, gone)
    if theirs is None or side is Side.KEPT:
        return
    if mine is None:
        session.add(_copy(theirs, kept))
    elif side is Side.GONE:
        mine.jpeg = theirs.jpeg


def _take_referrer(session: Session, kept: Customer, gone: Customer, side: Side | None) -> None:
    """Who brought them, unless that is one of the two or was brought by one of the two; whom `gone` brought, too."""
    order = (gone, kept) if side is Side.GONE else (kept,) if side is Side.KEPT else (kept, gone)
    brought = (card.referrer_id for card in order)
    kept.referrer_id = next((key for key in brought if key and not _leads_to(session, key, {kept.id, gone.id})), None)
    query = select(Customer).where(Customer.referrer_id == gone.id, Customer.id != kept.id)
    for card in session.scalars(query).all():
        card.referrer_id = kept.id


def _leads_to(session: Session, start: int, those: set[int]) -> bool:
    """Whether somebody, or whoever brought them, and so on, is one of those."""
    seen: set[int] = set()
    at: int | None = start
    while at is not None and at not in seen:
        if at in those:
            return True
        seen.add(at)
        at = session.scalar(select(Customer.referrer_id).where(Customer.id == at))
    return False


def _take_checks(session: Session, kept: Customer, gone: Customer) -> None:
    """A field is as fresh as on the card that knew it last."""
    mine = {row.field: row for row in rows_of(session, FieldCheck, kept.id)}
    for row in rows_of(session, FieldCheck, gone.id):
        if row.field not in mine:
            session.add(_copy(row, kept.id))
        elif row.checked_on > mine[row.field].checked_on:
            mine[row.field].checked_on = row.checked_on


def _move_verdicts(session: Session, kept: int, gone: int) -> None:
    """Whoever is not `gone` is not `kept` either; that the two are not each other is overruled."""
    about = (NotSame.low_id == gone) | (NotSame.high_id == gone)
    for row in session.scalars(select(NotSame).where(about)).all():
        other = row.high_id if row.low_id == gone else row.low_id
        if other == kept:
            session.delete(row)
        elif verdict(session, kept, other) is None:
            low, high = ordered(kept, other)
            session.add(NotSame(low_id=low, high_id=high, at=row.at, staff_id=row.staff_id))
