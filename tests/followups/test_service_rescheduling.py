"""How a series goes on once it was changed: what was done, taken out or changed alone, and how many are left."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.recurrence import Repeat, RuleUnmovable, RuleUnreadable, Scope
from app.services import followups
from app.services.transfer import export_table
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, book, days
from tests.followups.test_service_booking import take_back
from tests.followups.test_service_series import FOUR, MONDAYS, due_days, edit, everything, nth, rows

LATER_AND_ALL = pytest.mark.parametrize("scope", [Scope.LATER, Scope.ALL])


def ends(work: UnitOfWork) -> list[Any]:
    """Of every series, how it comes and how it ends."""
    with Session(work.engine) as session:
        found = session.execute(text("SELECT coalesce(rule, after_done_days), until_on, times FROM followup_series"))
        return [tuple(row) for row in found]


def move(work: UnitOfWork, place: int, day: date, scope: Scope) -> Any:
    return work.write(followups.move_occurrence, nth(work, place), day, scope, at=NOW)[1]


# what was done, taken out, or changed alone


@LATER_AND_ALL
def test_what_was_done_out_of_order_is_not_written_again(work: UnitOfWork, scope: Scope) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    work.write(followups.finish, nth(work, 1), NOW)
    edit(work, nth(work, 0), scope, repeat=replace(FOUR, times=5))
    done = ("2026-11-30", "2026-11-30", "x", True)
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]
    assert rows(work)[1] == done
    changes = move(work, 2, date(2026, 12, 8), scope)
    shown = rows(work)
    assert len(shown) == 5 and sum(row[3] for row in shown) == 1
    assert [row[0] for row in shown if row[3]] == ["2026-11-30"]
    assert [row[0] for row in shown][2:] == ["2026-12-08", "2026-12-15", "2026-12-22"]
    take_back(work, changes)
    assert rows(work)[1] == done and due_days(work)[2:] == ["2026-12-07", "2026-12-14", "2026-12-21"]


@LATER_AND_ALL
def test_what_was_taken_out_and_what_was_changed_alone_stays_so(work: UnitOfWork, scope: Scope) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    work.write(followups.remove_occurrence, nth(work, 1), Scope.THIS)
    edit(work, nth(work, 1), Scope.THIS, text="Bring the tea")
    move(work, 2, date(2026, 12, 18), Scope.THIS)
    before = everything(work)
    changes = edit(work, nth(work, 0), scope, repeat=replace(FOUR, times=6), text="y")
    assert [row[:3] for row in rows(work)] == [
        ("2026-11-23", "2026-11-23", "y"),
        ("2026-12-07", "2026-12-07", "Bring the tea"),
        ("2026-12-18", "2026-12-14", "y"),
        ("2026-12-21", "2026-12-21", "y"),
        ("2026-12-28", "2026-12-28", "y"),
    ]
    take_back(work, changes)
    assert everything(work) == before
    changes = move(work, 0, days(1), scope)
    assert [row[:3] for row in rows(work)] == [
        ("2026-11-24", "2026-11-24", "x"),
        ("2026-12-08", "2026-12-08", "Bring the tea"),
        ("2026-12-18", "2026-12-15", "x"),
    ]
    assert work.write(followups.extend_series, TODAY)[0] == 0
    take_back(work, changes)
    assert everything(work) == before


@LATER_AND_ALL
def test_one_moved_alone_goes_back_to_its_own_day(work: UnitOfWork, scope: Scope) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    before = everything(work)
    move(work, 1, date(2026, 12, 1), Scope.THIS)
    move(work, 1, date(2026, 11, 30), scope)
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
    if scope is Scope.ALL:
        assert everything(work) == before


def test_a_day_taken_out_before_the_first_is_no_hole_when_all_move_there(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="x", repeat=Repeat("FREQ=DAILY", times=4))
    work.write(followups.remove_occurrence, nth(work, 0), Scope.THIS)
    before = everything(work)
    changes = move(work, 0, TODAY, Scope.ALL)
    assert due_days(work) == [str(days(n)) for n in range(3)]
    assert not [row for row in everything(work) if len(row) == 3]  # no gap
    take_back(work, changes)
    assert everything(work) == before


def test_every_day_one_day_on_needs_no_free_day_between(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="x", repeat=Repeat("FREQ=DAILY", times=5))
    before = everything(work)
    changes = move(work, 2, days(3), Scope.ALL)
    assert due_days(work) == [str(days(n)) for n in range(1, 6)]
    redo = take_back(work, changes)
    assert everything(work) == before
    take_back(work, redo)
    assert due_days(work) == [str(days(n)) for n in range(1, 6)]


# how many are left, and when it ends


@pytest.mark.parametrize(
    ("times", "expected"), [(4, ["2026-12-07", "2026-12-14"]), (3, ["2026-12-07"]), (5, ["2026-12-07", "2026-12-21"])]
)
def test_a_number_of_times_is_that_of_the_whole_series(work: UnitOfWork, times: int, expected: list[str]) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    edit(work, nth(work, 2), Scope.LATER, repeat=replace(FOUR, times=times))
    assert len(rows(work)) == times
    assert {due_days(work)[2], due_days(work)[-1]} == set(expected)


def test_a_last_day_moves_with_the_last_one_and_only_then(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="x", repeat=replace(MONDAYS, until=date(2026, 12, 14)))
    before = everything(work)
    changes = move(work, 3, date(2026, 12, 16), Scope.LATER)
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-16"]
    take_back(work, changes)
    assert everything(work) == before
    move(work, 0, days(-2), Scope.ALL)
    assert due_days(work) == ["2026-11-21", "2026-11-28", "2026-12-05", "2026-12-12"]
    assert ends(work) == [("FREQ=WEEKLY;BYDAY=SA", "2026-12-14", None)]


@LATER_AND_ALL
def test_an_end_before_the_first_is_refused_and_nothing_goes(work: UnitOfWork, scope: Scope) -> None:
    book(work, None, TODAY, text="x", repeat=MONDAYS)
    single = book(work, None, TODAY, text="y")
    before = everything(work)
    for one, repeat in (
        (nth(work, 1), replace(MONDAYS, until=days(-1))),
        (nth(work, 1), Repeat("FREQ=DAILY", until=days(-1))),
        (single, replace(MONDAYS, until=days(-1))),
    ):
        with pytest.raises(RuleUnreadable):
            edit(work, one, scope, repeat=repeat)
    assert everything(work) == before


def test_of_every_second_week_no_day_comes_a_week_off(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="x", repeat=Repeat("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", times=4))
    assert due_days(work) == ["2026-11-23", "2026-11-26", "2026-12-07", "2026-12-10"]
    with pytest.raises(RuleUnmovable):  # Monday with the Thursday before it is no fortnight from one Monday on
        move(work, 1, date(2026, 11, 30), Scope.ALL)
    move(work, 1, days(4), Scope.ALL)
    assert due_days(work) == ["2026-11-24", "2026-11-27", "2026-12-08", "2026-12-11"]


def test_what_was_done_after_the_end_stands_alone_and_leaves_as_one_date(work: UnitOfWork, tmp_path: Path) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    before = everything(work)
    steps = [
        work.write(followups.finish, nth(work, 1), NOW)[1],
        work.write(followups.remove_occurrence, nth(work, 0), Scope.LATER)[1],
    ]
    assert rows(work) == [("2026-11-30", None, "x", True)] and ends(work) == []
    work.write(followups.reopen, nth(work, 0))
    written = work.read(export_table, "followups", tmp_path / "x.ics", None, language="en")
    assert written.rows == 1 and b"RRULE:FREQ=WEEKLY" not in written.part.read_bytes()
    work.write(followups.finish, nth(work, 0), NOW)
    for changes in reversed(steps):
        take_back(work, changes)
    assert everything(work) == before


# so many days after it was done


def chain(work: UnitOfWork, done: int, **end: Any) -> None:
    """A series that counts from what was done, of which so many were, each on its day."""
    book(work, None, TODAY, text="x", repeat=Repeat(after_done=3, **end))
    for place in range(done):
        row = work.read(followups.followup, nth(work, place))
        work.write(followups.finish, row.id, NOW.replace(day=row.due_on.day))


def done_one(work: UnitOfWork, place: int) -> bool:
    return work.read(followups.followup, nth(work, place)).done_at is not None


@LATER_AND_ALL
def test_after_done_it_is_changed_moved_and_goes_on(work: UnitOfWork, scope: Scope) -> None:
    chain(work, 1)
    before = everything(work)
    steps = [edit(work, nth(work, 1), scope, text="y"), move(work, 1, days(5), scope)]
    assert rows(work) == [(str(TODAY), str(TODAY), "x", True), (str(days(5)), str(days(5)), "y", False)]
    steps.append(edit(work, nth(work, 1), scope, repeat=Repeat(after_done=14)))
    steps.append(work.write(followups.finish, nth(work, 1), NOW)[1])
    assert rows(work)[2] == (str(days(14)), str(days(14)), "y", False)
    for changes in reversed(steps):
        take_back(work, changes)
    assert everything(work) == before


@LATER_AND_ALL
@pytest.mark.parametrize("done", [0, 2])
def test_after_done_it_comes_as_often_as_was_said_however_it_is_moved(
    work: UnitOfWork, scope: Scope, done: int
) -> None:
    chain(work, done, times=4)
    move(work, done, days(done * 3 + 1), scope)
    for _ in range(4 - done):
        (still_to_do,) = [place for place in range(len(rows(work))) if not done_one(work, place)]
        work.write(followups.finish, nth(work, still_to_do), NOW)
    assert len(rows(work)) == 4 and all(row[3] for row in rows(work))


def test_from_a_rule_to_after_done_and_back_something_is_always_to_do(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="x", repeat=FOUR)
    work.write(followups.remove_occurrence, nth(work, 0), Scope.THIS)
    edit(work, nth(work, 0), Scope.ALL, repeat=Repeat(after_done=3))
    assert rows(work) == [("2026-11-30", "2026-11-30", "x", False)]
    edit(work, nth(work, 0), Scope.ALL, repeat=FOUR)
    assert due_days(work) == ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21"]


def test_one_that_is_left_out_brings_the_next_and_the_later_ones_end_it(work: UnitOfWork) -> None:
    chain(work, 1, times=3)
    before = everything(work)
    changes = work.write(followups.remove_occurrence, nth(work, 1), Scope.THIS)[1]
    assert [(row[0], row[3]) for row in rows(work)] == [(str(TODAY), True), (str(days(6)), False)]
    take_back(work, changes)
    assert everything(work) == before
    work.write(followups.remove_occurrence, nth(work, 1), Scope.LATER)
    assert [row[3] for row in rows(work)] == [True]


def test_what_is_still_to_do_is_the_next_so_that_no_second_chain_begins(work: UnitOfWork) -> None:
    chain(work, 1)
    edit(work, nth(work, 1), Scope.THIS, text="Bring the tea")
    work.write(followups.reopen, nth(work, 0))
    assert [row[2] for row in rows(work)] == ["x", "Bring the tea"]  # it was touched, and stays
    work.write(followups.finish, nth(work, 0), NOW.replace(day=24))
    assert len(rows(work)) == 2
