"""From a contact to a complaint: what was noticed becomes a case, and the contact says which."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.interactions import Noticed
from app.services.complaints import ComplaintDraft, log
from app.services.interactions.log import found


def open_complaint(session: Session, contact_id: int, draft: ComplaintDraft, *, at: datetime) -> int:
    """Open a case out of a contact; returns the case's id. It came the way the contact came.

    Raises ContactGone, NothingSaid or NoCategory.
    """
    contact = found(session, contact_id)
    complaint_id = log(session, replace(draft, channel=contact.channel), at)
    contact.complaint_id, contact.noticed = complaint_id, Noticed.DISSATISFIED
    session.flush()
    return complaint_id
