"""From a contact to a complaint: what was noticed becomes a case, and the contact says which."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.interactions import Noticed
from app.services.complaints import ComplaintDraft
from app.services.complaints.entry import open_case
from app.services.complaints.settled import give_along
from app.services.interactions.log import found


def open_complaint(session: Session, contact_id: int, draft: ComplaintDraft, *, at: datetime) -> int:
    """Open a case out of a contact; returns the case's id. It came the way the contact came.

    Raises ContactGone, NothingSaid or NoCategory, or what giving remedies raises.
    """
    contact = found(session, contact_id)
    complaint_id = open_case(session, replace(draft, channel=contact.channel), at)
    contact.complaint_id, contact.noticed = complaint_id, Noticed.DISSATISFIED
    give_along(session, complaint_id, draft.given, operation_id=draft.operation_id, at=at)
    session.flush()
    return complaint_id
