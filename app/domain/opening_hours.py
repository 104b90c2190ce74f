"""When the shop is open, and how much opening time lies between two moments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

Span = tuple[time, time]
"""Open from, until. An end at or before the start is on the next day: (18:00, 02:00) is a bar, (0:00, 0:00) all day."""

TICK = timedelta(microseconds=1)
MONDAY = date(2001, 1, 1)
LONGEST_CLOSURE = 3660
"""Days to look ahead for an opening before giving up."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The week, Monday first, in the shop's own time; a holiday is closed all day."""

    week: tuple[tuple[Span, ...], ...]
    zone: ZoneInfo
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if len(self.week) != 7 or not any(self.week):
            raise ValueError("seven weekdays, at least one of them open")
        if self._overlap():
            raise ValueError("opening spans lie over each other")

    def _overlap(self) -> bool:
        """Whether a span begins before the one ahead of it has ended, Sunday's last before Monday's first included."""
        spans = sorted(
            (datetime.combine(day, start), datetime.combine(_last_day(day, start, end), end))
            for day, spans in zip((MONDAY + timedelta(days=n) for n in range(7)), self.week, strict=True)
            for start, end in spans
        )
        spans.append((spans[0][0] + timedelta(days=7), spans[0][1] + timedelta(days=7)))
        return any(second[0] < first[1] for first, second in pairwise(spans))

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The opening spans that begin on `day`, in UTC: a night on which the clocks change is as long as it was."""
        if day in self.holidays:
            return []
        return [self._moments(day, *span) for span in self.week[day.weekday()]]

    def _moments(self, day: date, start: time, end: time) -> tuple[datetime, datetime]:
        return self._utc(day, start), self._utc(_last_day(day, start, end), end)

    def _utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def shop_day(self, moment: datetime) -> date:
        """The calendar day of an aware moment in the shop's time zone."""
        return _aware(moment).astimezone(self.zone).date()

    def is_open(self, moment: datetime) -> bool:
        day = self.shop_day(moment)
        nights = (day - timedelta(days=1), day)
        return any(start <= moment < end for each in nights for start, end in self.spans(each))

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Opening time from `start` to `end`; nothing when `end` comes first."""
        return sum((b - a for a, b, _ in self._parts(start, end)), timedelta(0))

    def open_days_between(self, start: datetime, end: datetime) -> Fraction:
        """Opening time counted in opening days: each open day counts 1 however long it is, a closed day nothing."""
        parts = self._parts(start, end)
        return sum((Fraction(_ticks(b - a), _ticks(whole)) for a, b, whole in parts), Fraction(0))

    def add_open_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment (UTC) at which `amount` of opening time since `start` has passed.

        Raises OverflowError when the shop does not open for ten years.
        """
        return self._advance(start, Fraction(_ticks(amount)), by_day=False)

    def add_open_days(self, start: datetime, days: Fraction | int) -> datetime:
        """The moment (UTC) at which `days` opening days since `start` have passed; raises as `add_open_time`."""
        return self._advance(start, Fraction(days), by_day=True)

    def _advance(self, start: datetime, left: Fraction, *, by_day: bool) -> datetime:
        moment = _aware(start).astimezone(UTC)
        if left <= 0:
            return moment
        for a, b, whole in self._ahead(moment):
            unit = _ticks(whole) if by_day else 1
            holds = Fraction(_ticks(b - a), unit)
            if holds >= left:
                return a + TICK * round(left * unit)
            left -= holds
        raise OverflowError("no opening in sight")

    def _ahead(self, moment: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
        """The rest of each opening span from `moment` on, with the opening time of its whole day."""
        first = self.shop_day(moment) - timedelta(days=1)
        for offset in range(LONGEST_CLOSURE):
            yield from self._day_parts(first + timedelta(days=offset), moment, None)

    def _parts(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
        start, end = _aware(start).astimezone(UTC), _aware(end).astimezone(UTC)
        day, last = self.shop_day(start) - timedelta(days=1), self.shop_day(end)
        while day <= last:
            yield from self._day_parts(day, start, end)
            day += timedelta(days=1)

    def _day_parts(
        self, day: date, start: datetime, end: datetime | None
    ) -> Iterator[tuple[datetime, datetime, timedelta]]:
        spans = self.spans(day)
        whole = sum((b - a for a, b in spans), timedelta(0))
        for a, b in spans:
            a, b = max(a, start), b if end is None else min(b, end)
            if a < b:
                yield a, b, whole


def _last_day(day: date, start: time, end: time) -> date:
    return day if end > start else day + timedelta(days=1)


def _ticks(length: timedelta) -> int:
    return length // TICK


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def every_day(start: time = time(9), end: time = time(21)) -> tuple[tuple[Span, ...], ...]:
    """The same hours on all seven days; as shipped 9:00–21:00."""
    return (((start, end),),) * 7
