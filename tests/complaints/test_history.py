"""The history of a case cannot be edited: what is taken back stays to be read, and counts no more."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.complaints import MOVES, ComplaintState
from app.services import complaints
from app.services.undo import ChangedSince, put_back
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.complaints.story import MINOR, NOW, OPEN, RESOLVED, WAITING, at, complain, move


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE complaint_events SET note = 'otherwise'",
        "UPDATE complaint_events SET at = '2026-01-01T00:00:00.000Z'",
        "DELETE FROM complaint_events",
    ],
)
def test_the_file_itself_refuses(work: UnitOfWork, attempt: str) -> None:
    complain(work)
    with Session(work.engine) as session, pytest.raises(IntegrityError, match="append-only"):
        session.execute(text(attempt))


def test_a_move_taken_back_stays_to_be_read_and_stops_no_clock(work: UnitOfWork) -> None:
    key, other = complain(work, at(20, 9), severity=MINOR), complain(work, at(20, 9), severity=MINOR)
    _, moved = work.write(complaints.move, key, WAITING, at(20, 11), note="the maker")
    _, undone = work.write(put_back, moved.rows)
    told = work.read(complaints.case, key, NOW)
    assert [(event.state, event.taken_back, event.takes_back) for event in told.events] == [
        (OPEN, False, False),
        (WAITING, True, False),
        (WAITING, False, True),
    ]
    assert told.card.clock == work.read(complaints.case, other, NOW).card.clock
    _, again = work.write(put_back, undone.rows)
    told = work.read(complaints.case, key, NOW)
    assert (told.card.state, told.events[-1].at, told.events[-1].note) == (WAITING, at(20, 11), "the maker")
    work.write(put_back, again.rows)
    assert work.read(complaints.case, key, NOW).card.state is OPEN


def test_a_move_that_another_followed_is_not_taken_back(work: UnitOfWork) -> None:
    key = complain(work, at(20))
    _, first = work.write(complaints.move, key, WAITING, at(21))
    for state in (OPEN, WAITING):
        move(work, key, state, at(22))
    with pytest.raises(ChangedSince):
        work.write(put_back, first.rows)
    assert work.read(complaints.case, key, NOW).card.state is WAITING


def test_a_case_that_went_on_is_not_taken_back(work: UnitOfWork) -> None:
    draft = complaints.ComplaintDraft("product", MINOR, "Cold")
    key, logged = work.write(complaints.log, draft, at(20))
    for state in (WAITING, OPEN):
        move(work, key, state, at(21))
    with pytest.raises(ChangedSince):
        work.write(put_back, logged.rows)
    assert work.read(complaints.case, key, NOW).card.words == "Cold"


def test_a_case_goes_with_what_was_taken_back_in_it_and_comes_again_whole(work: UnitOfWork) -> None:
    draft = complaints.ComplaintDraft("product", MINOR, "Cold")
    key, logged = work.write(complaints.log, draft, at(20))
    _, moved = work.write(complaints.move, key, RESOLVED, at(21))
    work.write(put_back, moved.rows)
    before = work.read(complaints.case, key, NOW)
    _, undone = work.write(put_back, logged.rows)
    with Session(work.engine) as session:
        assert session.execute(text("SELECT count(*) FROM complaint_events")).scalar_one() == 0
    _, again = work.write(put_back, undone.rows)
    after = work.read(complaints.case, key, NOW)
    assert (after.events, after.card) == (before.events, before.card)
    work.write(put_back, again.rows)
    with Session(work.engine) as session:
        assert session.execute(text("SELECT count(*) FROM complaints")).scalar_one() == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from([*ComplaintState, "undo", "redo"]), max_size=10))
def test_after_any_moves_and_ways_back_the_state_is_that_of_the_last_that_counts(
    work: UnitOfWork, acts: list[str]
) -> None:
    key, done, undone = complain(work, at(20)), list[Changes](), list[Changes]()
    states, gone = [ComplaintState.OPEN], list[ComplaintState]()
    for step, act in enumerate(acts, 1):
        if act == "undo" and done:
            undone.append(work.write(put_back, done.pop().rows)[1])
            gone.append(states.pop())
        elif act == "redo" and undone:
            done.append(work.write(put_back, undone.pop().rows)[1])
            states.append(gone.pop())
        elif act in MOVES[states[-1]]:
            moment = at(20) + timedelta(hours=step)
            done.append(work.write(complaints.move, key, ComplaintState(act), moment)[1])
            states.append(ComplaintState(act))
            undone, gone = [], []
    told = work.read(complaints.case, key, NOW)
    assert [e.state for e in told.events if not e.taken_back and not e.takes_back] == states
    assert told.card.state is states[-1]
