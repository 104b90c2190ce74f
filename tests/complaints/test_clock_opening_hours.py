"""Opening time between two moments, against counting every minute."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.opening_hours import OpeningHours, every_day

SHANGHAI, LONDON = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London")
DAILY = OpeningHours(every_day(), SHANGHAI)
MINUTE = timedelta(minutes=1)

WEEK = (
    ((time(9), time(12)), (time(13, 30), time(18))),
    ((time(9), time(18)),),
    (),
    ((time(18), time(2)),),
    ((time(6), time(0)),),
    ((time(10), time(16)),),
    ((time(0, 30), time(3)),),
)
"""Sunday's span lies across the hour that is skipped, or had twice."""
CLOCKS_CHANGE = OpeningHours(WEEK, LONDON, frozenset({date(2026, 3, 30), date(2026, 10, 22)}))

moments = st.builds(
    lambda start, n: start + n * MINUTE,
    st.sampled_from([datetime(2026, 3, 24, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)]),
    st.integers(0, 9 * 24 * 60),
)


def shanghai(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def naive_is_open(moment: datetime) -> bool:
    """The week and the holidays of `CLOCKS_CHANGE`, read off a clock on the wall."""
    wall = moment.astimezone(LONDON)
    today, before = wall.date(), wall.date() - timedelta(days=1)
    for day, shift in ((today, 0), (before, 24 * 60)):
        if day in CLOCKS_CHANGE.holidays:
            continue
        for start, end in WEEK[day.weekday()]:
            opens, closes = start.hour * 60 + start.minute, end.hour * 60 + end.minute
            closes += 24 * 60 if closes <= opens else 0
            if opens <= wall.hour * 60 + wall.minute + shift < closes:
                return True
    return False


@settings(max_examples=25)
@given(moments, st.integers(0, 4 * 24 * 60))
def test_every_minute_counted(start: datetime, length: int) -> None:
    end = start + length * MINUTE
    minutes = [start + n * MINUTE for n in range(length)]
    assert CLOCKS_CHANGE.open_between(start, end) == sum(map(naive_is_open, minutes)) * MINUTE
    assert CLOCKS_CHANGE.is_open(start) is naive_is_open(start)


@given(moments, st.integers(1, 50 * 60))
def test_adding_opening_time_is_the_first_moment_at_which_it_has_passed(start: datetime, length: int) -> None:
    end = CLOCKS_CHANGE.add_open_time(start, length * MINUTE)
    assert CLOCKS_CHANGE.open_between(start, end) == length * MINUTE
    assert CLOCKS_CHANGE.open_between(start, end - MINUTE) == (length - 1) * MINUTE


@given(moments, st.fractions(Fraction(1, 100), 8, max_denominator=100))
def test_adding_opening_days(start: datetime, days: Fraction) -> None:
    end = CLOCKS_CHANGE.add_open_days(start, days)
    # A microsecond of rounding in a day of three hours at least.
    assert abs(CLOCKS_CHANGE.open_days_between(start, end) - days) < Fraction(1, 10**9)


def test_a_night_and_an_evening_in_a_shop_that_opens_at_nine() -> None:
    assert DAILY.open_between(shanghai(10, 20), shanghai(11, 10)) == timedelta(hours=2)
    assert DAILY.open_between(shanghai(10, 22), shanghai(11, 8)) == timedelta(0)
    assert DAILY.open_between(shanghai(11, 10), shanghai(10, 20)) == timedelta(0)
    assert DAILY.add_open_time(shanghai(10, 20), timedelta(hours=4)) == shanghai(11, 12)
    assert DAILY.add_open_days(shanghai(10, 15), 1) == shanghai(11, 15)
    assert DAILY.add_open_days(shanghai(10, 22), 1) == shanghai(11, 21)


def test_every_open_day_counts_one_however_long_it_is() -> None:
    # Saturday 10:00–16:00, Sunday closed, Monday is Whit Monday's holiday, Tuesday 9:00–18:00.
    hours = OpeningHours((*WEEK[:6], ()), LONDON, frozenset({date(2026, 5, 25)}))
    saturday_noon = datetime(2026, 5, 23, 13, tzinfo=LONDON)  # half of the day is over
    assert hours.add_open_days(saturday_noon, 1) == datetime(2026, 5, 26, 13, 30, tzinfo=LONDON)


def test_the_night_on_which_the_clocks_change_is_as_long_as_it_was() -> None:
    always = OpeningHours((((time(0), time(0)),),) * 7, LONDON)
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)):
        start, end = always.spans(day)[0]
        assert end - start == timedelta(hours=hours)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="open"):
        OpeningHours(((),) * 7, SHANGHAI)
    with pytest.raises(ValueError, match="seven"):
        OpeningHours((((time(9), time(21)),),), SHANGHAI)
    with pytest.raises(ValueError, match="time zone"):
        DAILY.open_between(datetime(2026, 3, 1), shanghai(10, 20))
    for week in (
        [((time(9), time(12)), (time(11), time(18)))] + [()] * 6,
        [((time(0), time(0)),), (), (), (), (), (), ((time(18), time(2)),)],  # Sunday's night runs into Monday
    ):
        with pytest.raises(ValueError, match="over each other"):
            OpeningHours(tuple(week), SHANGHAI)
    closed = frozenset(date(2026, 3, 1) + timedelta(days=n) for n in range(4000))
    with pytest.raises(OverflowError):
        OpeningHours(every_day(), SHANGHAI, closed).add_open_days(shanghai(10, 9), 1)
