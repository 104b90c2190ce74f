"""How far a follow-up is put off by one key."""

from datetime import date, timedelta
from enum import StrEnum

from app.domain.followups import week_end


class Later(StrEnum):
    ONE_DAY = "one_day"
    THREE_DAYS = "three_days"
    NEXT_WEEK = "next_week"
    """The first day of the week after."""


def put_off(later: Later, due_on: date, today: date) -> date:
    """The new day: counted from the day it was due, or from today when that has passed."""
    start = max(due_on, today)
    if later is Later.NEXT_WEEK:
        return week_end(start) + timedelta(days=1)
    return start + timedelta(days=1 if later is Later.ONE_DAY else 3)
