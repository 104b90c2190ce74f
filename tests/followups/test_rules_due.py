"""When a follow-up is due, and the squares of a month."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.followups import PURPOSE_OF, Due, FollowUpKind, by_bucket, due_bucket, month_weeks, week_end, week_start

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("due_on", "bucket"),
    [
        (date(2026, 11, 24), Due.OVERDUE),
        (date(2026, 11, 25), Due.TODAY),
        (date(2026, 11, 26), Due.THIS_WEEK),
        (date(2026, 11, 29), Due.THIS_WEEK),  # Sunday
        (date(2026, 11, 30), Due.LATER),
    ],
)
def test_buckets(due_on: date, bucket: Due) -> None:
    assert due_bucket(due_on, WEDNESDAY) is bucket


def test_on_the_last_day_of_the_week_tomorrow_is_later() -> None:
    assert due_bucket(date(2026, 11, 30), date(2026, 11, 29)) is Due.LATER
    assert due_bucket(date(2026, 11, 30), date(2026, 11, 29), first_weekday=6) is Due.THIS_WEEK


def test_every_part_of_the_list_is_counted_even_when_empty() -> None:
    counts = by_bucket([WEDNESDAY, WEDNESDAY, date(2020, 1, 1)], WEDNESDAY)
    assert counts == {Due.OVERDUE: 1, Due.TODAY: 2, Due.THIS_WEEK: 0, Due.LATER: 0}


def test_every_kind_has_a_purpose_to_start_with() -> None:
    assert PURPOSE_OF.keys() == set(FollowUpKind)


@given(st.integers(1950, 2150), st.integers(1, 12), st.integers(0, 6))
def test_a_month_is_six_whole_weeks_that_hold_it(year: int, month: int, first_weekday: int) -> None:
    weeks = month_weeks(year, month, first_weekday)
    days = [day for week in weeks for day in week]
    assert [len(week) for week in weeks] == [7] * 6
    assert days == [days[0] + timedelta(days=n) for n in range(42)]
    assert days[0].weekday() == first_weekday
    assert date(year, month, 1) in weeks[0]
    assert sum(day.month == month for day in days) >= 28
    assert days[-1].month != month


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(0, 6))
def test_a_day_lies_in_its_week(day: date, first_weekday: int) -> None:
    start, end = week_start(day, first_weekday), week_end(day, first_weekday)
    assert start <= day <= end
    assert (start.weekday(), (end - start).days) == (first_weekday, 6)
