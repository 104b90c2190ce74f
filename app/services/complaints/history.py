"""The states a case has passed through."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import StateChange
from app.models.complaints import ComplaintEvent
from app.services.complaints.standing import stands


def history(session: Session, complaint_id: int) -> list[StateChange]:
    """The states a case has passed through, the first opens it."""
    query = (
        select(ComplaintEvent.at, ComplaintEvent.state)
        .where(ComplaintEvent.complaint_id == complaint_id, stands(ComplaintEvent))
        .order_by(ComplaintEvent.at, ComplaintEvent.id)
    )
    return [StateChange(*row) for row in session.execute(query)]
