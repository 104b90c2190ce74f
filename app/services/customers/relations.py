"""Who is what to whom: parents and children, friends, colleagues, each read from either side."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.relations import inverse
from app.domain.text import one_line
from app.models.customers import CustomerRelation
from app.services.customers.families import answered_for, answering, answering_each


class OneselfRelated(ShopError):
    """Both cards are of one person."""


class RelationUnsaid(ShopError):
    """What they are to each other is not said."""


@dataclass(frozen=True, slots=True)
class Related:
    """Somebody this person belongs to; `kind` says what they are to this person (`app.domain.relations`)."""

    id: int
    name: str
    kind: str


_TIES = """
SELECT id, other_id, kind, 0 AS back FROM customer_relations WHERE customer_id IN (SELECT value FROM json_each(?1))
UNION ALL
SELECT id, customer_id, kind, 1 FROM customer_relations WHERE other_id IN (SELECT value FROM json_each(?1))
ORDER BY 1
"""


def relate(session: Session, customer_id: int, other_id: int, kind: str) -> None:
    """Say what the other is to this customer; a second word for the same two replaces the first.

    Raises OneselfRelated, RelationUnsaid.
    """
    one, other, word = answering(session, customer_id), answering(session, other_id), one_line(kind)
    if one == other:
        raise OneselfRelated
    if not word:
        raise RelationUnsaid
    rows = _between(session, one, other)
    if not rows:
        session.add(CustomerRelation(customer_id=one, other_id=other, kind=word))
        return
    row, family = rows[0], answered_for(session, one)
    row.kind = word if row.customer_id in family else inverse(word)
    for spare in rows[1:]:
        session.delete(spare)


def unrelate(session: Session, customer_id: int, other_id: int) -> None:
    """Forget what these two are to each other, whoever it was written with."""
    for row in _between(session, answering(session, customer_id), answering(session, other_id)):
        session.delete(row)


def relations(session: Session, customer_id: int) -> tuple[Related, ...]:
    """Everybody this person belongs to, each once, the first noted first."""
    return relations_of(session, answered_for(session, answering(session, customer_id)))


def relations_of(session: Session, family: Sequence[int]) -> tuple[Related, ...]:
    """The same for cards that are already known to answer together."""
    rows = session.connection().exec_driver_sql(_TIES, (json.dumps(list(family)),)).all()
    people = answering_each(session, {row.other_id for row in rows} - set(family)) if rows else {}
    found: dict[int, Related] = {}
    for row in rows:
        person = people.get(row.other_id)
        if person is not None and person.id not in family:
            found.setdefault(person.id, Related(person.id, person.name, inverse(row.kind) if row.back else row.kind))
    return tuple(found.values())


def _between(session: Session, one: int, other: int) -> list[CustomerRelation]:
    ours, theirs = answered_for(session, one), answered_for(session, other)
    there = CustomerRelation.customer_id.in_(ours) & CustomerRelation.other_id.in_(theirs)
    back = CustomerRelation.customer_id.in_(theirs) & CustomerRelation.other_id.in_(ours)
    return list(session.scalars(select(CustomerRelation).where(or_(there, back)).order_by(CustomerRelation.id)))
