"""Acts on one or many rows of the day's list at once, each taken back as a whole.

A row is a follow-up by its id, or a matter nobody booked: that is booked first, under its identity.
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.recurrence import Scope
from app.models.followups import FollowUp
from app.services.followups.booking import finish, snooze
from app.services.followups.drafts import NothingToDo
from app.services.followups.later import Later
from app.services.followups.scopes import remove_occurrence
from app.services.followups.unbooked import Matter
from app.services.interactions import ContactDraft, log_contact
from app.storage.unit_of_work import acting_staff

Taken = int | Matter


def finish_many(session: Session, chosen: Sequence[Taken], at: datetime) -> None:
    """Mark all of these done. Raises FollowUpGone, and then none is."""
    for one in chosen:
        finish(session, take_up(session, one, at), at)


def snooze_many(session: Session, chosen: Sequence[Taken], later: Later, today: date, at: datetime) -> None:
    """Put all of these off, each from its own day. Raises FollowUpGone, and then none is."""
    for one in chosen:
        snooze(session, take_up(session, one, at), later, today)


def remove_many(session: Session, followup_ids: Sequence[int]) -> None:
    """Take all of these away. Raises FollowUpGone, and then none is."""
    for one in followup_ids:
        remove_occurrence(session, one, Scope.THIS)


def log_and_finish(session: Session, chosen: Taken, contact: ContactDraft, *, at: datetime) -> int:
    """Note a contact that did what was to be done; returns the contact's id.

    Raises NobodyToLog where it is about nobody, or FollowUpGone.
    """
    followup_id = take_up(session, chosen, at)
    contact_id = log_contact(session, session.get_one(FollowUp, followup_id).customer_id, contact, at=at)
    finish(session, followup_id, at)
    return contact_id


def log_and_put_off(
    session: Session, chosen: Taken, contact: ContactDraft, later: Later, today: date, *, at: datetime
) -> int:
    """Note an attempt in vain, and try again later; returns the contact's id.

    Raises NobodyToLog where it is about nobody, or FollowUpGone.
    """
    followup_id = take_up(session, chosen, at)
    contact_id = log_contact(session, session.get_one(FollowUp, followup_id).customer_id, contact, at=at)
    snooze(session, followup_id, later, today)
    return contact_id


def take_up(session: Session, one: Taken, at: datetime) -> int:
    """The id of a follow-up; a matter is booked for its day unless that was done. Raises NothingToDo for a case of
    nobody known that names no complaint."""
    if isinstance(one, int):
        return one
    known = session.scalar(select(FollowUp.id).where(FollowUp.identity == one.identity))
    if known is not None:
        return known
    if one.customer_id is None and one.complaint_id is None:
        raise NothingToDo
    row = FollowUp(
        customer_id=one.customer_id,
        due_on=one.due_on,
        kind=one.kind,
        purpose=one.purpose,
        complaint_id=one.complaint_id,
        staff_id=acting_staff(session),
        created_at=at,
        identity=one.identity,
        rule=one.rule,
        latest_on=one.latest_on,
        planned_on=one.due_on if one.rule else None,
    )
    session.add(row)
    session.flush()
    return row.id
