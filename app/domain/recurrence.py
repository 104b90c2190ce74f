"""What comes again and again: by a rule of the calendar (RFC 5545), or so many days after it was done.

Days are plain dates, so that no change of the clocks moves one.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice

from app.domain.errors import ShopError

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""In the order of `date.weekday()`."""
LAST = -1
"""The last day of a month, or the last of a weekday in it."""
_SHORTEST = 28
_WITHIN_A_DAY = ("HOURLY", "MINUTELY", "SECONDLY")
_OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_UNREADABLE = (
    ValueError,
    TypeError,
    OverflowError,
    ZeroDivisionError,
    AttributeError,
    KeyError,
    IndexError,
)
"""What the library raises for rules that are none."""
_AHEAD = timedelta(days=400)
_BEHIND = timedelta(days=400)
_LOOKED_THROUGH = timedelta(days=366 * 40)
"""How far the next day is looked for: 29 February as a Monday comes every 28 years."""


class RuleUnreadable(ShopError):
    """A rule that is none of RFC 5545, or of which no day ever comes."""


class RuleUnmovable(ShopError):
    """A rule too much of its own to be moved as a whole."""


class Scope(StrEnum):
    """How many of a series an act is about."""

    THIS = "this"
    LATER = "later"
    """This one and all that come after it."""
    ALL = "all"


