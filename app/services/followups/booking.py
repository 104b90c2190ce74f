"""Booking what is to be done, changing it, putting it off, and doing it. All of it is taken back by its rows.

What comes again and again: `series` and `scopes`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.followups import PURPOSE_OF
from app.domain.recurrence import Repeat, RuleUnreadable, Scope
from app.domain.text import clean
from app.models.followups import FollowUp
from app.services.followups.drafts import FollowUpChanged, FollowUpDraft, NothingToDo
from app.services.followups.later import Later, put_off
from app.services.followups.scopes import change_series, stop_series
from app.services.followups.series import book_next, found_series, shop_day, take_next_back, write_due
from app.services.followups.writing import say, stored
from app.storage.unit_of_work import acting_staff


def book(session: Session, draft: FollowUpDraft, at: datetime) -> int:
    """Book a follow-up, or a series of them; returns the id of the first.

    Raises NothingToDo; RuleUnreadable for a rule that gives no day.
    """
    values = {"staff_id": draft.staff_id or acting_staff(session), **_columns(draft)}
    if draft.repeat is not None:
        return _book_series(session, draft.repeat, values, at)
    row = FollowUp(created_at=at, **values)
    session.add(row)
    session.flush()
    return row.id


def edit(
    session: Session,
    followup_id: int,
    draft: FollowUpDraft,
    *,
    version: int,
    at: datetime,
    scope: Scope = Scope.THIS,
) -> int:
    """Make a follow-up say what `draft` says; `version` is its own when it was opened. Returns its id.

    Of a series: this one alone (how it comes again then stays as it is), this and later ones, or all. One that stood
    alone begins a series where the draft says so. Raises FollowUpChanged when somebody saved it in between,
    FollowUpGone, NothingToDo, RuleUnreadable or RuleUnmovable.
    """
    row = stored(session, followup_id)
    if row.version != version:
        raise FollowUpChanged
    values = {**_columns(draft), "staff_id": draft.staff_id or row.staff_id}
    if row.series_id is not None and scope is not Scope.THIS:
        return _edit_series(session, row, draft, values, scope, at)
    if row.series_id is None and draft.repeat is not None and row.done_at is None:
        return _book_series(session, draft.repeat, values, at, row)
    say(row, values)
    return row.id


def snooze(session: Session, followup_id: int, later: Later, today: date) -> date:
    """Put a follow-up off; returns its new day. Raises FollowUpGone."""
    row = stored(session, followup_id)
    row.due_on = put_off(later, row.due_on, today)
    return row.due_on


def finish(session: Session, followup_id: int, at: datetime) -> None:
    """Mark a follow-up done by whoever acts; one that is done stays as it was. Raises FollowUpGone.

    Of a series that counts from what was done, the next one is booked with it.
    """
    row = stored(session, followup_id)
    if row.done_at is None:
        row.done_at, row.done_by = at, acting_staff(session)
        book_next(session, row, at)


def reopen(session: Session, followup_id: int) -> None:
    """Mark a follow-up as still to do; what was booked because it was done goes. Raises FollowUpGone."""
    row = stored(session, followup_id)
    take_next_back(session, row)
    row.done_at = row.done_by = None


def _book_series(
    session: Session, repeat: Repeat, values: dict[str, Any], at: datetime, alone: FollowUp | None = None
) -> int:
    """`alone`: the follow-up that becomes the first of the series."""
    said = {key: value for key, value in values.items() if key != "due_on"}
    series = found_series(session, repeat, values["due_on"], said, at)
    if alone is not None:
        first_on = series.first_on
        say(alone, {**said, "due_on": first_on, "series_id": series.id, "occurs_on": first_on})
        session.flush()
    write_due(session, series, shop_day(session, at))
    first = select(FollowUp.id).where(FollowUp.series_id == series.id).order_by(FollowUp.occurs_on)
    found = session.scalars(first).first()
    if found is None:
        raise RuleUnreadable(rule=repeat.rule)
    return found


def _edit_series(
    session: Session, row: FollowUp, draft: FollowUpDraft, values: dict[str, Any], scope: Scope, at: datetime
) -> int:
    day = values.pop("due_on")
    if draft.repeat is None:
        stop_series(session, row, scope)
        say(row, {**values, "due_on": day})
        return row.id
    return change_series(session, row, scope, values, draft.repeat, None if day == row.due_on else day, at)


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
