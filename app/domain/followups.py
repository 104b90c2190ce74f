"""Follow-ups: what kinds there are, how soon each is due, and the squares of a month."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum


class FollowUpKind(StrEnum):
    CALL = "call"
    VISIT = "visit"
    WECHAT = "wechat"
    THANKS = "thanks"
    REORDER = "reorder"
    BIRTHDAY = "birthday"
    POINTS_EXPIRING = "points_expiring"
    SILENCE = "silence"
    QUOTE = "quote"
    COMPLAINT_CALLBACK = "complaint_callback"
    OTHER = "other"


class FollowUpPurpose(StrEnum):
    """Service comes before selling; a selling follow-up waits while a complaint is open (the brake)."""

    CARE = "care"
    SELL = "sell"
    COMPLAINT = "complaint"


PURPOSE_OF = {
    FollowUpKind.CALL: FollowUpPurpose.CARE,
    FollowUpKind.VISIT: FollowUpPurpose.CARE,
    FollowUpKind.WECHAT: FollowUpPurpose.CARE,
    FollowUpKind.THANKS: FollowUpPurpose.CARE,
    FollowUpKind.REORDER: FollowUpPurpose.SELL,
    FollowUpKind.BIRTHDAY: FollowUpPurpose.CARE,
    FollowUpKind.POINTS_EXPIRING: FollowUpPurpose.SELL,
    FollowUpKind.SILENCE: FollowUpPurpose.CARE,
    FollowUpKind.QUOTE: FollowUpPurpose.SELL,
    FollowUpKind.COMPLAINT_CALLBACK: FollowUpPurpose.COMPLAINT,
    FollowUpKind.OTHER: FollowUpPurpose.CARE,
}
"""The purpose a new follow-up of each kind starts with; a person may choose another."""


class Due(StrEnum):
    """In which part of the day's list a follow-up stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


MONDAY, SUNDAY = 0, 6


def due_bucket(due_on: date, today: date, first_weekday: int = MONDAY) -> Due:
    """Overdue before today; this week: after today, to the end of the calendar week."""
    if due_on < today:
        return Due.OVERDUE
    if due_on == today:
        return Due.TODAY
    return Due.THIS_WEEK if due_on <= week_end(today, first_weekday) else Due.LATER


def week_start(day: date, first_weekday: int = MONDAY) -> date:
    """The first day of the week that holds `day`; weekdays as in `date.weekday()`, Monday is 0."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def week_end(day: date, first_weekday: int = MONDAY) -> date:
    return week_start(day, first_weekday) + timedelta(days=6)


def month_weeks(year: int, month: int, first_weekday: int = MONDAY) -> list[list[date]]:
    """Six weeks of seven days, the first holding the first of the month: a page whose height never jumps."""
    first = week_start(date(year, month, 1), first_weekday)
    return [[first + timedelta(days=7 * week + day) for day in range(7)] for week in range(6)]


def by_bucket(due_days: Iterable[date], today: date, first_weekday: int = MONDAY) -> dict[Due, int]:
    """How many stand in each part of the list, every part named."""
    counts = dict.fromkeys(Due, 0)
    for day in due_days:
        counts[due_bucket(day, today, first_weekday)] += 1
    return counts
