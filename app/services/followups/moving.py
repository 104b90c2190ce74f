"""Putting several follow-ups on another day in one act, and at another hour. Taken back by their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.followups import FollowUp
from app.services.followups.drafts import FollowUpGone


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the calendar: a day, and the hour (None: any time), unless each keeps the hour it has."""

    day: date
    hour: time | None = None
    keeps_hour: bool = True


def move_to(session: Session, followup_ids: Sequence[int], spot: Spot) -> int:
    """Put follow-ups on a spot; those done stay where they are. Returns how many moved.

    Raises FollowUpGone when one of them was taken away meanwhile.
    """
    rows = session.scalars(select(FollowUp).where(FollowUp.id.in_(followup_ids))).all()
    if len(rows) < len(set(followup_ids)):
        raise FollowUpGone
    moved = [row for row in rows if row.done_at is None and _moves(row, spot)]
    for row in moved:
        row.due_on = spot.day
        row.due_at = row.due_at if spot.keeps_hour else spot.hour
    return len(moved)


def _moves(row: FollowUp, spot: Spot) -> bool:
    return row.due_on != spot.day or not (spot.keeps_hour or row.due_at == spot.hour)
