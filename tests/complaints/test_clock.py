"""The complaint clock, computed from the events and never counted."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.complaints import (
    MOVES,
    ON_THE_RAIL,
    TARGETS,
    Clock,
    ComplaintState,
    MoveRefused,
    Severity,
    StateChange,
    Term,
    TermUnit,
    answer_clock,
    answer_reopens,
    brakes,
    call_back_on,
    check_move,
    clock,
    on_the_spot,
    reopenings,
)
from app.domain.opening_hours import OpeningHours, every_day

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
ZONE = ZoneInfo("Asia/Shanghai")
HOURS = OpeningHours(every_day(), ZONE)
FOUR_HOURS = Term(4, TermUnit.HOURS)
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


def case(*events: tuple[datetime, ComplaintState]) -> list[StateChange]:
    return [StateChange(moment, state) for moment, state in events]


def test_a_running_clock_ends_in_opening_time() -> None:
    events = case((at(10, 19), OPEN))
    assert clock(events, FOUR_HOURS, HOURS, at(10, 20)) == Clock(timedelta(hours=1), True, at(11, 11), False)
    assert clock(events, FOUR_HOURS, HOURS, at(11, 11)) == Clock(timedelta(hours=4), True, at(11, 11), False)
    assert clock(events, FOUR_HOURS, HOURS, at(11, 11, 1)).late
    assert clock(events, FOUR_HOURS, HOURS, at(12, 3)).due_at == at(11, 11)


def test_a_term_that_ends_with_the_day_is_due_at_closing_time() -> None:
    events = case((at(10, 17), OPEN))
    night = clock(events, FOUR_HOURS, HOURS, at(10, 23))
    assert (night.due_at, night.late) == (at(10, 21), False)
    assert clock(events, FOUR_HOURS, HOURS, at(11, 9, 1)).late


def test_waiting_stops_the_clock_and_what_was_left_counts_on() -> None:
    events = case((at(10, 10), OPEN), (at(10, 11), WAITING))
    assert clock(events, FOUR_HOURS, HOURS, at(15, 12)) == Clock(timedelta(hours=1), False, None, False)
    events += case((at(15, 20), OPEN))
    assert clock(events, FOUR_HOURS, HOURS, at(15, 20)) == Clock(timedelta(hours=1), True, at(16, 11), False)
    # The past is not changed by what came after.
    assert clock(events, FOUR_HOURS, HOURS, at(15, 12)) == Clock(timedelta(hours=1), False, None, False)


def test_resolved_too_late_stays_late_and_a_reopening_counts_on() -> None:
    events = case((at(10, 10), OPEN), (at(10, 13), RESOLVED), (at(12, 10), OPEN))
    assert clock(events, FOUR_HOURS, HOURS, at(11, 12)) == Clock(timedelta(hours=3), False, None, False)
    assert clock(events, FOUR_HOURS, HOURS, at(12, 10)).due_at == at(12, 11)
    late = events + case((at(12, 12), RESOLVED), (at(13, 12), CLOSED))
    assert clock(late, FOUR_HOURS, HOURS, at(20, 12)) == Clock(timedelta(hours=5), False, at(12, 11), True)
    assert reopenings(late) == 1


def test_days_are_opening_days() -> None:
    events = case((at(10, 15), OPEN))
    assert clock(events, TARGETS[Severity.MINOR].resolve, HOURS, at(10, 16)).due_at == at(17, 15)
    closed = OpeningHours(every_day(), ZONE, frozenset({at(12, 0).date()}))
    assert clock(events, TARGETS[Severity.SERIOUS].resolve, closed, at(10, 16)).due_at == at(14, 15)


def test_the_first_thing_done_answers() -> None:
    events = case((at(10, 10), OPEN))
    unanswered = answer_clock(events, FOUR_HOURS, HOURS, at(10, 15))
    assert unanswered == Clock(timedelta(hours=5), True, at(10, 14), True)
    assert answer_clock(events, FOUR_HOURS, HOURS, at(10, 15), answered_at=at(10, 11)).elapsed == timedelta(hours=1)
    events += case((at(10, 13), WAITING), (at(11, 9), OPEN))
    assert answer_clock(events, FOUR_HOURS, HOURS, at(20, 10)) == Clock(timedelta(hours=3), False, None, False)
    # Seen from noon, nobody had answered yet.
    assert answer_clock(events, FOUR_HOURS, HOURS, at(10, 12)).running


steps = st.lists(st.tuples(st.integers(1, 900), st.sampled_from(list(ComplaintState))), max_size=6)


@settings(max_examples=60)
@given(steps, st.integers(0, 4000), st.integers(1, 30))
def test_the_clock_counts_the_minutes_that_were_open_in_both_senses(
    later: list[tuple[int, ComplaintState]], length: int, hours: int
) -> None:
    events = case((at(10, 15), OPEN))
    for wait, state in later:
        events.append(StateChange(events[-1].at + wait * MINUTE, state))
    now = events[0].at + length * MINUTE
    counted = 0
    due = None
    for n in range(length):
        minute = events[0].at + n * MINUTE
        state = [event.state for event in events if event.at <= minute][-1]
        if state is OPEN and 9 <= minute.astimezone(ZONE).hour < 21:
            counted += 1
            if counted == hours * 60:
                due = minute + MINUTE
    found = clock(events, Term(hours, TermUnit.HOURS), HOURS, now)
    assert found.elapsed == counted * MINUTE
    assert found.late is (counted > hours * 60)
    if due is not None:
        assert found.due_at == due


def test_on_the_spot_is_half_an_hour_whether_the_shop_was_open_or_not() -> None:
    assert on_the_spot(case((at(10, 20, 50), OPEN), (at(10, 21, 20), RESOLVED)))
    assert not on_the_spot(case((at(10, 20, 50), OPEN), (at(10, 21, 21), RESOLVED)))
    assert not on_the_spot(case((at(10, 20, 50), OPEN)))
    assert on_the_spot(case((at(10, 12), OPEN), (at(10, 12, 5), RESOLVED), (at(14, 9), CLOSED)))
    assert not on_the_spot(case((at(10, 12), OPEN), (at(10, 12, 5), RESOLVED), (at(10, 12, 9), OPEN)))


def test_where_a_case_may_go() -> None:
    allowed = {(before, after) for before in ComplaintState for after in MOVES[before]}
    assert allowed == {
        (OPEN, WAITING),
        (OPEN, RESOLVED),
        (WAITING, OPEN),
        (WAITING, RESOLVED),
        (RESOLVED, CLOSED),
        (RESOLVED, OPEN),
        (CLOSED, OPEN),
    }
    check_move(RESOLVED, CLOSED)
    with pytest.raises(MoveRefused) as refusal:
        check_move(OPEN, CLOSED)
    assert refusal.value.numbers == {"before": "open", "after": "closed"}


def test_the_brake_holds_until_the_customer_agrees() -> None:
    assert [brakes(state) for state in (OPEN, WAITING, RESOLVED, CLOSED)] == [True, True, True, False]
    assert {OPEN, WAITING} == ON_THE_RAIL


def test_the_call_back() -> None:
    assert call_back_on(at(30, 12).date()) == datetime(2026, 4, 2).date()
    assert [answer for answer in range(1, 6) if answer_reopens(answer)] == [1, 2]


def test_terms_are_kept_as_short_words() -> None:
    assert [str(Term.parse(text)) for text in ("3d", "4h", "12d")] == ["3d", "4h", "12d"]
    assert Term.parse("4h") == FOUR_HOURS
    for wrong in ("", "d", "3", "3w", "-1d", "0d", "1.5d", "²d"):
        with pytest.raises(ValueError):
            Term.parse(wrong)
