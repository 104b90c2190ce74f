"""Month ends: the days on which points expire and tiers are looked at again."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def month_end(day: date, months_on: int = 0) -> date:
    """The last day of the month that lies `months_on` months after that of `day` (may be negative)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months_on, 12)
    return date(years, month + 1, monthrange(years, month + 1)[1])


def month_ends(first: date, last: date) -> Iterator[date]:
    """Every month end from `first` to `last`, both included, oldest first."""
    end = month_end(first)
    while end <= last:
        yield end
        end = month_end(end + timedelta(days=1))


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier, or that month's last day where it is shorter."""
    end = month_end(day, -months)
    return end.replace(day=min(day.day, end.day))
