"""What holds of every clock, whatever happened to the case and wherever the shop is."""

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.complaints import (
    ComplaintState,
    StateChange,
    Term,
    TermUnit,
    answer_clock,
    clock,
    on_the_spot,
    passes_at,
    reopenings,
)
from app.domain.opening_hours import OpeningHours, parse_hours

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
MOMENT = timedelta(milliseconds=1)

hours_of_a_day = st.sampled_from(
    [
        "",
        "09:00-21:00",
        "09:00-12:00 14:00-18:30",
        "18:00-03:00",
        "00:00-00:00",
        "02:15-02:45",
        "01:30-02:30 02:30-05:00",
    ]
)
"""Nights over the hour that is skipped or comes twice are among them."""


@st.composite
def shops(draw: st.DrawFn) -> OpeningHours:
    """Open at noon on Wednesdays; anything else, with single holidays and a closed week."""
    week = draw(st.lists(hours_of_a_day, min_size=7, max_size=7))
    week[2] = "10:00-16:00"
    for day in range(7):  # a night that would run into the next day's hours ends at midnight
        if draw(st.booleans()) or "03:00" in week[day] or "00:00-00:00" in week[day]:
            week[day] = week[day].replace("18:00-03:00", "18:00-23:30")
    single = draw(st.sets(st.dates(date(2026, 3, 1), date(2026, 4, 30)), max_size=3))
    closed = draw(st.dates(date(2026, 3, 1), date(2026, 4, 1)))
    holidays = single | {closed + timedelta(days=n) for n in range(draw(st.sampled_from([0, 7])))}
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return OpeningHours(tuple(map(parse_hours, week)), zone, frozenset(holidays))


@st.composite
def cases(draw: st.DrawFn) -> list[StateChange]:
    """Events in the order they were written; equal moments are common, and a computer's clock may go back."""
    at = datetime(2026, 3, draw(st.integers(1, 28)), draw(st.integers(0, 23)), tzinfo=UTC)
    events = [StateChange(at, OPEN, 0)]
    for state in draw(st.lists(st.sampled_from(list(ComplaintState)), max_size=7)):
        at += timedelta(minutes=draw(st.sampled_from([-90, 0, 0, 1, 45, 600, 3000, 9000])))
        events.append(StateChange(max(at, events[0].at), state, len(events)))
    return events


terms = st.builds(Term, st.integers(1, 30), st.sampled_from(TermUnit))
waits = st.timedeltas(timedelta(0), timedelta(days=40)).map(lambda wait: wait // MOMENT * MOMENT)


@settings(max_examples=40)
@given(cases(), terms, shops(), waits, st.randoms())
def test_events_may_be_read_in_any_order(
    events: list[StateChange], term: Term, hours: OpeningHours, wait: timedelta, chance: random.Random
) -> None:
    now, mixed = events[0].at + wait, list(events)
    chance.shuffle(mixed)
    assert clock(mixed, term, hours, now) == clock(events, term, hours, now)
    assert answer_clock(mixed, term, hours, now) == answer_clock(events, term, hours, now)
    assert (on_the_spot(mixed), reopenings(mixed)) == (on_the_spot(events), reopenings(events))
    assert passes_at(mixed, term, hours) == passes_at(events, term, hours)


@settings(max_examples=40)
@given(cases(), terms, shops(), waits, waits)
def test_a_clock_never_runs_backwards(
    events: list[StateChange], term: Term, hours: OpeningHours, wait: timedelta, more: timedelta
) -> None:
    """Never below nothing, never above plain time, never less than it was, and late once it has been late."""
    now = events[0].at + wait
    before, after = clock(events, term, hours, now), clock(events, term, hours, now + more)
    assert timedelta(0) <= before.elapsed <= after.elapsed <= before.elapsed + more
    assert before.elapsed <= wait
    assert after.late or not before.late
    answer = answer_clock(events, term, hours, now)
    assert timedelta(0) <= answer.elapsed <= wait


@settings(max_examples=40)
@given(cases(), terms, shops(), waits)
def test_a_clock_set_back_before_the_case_counts_nothing(
    events: list[StateChange], term: Term, hours: OpeningHours, wait: timedelta
) -> None:
    found = clock(events, term, hours, events[0].at - wait - MOMENT)
    assert (found.elapsed, found.late, found.due_at) == (timedelta(0), False, None)
    assert answer_clock(events, term, hours, events[0].at - wait - MOMENT).elapsed == timedelta(0)


@settings(max_examples=40)
@given(cases(), terms, shops(), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_waiting_and_going_on_at_once_changes_nothing(
    events: list[StateChange], term: Term, hours: OpeningHours, wait: timedelta
) -> None:
    """A pause of no length, wherever it is put in."""
    at = events[0].at + wait // MOMENT * MOMENT
    upto = [event for event in events if event.at <= at and event.order < 90]
    state = sorted(upto, key=lambda event: (event.at, event.order))[-1].state
    paused = [*events, StateChange(at, WAITING, 91), StateChange(at, state, 92)]
    now = events[0].at + timedelta(days=60)
    assert clock(paused, term, hours, now).elapsed == clock(events, term, hours, now).elapsed


@settings(max_examples=40)
@given(cases(), terms, shops())
def test_it_is_late_from_the_moment_its_term_has_passed(
    events: list[StateChange], term: Term, hours: OpeningHours
) -> None:
    """What is kept for lists says the same as the clock read at any moment."""
    due, years = passes_at(events, term, hours), timedelta(days=900)
    found = clock(events, term, hours, events[0].at + years)
    if due is None:
        assert not found.late and not found.running
        return
    assert found.due_at == due
    assert not clock(events, term, hours, due).late
    half = passes_at(events, term, hours, Fraction(1, 2))
    assert half is not None and events[0].at <= half <= due


@settings(max_examples=25)
@given(shops(), st.datetimes(datetime(2026, 2, 1), datetime(2026, 5, 30)), st.integers(0, 400), st.integers(0, 200))
def test_years_are_the_sum_of_their_parts(hours: OpeningHours, start: datetime, first: int, then: int) -> None:
    """Months that are added up once count as their days do."""
    a = start.replace(tzinfo=UTC)
    b, c = a + timedelta(days=first, hours=5), a + timedelta(days=first + then, hours=5)
    assert hours.open_between(a, c) == hours.open_between(a, b) + hours.open_between(b, c)
    assert hours.open_days_between(a, c) == hours.open_days_between(a, b) + hours.open_days_between(b, c)
    daily = (hours.open_between(a + timedelta(days=n), a + timedelta(days=n + 1)) for n in range(first))
    assert hours.open_between(a, a + timedelta(days=first)) == sum(daily, timedelta(0))


def test_a_day_that_was_left_out_and_an_hour_that_was_skipped_have_no_length() -> None:
    """Samoa had no 30 December 2011; 02:30 to 03:00 was skipped in New York on 8 March 2026."""
    daily = tuple(parse_hours("09:00-21:00") for _ in range(7))
    samoa = OpeningHours(daily, ZoneInfo("Pacific/Apia"))
    assert samoa.spans(date(2011, 12, 30)) == []
    week = OpeningHours((parse_hours("09:00-12:00"),) * 6 + (parse_hours("02:30-03:00"),), ZoneInfo("America/New_York"))
    assert week.spans(date(2026, 3, 8)) == []
    sunday = datetime(2026, 3, 8, 4, tzinfo=ZoneInfo("America/New_York"))
    assert week.add_open_days(sunday, 1) == datetime(2026, 3, 9, 12, tzinfo=ZoneInfo("America/New_York"))
