"""Series: rows written ahead, idempotent openings, exceptions by scope, and each act taken back."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind
from app.domain.recurrence import Repeat, RuleUnreadable, Scope
from app.services import followups
from app.services.followups import FollowUpDraft
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, at, book, days, move, person
from tests.followups.test_service_booking import take_back

MONDAYS = Repeat("FREQ=WEEKLY;BYDAY=MO")
EVERY_31ST = Repeat("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")
FOUR = replace(MONDAYS, times=4)
WHOLE_FILE = ("followup_series", "followups", "followup_gaps")


def rows(work: UnitOfWork) -> list[tuple[str, str | None, str, bool]]:
    """Day, day of the series, words and whether it is done, of every follow-up."""
    with Session(work.engine) as session:
        found = session.execute(
            text("SELECT due_on, occurs_on, text, done_at IS NOT NULL FROM followups ORDER BY due_on, id")
        )
        return [(row[0], row[1], row[2], bool(row[3])) for row in found]


def due_days(work: UnitOfWork) -> list[str]:
    return [row[0] for row in rows(work)]


def everything(work: UnitOfWork) -> list[Any]:
    """All but the versions, which tell how often a row was saved."""
    with Session(work.engine) as session:
        found = [session.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings().all() for table in WHOLE_FILE]
    return [{key: value for key, value in row.items() if key != "version"} for part in found for row in part]


def nth(work: UnitOfWork, place: int) -> int:
    with Session(work.engine) as session:
        return int(session.execute(text("SELECT id FROM followups ORDER BY occurs_on")).scalars().all()[place])


def draft_of(work: UnitOfWork, followup_id: int, **said: Any) -> FollowUpDraft:
    row = work.read(followups.followup, followup_id)
    repeat = work.read(followups.series, row.series_id).repeat if row.series_id else None
    drawn = FollowUpDraft(row.due_on, row.kind, None, row.due_at, row.purpose, row.text, row.staff_id, None, repeat)
    return replace(drawn, **said)


def edit(work: UnitOfWork, followup_id: int, scope: Scope, **said: Any) -> Any:
    draft = draft_of(work, followup_id, **said)
    version = work.read(followups.followup, followup_id).version
    return work.write(followups.edit, followup_id, draft, version=version, at=NOW, scope=scope)[1]


# writing ahead


def test_a_series_is_rows_for_four_hundred_days_and_no_start_adds_one(work: UnitOfWork) -> None:
    book(work, None, days(-3), text="Stock list", repeat=EVERY_31ST)
    first = due_days(work)
    assert first[:5] == ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]
    assert first[-1] == "2027-11-30"
    for today, more in ((TODAY, 0), (days(30), 1), (days(30), 0), (TODAY, 0), (days(100), 3)):
        assert work.write(followups.extend_series, today)[0] == more
    assert due_days(work)[-1] == "2028-03-31"


def test_one_that_comes_every_three_years_has_its_next_one(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Renew", repeat=Repeat("FREQ=YEARLY;INTERVAL=3;BYMONTH=11;BYMONTHDAY=23"))
    work.write(followups.extend_series, TODAY)
    assert due_days(work) == ["2026-11-23", "2029-11-23"]
    work.write(followups.extend_series, date(2029, 11, 23))
    assert due_days(work)[2:] == ["2032-11-23"]


def test_a_rule_without_a_day_is_refused_and_leaves_nothing(work: UnitOfWork) -> None:
    for repeat in (
        Repeat("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        Repeat("FREQ=SOMETIMES"),
        replace(FOUR, until=days(-9)),
    ):
        with pytest.raises(RuleUnreadable):
            book(work, None, TODAY, text="x", repeat=repeat)
    assert everything(work) == []


def test_booking_a_series_is_one_act(work: UnitOfWork) -> None:
    changes = work.write(followups.book, FollowUpDraft(TODAY, text="Call", repeat=FOUR), NOW)[1]
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
    take_back(work, changes)
    assert everything(work) == []


# N days after it was done


def test_done_books_the_next_from_the_day_it_was_done_and_both_are_taken_back(work: UnitOfWork) -> None:
    made = book(work, None, days(-5), text="Call", repeat=Repeat(after_done=30))
    assert due_days(work) == [str(days(-5))]
    before = everything(work)
    changes = work.write(followups.finish, made, NOW)[1]
    assert due_days(work) == [str(days(-5)), str(days(30))]
    work.write(followups.finish, made, at(25))
    work.write(followups.extend_series, days(500))
    assert len(rows(work)) == 2
    take_back(work, changes)
    assert everything(work) == before


def test_reopened_takes_the_next_one_with_it_unless_it_was_touched(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, text="Call", repeat=Repeat(after_done=30))
    work.write(followups.finish, made, NOW)
    work.write(followups.reopen, made)
    assert due_days(work) == [str(TODAY)]
    work.write(followups.finish, made, NOW)
    move(work, nth(work, 1), days(40))
    work.write(followups.reopen, made)
    assert due_days(work) == [str(TODAY), str(days(40))]


@pytest.mark.parametrize("end", [{"times": 2}, {"until": days(45)}])
def test_it_ends_after_so_many_or_on_a_day(work: UnitOfWork, end: dict[str, Any]) -> None:
    made = book(work, None, TODAY, text="Call", repeat=Repeat(after_done=30, **end))
    work.write(followups.finish, made, NOW)
    work.write(followups.finish, nth(work, 1), at(23, month=12))
    assert len(rows(work)) == 2


# this one, this and later, all


def test_one_alone_is_changed_moved_and_removed(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    before = everything(work)
    steps = [
        edit(work, nth(work, 1), Scope.THIS, text="Bring the tea"),
        work.write(followups.move_occurrence, nth(work, 2), days(16), Scope.THIS, at=NOW)[1],
        work.write(followups.remove_occurrence, nth(work, 3), Scope.THIS)[1],
    ]
    assert rows(work) == [
        ("2026-11-23", "2026-11-23", "Call", False),
        ("2026-11-30", "2026-11-30", "Bring the tea", False),
        ("2026-12-09", "2026-12-07", "Call", False),
    ]
    assert work.write(followups.extend_series, days(20))[0] == 0
    for changes in reversed(steps):
        take_back(work, changes)
    assert everything(work) == before


def test_this_and_later_say_something_else_earlier_ones_stay(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    edit(work, nth(work, 3), Scope.THIS, text="Bring the tea", due_at=time(9))
    before = everything(work)
    changes = edit(work, nth(work, 2), Scope.LATER, text="Visit", kind=FollowUpKind.VISIT)
    assert [row[2] for row in rows(work)] == ["Call", "Call", "Visit", "Bring the tea"]
    assert work.read(followups.followup, nth(work, 3)).kind is FollowUpKind.VISIT
    with Session(work.engine) as session:
        ends = session.execute(text("SELECT first_on, until_on, times FROM followup_series ORDER BY id")).all()
    assert [tuple(end) for end in ends] == [("2026-11-23", "2026-12-06", 4), ("2026-12-07", None, 2)]
    assert work.write(followups.extend_series, TODAY)[0] == 0
    redo = take_back(work, changes)
    assert everything(work) == before
    take_back(work, redo)
    assert [row[2] for row in rows(work)] == ["Call", "Call", "Visit", "Bring the tea"]


def test_this_and_later_go_two_days_on(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    before = everything(work)
    changes = work.write(followups.move_occurrence, nth(work, 2), date(2026, 12, 9), Scope.LATER, at=NOW)[1]
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-09", "2026-12-16"]
    take_back(work, changes)
    assert everything(work) == before


def test_all_go_from_the_first_that_is_to_do_and_what_was_done_stays(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    work.write(followups.finish, nth(work, 0), NOW)
    changes = work.write(followups.move_occurrence, nth(work, 2), date(2026, 12, 8), Scope.ALL, at=NOW)[1]
    assert rows(work) == [
        ("2026-11-23", "2026-11-23", "Call", True),
        ("2026-12-01", "2026-12-01", "Call", False),
        ("2026-12-08", "2026-12-08", "Call", False),
        ("2026-12-15", "2026-12-15", "Call", False),
    ]
    take_back(work, changes)
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]


@pytest.mark.parametrize(
    ("rule", "start", "place", "day", "expected"),
    [
        (EVERY_31ST.rule, date(2027, 1, 31), 1, date(2027, 2, 15), ["2027-01-15", "2027-02-15", "2027-03-15"]),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2026, 12, 8), 1, date(2027, 1, 13), ["2026-12-09", "2027-01-13", "2027-02-10"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", TODAY, 0, date(2026, 12, 1), ["2026-12-01", "2027-01-01", "2027-02-01"]),
        ("FREQ=DAILY;INTERVAL=3", TODAY, 1, date(2026, 11, 27), ["2026-11-24", "2026-11-27", "2026-11-30"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH", TODAY, 1, date(2026, 11, 27), ["2026-11-24", "2026-11-27", "2026-12-01"]),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            TODAY,
            0,
            date(2027, 3, 1),
            ["2027-03-01"],
        ),
    ],
)
def test_all_of_every_kind_of_rule_are_moved(
    work: UnitOfWork, rule: str, start: date, place: int, day: date, expected: list[str]
) -> None:
    book(work, None, start, text="Call", repeat=Repeat(rule))
    work.write(followups.move_occurrence, nth(work, place), day, Scope.ALL, at=NOW)
    assert due_days(work)[: len(expected)] == expected


def test_removing_later_ones_ends_the_series_and_all_leave_what_was_done(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=MONDAYS)
    before = everything(work)
    first = work.write(followups.remove_occurrence, nth(work, 2), Scope.LATER)[1]
    assert due_days(work) == ["2026-11-23", "2026-11-30"]
    work.write(followups.extend_series, days(30))
    assert due_days(work) == ["2026-11-23", "2026-11-30"]
    second = work.write(followups.remove_occurrence, nth(work, 1), Scope.ALL)[1]
    assert everything(work) == []
    take_back(work, second)
    take_back(work, first)
    assert everything(work) == before
    work.write(followups.finish, nth(work, 0), NOW)
    work.write(followups.remove_occurrence, nth(work, 5), Scope.ALL)
    assert [row[3] for row in rows(work)] == [True]


def test_another_rule_and_an_end_are_chosen(work: UnitOfWork) -> None:
    book(work, None, TODAY, text="Call", repeat=MONDAYS)
    edit(work, nth(work, 1), Scope.LATER, repeat=Repeat("FREQ=MONTHLY;BYMONTHDAY=1", until=date(2027, 2, 1)))
    assert due_days(work) == ["2026-11-23", "2026-12-01", "2027-01-01", "2027-02-01"]
    edit(work, nth(work, 0), Scope.ALL, repeat=None)
    assert rows(work)[0][:2] == ("2026-11-23", None)


def test_one_that_stood_alone_begins_a_series_and_keeps_its_row(work: UnitOfWork) -> None:
    made = book(work, person(work, "Laura"), TODAY, text="Call")
    edit(work, made, Scope.THIS, repeat=FOUR)
    assert (nth(work, 0), len(rows(work))) == (made, 4)
