"""Follow-ups: what is to be done for whom, and the day's list."""

from app.services.followups.after_contact import log_and_book
from app.services.followups.birthdays import BirthdayRow, birthdays
from app.services.followups.booking import book, edit, finish, move, remove, reopen, snooze
from app.services.followups.calendar import DayPlan, Mark, Strip, day, month
from app.services.followups.day_figures import DayFigures, day_figures
from app.services.followups.decisions import Decision, DecisionKind, decisions
from app.services.followups.drafts import FollowUpChanged, FollowUpDraft, FollowUpGone, NothingToDo
from app.services.followups.facts import Facts
from app.services.followups.later import Later, put_off
from app.services.followups.rows import FollowUpRow, followup
from app.services.followups.today import TodayList, TodayRow, due_count, today

__all__ = [
    "BirthdayRow",
    "DayFigures",
    "DayPlan",
    "Decision",
    "DecisionKind",
    "Facts",
    "FollowUpChanged",
    "FollowUpDraft",
    "FollowUpGone",
    "FollowUpRow",
    "Later",
    "Mark",
    "NothingToDo",
    "Strip",
    "TodayList",
    "TodayRow",
    "birthdays",
    "book",
    "day",
    "day_figures",
    "decisions",
    "due_count",
    "edit",
    "finish",
    "followup",
    "log_and_book",
    "month",
    "move",
    "put_off",
    "remove",
    "reopen",
    "snooze",
    "today",
]
