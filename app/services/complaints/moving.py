"""Moving a case from state to state; each move is an event, from which every clock is computed."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, MarkKind, StateChange, answer_reopens, check_move, on_the_spot
from app.domain.text import one_line
from app.models.complaints import Complaint, ComplaintEvent
from app.services.complaints.drafts import require_answer
from app.services.complaints.history import history
from app.services.complaints.marks import add_mark
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


def move(
    session: Session,
    complaint_id: int,
    state: ComplaintState,
    at: datetime,
    *,
    note: str = "",
    remedy: str = "",
    satisfaction: int | None = None,
) -> ComplaintState:
    """Move a case; returns the state it is in now.

    `remedy` is what was done (empty keeps what is known), `satisfaction` the customer's answer on closing: a low one
    (the shop's setting) says that they do not agree, so the case is open again instead.

    Raises MoveRefused where the states do not follow each other, NoSuchAnswer for an answer outside 1 to 5.
    """
    complaint = session.get_one(Complaint, complaint_id)
    check_move(complaint.state, state)
    if satisfaction is not None:
        complaint.satisfaction = require_answer(satisfaction)
        at = max(at, history(session, complaint_id)[-1].at)
        add_mark(session, complaint_id, MarkKind.CALLED, at, note=note, reached=True, answer=satisfaction)
        if state is ComplaintState.CLOSED and answer_reopens(satisfaction, settings(session).complaint_reopen_at):
            state = ComplaintState.OPEN
    if remedy.strip():
        complaint.remedy = one_line(remedy)
    pass_on(session, complaint, state, at, one_line(note))
    return state


def pass_on(session: Session, complaint: Complaint, state: ComplaintState, at: datetime, note: str) -> None:
    """A computer's clock may have been set back: an event is never earlier than the one it follows."""
    passed = history(session, complaint.id)
    at = max(at, passed[-1].at)
    event = ComplaintEvent(complaint_id=complaint.id, at=at, state=state, staff_id=acting_staff(session), note=note)
    session.add(event)
    complaint.state = state
    complaint.on_the_spot = on_the_spot([*passed, StateChange(at, state)])
