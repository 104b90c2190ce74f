"""Who is spared all selling while a complaint is open (semantics.md: the brake holds until the case is closed)."""

from sqlalchemy import ColumnElement, and_, not_, text
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpPurpose
from app.models.followups import FollowUp

_BRAKED = text(
    "WITH RECURSIVE family(id) AS ("
    "SELECT customer_id FROM complaints WHERE state <> 'closed' AND customer_id IS NOT NULL "
    "UNION SELECT c.merged_into FROM customers c JOIN family f ON c.id = f.id WHERE c.merged_into IS NOT NULL "
    "UNION SELECT c.id FROM customers c JOIN family f ON c.merged_into = f.id) "
    "SELECT id FROM family"
)


def braked(session: Session) -> frozenset[int]:
    """Every card with a case that is not closed, and the cards merged with it."""
    return frozenset(session.scalars(_BRAKED))


def is_held(cards: frozenset[int]) -> ColumnElement[bool]:
    """In a query: a follow-up that would sell to one of these cards."""
    return and_(FollowUp.purpose == FollowUpPurpose.SELL, FollowUp.customer_id.in_(cards))


def not_held(cards: frozenset[int]) -> ColumnElement[bool]:
    """In a query: a follow-up that may be done now; one without a customer always may."""
    return not_(and_(FollowUp.customer_id.is_not(None), is_held(cards)))
