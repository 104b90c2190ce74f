"""Whose rows a card answers for: its own, and those of cards merged into it (semantics.md, points ledger rule 11)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from sqlalchemy.orm import Session

from app.storage import plain_sql

_ANSWERED = (
    "WITH RECURSIVE family(id) AS (SELECT :id UNION "
    "SELECT c.id FROM customers c JOIN family f ON c.merged_into = f.id) "
    "SELECT id FROM family"
)
_ANSWERING = (
    "WITH RECURSIVE up(id, merged_into, depth) AS ("
    "SELECT id, merged_into, 0 FROM customers WHERE id = :id "
    "UNION ALL SELECT c.id, c.merged_into, depth + 1 FROM customers c JOIN up ON c.id = up.merged_into "
    "WHERE depth < 50) "
    "SELECT id FROM up ORDER BY depth DESC LIMIT 1"
)
_FAMILY = (
    "WITH RECURSIVE up(id, merged_into, depth) AS ("
    "SELECT id, merged_into, 0 FROM customers WHERE id = :id "
    "UNION ALL SELECT c.id, c.merged_into, depth + 1 FROM customers c JOIN up ON c.id = up.merged_into "
    "WHERE depth < 50), "
    "family(id) AS (SELECT id FROM (SELECT id FROM up ORDER BY depth DESC LIMIT 1) UNION "
    "SELECT c.id FROM customers c JOIN family f ON c.merged_into = f.id) "
    "SELECT id FROM family"
)
_ANSWERING_EACH = (
    "WITH RECURSIVE up(start, id, next, name, depth) AS ("
    "SELECT id, id, merged_into, name, 0 FROM customers WHERE id IN (SELECT value FROM json_each(:ids)) "
    "UNION ALL SELECT up.start, c.id, c.merged_into, c.name, depth + 1 "
    "FROM customers c JOIN up ON c.id = up.next WHERE depth < 50) "
    "SELECT start, id, name FROM up WHERE next IS NULL"
)
_ANSWERED_EACH = (
    "WITH RECURSIVE family(who, id) AS (SELECT value, value FROM json_each(:ids) UNION "
    "SELECT f.who, c.id FROM customers c JOIN family f ON c.merged_into = f.id) "
    "SELECT id, who FROM family"
)


@dataclass(frozen=True, slots=True)
class Person:
    """A customer by id and name."""

    id: int
    name: str


@cache
def for_cards(query: str, count: int) -> str:
    """`query` with marks for so many cards in place of `{cards}`.

    For the one card that most people have SQLite then searches its indexes as for an equal value, in their order.
    """
    return query.replace("{cards}", ", ".join("?" * count))


def answered_for(session: Session, customer_id: int) -> list[int]:
    """The card itself and every card merged into it, however indirectly."""
    return plain_sql.values(session, _ANSWERED, {"id": customer_id})


def answering(session: Session, customer_id: int) -> int:
    """The card that answers for this one: itself unless it was merged away."""
    found: int | None = plain_sql.value(session, _ANSWERING, {"id": customer_id})
    return customer_id if found is None else found


def family_of(session: Session, customer_id: int) -> tuple[int, ...]:
    """The card that answers for this one, then those it answers for."""
    found = plain_sql.values(session, _FAMILY, {"id": customer_id})
    return tuple(found) or (customer_id,)


def answering_each(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """By id, who answers for that card; ids of no card are left out."""
    rows = plain_sql.rows(session, _ANSWERING_EACH, {"ids": json.dumps(list(ids))})
    return {start: Person(found, name) for start, found, name in rows}


def answered_each(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Every card these answer for, themselves included, and which of them does."""
    rows = plain_sql.rows(session, _ANSWERED_EACH, {"ids": json.dumps(list(ids))})
    return {row[0]: row[1] for row in rows}
