"""A contact and the next step that came out of it, as one act: they are undone together."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.services.followups.booking import book
from app.services.followups.drafts import FollowUpDraft
from app.services.interactions import ContactDraft, log_contact


def log_and_book(
    session: Session, customer_id: int | None, contact: ContactDraft, then: FollowUpDraft, *, at: datetime
) -> int:
    """Note a contact and book what follows from it; returns the contact's id.

    Raises NobodyToLog without a customer, NothingToDo when `then` names nothing; then neither is kept.
    """
    contact_id = log_contact(session, customer_id, contact, at=at)
    book(session, then, at)
    return contact_id
