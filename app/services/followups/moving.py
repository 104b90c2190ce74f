"""Putting several follow-ups on another day in one act, and at another hour. Taken back by their rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from app.services.followups.taking_up import Taken, take_up
from app.services.followups.writing import say, stored


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the calendar: a day, and the hour (None: any time), unless each keeps the hour it has."""

    day: date
    hour: time | None = None
    keeps_hour: bool = True


def move_many(session: Session, chosen: Sequence[Taken], spot: Spot, at: datetime) -> None:
    """Put all of these on a spot; those done stay where they are, and of a series the others stay too.

    A matter nobody booked is booked first. Raises FollowUpGone when one was taken away meanwhile, and then none moves.
    """
    for one in chosen:
        row = stored(session, take_up(session, one, at))
        if row.done_at is None:
            say(row, {"due_on": spot.day, "due_at": row.due_at if spot.keeps_hour else spot.hour})
