"""Birthdays come round by the sun and by the moon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.birthdays import (
    Birthday,
    NoSuchBirthday,
    age_on,
    in_year,
    next_date,
    to_lunar,
)


def test_by_the_sun() -> None:
    spring = Birthday(3, 2, 1985)
    assert next_date(spring, date(2024, 3, 2)) == date(2024, 3, 2)
    assert next_date(spring, date(2024, 3, 3)) == date(2025, 3, 2)
    assert next_date(spring, date(2024, 3, 1)) == date(2024, 3, 2)
    assert (age_on(spring, date(2024, 3, 1)), age_on(spring, date(2024, 3, 2))) == (38, 39)
    assert age_on(Birthday(3, 2), date(2024, 3, 2)) is None


def test_the_29th_of_february_is_the_28th_in_common_years() -> None:
    rare = Birthday(2, 29, 1996)
    assert [in_year(rare, year) for year in (2023, 2024)] == [date(2023, 2, 28), date(2024, 2, 29)]
    assert next_date(rare, date(2023, 2, 28)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("year", "month", "day", "solar"),
    [
        (2024, 1, 1, date(2024, 2, 10)),
        (2024, 8, 15, date(2024, 9, 17)),
        (2025, 1, 1, date(2025, 1, 29)),
        (2025, 5, 5, date(2025, 5, 31)),
        (2023, 8, 15, date(2023, 9, 29)),
        (2033, 8, 15, date(2033, 9, 8)),
    ],
)
def test_by_the_moon(year: int, month: int, day: int, solar: date) -> None:
    birthday = Birthday(month, day, lunar=True)
    assert in_year(birthday, year) == solar
    assert to_lunar(solar) == (year, month, day, False)
    assert next_date(birthday, solar) == solar
    assert next_date(birthday, solar + timedelta(days=1)) == in_year(birthday, year + 1)


def test_the_30th_of_the_twelfth_is_the_last_day_of_a_short_month() -> None:
    eve = Birthday(12, 30, lunar=True)
    for year in (2024, 2025, 2026, 2027, 2028, 2030, 2031, 2038, 2039, 2040):
        assert to_lunar(in_year(eve, year))[1:3] == (12, 29)
        assert to_lunar(in_year(eve, year) + timedelta(days=1))[1:3] == (1, 1)
    assert to_lunar(in_year(eve, 2023))[1:3] == (12, 30)


def test_a_leap_month_only_where_there_is_one() -> None:
    leap = Birthday(4, 1, 2001, lunar=True, leap=True)
    assert in_year(leap, 2020) == date(2020, 5, 23)
    assert to_lunar(date(2020, 5, 23)) == (2020, 4, 1, True)
    assert in_year(leap, 2021) == in_year(Birthday(4, 1, lunar=True), 2021) == date(2021, 5, 12)


@given(st.dates(date(1901, 3, 1), date(2098, 12, 31)))
def test_every_day_is_its_own_lunar_birthday(day: date) -> None:
    year, month, number, leap = to_lunar(day)
    birthday = Birthday(month, number, lunar=True, leap=leap)
    assert in_year(birthday, year) == day
    assert next_date(birthday, day) == day


@given(st.integers(1, 12), st.integers(1, 30), st.booleans(), st.dates(date(1902, 1, 1), date(2096, 12, 31)))
def test_the_next_one_is_never_far(month: int, day: int, leap: bool, today: date) -> None:
    ahead = next_date(Birthday(month, day, lunar=True, leap=leap), today) - today
    assert timedelta(0) <= ahead <= timedelta(days=390)


@pytest.mark.parametrize("wrong", [(0, 1), (13, 1), (4, 31), (2, 30), (1, 0)])
def test_days_that_no_calendar_has(wrong: tuple[int, int]) -> None:
    with pytest.raises(NoSuchBirthday):
        Birthday(*wrong)
    with pytest.raises(NoSuchBirthday):
        Birthday(1, 31, lunar=True)
    with pytest.raises(NoSuchBirthday):
        Birthday(2, 29, 2023)
    with pytest.raises(NoSuchBirthday):
        Birthday(1, 1, leap=True)
