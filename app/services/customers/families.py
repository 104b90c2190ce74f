"""Whose rows a card answers for: its own, and those of cards merged into it (semantics.md, points ledger rule 11)."""

from sqlalchemy.orm import Session

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


def answered_for(session: Session, customer_id: int) -> list[int]:
    """The card itself and every card merged into it, however indirectly."""
    return [row[0] for row in session.connection().exec_driver_sql(_ANSWERED, {"id": customer_id}).all()]


def answering(session: Session, customer_id: int) -> int:
    """The card that answers for this one: itself unless it was merged away."""
    found: int | None = session.connection().exec_driver_sql(_ANSWERING, {"id": customer_id}).scalar()
    return customer_id if found is None else found
