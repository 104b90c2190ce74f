"""Reminders claimed in the shop file: once over restarts and windows, again when put off, none for who is held back."""

from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import open_shop
from app.domain.followups import FollowUpKind
from app.services import customers, followups, undo
from app.services.followups import Later
from app.services.settings import change
from app.storage.unit_of_work import UnitOfWork
from tests.conftest import FixedClock
from tests.followups.people import TODAY, at, book, complain, days, hour, person, remove

MORNING, SEEN = at(23, 9, 1), at(22, 20)


def told(work: UnitOfWork, now: datetime, since: datetime = SEEN) -> list[tuple[str, bool]]:
    """What is told, with whether it was missed; asking first says the same."""
    waiting = work.read(followups.reminders_due, since, now)
    found, changes = work.write(followups.remind, since, now)
    assert [reminder.item.id for reminder in found] == list(waiting)
    assert changes.rows == () and not changes.anything, "no screen reloads, nothing to undo"
    return [(reminder.item.text, reminder.missed) for reminder in found]


def test_each_is_told_once_also_after_a_restart_and_by_one_of_two_windows(work: UnitOfWork, clock: FixedClock) -> None:
    book(work, None, TODAY, text="any time")
    book(work, None, TODAY, text="at ten", due_at=hour(10))
    assert told(work, MORNING) == [("any time", False)]
    assert told(work, at(23, 9, 50), MORNING) == [("at ten", False)]
    again = open_shop(work.path, clock=clock)
    assert told(again.work, at(23, 9, 51)) == []
    again.close()


def test_put_off_it_is_told_again_and_undone_not(work: UnitOfWork) -> None:
    key = book(work, None, TODAY, text="call")
    assert told(work, MORNING) == [("call", False)]
    _, changes = work.write(followups.snooze, key, Later.ONE_DAY, TODAY)
    assert told(work, at(24, 9, 1)) == [("call", False)]
    work.write(undo.put_back, changes.rows)
    assert told(work, at(24, 9, 2)) == []


def test_what_was_missed_is_said_to_be(work: UnitOfWork) -> None:
    book(work, None, days(-1), text="yesterday", due_at=hour(15))
    book(work, None, TODAY, text="today")
    assert told(work, at(23, 11), at(22, 12)) == [("yesterday", True), ("today", False)]


def test_quiet_hours_and_the_switch_hold_everything_back(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="late", due_at=hour(21, 30))
    assert told(work, at(23, 21, 29)) == []
    work.write(change, {"reminder_quiet_from": hour(22)})
    work.write(change, {"reminders": False})
    assert told(work, at(23, 21, 29)) == []
    work.write(change, {"reminders": True, "reminder_minutes": 60})
    assert told(work, at(23, 20, 29)) == []
    assert told(work, at(23, 20, 30)) == [("late", False)]


def test_nobody_is_reminded_of_what_is_held_done_archived_or_long_past(work: UnitOfWork) -> None:
    braked, gone = person(work, "Braked"), person(work, "Gone")
    book(work, braked, TODAY, FollowUpKind.REORDER, text="sell")
    book(work, braked, TODAY, FollowUpKind.CALL, text="care")
    book(work, gone, TODAY, text="archived")
    work.write(followups.finish, book(work, None, TODAY, text="done"), at(22))
    book(work, None, days(-40), text="old")
    complain(work, braked, at(22))
    work.write(customers.archive, gone, at=at(22))
    assert told(work, MORNING, MORNING - timedelta(days=300)) == [("care", False)]


def test_a_reminder_goes_with_its_follow_up(work: UnitOfWork) -> None:
    key = book(work, None, TODAY, text="call")
    told(work, MORNING)
    with Session(work.engine) as session:
        assert session.execute(text("SELECT followup_id, due FROM followup_reminders")).all() == [(key, "2026-11-23")]
    remove(work, key)
    with Session(work.engine) as session:
        assert session.execute(text("SELECT count(*) FROM followup_reminders")).scalar() == 0
