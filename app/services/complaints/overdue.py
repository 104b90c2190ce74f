"""Cases past the day by which they were to be solved, asked of the clocks that are kept with them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState
from app.models.complaints import Complaint, ComplaintClock


class OverdueCase(NamedTuple):
    """`card` is the one it was logged under; None: somebody who gave no name."""

    id: int
    number: int
    card: int | None
    due_at: datetime


def overdue(session: Session, at: datetime) -> list[OverdueCase]:
    """Open cases whose term has ended, what was due first at the top; one that waits for somebody is not late.

    Reading the events of every open case instead would take longer than all the rest of a day's list.
    """
    query = (
        select(Complaint.id, Complaint.number, Complaint.customer_id, ComplaintClock.due_at)
        .join(ComplaintClock, ComplaintClock.complaint_id == Complaint.id)
        .where(Complaint.state == ComplaintState.OPEN, ComplaintClock.due_at < at)
        .order_by(ComplaintClock.due_at, Complaint.id)
    )
    found = session.execute(query).all()
    return [OverdueCase(case, number, card, due) for case, number, card, due in found if due is not None]
