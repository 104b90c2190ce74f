"""Month ends, where points expire and tiers are looked at."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.months import month_end, month_ends, months_before, years_before

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(days, st.integers(-60, 60))
def test_a_month_end_is_followed_by_a_first(day: date, months: int) -> None:
    end = month_end(day, months)
    assert (end + timedelta(days=1)).day == 1
    assert end.year * 12 + end.month == day.year * 12 + day.month + months


def test_month_ends_between_two_days() -> None:
    assert list(month_ends(date(2023, 12, 31), date(2024, 2, 29))) == [
        date(2023, 12, 31),
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]
    assert list(month_ends(date(2024, 2, 1), date(2024, 2, 28))) == []


def test_going_back_keeps_the_day_where_the_month_has_it() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2025, 7, 4), 2) == date(2023, 7, 4)
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2024, 3, 15), 24) == date(2022, 3, 15)
