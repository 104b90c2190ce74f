"""What a day is called: festivals by moon and sun, solar terms, lunar days; and whose birthday it may be."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.birthdays import Birthday, born_to, is_kept, lunar_day, to_lunar
from app.domain.festivals import Festival, day_marks


@pytest.mark.parametrize(
    ("day", "festivals"),
    [
        (date(2024, 2, 10), (Festival.SPRING_FESTIVAL,)),
        (date(2024, 2, 9), (Festival.NEW_YEARS_EVE_LUNAR,)),
        (date(2025, 1, 28), (Festival.NEW_YEARS_EVE_LUNAR,)),
        (date(2024, 9, 17), (Festival.MID_AUTUMN,)),
        (date(2020, 10, 1), (Festival.MID_AUTUMN, Festival.NATIONAL)),
        (date(2024, 4, 4), (Festival.QINGMING,)),
        (date(2026, 12, 22), (Festival.WINTER_SOLSTICE,)),
        (date(2026, 11, 26), (Festival.THANKSGIVING,)),
        (date(2026, 5, 10), (Festival.MOTHER,)),
        (date(2026, 6, 21), (Festival.FATHER,)),
        (date(2020, 5, 27), ()),
    ],
)
def test_festivals_fall_on_their_days(day: date, festivals: tuple[Festival, ...]) -> None:
    """The last one is the fifth of a leap fourth month: no Dragon Boat."""
    assert day_marks(day).festivals == festivals


@pytest.mark.parametrize(
    ("day", "term", "written"),
    [
        (date(2024, 3, 20), 6, "十一"),
        (date(2026, 11, 22), 22, "十四"),
        (date(2024, 3, 10), None, "二月"),
        (date(2024, 3, 12), None, "初三"),
        (date(2020, 5, 23), None, "闰四月"),
    ],
)
def test_terms_and_lunar_days(day: date, term: int | None, written: str) -> None:
    marks = day_marks(day)
    assert (marks.term, lunar_day(marks.month, marks.day, marks.leap)) == (term, written)


def test_a_year_has_each_festival_once_and_24_terms() -> None:
    marks = [day_marks(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)]
    assert sorted(mark.term for mark in marks if mark.term is not None) == list(range(24))
    assert sorted(festival for mark in marks for festival in mark.festivals) == sorted(Festival)


@settings(max_examples=12)
@example(date(2020, 5, 23))
@example(date(2020, 4, 23))
@example(date(2025, 1, 28))
@example(date(2026, 2, 28))
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_birthdays_of_a_day_are_all_that_are_kept_on_it(day: date) -> None:
    """Asked the long way, of every birthday one could write near this day: the first of a leap month and of the month
    before it, the last day of a short year, the last of February."""
    _, month, number, _ = to_lunar(day)
    numbers = {max(1, number - 1), number, min(30, number + 1), 30}
    lunar = {Birthday(month, n, lunar=True, leap=leap) for n in numbers for leap in (False, True)}
    solar = {Birthday(2, 29), *(Birthday(near.month, near.day) for near in (day, day + timedelta(days=1)))}
    assert set(born_to(day)) == {written for written in lunar | solar if is_kept(written, day)}
