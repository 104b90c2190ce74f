"""Birthdays by the sun or the moon, with or without a year, and how lunar days are written."""

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.domain.lunar_years import leap_month, lunar_year, months_of

_SOLAR_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
LUNAR_YEARS = range(1900, 2100)


class NoSuchBirthday(ValueError):
    """A month or day that no calendar has."""


@dataclass(frozen=True)
class Birthday:
    """A birthday as it is kept: (lunar?, month, day, leap month?, year or None). The year is that calendar's own.

    Raises NoSuchBirthday: month 1–12; day by the longest such month (29 February; 30 for every lunar month).
    """

    month: int
    day: int
    year: int | None = None
    lunar: bool = False
    leap: bool = False

    def __post_init__(self) -> None:
        longest = 30 if self.lunar else _SOLAR_DAYS[self.month - 1] if 1 <= self.month <= 12 else 0
        if not (1 <= self.month <= 12 and 1 <= self.day <= longest) or (self.leap and not self.lunar):
            raise NoSuchBirthday(self.month, self.day)
        if self.year is not None and not self.lunar and self.month == 2 and self.day == 29 and not isleap(self.year):
            raise NoSuchBirthday(self.month, self.day)


def code(birthday: Birthday) -> int:
    """A birthday as it is written, without its year, as one number: 1225 for 25 December; by the moon above 10,000."""
    day = birthday.month * 100 + birthday.day
    return day + 10_000 * birthday.lunar + 20_000 * birthday.leap


def in_year(birthday: Birthday, year: int) -> date:
    """The solar date on which it is kept in a year (of its own calendar).

    29 February is the 28th in common years; the 30th of a lunar month that has 29 days is its last day; a leap-month
    birthday falls into the plain month where the year has no such leap month. Lunar years 1900–2099.
    """
    if not birthday.lunar:
        last = 28 if birthday.month == 2 and not isleap(year) else birthday.day
        return date(year, birthday.month, min(birthday.day, last))
    return _lunar_to_solar(year, birthday.month, birthday.day, birthday.leap)


def next_date(birthday: Birthday, today: date) -> date:
    """The first day it is kept, today included."""
    years = range(today.year - 1, today.year + 3)
    return next(found for year in years if (found := in_year(birthday, year)) >= today)


def nearest_date(birthday: Birthday, day: date) -> date:
    """The day it is kept that lies closest to `day`, before or after; of two as close the later."""
    kept = [in_year(birthday, year) for year in range(day.year - 1, day.year + 2)]
    return min(reversed(kept), key=lambda on: abs(on - day))


def is_kept(birthday: Birthday, on: date) -> bool:
    """Whether it is kept on this very day."""
    return any(in_year(birthday, year) == on for year in _years_kept(birthday, on))


def is_kept_in_month(birthday: Birthday, of: date) -> bool:
    """Whether it is kept on some day of the month of `of`; by the moon that may be another month each year."""
    kept = (in_year(birthday, year) for year in _years_kept(birthday, of))
    return any((day.year, day.month) == (of.year, of.month) for day in kept)


def _years_kept(birthday: Birthday, day: date) -> tuple[int, ...]:
    """The years of its own calendar that may reach `day`."""
    return (day.year - 1, day.year) if birthday.lunar else (day.year,)


def age_on(birthday: Birthday, day: date) -> int | None:
    """Whole years since birth on a day, by its own calendar; None without a year."""
    if birthday.year is None:
        return None
    year = day.year if not birthday.lunar else to_lunar(day)[0]
    return year - birthday.year - (in_year(birthday, year) > day)


def _lunar_to_solar(year: int, month: int, day: int, leap: bool) -> date:
    months = months_of(year)
    found = months.get((month, leap)) or months[month, False]
    return found.first + timedelta(days=min(day, found.days) - 1)


def to_lunar(day: date) -> tuple[int, int, int, bool]:
    """Lunar year, month, day, and whether the month is a leap month."""
    month = lunar_year(day.year).month_at(day)
    return month.year, month.month, (day - month.first).days + 1, month.leap


def lunar_date(month: int, day: int, leap: bool = False) -> str:
    """A lunar month and day as Chinese writes them: 十月十五, 闰四月初三."""
    from lunar_python.util import LunarUtil

    return f"{'闰' if leap else ''}{LunarUtil.MONTH[month]}月{LunarUtil.DAY[day]}"


def lunar_day(month: int, day: int, leap: bool = False) -> str:
    """A lunar day as Chinese calendars print it: the day, and on the first of a month that month."""
    from lunar_python.util import LunarUtil

    return f"{'闰' if leap else ''}{LunarUtil.MONTH[month]}月" if day == 1 else str(LunarUtil.DAY[day])


@lru_cache(maxsize=1024)
def born_to(day: date) -> tuple[Birthday, ...]:
    """Every birthday, as it is written and without its year, that is kept on `day`."""
    solar = [Birthday(day.month, day.day)]
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        solar.append(Birthday(2, 29))
    year, month, number, leap = to_lunar(day)
    is_last = to_lunar(day + timedelta(days=1))[2] == 1
    numbers = (number, 30) if is_last and number == 29 else (number,)
    leaps = (True,) if leap else (False,) if leap_month(year) == month else (False, True)
    return (*solar, *(Birthday(month, n, lunar=True, leap=each) for n in numbers for each in leaps))
