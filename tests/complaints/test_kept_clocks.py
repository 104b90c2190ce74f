"""What lists are ordered by follows from the events at once, however they were written, and after every rule."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import MOVES, ComplaintState
from app.domain.interactions import Channel
from app.models.complaints import ComplaintClock
from app.services import complaints, duplicates, interactions, settings, undo
from app.services.complaints import AnsweredAlready, CaseFilter, kept_clocks
from app.storage.journal import RowChange
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import (
    CLOSED,
    MINOR,
    NOW,
    OPEN,
    RESOLVED,
    SERIOUS,
    SEVERE,
    WAITING,
    at,
    complain,
    move,
    person,
)


def kept(work: UnitOfWork, complaint_id: int) -> ComplaintClock:
    with Session(work.engine) as session:
        return session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == complaint_id)).one()


def drift(work: UnitOfWork) -> list[int]:
    with Session(work.engine) as session:
        return kept_clocks.drift(session)


def test_a_new_case_has_both_its_targets_and_settling_it_takes_them_away(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15), severity=SERIOUS)
    figures = kept(work, case)
    assert (figures.answer_due_at, figures.due_at, figures.next_due_at) == (at(21, 15), at(23, 15), at(21, 15))
    move(work, case, WAITING, at(20, 18))
    figures = kept(work, case)
    assert (figures.answer_due_at, figures.due_at, figures.answered_at) == (None, None, at(20, 18))
    move(work, case, OPEN, at(22, 18))
    assert kept(work, case).due_at == at(25, 15)
    move(work, case, RESOLVED, at(22, 19))
    assert (kept(work, case).due_at, kept(work, case).since) == (None, at(22, 19))
    assert drift(work) == []


def test_an_answer_is_noted_once_and_can_be_taken_back(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15), severity=SEVERE)
    assert work.read(complaints.board, NOW).lane(OPEN).cards[0].answer is not None
    _, changes = work.write(complaints.answer, case, at(20, 16), note="Rang them")
    assert kept(work, case).answered_at == at(20, 16)
    assert work.read(complaints.board, NOW).lane(OPEN).cards[0].answer is None
    with pytest.raises(AnsweredAlready):
        work.write(complaints.answer, case, at(20, 17))
    work.write(undo.put_back, changes.rows)
    assert kept(work, case).answer_due_at == at(20, 19)
    work.write(complaints.answer, case, at(20, 17))
    assert kept(work, case).answered_at == at(20, 17)


def test_a_contact_of_ours_that_reached_them_is_an_answer(work: UnitOfWork) -> None:
    who, other = person(work, "Lin"), person(work, "Wu")
    case = complain(work, at(20, 15), customer_id=who)
    log, draft = interactions.log_contact, partial(interactions.ContactDraft, channel=Channel.CALL)
    work.write(log, other, draft(), at=at(20, 16))
    work.write(log, who, draft(reached=False), at=at(20, 16))
    assert kept(work, case).answered_at is None
    _, changes = work.write(log, who, draft(), at=at(20, 17))
    assert kept(work, case).answered_at == at(20, 17)
    work.write(undo.put_back, changes.rows)
    assert kept(work, case).answered_at is None
    assert drift(work) == []


def test_hours_holidays_and_targets_move_every_case_that_runs(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15), severity=SERIOUS)
    work.write(settings.change, {"holidays": ("2026-11-21/2026-11-27 Closed week",)})
    assert kept(work, case).due_at == at(30, 15)
    _, changes = work.write(settings.change, {"complaint_serious_resolve": "1d", "week": ("09:00-15:00",) * 7})
    assert kept(work, case).due_at == at(28, 15)
    work.write(undo.put_back, changes.rows)
    assert kept(work, case).due_at == at(30, 15)
    assert drift(work) == []


def test_a_stray_figure_is_found_and_mended(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15))
    with Session(work.engine) as session:
        session.get_one(ComplaintClock, case).next_due_at = at(1)
        session.commit()
        assert kept_clocks.drift(session) == [case]
        kept_clocks.refresh(session)
        assert kept_clocks.drift(session) == []


# going up to the owner


def test_a_case_goes_up_once_its_target_has_passed_and_only_once(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15), severity=SERIOUS)  # to be answered by the 21st, 15:00
    assert work.read(complaints.to_escalate, at(21, 14, 59)) == 0
    assert work.write(complaints.escalate, at(22, 9))[0] == 1
    (card,) = work.read(complaints.escalated, NOW)
    assert (card.id, card.escalated) == (case, True)
    told = work.read(complaints.case, case, NOW)
    assert [(mark.kind.value, mark.at) for mark in told.marks] == [("escalated", at(21, 15))]
    for moment in (at(22, 9), at(24, 9), at(29, 9)):
        assert work.read(complaints.to_escalate, moment) == 0
        assert work.write(complaints.escalate, moment)[0] == 0
    move(work, case, RESOLVED, at(29, 9))
    assert work.read(complaints.escalated, NOW) == []
    move(work, case, OPEN, at(29, 12))
    assert kept(work, case).escalate_at == at(29, 12)  # the target has passed long ago
    assert work.write(complaints.escalate, at(29, 13))[0] == 1
    assert drift(work) == []


def test_an_answer_in_time_leaves_the_target_of_solving(work: UnitOfWork) -> None:
    case = complain(work, at(20, 15), severity=SERIOUS)
    work.write(complaints.answer, case, at(20, 16))
    assert kept(work, case).escalate_at == at(23, 15)
    work.write(settings.change, {"complaint_escalate_share": 500})
    assert kept(work, case).escalate_at == at(21, 21)  # half of three days of twelve hours: six, and twelve
    work.write(settings.change, {"complaint_escalated": ("severe",)})
    assert kept(work, case).escalate_at is None


# the call-back


def test_nobody_reached_is_tried_again_tomorrow_and_counted(work: UnitOfWork) -> None:
    case = complain(work, at(18), customer_id=person(work, "Lin"))
    move(work, case, RESOLVED, at(18, 12))
    assert (kept(work, case).call_on, kept(work, case).calls) == (date(2026, 11, 21), 0)
    assert work.read(complaints.calls_due, date(2026, 11, 20), NOW) == []
    assert [card.id for card in work.read(complaints.calls_due, date(2026, 11, 21), NOW)] == [case]
    for number, day in enumerate((21, 22, 25), 1):
        assert work.write(complaints.call_back, case, at(day))[0] is RESOLVED
        assert (kept(work, case).call_on, kept(work, case).calls) == (date(2026, 11, day + 1), number)
    _, changes = work.write(complaints.call_back, case, at(26), answer=4, note="All well")
    assert work.read(complaints.case, case, NOW).card.state is CLOSED
    assert (kept(work, case).call_on, kept(work, case).calls) == (None, 0)
    work.write(undo.put_back, changes.rows)
    card = work.read(complaints.case, case, NOW).card
    assert (card.state, card.satisfaction, card.calls) == (RESOLVED, None, 3)
    assert drift(work) == []


@pytest.mark.parametrize(("answer", "state"), [(1, OPEN), (2, OPEN), (3, CLOSED), (5, CLOSED)])
def test_the_answer_decides(work: UnitOfWork, answer: int, state: ComplaintState) -> None:
    who = person(work, "Lin")
    solved, closed = complain(work, at(18), customer_id=who), complain(work, at(18), customer_id=who)
    move(work, solved, RESOLVED, at(18, 12))
    move(work, closed, RESOLVED, at(18, 12))
    move(work, closed, CLOSED, at(18, 13))
    assert kept(work, closed).call_on == date(2026, 11, 21)
    for case in (solved, closed):
        assert work.write(complaints.call_back, case, at(22), answer=answer)[0] is state
        told = work.read(complaints.case, case, NOW)
        assert (told.card.satisfaction, told.card.call_back_on) == (answer, None)
        assert told.card.reopened == (state is OPEN)
    assert drift(work) == []


def test_whoever_gave_no_name_is_not_called_and_old_cases_are_let_be(work: UnitOfWork) -> None:
    nobody, old = complain(work, at(18)), complain(work, at(1, month=9), customer_id=person(work, "Lin"))
    move(work, nobody, RESOLVED, at(18, 12))
    move(work, old, RESOLVED, at(2, month=9))
    assert work.read(complaints.calls_due, NOW.date(), NOW) == []
    assert work.read(complaints.count, NOW, CaseFilter(to_call=True)) == 0


@hypothesis_settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4000)), max_size=12))
def test_whatever_is_done_the_figures_are_those_of_the_events(work: UnitOfWork, steps: list[tuple[int, int]]) -> None:
    """Moves, answers, calls, going up and undo, in any order; no term runs backwards."""
    who = person(work, "Lin")
    case, now = complain(work, at(2), severity=MINOR, customer_id=who), at(2)
    done: list[tuple[RowChange, ...]] = []
    for step, minutes in steps:
        now += timedelta(minutes=minutes)
        state = work.read(complaints.case, case, now).card.state
        if step == 0 and done:
            work.write(undo.put_back, done.pop())
        elif step == 1 and kept(work, case).answered_at is None:
            done.append(work.write(complaints.answer, case, now)[1].rows)
        elif step == 2 and state in (RESOLVED, CLOSED):
            done.append(
                work.write(complaints.call_back, case, now, answer=None if minutes % 2 else minutes % 5 + 1)[1].rows
            )
        elif step == 3:
            work.write(complaints.escalate, now)
            done.clear()
        else:
            to = sorted(MOVES[state])[minutes % len(MOVES[state])]
            done.append(work.write(complaints.move, case, to, now)[1].rows)
        figures = kept(work, case)
        assert figures.due_at is None or figures.due_at >= at(2)
        assert figures.calls >= 0 and figures.reopened >= 0
    assert drift(work) == []


def test_a_contact_with_whoever_answers_for_a_merged_card_is_an_answer(work: UnitOfWork) -> None:
    lin, twin = person(work, "Lin"), person(work, "Linn")
    theirs, hers = complain(work, at(20, 15), customer_id=twin), complain(work, at(20, 15), customer_id=lin)
    said = partial(interactions.ContactDraft, channel=Channel.CALL)
    work.write(interactions.log_contact, twin, said(), at=at(20, 16))
    assert kept(work, hers).answered_at is None
    merged, changes = work.write(duplicates.merge, lin, twin, at=NOW)
    assert kept(work, hers).answered_at == at(20, 16)
    late = complain(work, at(21, 9), customer_id=lin)
    work.write(interactions.log_contact, lin, said(), at=at(21, 10))
    assert (kept(work, theirs).answered_at, kept(work, late).answered_at) == (at(20, 16), at(21, 10))
    assert drift(work) == []
    assert changes.taken_back_by is not None
    way = changes.taken_back_by
    work.write(way.service, *way.args, **way.named)
    assert merged
    assert kept(work, hers).answered_at == at(21, 10)
    assert drift(work) == []


def test_a_contact_with_the_one_who_stays_answers_the_case_of_the_card_merged_away(work: UnitOfWork) -> None:
    lin, twin = person(work, "Lin"), person(work, "Linn")
    case = complain(work, at(20, 15), customer_id=twin)
    work.write(duplicates.merge, lin, twin, at=at(20, 16))
    _, changes = work.write(interactions.log_contact, lin, interactions.ContactDraft(channel=Channel.CALL), at=NOW)
    assert kept(work, case).answered_at == NOW
    work.write(undo.put_back, changes.rows)
    assert kept(work, case).answered_at is None
    assert drift(work) == []


@pytest.mark.parametrize("answered_by", ["call", "closing"])
def test_an_answer_counts_for_the_round_it_was_given_in(work: UnitOfWork, answered_by: str) -> None:
    case = complain(work, at(10), customer_id=person(work, "Lin"))
    move(work, case, RESOLVED, at(10, 12))
    if answered_by == "call":
        work.write(complaints.call_back, case, at(11), answer=5)
    else:
        move(work, case, CLOSED, at(11), satisfaction=5)
    assert kept(work, case).call_on is None
    move(work, case, OPEN, at(12))
    move(work, case, RESOLVED, at(13))
    move(work, case, CLOSED, at(13, 11))
    assert kept(work, case).call_on == date(2026, 11, 16)
    work.write(complaints.call_back, case, at(16), answer=4)
    assert kept(work, case).call_on is None
    assert drift(work) == []


def test_a_low_answer_that_opened_a_case_is_none_for_the_next_round(work: UnitOfWork) -> None:
    case = complain(work, at(10), customer_id=person(work, "Lin"))
    move(work, case, RESOLVED, at(10, 12))
    work.write(complaints.call_back, case, at(11), answer=1)
    move(work, case, RESOLVED, at(12))
    move(work, case, CLOSED, at(12))
    assert kept(work, case).call_on == date(2026, 11, 15)
