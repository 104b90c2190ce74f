"""A series whose days are put elsewhere as a whole: the new rule, and where each of its days goes."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.recurrence import LAST, Pattern, Repeat, RuleUnmovable, Unit, days_of, first_day, pattern_of, rule_of

_SLACK = timedelta(days=13)
"""More than a day of a month lies from where a shift by days would put it (a week, for a weekday by its number), and
less than would let the one of the month before in."""
_FAR = timedelta(days=366 * 100)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Moved:
    """How a series comes from now on: its rule and end (`times` as it was), its first day, and old day → new day."""

    repeat: Repeat
    first: date
    days: dict[date, date]


def moved_days(repeat: Repeat, first: date, cut: date, old: date, new: date, last: date) -> Moved:
    """Move the days of a rule from `cut` on so that the `old` one lies on `new`; each keeps its place among them.

    `first` is the DTSTART of the rule, `last` the last day of interest. A last day moves only where it would cut one
    off or let one more in. Raises RuleUnmovable.
    """
    rule = moved(repeat.rule, first, old, new)
    olds = [day for day in days_of(repeat, first, max(last, repeat.until or last)) if day >= cut]
    begin = olds[0] if olds else old
    start = new if begin == old else begin + (new - old) - _slack(rule, new)
    start = first_day(rule, start)
    news = days_of(Repeat(rule), start, max(start, new, last, repeat.until or last) + _FAR)
    days = dict(zip(olds, news, strict=False))
    until = repeat.until
    if until is not None and days:
        end = days[olds[-1]]
        until = until if end <= until < next(news, until) else end
    return Moved(replace(repeat, rule=rule, until=until), start, days)


def _slack(rule: str, new: date) -> timedelta:
    pattern = pattern_of(rule, new)
    by_months = pattern is not None and pattern.unit in (Unit.MONTH, Unit.YEAR)
    return _SLACK if by_months else timedelta()


def moved(rule: str, first: date, old: date, new: date) -> str:
    """The rule of a series whose `old` day is put on `new`: each other day goes along.

    Weekdays go on by as many days; the day of a month or year, or its weekday, becomes that of `new`. Raises
    RuleUnmovable.
    """
    pattern = pattern_of(rule, first)
    if pattern is None:
        raise RuleUnmovable(rule=rule)
    if pattern.unit is Unit.DAY:
        return rule
    if pattern.unit is Unit.WEEK:
        return rule_of(_turned(pattern, (new - old).days, rule))
    return rule_of(anchored(pattern, new))


def _turned(pattern: Pattern, step: int, rule: str) -> Pattern:
    """Of every second week, the days must stay in one week together: else one of them would come a week off."""
    weeks = {(day + step) // _WEEK for day in pattern.weekdays}
    if pattern.every > 1 and len(weeks) > 1:
        raise RuleUnmovable(rule=rule)
    return replace(pattern, weekdays=tuple(sorted((day + step) % _WEEK for day in pattern.weekdays)))


def anchored(pattern: Pattern, day: date) -> Pattern:
    """A pattern of months or years whose days are like `day`."""
    month = day.month if pattern.unit is Unit.YEAR else None
    last = monthrange(day.year, day.month)[1] == day.day
    if pattern.nth is not None:
        nth = LAST if pattern.nth == LAST and day.day > _last_week(day) else min((day.day - 1) // _WEEK + 1, 5)
        return replace(pattern, weekdays=(day.weekday(),), nth=LAST if nth == 5 else nth)
    number = LAST if pattern.day == LAST and last else day.day
    return replace(pattern, day=number, month=month)


def _last_week(day: date) -> int:
    """The day of the month after which each weekday comes no more."""
    return monthrange(day.year, day.month)[1] - _WEEK
