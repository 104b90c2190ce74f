"""The days of the story: shop days, moments within opening hours, and who was at work."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

OPENS, HOURS = 9, 12
_HOUR_WEIGHTS = (2, 4, 5, 3, 3, 6, 7, 7, 5, 4, 3, 2)
"""For each opening hour, how many come in it."""


class Days:
    """`years` years up to the moment `until`, in the shop's time zone."""

    def __init__(self, until: datetime, years: int, zone: ZoneInfo, staff: list[int]) -> None:
        self.until, self._zone, self._staff = until, zone, staff
        self.last = self.day_of(until)
        self.first = self.last - timedelta(days=round(365.25 * years) - 1)
        self._midnights: dict[date, datetime] = {}

    @cached_property
    def opening_hours_passed(self) -> int:
        """How many opening hours of the last day lie before `until`."""
        return max(0, min(HOURS, self.until.astimezone(self._zone).hour - OPENS))

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def at(self, day: date, hours: float) -> datetime:
        """The moment `hours` after midnight of a shop day, in UTC."""
        midnight = self._midnights.get(day)
        if midnight is None:
            midnight = datetime.combine(day, time(), self._zone).astimezone(UTC)
            self._midnights[day] = midnight
        return midnight + timedelta(seconds=round(hours * 3600))

    def moment(self, day: date, rng: Random) -> datetime:
        """Some moment of opening time, on the last day none after `until`."""
        hours = self.opening_hours_passed if day == self.last else HOURS
        if hours == 0:
            return max(self.at(day, 0), self.until - timedelta(seconds=rng.randint(60, 3600)))
        hour = rng.choices(range(hours), _HOUR_WEIGHTS[:hours])[0]
        return self.at(day, OPENS + hour + rng.randrange(3600) / 3600)

    def staff(self, rng: Random) -> int:
        """Who was at the counter."""
        return rng.choice(self._staff)
