"""What waits for the owner: complaints past their target or handed up, answers to ask for, tiers about to run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customers import CustomerFigures
from app.models.loyalty import TierMove
from app.services import complaints
from app.services.complaints import CaseCard
from app.services.customers import MaySell, TierMark, audience, tier_marks

TIER_ENDS_WITHIN = timedelta(days=45)


class DecisionKind(StrEnum):
    LATE_CASES = "late_cases"
    ESCALATED = "escalated"
    """Cases that went up to the owner and are not among the late ones."""
    CALL_BACKS = "call_backs"
    """Resolved cases whose customers are to be asked by now."""
    TIER_ENDING = "tier_ending"


@dataclass(frozen=True, slots=True)
class Decision:
    """One matter: how many it concerns, and what is to be said of the most urgent of them."""

    kind: DecisionKind
    count: int
    complaint_id: int | None = None
    number: int | None = None
    name: str = ""
    """The customer of the case; empty: nobody known."""
    due_at: datetime | None = None
    tier: TierMark | None = None
    first: date | None = None
    """The earliest day to which a tier holds."""
    customers: tuple[int, ...] = ()
    held: tuple[MaySell, ...] = ()
    """Whom it would concern too, but nothing may be promoted to them."""


def decisions(session: Session, day: date, at: datetime) -> list[Decision]:
    """The matters there are, the most urgent first; an empty list where nothing waits."""
    late = complaints.overdue(session, at)
    told = {case.id for case in late}
    first = [complaints.case(session, late[0].id, at).card] if late else []
    handed_up = [card for card in complaints.escalated(session, at) if card.id not in told]
    asked = complaints.calls_due(session, day, at)
    found = [
        _cases(DecisionKind.LATE_CASES, first, len(late)),
        _cases(DecisionKind.ESCALATED, handed_up, len(handed_up)),
        _cases(DecisionKind.CALL_BACKS, asked, len(asked)),
        _ending(session, day),
    ]
    return [decision for decision in found if decision is not None]


def _cases(kind: DecisionKind, cards: Sequence[CaseCard], count: int) -> Decision | None:
    """The first of the cards is the most urgent."""
    if not cards:
        return None
    first = cards[0]
    name = first.who.name if first.who else ""
    return Decision(kind, count, first.id, first.number, name, first.clock.due_at)


def _ending(session: Session, day: date) -> Decision | None:
    """Members of the highest tier who will leave it unless they buy: their last move holds only to a near day.

    Those to whom nothing may be promoted are not counted.
    """
    top = next((mark for mark in tier_marks(session).values() if mark.top), None)
    if top is None:
        return None
    until = (
        select(TierMove.valid_until)
        .where(TierMove.customer_id == CustomerFigures.customer_id)
        .order_by(TierMove.on.desc(), TierMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(CustomerFigures.customer_id, until)
        .where(
            CustomerFigures.hidden.is_(False),
            CustomerFigures.tier_rank == top.rank,
            until.between(day, day + TIER_ENDS_WITHIN),
        )
        .order_by(until, CustomerFigures.net.desc())
    )
    found = session.execute(query).all()
    held = audience(session, [row[0] for row in found])
    ending = [row for row in found if row[0] not in held.held_ids]
    if not ending:
        return None
    ids = tuple(row[0] for row in ending)
    return Decision(DecisionKind.TIER_ENDING, len(ids), tier=top, first=ending[0][1], customers=ids, held=held.held)
