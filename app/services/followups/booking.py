"""Booking what is to be done, changing it, putting it off, and doing it. All of it is taken back by its rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.followups import PURPOSE_OF
from app.domain.text import clean
from app.models.followups import FollowUp
from app.services.followups.drafts import FollowUpChanged, FollowUpDraft, FollowUpGone, NothingToDo
from app.services.followups.later import Later, put_off
from app.storage.unit_of_work import acting_staff


def book(session: Session, draft: FollowUpDraft, at: datetime) -> int:
    """Book a follow-up; returns its id. Raises NothingToDo."""
    values = _columns(draft)
    row = FollowUp(created_at=at, staff_id=draft.staff_id or acting_staff(session), **values)
    session.add(row)
    session.flush()
    return row.id


def edit(session: Session, followup_id: int, draft: FollowUpDraft, *, version: int) -> int:
    """Make a follow-up say what `draft` says; `version` is its own when it was opened. Returns its id.

    Raises FollowUpChanged when somebody saved it in between, FollowUpGone or NothingToDo.
    """
    row = _row(session, followup_id)
    if row.version != version:
        raise FollowUpChanged
    for key, value in {**_columns(draft), "staff_id": draft.staff_id or row.staff_id}.items():
        if getattr(row, key) != value:
            setattr(row, key, value)
    return row.id


def move(session: Session, followup_id: int, day: date) -> None:
    """Put a follow-up on another day, at the same hour. Raises FollowUpGone."""
    row = _row(session, followup_id)
    if row.due_on != day:
        row.due_on = day


def snooze(session: Session, followup_id: int, later: Later, today: date) -> date:
    """Put a follow-up off; returns its new day. Raises FollowUpGone."""
    row = _row(session, followup_id)
    row.due_on = put_off(later, row.due_on, today)
    return row.due_on


def finish(session: Session, followup_id: int, at: datetime) -> None:
    """Mark a follow-up done by whoever acts; one that is done stays as it was. Raises FollowUpGone."""
    row = _row(session, followup_id)
    if row.done_at is None:
        row.done_at, row.done_by = at, acting_staff(session)


def reopen(session: Session, followup_id: int) -> None:
    """Mark a follow-up as still to do. Raises FollowUpGone."""
    row = _row(session, followup_id)
    row.done_at = row.done_by = None


def remove(session: Session, followup_id: int) -> None:
    """Take a follow-up away, done or not. Raises FollowUpGone."""
    session.delete(_row(session, followup_id))


def _row(session: Session, followup_id: int) -> FollowUp:
    row = session.get(FollowUp, followup_id)
    if row is None:
        raise FollowUpGone
    return row


def _columns(draft: FollowUpDraft) -> dict[str, Any]:
    text = clean(draft.text).strip()
    if draft.customer_id is None and not text:
        raise NothingToDo
    return {
        "customer_id": draft.customer_id,
        "due_on": draft.due_on,
        "due_at": draft.due_at,
        "kind": draft.kind,
        "purpose": draft.purpose or PURPOSE_OF[draft.kind],
        "text": text,
        "complaint_id": draft.complaint_id,
    }
