"""What holds of every rule: month ends clip, a series moved in part keeps its first part, clocks keep their hour."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.domain.recurrence import (
    Pattern,
    Repeat,
    RuleUnmovable,
    Unit,
    days_of,
    first_day,
    read_rule,
    rule_of,
    written_days,
)
from app.domain.recurrence_moved import moved_days
from app.formats.ics_out import Appointment, ics_bytes

START = date(2026, 11, 23)
QUICK = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
starts = st.dates(date(2024, 1, 1), date(2031, 12, 31))
every = st.integers(1, 5)
weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
patterns = st.one_of(
    st.builds(Pattern, st.just(Unit.DAY), every),
    st.builds(Pattern, st.just(Unit.WEEK), every, weekdays),
    st.builds(Pattern, st.just(Unit.MONTH), every, day=st.integers(1, 31)),
    st.builds(
        lambda often, day, nth: Pattern(Unit.MONTH, often, (day,), nth=nth),
        every,
        st.integers(0, 6),
        st.sampled_from([1, 2, 3, 4, -1]),
    ),
)


def first_days(rule: str, first: date, count: int) -> list[date]:
    days = days_of(Repeat(rule), first, first + timedelta(days=366 * 40))
    return [day for day, _ in zip(days, range(count), strict=False)]


@QUICK
@given(start=starts, often=every, day=st.integers(1, 31))
def test_a_month_that_is_shorter_has_it_on_its_last_day(start: date, often: int, day: int) -> None:
    first = first_day(rule_of(Pattern(Unit.MONTH, often, day=day)), start)
    expected, year, month = [], first.year, first.month
    for _ in range(30):
        expected.append(date(year, month, min(day, monthrange(year, month)[1])))
        year, month = year + (month + often - 1) // 12, (month + often - 1) % 12 + 1
    assert expected[0] >= start and (expected[0] - start).days <= 31
    assert first_days(rule_of(Pattern(Unit.MONTH, often, day=day)), first, 30) == expected


@QUICK
@given(start=starts, often=every, month=st.integers(1, 12), day=st.integers(1, 31))
def test_every_year_has_its_day_and_a_common_one_the_28th_of_february(
    start: date, often: int, month: int, day: int
) -> None:
    day = min(day, monthrange(2024, month)[1])
    rule = rule_of(Pattern(Unit.YEAR, often, month=month, day=day))
    first = first_day(rule, start)
    found = first_days(rule, first, 6)
    assert [one.year for one in found] == [first.year + often * n for n in range(6)]
    assert all((one.month, one.day) == (month, min(day, monthrange(one.year, month)[1])) for one in found)


@QUICK
@given(pattern=patterns, start=starts, place=st.integers(0, 8), step=st.integers(-20, 20), cut=st.integers(0, 8))
def test_days_that_are_moved_keep_their_place_and_none_is_lost(
    pattern: Pattern, start: date, place: int, step: int, cut: int
) -> None:
    """Of days and weeks each goes by the same step; of months each has the number of the day it was put on."""
    rule = rule_of(pattern)
    days = first_days(rule, first_day(rule, start), 14)
    cut, place = min(cut, place), max(cut, place)
    new = days[place] + timedelta(days=step)
    try:
        moved = moved_days(Repeat(rule, until=days[12]), days[0], days[cut], days[place], new, days[-1])
    except RuleUnmovable:
        assert pattern.unit is Unit.WEEK and pattern.every > 1
        return
    assert list(moved.days) == days[cut:13]
    assert moved.days[days[place]] == new
    again = list(days_of(moved.repeat, moved.first, days[-1] + timedelta(days=60)))
    assert again == list(moved.days.values())
    if pattern.unit in (Unit.DAY, Unit.WEEK):
        assert all(to - old == timedelta(days=step) for old, to in moved.days.items())
    elif pattern.day is not None:
        assert all(to.day == min(new.day, monthrange(to.year, to.month)[1]) for to in again)


@QUICK
@given(pattern=patterns, start=starts, opened=st.lists(st.integers(0, 500), min_size=1, max_size=4))
def test_what_is_written_ahead_on_many_days_is_what_the_last_of_them_writes(
    pattern: Pattern, start: date, opened: list[int]
) -> None:
    rule, there = rule_of(pattern), set[date]()
    first = first_day(rule, start)
    for count in sorted(opened):
        now = written_days(Repeat(rule), first, first, start + timedelta(days=count))
        assert {day for day in there if day >= start + timedelta(days=count)} <= set(now)
        there |= set(now)
    last = start + timedelta(days=max(opened))
    assert now == written_days(Repeat(rule), first, first, last)
    assert sorted(there) == list(days_of(Repeat(rule), first, max(there)))
    assert max(there) > last


ZONES = (
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Shanghai",
    "America/St_Johns",
    "Africa/Cairo",
)


@QUICK
@given(
    pattern=patterns,
    start=starts,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    hour=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    end=st.sampled_from(["", "times", "until"]),
)
def test_the_hour_on_the_wall_stays_when_the_clocks_change(
    pattern: Pattern, start: date, zone: ZoneInfo, hour: time, end: str
) -> None:
    """A second reader of the file that is written: the same days, each at the hour booked, and read back as it was."""
    rule = rule_of(pattern)
    days = first_days(rule, first_day(rule, start), 40)
    ends: dict[str, Any] = {"times": 40} if end == "times" else {"until": days[-1]} if end else {}
    repeat = Repeat(rule, **ends)
    made = Appointment("u", days[0], hour, "Call", "", "", datetime(2026, 1, 1, tzinfo=UTC), repeat=repeat)
    event: Any
    (event,) = Calendar.from_ical(ics_bytes([made], zone)).walk("VEVENT")
    written = event["RRULE"].to_ical().decode()
    begins = event["DTSTART"].dt
    found = rrulestr(f"RRULE:{written}", dtstart=begins)
    moments = [moment for moment, _ in zip(found, range(41 if end else 40), strict=False)]
    assert [moment.date() for moment in moments] == days
    assert {(moment.hour, moment.minute, str(moment.tzinfo)) for moment in moments} == {
        (hour.hour, hour.minute, zone.key)
    }
    back = read_rule(written, begins)
    assert (back.until, back.times) == (repeat.until, repeat.times)
    assert list(days_of(back, days[0], days[-1])) == days
