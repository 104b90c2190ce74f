"""Handing a case up to the owner once a target, or the share of it the shop says, has passed."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import MarkKind
from app.models.complaints import Complaint, ComplaintClock
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.marks import add_mark
from app.storage import journal


def to_escalate(session: Session, at: datetime) -> int:
    """How many cases are to go up to the owner by now."""
    return session.scalar(select(func.count()).where(ComplaintClock.escalate_at <= at)) or 0


def escalate(session: Session, at: datetime) -> int:
    """Hand up every case whose time has come; says how many. Each goes up once, until it is opened again.

    The mark bears the moment at which the target passed, so that a shop that was closed meanwhile reads the same
    history. It follows from the clock, so there is nothing to take back.
    """
    query = select(ComplaintClock.complaint_id, ComplaintClock.escalate_at).where(ComplaintClock.escalate_at <= at)
    due = session.execute(query.order_by(ComplaintClock.escalate_at, ComplaintClock.complaint_id)).all()
    for complaint_id, moment in due:
        assert moment is not None
        add_mark(session, complaint_id, MarkKind.ESCALATED, moment)
    journal.not_taken_back(session)
    return len(due)


def escalated(session: Session, at: datetime) -> list[CaseCard]:
    """The unsettled cases that are with the owner, the most pressing first."""
    query = (
        select(Complaint.id)
        .join(ComplaintClock, ComplaintClock.complaint_id == Complaint.id)
        .where(ComplaintClock.escalated.is_(True))
        .order_by(ComplaintClock.next_due_at.is_(None), ComplaintClock.next_due_at, Complaint.id)
    )
    return Cards(session, at).of(session.scalars(query).all())
