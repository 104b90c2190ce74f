"""When the shop is open, and how much opening time lies between two moments."""

import re
from collections.abc import Iterable, Iterator
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


@dataclass(slots=True)
class WorkedOut:
    """Kept, because a clock of years is read again with every look at the board."""

    days: dict[date, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    wholes: dict[date, timedelta] = field(default_factory=dict)
    months: dict[date, tuple[timedelta, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The week, Monday first, in the shop's own time; a holiday is closed all day."""

    week: tuple[tuple[Span, ...], ...]
    zone: ZoneInfo
    holidays: frozenset[date] = field(default_factory=frozenset)
    _worked_out: WorkedOut = field(default_factory=WorkedOut, init=False, repr=False, compare=False)

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
        if day not in self._worked_out.days:
            self._worked_out.days[day] = self._spans(day)
        return self._worked_out.days[day]

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """A span that begins or ends in an hour the clocks skip never runs backwards, nor over the next one."""
        if day in self.holidays or not self._exists(day):
            return []
        found: list[tuple[datetime, datetime]] = []
        for start, end in sorted(self.week[day.weekday()]):
            opens, closes = self._utc(day, start), self._utc(_last_day(day, start, end), end)
            opens = max(opens, found[-1][1]) if found else opens
            if opens < closes:
                found.append((opens, closes))
        return found

    def _exists(self, day: date) -> bool:
        """Samoa has had no 30 December 2011."""
        return self.shop_day(self._utc(day, time(12))) == day

    def _utc(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    def shop_day(self, moment: datetime) -> date:
        """The calendar day of an aware moment in the shop's time zone."""
        return _aware(moment).astimezone(self.zone).date()

    def is_open(self, moment: datetime) -> bool:
        day = self.shop_day(moment)
        nights = (day - timedelta(days=1), day)
        return any(start <= moment < end for each in nights for start, end in self.spans(each))

    def next_opening(self, moment: datetime) -> tuple[datetime, datetime]:
        """From when to when (UTC) the shop is open now, or opens next. Raises as `add_open_time`."""
        first = self.shop_day(moment) - timedelta(days=1)
        ahead = (span for n in range(LONGEST_CLOSURE) for span in self.spans(first + timedelta(days=n)))
        found = next((span for span in ahead if span[1] > moment), None)
        if found is None:
            raise OverflowError("no opening in sight")
        return found

    @property
    def usual_day(self) -> timedelta:
        """How long the shop is open on a day, as most say it: the middle one of the weekdays it is open on."""
        lengths = sorted(sum(map(_length, spans), timedelta(0)) for spans in self.week if spans)
        return lengths[len(lengths) // 2]

    def open_between(self, start: datetime, end: datetime) -> timedelta:
        """Opening time from `start` to `end`; nothing when `end` comes first."""
        return self.between(start, end)[0]

    def open_days_between(self, start: datetime, end: datetime) -> Fraction:
        """Opening time counted in opening days: each open day counts 1 however long it is, a closed day nothing."""
        return self.between(start, end)[1]

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

    def between(self, start: datetime, end: datetime) -> tuple[timedelta, Fraction]:
        """Opening time and opening days between two moments; months that lie wholly between are added up once."""
        start, end = _aware(start).astimezone(UTC), _aware(end).astimezone(UTC)
        first, last = self.shop_day(start), self.shop_day(end)
        length, days, parts = timedelta(0), 0, dict[timedelta, timedelta]()
        day = first - timedelta(days=1)
        while day <= last:
            after = _next_month(day)
            if day.day == 1 and day > first and after < last:
                whole, count = self._month(day)
                length, days, day = length + whole, days + count, after
                continue
            for a, b, whole in self._day_parts(day, start, end):
                part = b - a
                length += part
                if part == whole:
                    days += 1
                else:
                    parts[whole] = parts.get(whole, timedelta(0)) + part
            day += timedelta(days=1)
        return length, sum((Fraction(_ticks(part), _ticks(whole)) for whole, part in parts.items()), Fraction(days))

    def _month(self, first: date) -> tuple[timedelta, int]:
        """The opening time and the opening days of the spans that begin in a month."""
        if first not in self._worked_out.months:
            days = (first + timedelta(days=n) for n in range((_next_month(first) - first).days))
            lengths = [self._whole(day) for day in days]
            self._worked_out.months[first] = sum(lengths, timedelta(0)), sum(map(bool, lengths))
        return self._worked_out.months[first]

    def _whole(self, day: date) -> timedelta:
        """The opening time of the spans that begin on a day."""
        known = self._worked_out.wholes
        if day not in known:
            known[day] = sum((b - a for a, b in self.spans(day)), timedelta(0))
        return known[day]

    def _day_parts(
        self, day: date, start: datetime, end: datetime | None
    ) -> Iterator[tuple[datetime, datetime, timedelta]]:
        spans, whole = self.spans(day), self._whole(day)
        for a, b in spans:
            a, b = max(a, start), b if end is None else min(b, end)
            if a < b:
                yield a, b, whole


def _last_day(day: date, start: time, end: time) -> date:
    return day if end > start else day + timedelta(days=1)


def _length(span: Span) -> timedelta:
    start, end = span
    return datetime.combine(_last_day(MONDAY, start, end), end) - datetime.combine(MONDAY, start)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _ticks(length: timedelta) -> int:
    return length // TICK


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment


def every_day(start: time = time(9), end: time = time(21)) -> tuple[tuple[Span, ...], ...]:
    """The same hours on all seven days; as shipped 9:00–21:00."""
    return (((start, end),),) * 7


_HOURS = re.compile(r"(\d{1,2}):(\d\d)-(\d{1,2}):(\d\d)")


def parse_hours(text: str) -> tuple[Span, ...]:
    """The spans of one weekday from the form settings keep: "09:00-12:30 14:00-21:00"; nothing: closed.

    Raises ValueError for anything else.
    """
    found = [_HOURS.fullmatch(part) for part in text.split()]
    spans = tuple((time(int(m[1]), int(m[2])), time(int(m[3]), int(m[4]))) for m in found if m)
    if len(spans) != len(found):
        raise ValueError(text)
    return spans


def written_hours(spans: Iterable[Span]) -> str:
    """What `parse_hours` reads."""
    return " ".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans)
