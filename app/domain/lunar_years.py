"""The lunar months and solar terms of one year of the sun, worked out once: doing so takes a hundredth of a second.

The library that knows them keeps only the last year it was asked about, and a page of the calendar at the turn of the
year asks about two in turn. Years 1900–2099.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class LunarMonth:
    """One month by the moon: 29 or 30 days from `first` on. `year` is the moon's own."""

    first: date
    year: int
    month: int
    leap: bool
    days: int


@dataclass(frozen=True, slots=True)
class LunarYear:
    """What a year of the sun sees: its months by the moon, of three years of the moon's own, and its solar terms."""

    months: tuple[LunarMonth, ...]
    terms: dict[date, int]
    """By the day on which each begins; 0 is the winter solstice."""

    def month_at(self, day: date) -> LunarMonth:
        """The month in which a day of this year lies."""
        return self.months[bisect_right(self.months, day, key=lambda month: month.first) - 1]


@lru_cache(maxsize=256)
def lunar_year(year: int) -> LunarYear:
    """The months and terms of a year of the sun."""
    from lunar_python import Lunar, Solar
    from lunar_python import LunarYear as Reckoned

    reckoned = Reckoned(year)
    months = tuple(
        LunarMonth(_noon(month.getFirstJulianDay()), month.getYear(), abs(month.getMonth()), month.isLeap(), days)
        for month in reckoned.getMonths()
        for days in (month.getDayCount(),)
    )
    begins = (Solar.fromJulianDay(moment) for moment in reckoned.getJieQiJulianDays())
    count = len(Lunar.JIE_QI)
    # The list begins with Major Snow of the year before, the last of the 24.
    terms = {date(day.getYear(), day.getMonth(), day.getDay()): (n - 1) % count for n, day in enumerate(begins)}
    return LunarYear(months, terms)


def months_of(year: int) -> dict[tuple[int, bool], LunarMonth]:
    """The months of a year of the moon by number, and whether it is the leap month of that number."""
    return {(month.month, month.leap): month for month in lunar_year(year).months if month.year == year}


def leap_month(year: int) -> int:
    """The month a year of the moon has twice; 0 for none."""
    return next((number for number, leap in months_of(year) if leap), 0)


def _noon(julian_day: float) -> date:
    """The day of a Julian day number that falls on noon."""
    return _EPOCH + timedelta(days=int(julian_day) - _EPOCH_JULIAN)


_EPOCH, _EPOCH_JULIAN = date(2000, 1, 1), 2_451_545
