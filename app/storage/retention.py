"""Which copies are worth keeping: all of two days, then twelve daily, ten weekly, nine monthly ones."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

GRACE = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9


def worth_keeping(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The moments whose copies stay. The newest always does; of each day, week and month the latest does."""
    ordered = sorted(moments, reverse=True)
    kept = {moment for moment in ordered if now - moment <= GRACE} | set(ordered[:1])
    for key, most in ((_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)):
        kept |= set(_latest_of_each(ordered, key)[:most])
    return kept


def _latest_of_each(ordered: list[datetime], key: Callable[[datetime], object]) -> list[datetime]:
    latest: dict[object, datetime] = {}
    for moment in ordered:
        latest.setdefault(key(moment), moment)
    return list(latest.values())


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
