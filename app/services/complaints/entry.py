"""Logging a complaint and mending what was logged."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState
from app.domain.text import clean, one_line
from app.models.complaints import Complaint, ComplaintEvent
from app.services.complaints.drafts import CaseChanged, ComplaintDraft, NoCategory, NothingSaid
from app.services.complaints.settled import give_along
from app.services.customers.families import answering
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


def next_number(session: Session) -> int:
    """The number the next case will have."""
    return (session.scalar(select(func.max(Complaint.number))) or 0) + 1


def log(session: Session, draft: ComplaintDraft, at: datetime) -> int:
    """Open a case; returns its id. One solved on the spot is resolved at the same moment, and may come with remedies.

    Raises NothingSaid or NoCategory, or what `give_remedy` raises.
    """
    complaint_id = open_case(session, draft, at)
    give_along(session, complaint_id, draft.given, operation_id=draft.operation_id, at=at)
    return complaint_id


def open_case(session: Session, draft: ComplaintDraft, at: datetime) -> int:
    """The same without the remedies: for an act that writes more before they are given."""
    values = _columns(draft)
    state = ComplaintState.RESOLVED if draft.on_the_spot else ComplaintState.OPEN
    staff_id = acting_staff(session)
    complaint = Complaint(
        number=next_number(session),
        opened_at=at,
        shop_day=at.astimezone(ZoneInfo(settings(session).timezone)).date(),
        staff_id=staff_id,
        on_the_spot=draft.on_the_spot,
        state=state,
        **values,
    )
    session.add(complaint)
    session.flush()
    for passed in dict.fromkeys((ComplaintState.OPEN, state)):
        session.add(ComplaintEvent(complaint_id=complaint.id, at=at, state=passed, staff_id=staff_id))
        session.flush()
    return complaint.id


def edit(session: Session, complaint_id: int, draft: ComplaintDraft, *, version: int) -> int:
    """Make a case say what `draft` says; its state stays. `version` is the case's when it was opened; returns the new.

    A case logged under a card that was merged away stays there while its customer is still the one who answers.

    Raises CaseChanged when somebody saved it in between, NothingSaid or NoCategory.
    """
    complaint = session.get_one(Complaint, complaint_id)
    if complaint.version != version:
        raise CaseChanged
    values = _columns(draft)
    if complaint.customer_id is not None and answering(session, complaint.customer_id) == draft.customer_id:
        del values["customer_id"]
    for key, value in values.items():
        if getattr(complaint, key) != value:
            setattr(complaint, key, value)
    session.flush()
    return complaint.version


def _columns(draft: ComplaintDraft) -> dict[str, Any]:
    words, category = clean(draft.words).strip(), one_line(draft.category)
    if not category:
        raise NoCategory
    if not words:
        raise NothingSaid
    return {
        "customer_id": draft.customer_id,
        "category": category,
        "severity": draft.severity,
        "words": words,
        "wish": one_line(draft.wish),
        "channel": one_line(draft.channel),
        "remedy": one_line(draft.remedy),
        "sale_id": draft.sale_id,
        "product_id": draft.product_id,
    }
