"""When a reminder is told: once, whatever the looks; never in quiet hours; by the wall clock also when that jumps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.reminders import Due, ReminderRule, to_tell, was_missed

SHANGHAI, BERLIN, LORD_HOWE = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")
DAY = date(2026, 11, 23)
RULE = ReminderRule(SHANGHAI)


def local(rule: ReminderRule, due: Due) -> str:
    return f"{rule.moment(due).astimezone(rule.zone):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (Due(1, DAY, time(14)), "11-23 13:50"),
        (Due(1, DAY), "11-23 09:00"),
        (Due(1, DAY, time(9, 5)), "11-23 09:00"),
        (Due(1, DAY, time(8)), "11-23 09:00"),
        (Due(1, DAY, time(21, 5)), "11-23 20:55"),
        (Due(1, DAY, time(22)), "11-24 09:00"),
        (Due(1, DAY, time(0, 5)), "11-23 09:00"),
    ],
)
def test_the_moment_by_hand(due: Due, told: str) -> None:
    """Ten minutes before, quiet from nine in the evening to nine in the morning."""
    assert local(RULE, due) == told


def test_hours_that_clocks_skip_and_repeat() -> None:
    """In Berlin 2:30 is skipped on 29 March 2026 and comes twice on 25 October."""
    awake = ReminderRule(BERLIN, timedelta(0), time(2, 30), time(0), time(0))
    assert awake.moment(Due(1, date(2026, 3, 29), time(2, 30))) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert awake.moment(Due(1, date(2026, 10, 25), time(2, 30))) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    night = ReminderRule(BERLIN, timedelta(0), time(2, 15), time(22), time(2, 30))
    told = night.moment(Due(1, date(2026, 3, 29)))
    assert told == datetime(2026, 3, 29, 1, 15, tzinfo=UTC), "2:15 comes as 3:15, and that is not quiet"


ZONES = st.sampled_from([SHANGHAI, BERLIN, LORD_HOWE])
CLOCKS = st.times(timezones=st.none()).map(lambda clock: clock.replace(second=0, microsecond=0))
RULES = st.builds(ReminderRule, ZONES, st.integers(0, 1440).map(lambda n: timedelta(minutes=n)), CLOCKS, CLOCKS, CLOCKS)
NEAR = st.integers(0, 14).map(lambda n: date(2026, 10, 18) + timedelta(days=n)) | st.integers(0, 14).map(
    lambda n: date(2026, 3, 22) + timedelta(days=n)
)
"""Around the nights on which clocks change."""


@given(RULES, NEAR, st.none() | CLOCKS)
@example(ReminderRule(BERLIN, timedelta(0), time(2, 10), time(22), time(2, 30)), date(2026, 10, 25), None)
def test_no_moment_is_quiet_and_none_is_far_from_its_day(rule: ReminderRule, day: date, hour: time | None) -> None:
    due = Due(1, day, hour)
    assert not rule.is_quiet(rule.moment(due))
    told = rule.moment(due).astimezone(rule.zone).date()
    assert day - timedelta(days=1) <= told <= day + timedelta(days=2)
    assert rule.over(due) >= rule.moment(due)


@given(
    RULES,
    st.lists(st.tuples(NEAR, st.none() | CLOCKS), max_size=8),
    st.lists(st.integers(1, 40_000), min_size=1, max_size=60),
)
def test_whatever_the_looks_each_is_told_exactly_once(
    rule: ReminderRule, times: list[tuple[date, time | None]], steps: list[int]
) -> None:
    """Looks some minutes to weeks apart, from before all of them until every one is over."""
    dues = [Due(number, on, hour) for number, (on, hour) in enumerate(times)]
    since = now = datetime(2026, 3, 1, tzinfo=UTC)
    told: list[Due] = []
    for step in [*steps, 400_000, *[60] * 24]:
        now += timedelta(minutes=step)
        found = to_tell(dues, told, rule, since, now)
        assert not (found and rule.is_quiet(now))
        assert all(rule.moment(due) <= now for due in found)
        assert found == sorted(found, key=lambda due: (rule.moment(due), due.followup_id))
        told += found
        since = since if rule.is_quiet(now) else now
    assert sorted(due.followup_id for due in told) == [due.followup_id for due in dues]


@given(RULES, NEAR, CLOCKS, st.integers(1, 20))
def test_put_off_it_is_told_again_at_its_new_time(rule: ReminderRule, day: date, hour: time, days: int) -> None:
    first, again = Due(1, day, hour), Due(1, day + timedelta(days=days), hour)
    now = rule.moment(again)
    assert to_tell([again], [first], rule, rule.moment(first), now) == [again]
    assert to_tell([again], [again], rule, rule.moment(first), now) == []


def test_what_is_booked_late_is_still_told_and_what_is_past_is_not() -> None:
    """Booked at 13:55 for 14:00 it is told at once; booked for noon, never."""
    since = datetime(2026, 11, 23, 13, 55, tzinfo=SHANGHAI)
    now = since + timedelta(minutes=1)
    late, past, morning = Due(1, DAY, time(14)), Due(2, DAY, time(12)), Due(3, DAY)
    assert to_tell([late, past, morning], [], RULE, since, now) == [late]


def test_a_reminder_is_missed_after_five_minutes_but_a_day_has_until_its_end() -> None:
    at_two, whole, before = Due(1, DAY, time(14)), Due(2, DAY), Due(3, DAY - timedelta(days=1))
    evening = datetime(2026, 11, 23, 18, 0, tzinfo=SHANGHAI)
    assert [was_missed(due, RULE, evening) for due in (at_two, whole, before)] == [True, False, True]
    assert not was_missed(at_two, RULE, datetime(2026, 11, 23, 13, 55, tzinfo=SHANGHAI))
