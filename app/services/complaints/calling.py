"""The call-back: some days after a case was solved its customer is asked whether they agree."""

from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, MarkKind, MoveRefused, answer_reopens
from app.models.complaints import Complaint, ComplaintClock
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.drafts import require_answer
from app.services.complaints.marks import add_mark
from app.services.complaints.moving import pass_on
from app.services.settings import settings

GIVEN_UP_AFTER = timedelta(days=30)
"""So long after its day a call-back is not asked for any more."""


def call_back(
    session: Session, complaint_id: int, at: datetime, *, answer: int | None = None, note: str = ""
) -> ComplaintState:
    """Note a call-back; returns the state the case is in now.

    With an answer of 1 to 5 the customer was reached: a low one (the shop's setting) opens the case again, any other
    closes it. Without one nobody was reached, and tomorrow is the day to try again.

    Raises MoveRefused for a case that is not solved, NoSuchAnswer for an answer outside 1 to 5.
    """
    complaint = session.get_one(Complaint, complaint_id)
    if complaint.state not in (ComplaintState.RESOLVED, ComplaintState.CLOSED):
        raise MoveRefused(before=complaint.state.value, after=ComplaintState.CLOSED.value)
    kept = session.get(ComplaintClock, complaint_id)
    at = max(at, kept.since) if kept is not None else at
    if answer is not None:
        complaint.satisfaction = require_answer(answer)
    add_mark(session, complaint_id, MarkKind.CALLED, at, note=note, reached=answer is not None, answer=answer)
    if answer is not None:
        low = answer_reopens(answer, settings(session).complaint_reopen_at)
        state = ComplaintState.OPEN if low else ComplaintState.CLOSED
        if state is not complaint.state:
            pass_on(session, complaint, state, at, note)
    return complaint.state


def calls_due(session: Session, day: date, at: datetime) -> list[CaseCard]:
    """Solved cases whose customers are to be asked by this day, the longest overdue first."""
    query = to_call(day).order_by(ComplaintClock.call_on, Complaint.id)
    return Cards(session, at).of(session.scalars(query).all())


def to_call(day: date) -> Select[int]:
    """The cases to call about by this day; after a month of not asking nobody is asked any more."""
    return (
        select(Complaint.id)
        .join(ComplaintClock, ComplaintClock.complaint_id == Complaint.id)
        .where(ComplaintClock.call_on.between(day - GIVEN_UP_AFTER, day))
    )
