"""How the rest of a series goes on once it was changed: which follow-ups go along, and to which days.

Where the days stay or move as a whole, each follow-up goes along and keeps what was changed on it alone; what was done
and what was taken out is not written again. Another rule writes anew what is still to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.recurrence import Repeat, RuleUnreadable, days_of, first_day, place_of
from app.domain.recurrence_moved import moved_days
from app.models.followup_series import FollowUpGap, FollowUpSeries
from app.models.followups import FollowUp
from app.services.followups.series import SAID, columns_of, days_there, gaps_from, repeat_of, shop_day, write_due
from app.services.followups.writing import say

_ONE_DAY = timedelta(days=1)
_LOOKED_THROUGH = timedelta(days=366 * 40)


@dataclass(frozen=True, slots=True)
class Rest:
    """The part of a series an act is about: its follow-ups from `cut` on, with the chosen one among them."""

    series: FollowUpSeries
    cut: date
    later: Sequence[FollowUp]
    chosen: FollowUp
    whole: bool
    """No follow-up of it comes before."""

    @property
    def day(self) -> date:
        """The day of the series for which the chosen one stands."""
        assert self.chosen.occurs_on is not None
        return self.chosen.occurs_on


@dataclass(frozen=True, slots=True)
class _Course:
    """How the rest comes from now on."""

    repeat: Repeat
    first: date
    since: date
    days: Mapping[date, date] = field(default_factory=dict)
    """Of a rule: each of its old days from the cut on, and where it goes."""
    step: timedelta = timedelta()
    """By how much goes what does not lie on a day of the rule."""


def reschedule(
    session: Session, rest: Rest, said: dict[str, Any], repeat: Repeat | None, day: date | None, at: datetime
) -> int:
    """As `scopes.change_series`."""
    old = repeat_of(rest.series)
    wanted = repeat or old
    own = rest.chosen.id
    if wanted.rule == old.rule:
        series = _carry(session, rest, _course(session, rest, wanted, day), said, day)
    else:
        series = _write_anew(session, rest, said, wanted, day)
    session.flush()
    write_due(session, series, shop_day(session, at))
    of_it = select(FollowUp.id).where(FollowUp.series_id == series.id, FollowUp.done_at.is_(None))
    found = session.scalars(of_it.order_by(FollowUp.id != own, FollowUp.occurs_on)).first()
    if found is None:
        raise RuleUnreadable(rule=wanted.rule)
    return found


def _course(session: Session, rest: Rest, wanted: Repeat, day: date | None) -> _Course:
    """The rule is the old one; it may end elsewhere, and the chosen one may go to `day` and take the others along."""
    series, cut = rest.series, rest.cut
    old = repeat_of(series)
    if not old.rule:
        first = series.first_on if rest.whole else cut
        days = {rest.day: day or rest.day}
        repeat = wanted if rest.whole else replace(wanted, times=_left(session, rest, wanted))
        return _Course(repeat, days.get(first, first), series.since, days)
    last = max(one for one in (*_days_from(session, rest), cut))
    if day is not None and day != rest.day:
        moved = moved_days(old, series.first_on, cut, rest.day, day, last)
        until = moved.repeat.until if wanted.until == old.until else wanted.until
        repeat = Repeat(moved.repeat.rule, None, until, _left(session, rest, wanted))
        return _Course(repeat, moved.first, moved.first, moved.days, day - rest.day)
    days = {one: one for one in days_of(Repeat(old.rule), series.first_on, last) if one >= cut}
    if rest.whole:
        began = place_of(old, series.first_on, cut) if old.times is None and wanted.times is not None else 0
        times = None if wanted.times is None else began + wanted.times
        return _Course(replace(wanted, times=times), series.first_on, series.since, days)
    ahead = (one for one in days_of(old, series.first_on, cut + _LOOKED_THROUGH) if one >= cut)
    first = next(ahead, cut)
    repeat = replace(wanted, times=_left(session, rest, wanted))
    return _Course(repeat, first, max(first, series.since), days)


def _carry(session: Session, rest: Rest, course: _Course, said: dict[str, Any], day: date | None) -> FollowUpSeries:
    """Each follow-up goes along, unless the series ends before it; what it alone says stays."""
    goes = _Goes(course, _days_from(session, rest))
    before = {name: getattr(rest.series, name) for name in said}
    along = [(one, to) for one in rest.later if one.occurs_on and (to := goes.to(one.occurs_on))]
    staying = {one.id for one, _ in along}
    let_go(session, [one for one in rest.later if one.id not in staying])
    for one, to in along:
        if rest.whole and one.occurs_on != to:
            one.series_id = None
    gaps = [(gap, goes.to(gap.occurs_on)) for gap in gaps_from(session, rest.series, rest.cut)]
    changed = [(gap, to) for gap, to in gaps if not rest.whole or to != gap.occurs_on]
    early = [gap for gap in gaps_from(session, rest.series) if gap.occurs_on < rest.cut]
    for out in [gap for gap, _ in changed] + (early if rest.whole and course.step else []):
        session.delete(out)  # one taken out before the first would hide a day that is moved there
    session.flush()  # a day that is left is free for another
    series = _begun(session, rest, course.repeat, course.first, course.since, said)
    session.add_all(FollowUpGap(series_id=series.id, occurs_on=to) for _, to in changed if to is not None)
    for one, to in along:
        own = one.id == rest.chosen.id
        due = to if one.due_on == one.occurs_on and one.done_at is None else one.due_on
        say(one, {"due_on": day if own and day is not None else due, "series_id": series.id, "occurs_on": to})
        if one.done_at is None:
            say(one, said if own else {name: v for name, v in said.items() if getattr(one, name) == before[name]})
    return series


class _Goes:
    """Where each day of the rest goes."""

    def __init__(self, course: _Course, days: Sequence[date]) -> None:
        self._course = course
        self._until = course.repeat.until
        last = max([*course.days.values(), *days], default=course.first)
        there = days_of(course.repeat, course.first, last) if course.repeat.rule else course.days.values()
        self._there = set(there)

    def to(self, day: date) -> date | None:
        """None where it comes no more: the series ends before it, or another lies there already."""
        if day in self._course.days:
            ruled = self._course.days[day]
            return ruled if ruled in self._there else None
        new = day + self._course.step
        over = bool(self._course.repeat.rule) and self._until is not None and new > self._until
        return None if over or new in self._there else new


def _write_anew(session: Session, rest: Rest, said: dict[str, Any], wanted: Repeat, day: date | None) -> FollowUpSeries:
    """By another rule: what is to do goes and is written again; what was done counts where its day is one of it."""
    repeat = replace(wanted, times=_left(session, rest, wanted))
    start = day or rest.cut if rest.day == rest.cut else rest.cut
    first = first_day(repeat.rule, start) if repeat.rule else start
    last = max(one for one in (*_days_from(session, rest), first))
    there = set(days_of(repeat, first, last)) if repeat.rule else set()
    done = [one for one in rest.later if one.done_at is not None and one.occurs_on in there]
    let_go(session, [one for one in rest.later if one not in done])
    for gap in gaps_from(session, rest.series, date.min if rest.whole else rest.cut):
        session.delete(gap)
    session.flush()
    series = _begun(session, rest, repeat, first, first, said)
    for one in done:
        one.series_id = series.id
    return series


def _begun(
    session: Session, rest: Rest, repeat: Repeat, first: date, since: date, said: dict[str, Any]
) -> FollowUpSeries:
    """The series of the rest: the same where nothing of it comes before, else another, and the old one ends."""
    if repeat.until is not None and repeat.rule and repeat.until < first:
        raise RuleUnreadable(rule=repeat.rule)
    how = {**columns_of(repeat), "first_on": first, "since": since}
    if rest.whole:
        say(rest.series, how | said)
        return rest.series
    kept = {name: getattr(rest.series, name) for name in SAID}
    row = FollowUpSeries(created_at=rest.series.created_at, **how, **(kept | said))
    session.add(row)
    session.flush()
    rest.series.until_on = rest.cut - _ONE_DAY
    return row


def let_go(session: Session, rows: Sequence[FollowUp]) -> None:
    """Of days that come no more: what is to do goes, what was done stands alone."""
    for one in rows:
        if one.done_at is None:
            session.delete(one)
        else:
            one.series_id = one.occurs_on = None


def _left(session: Session, rest: Rest, wanted: Repeat) -> int | None:
    """How many come from the cut on: of a counted series `wanted` says how many there are in all."""
    old = repeat_of(rest.series)
    if wanted.times is None or old.times is None:
        return wanted.times
    if old.rule:
        return max(1, wanted.times - place_of(old, rest.series.first_on, rest.cut))
    there = days_there(session, [rest.series.id])[rest.series.id]
    return max(1, wanted.times - sum(day < rest.cut for day in there))


def _days_from(session: Session, rest: Rest) -> list[date]:
    there = days_there(session, [rest.series.id])[rest.series.id]
    return [day for day in there if day >= rest.cut]
