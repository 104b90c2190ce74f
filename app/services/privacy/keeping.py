"""Keeps an erased card empty: no act, of this window or another, writes anything about the person on it again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.complaints import Complaint
from app.services.privacy.personal import OF_CASES, TAKEN
from app.storage import plain_sql
from app.storage.journal import Journal, RowChange

ACTS = frozenset({"consents", "interactions", "complaints", "followups"})
"""Tables of which an erased card gets no new row at all, though rows it has stay without their words."""
_STATES = frozenset({"archived_at", "erased_at", "do_not_contact", "referrer_id"})
"""What an erased card stays besides empty: away from the lists, never to be contacted, brought by nobody else."""


ERASED = """
SELECT EXISTS (SELECT 1 FROM customers WHERE id IN (SELECT value FROM json_each(?)) AND erased_at IS NOT NULL)
"""
"""As the driver takes it: each write asks."""


class PersonErased(ShopError):
    """The card is that of a person who was erased: it keeps its books and takes nothing more."""


def keep_empty(session: Session, book: Journal) -> None:
    """Raises PersonErased when the running write says something about a person who was erased.

    A sale, an expiry, the closing of a case still pass: they say how much and when, not who.
    """
    telling = [change for change in book.rows if _says_something(change)]
    cases = {case for change in telling if _of_case(change) for case in _owners(change)}
    named = {owner for change in telling if not _of_case(change) for owner in _owners(change)}
    if cases:
        named |= set(session.scalars(select(Complaint.customer_id).where(Complaint.id.in_(cases))))
    if named and plain_sql.value(session, ERASED, (json.dumps(list(named)),)):
        raise PersonErased


def _says_something(change: RowChange) -> bool:
    after, table = change.after, change.kind.__tablename__
    if after is None:
        return False
    if table == "sales":
        return change.before is None and after["revenue"] > 0
    taken = TAKEN.get(table)
    if taken is None:
        return False
    if taken.whole or (change.before is None and table in ACTS):
        return True
    before: Mapping[str, Any] = change.before or taken.blank
    told = taken.blank.keys() | (_STATES if table == "customers" and change.before else frozenset())
    return any(after[name] != before.get(name) for name in told)


def _of_case(change: RowChange) -> bool:
    """Whether the row names a complaint, which in turn names the customer."""
    return change.kind.__tablename__ in OF_CASES


def _owners(change: RowChange) -> Iterator[int]:
    """The customers, or the complaint, a row is about."""
    columns = TAKEN[change.kind.__tablename__].owners if change.kind.__tablename__ in TAKEN else ("customer_id",)
    for image in (change.before, change.after):
        yield from (image[column] for column in columns if image is not None and image[column] is not None)