class Unit(StrEnum):
    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"
    YEAR = "YEARLY"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule a person can say: every so many days, weeks (on these weekdays), months or years.

    A month has either `day` (1 to 31, or LAST), which a shorter month keeps on its last day, or the `nth` (1 to 4, or
    LAST) of the one weekday. A year has `month` and `day`; 29 February is the 28th in common years.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int | None = None
    nth: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How something comes again: by `rule` (RRULE without COUNT and UNTIL) or `after_done` days, and how it ends."""

    rule: str = ""
    after_done: int | None = None
    until: date | None = None
    """The last day there can be one."""
    times: int | None = None
    """How many there are in all."""


def rule_of(pattern: Pattern) -> str:
    """The RRULE of a pattern, clipped in the form on which every reader of a calendar agrees (semantics.md)."""
    parts = [f"FREQ={pattern.unit}"]
    if pattern.every > 1:
        parts.append(f"INTERVAL={pattern.every}")
    if pattern.unit is Unit.YEAR:
        parts.append(f"BYMONTH={pattern.month}")
    if pattern.nth is not None:
        parts.append(f"BYDAY={pattern.nth}{WEEKDAYS[pattern.weekdays[0]]}")
    elif pattern.weekdays:
        parts.append("BYDAY=" + ",".join(WEEKDAYS[day] for day in sorted(pattern.weekdays)))
    if pattern.day is not None:
        parts.append(_on_day(pattern.day, _shortest(pattern.month)))
    return ";".join(parts)


def _shortest(month: int | None) -> int:
    """The fewest days a month has, or any month."""
    return _SHORTEST if month is None else monthrange(2023, month)[1]


def _on_day(day: int, shortest: int) -> str:
    if day <= shortest:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(map(str, range(shortest, day + 1)))};BYSETPOS=-1"


def pattern_of(rule: str, first: date) -> Pattern | None:
    """How a person would say a rule that begins on `first`; None for one that cannot be said so."""
    parts = _parts(rule)
    try:
        unit, every = Unit(parts.pop("FREQ", "")), int(parts.pop("INTERVAL", "1"))
    except ValueError:
        return None
    parts.pop("WKST", None)
    said = Pattern(unit, every)
    if unit is Unit.DAY:
        found: Pattern | None = said
    else:
        found = _weekly(said, parts, first) if unit is Unit.WEEK else _monthly(said, parts, first)
    return found if found is not None and _same(rule, rule_of(found), first) else None


def _weekly(said: Pattern, parts: dict[str, str], first: date) -> Pattern | None:
    days = parts.get("BYDAY", WEEKDAYS[first.weekday()]).split(",")
    if not set(days) <= set(WEEKDAYS):
        return None
    return replace(said, weekdays=tuple(sorted(WEEKDAYS.index(day) for day in days)))


def _monthly(said: Pattern, parts: dict[str, str], first: date) -> Pattern | None:
    """A day of the month or of the year, or a weekday of the month by its number."""
    if said.unit is Unit.YEAR:
        month = parts.get("BYMONTH", str(first.month))
        if not month.isdecimal():
            return None
        said = replace(said, month=int(month))
    if "BYDAY" in parts:
        nth, day = parts["BYDAY"][:-2], parts["BYDAY"][-2:]
        if said.unit is Unit.YEAR or day not in WEEKDAYS or nth not in ("1", "2", "3", "4", "-1"):
            return None
        return replace(said, weekdays=(WEEKDAYS.index(day),), nth=int(nth))
    days = parts.get("BYMONTHDAY", str(first.day)).split(",")
    return replace(said, day=int(days[-1])) if days[-1].lstrip("-").isdecimal() else None


def _same(one: str, other: str, first: date) -> bool:
    """Whether two rules give the same days: their first twelve within 60 years."""
    last = first + timedelta(days=366 * 60)
    try:
        return _head(one, first, last) == _head(other, first, last)
    except RuleUnreadable:
        return False


def _head(rule: str, first: date, last: date) -> list[date]:
    days = days_of(Repeat(rule), first, last)
    return [day for day, _ in zip(days, range(12), strict=False)]


def days_of(repeat: Repeat, first: date, last: date) -> Iterator[date]:
    """Every day of a rule from `first` (its DTSTART) to `last`, both included. Raises RuleUnreadable."""
    end = min(last, repeat.until or last)
    start, stop = datetime.combine(first, time()), datetime.combine(end, time())
    for number, moment in enumerate(moments_of(repeat.rule, start, stop)):
        if repeat.times is not None and number >= repeat.times:
            return
        yield moment.date()


def moments_of(rule: str, start: datetime, stop: datetime | None = None) -> Iterator[datetime]:
    """Every moment of an RRULE from `start` on, at most to `stop`, by the clock on the wall. Raises RuleUnreadable."""
    from dateutil.rrule import rrulestr

    try:
        found = rrulestr(rule, dtstart=start, ignoretz=True)
        yield from found if stop is None else found.replace(until=stop, count=None)
    except _UNREADABLE as error:
        raise RuleUnreadable(rule=rule) from error


def read_rule(written: str, start: datetime | date) -> Repeat:
    """The rule of a calendar as one by days, which is what a follow-up has; UNTIL and COUNT become its end.

    What comes several times a day comes once on each of those days. `start` is DTSTART, in its own zone where it has
    one: UNTIL is a moment. Raises RuleUnreadable.
    """
    parts = _parts(written)
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    several = parts["FREQ"] in _WITHIN_A_DAY if "FREQ" in parts else False
    several = several or any("," in parts.get(name, "") for name in _OF_A_DAY)
    if several and "BYSETPOS" in parts:
        raise RuleUnreadable(rule=written)  # it counts hours, of which a day knows nothing
    try:
        last = _last_day(until, start) if until else None
        times = int(count) if count else None
    except ValueError as error:
        raise RuleUnreadable(rule=written) from error
    if several and times is not None:
        bare = ";".join(f"{name}={value}" for name, value in parts.items())
        *_, end = islice(moments_of(bare, _wall(start)), times)
        last, times = end.date(), None
    if parts.get("FREQ") in _WITHIN_A_DAY:
        parts = {"FREQ": "DAILY"} | {k: v for k, v in parts.items() if k not in ("FREQ", "INTERVAL")}
    kept = [f"{name}={value}" for name, value in parts.items() if name not in _OF_A_DAY]
    repeat = Repeat(";".join(kept), until=last, times=times)
    first = _wall(start).date()
    if next(days_of(repeat, first, first + _LOOKED_THROUGH), None) is None:
        raise RuleUnreadable(rule=written)
    return repeat


def _last_day(until: str, start: datetime | date) -> date:
    """The last day on which something that begins at the hour of `start` is not after UNTIL."""
    day = datetime.strptime(until[:8], "%Y%m%d").date()
    if "T" not in until or not isinstance(start, datetime):
        return day
    moment = datetime.strptime(until[:15], "%Y%m%dT%H%M%S")
    if until.endswith("Z") and start.tzinfo is not None:
        moment = moment.replace(tzinfo=UTC).astimezone(start.tzinfo)
    return moment.date() if moment.time() >= start.time() else moment.date() - timedelta(days=1)


def _wall(start: datetime | date) -> datetime:
    """The clock on the wall, in whichever zone."""
    return start.replace(tzinfo=None) if isinstance(start, datetime) else datetime.combine(start, time())


def first_day(rule: str, start: date) -> date:
    """The first day of a rule that is not before `start`. Raises RuleUnreadable where none ever comes.

    Of "every two weeks on Monday" it is the very next Monday: the weeks are counted from there.
    """
    every = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL="))
    found = next(days_of(Repeat(every), start, start + _LOOKED_THROUGH), None)
    if found is None:
        raise RuleUnreadable(rule=rule)
    return found


def written_days(repeat: Repeat, first: date, since: date, today: date) -> list[date]:
    """The days of a rule that stand in the calendar today: about 400 days ahead, and always the next one.

    None lies before `since`, nor more than 400 days back: a program that was closed for years brings no heap of work.
    """
    begin, horizon = max(since, today - _BEHIND), today + _AHEAD
    found: list[date] = []
    for day in days_of(repeat, first, today + _LOOKED_THROUGH):
        if day > horizon and found and found[-1] > today:
            break
        if day >= begin:
            found.append(day)
        if day > horizon:
            break
    return found


def place_of(repeat: Repeat, first: date, day: date) -> int:
    """How many days of a rule lie before `day`."""
    return sum(1 for _ in days_of(replace(repeat, until=None), first, day - timedelta(days=1)))


def _parts(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.removeprefix("RRULE:").upper().split(";") if "=" in part)
