"""Booking, changing, putting off and doing a follow-up, and taking each of these back."""

from datetime import date, time

import pytest
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups
from app.services.followups import FollowUpChanged, FollowUpDraft, FollowUpGone, Later, NothingToDo
from app.storage.unit_of_work import Changes, UnitOfWork
from app.views.shared.gateway import way_back
from tests.followups.people import NOW, TODAY, at, book, days, move, person, remove


def take_back(work: UnitOfWork, changes: Changes) -> Changes:
    way = way_back(changes)
    assert way is not None
    return work.write(way.service, *way.args, **way.named)[1]


def test_what_is_booked_is_what_is_read(work: UnitOfWork) -> None:
    who = person(work, "Laura Ouyang")
    draft = FollowUpDraft(days(2), FollowUpKind.VISIT, who, time(14, 30), text="  Bring the\r\nrock tea ")
    row = work.read(followups.followup, work.write(followups.book, draft, NOW)[0])
    assert (row.due_on, row.due_at, row.kind, row.text) == (
        days(2),
        time(14, 30),
        FollowUpKind.VISIT,
        "Bring the\nrock tea",
    )
    assert row.who is not None and row.who.name == "Laura Ouyang"
    assert (row.staff_id, row.done_at, row.held) == (1, None, False)


@pytest.mark.parametrize(
    ("kind", "purpose"),
    [
        (FollowUpKind.THANKS, FollowUpPurpose.CARE),
        (FollowUpKind.REORDER, FollowUpPurpose.SELL),
        (FollowUpKind.COMPLAINT_CALLBACK, FollowUpPurpose.COMPLAINT),
    ],
)
def test_a_kind_brings_its_usual_purpose(work: UnitOfWork, kind: FollowUpKind, purpose: FollowUpPurpose) -> None:
    assert work.read(followups.followup, book(work, None, TODAY, kind, text="x")).purpose is purpose


def test_a_purpose_chosen_by_a_person_stays(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, FollowUpKind.CALL, text="Offer", purpose=FollowUpPurpose.SELL)
    assert work.read(followups.followup, made).purpose is FollowUpPurpose.SELL


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nobody_and_nothing_is_refused(work: UnitOfWork, text: str) -> None:
    with pytest.raises(NothingToDo):
        work.write(followups.book, FollowUpDraft(TODAY, text=text), NOW)


def test_an_edit_says_everything_anew_and_is_taken_back(work: UnitOfWork) -> None:
    who = person(work, "Laura")
    made = book(work, who, TODAY, text="Call")
    before = work.read(followups.followup, made)
    draft = FollowUpDraft(days(5), FollowUpKind.QUOTE, who, time(9, 0), text="Send the quote")
    changes = work.write(followups.edit, made, draft, version=before.version, at=NOW)[1]
    after = work.read(followups.followup, made)
    assert (after.due_on, after.kind, after.purpose) == (days(5), FollowUpKind.QUOTE, FollowUpPurpose.SELL)
    take_back(work, changes)
    again = work.read(followups.followup, made)
    assert (again.due_on, again.due_at, again.kind, again.text) == (TODAY, None, FollowUpKind.CALL, "Call")


def test_an_edit_of_what_somebody_else_saved_is_refused(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, text="Call")
    version = work.read(followups.followup, made).version
    move(work, made, days(1))
    with pytest.raises(FollowUpChanged):
        work.write(followups.edit, made, FollowUpDraft(TODAY, text="Other"), version=version, at=NOW)
    assert work.read(followups.followup, made).text == "Call"


def test_an_edit_keeps_whose_work_it_is_unless_somebody_is_named(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        session.add(Staff(id=2, name="Fiona", role=Role.CLERK))
        session.commit()
    made = book(work, None, TODAY, text="Call", staff_id=2)
    work.write(followups.edit, made, FollowUpDraft(TODAY, text="Call twice"), version=1, at=NOW)
    assert work.read(followups.followup, made).staff == "Fiona"


def test_a_move_keeps_the_hour(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, text="Call", due_at=time(16, 30))
    changes = move(work, made, days(3))
    row = work.read(followups.followup, made)
    assert (row.due_on, row.due_at) == (days(3), time(16, 30))
    take_back(work, changes)
    assert work.read(followups.followup, made).due_on == TODAY


@pytest.mark.parametrize(
    ("due", "later", "expected"),
    [
        (TODAY, Later.ONE_DAY, date(2026, 11, 24)),
        (TODAY, Later.THREE_DAYS, date(2026, 11, 26)),
        (TODAY, Later.NEXT_WEEK, date(2026, 11, 30)),
        (date(2026, 11, 10), Later.ONE_DAY, date(2026, 11, 24)),
        (date(2026, 11, 27), Later.ONE_DAY, date(2026, 11, 28)),
        (date(2026, 11, 29), Later.NEXT_WEEK, date(2026, 11, 30)),
        (date(2026, 12, 1), Later.NEXT_WEEK, date(2026, 12, 7)),
    ],
)
def test_later_counts_from_today_or_from_a_day_still_ahead(
    work: UnitOfWork, due: date, later: Later, expected: date
) -> None:
    made = book(work, None, due, text="Call")
    answer, changes = work.write(followups.snooze, made, later, TODAY)
    assert answer == expected == work.read(followups.followup, made).due_on
    take_back(work, changes)
    assert work.read(followups.followup, made).due_on == due


def test_done_says_when_once_and_is_taken_back_and_done_again(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, text="Call")
    changes = work.write(followups.finish, made, NOW)[1]
    work.write(followups.finish, made, at(25))
    assert work.read(followups.followup, made).done_at == NOW
    redo = take_back(work, changes)
    assert work.read(followups.followup, made).done_at is None
    take_back(work, redo)
    assert work.read(followups.followup, made).done_at == NOW


def test_reopened_is_still_to_do(work: UnitOfWork) -> None:
    made = book(work, None, TODAY, text="Call")
    work.write(followups.finish, made, NOW)
    assert work.read(followups.due_count, TODAY) == 0
    work.write(followups.reopen, made)
    assert work.read(followups.due_count, TODAY) == 1


def test_what_was_removed_is_gone_and_comes_back_as_it_was(work: UnitOfWork) -> None:
    made = book(work, person(work, "Laura"), TODAY, text="Call")
    before = work.read(followups.followup, made)
    changes = remove(work, made)
    for act in (
        lambda: work.write(followups.finish, made, NOW),
        lambda: move(work, made, TODAY),
        lambda: remove(work, made),
    ):
        with pytest.raises(FollowUpGone):
            act()
    with pytest.raises(FollowUpGone):
        work.read(followups.followup, made)
    take_back(work, changes)
    after = work.read(followups.followup, made)
    assert (after.who, after.due_on, after.text) == (before.who, before.due_on, before.text)
