"""Changing, moving and removing one follow-up of a series, this one and later ones, or all. Taken back by its rows.

What was done stays as it was done. "All" means all from the first that is still to do.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.recurrence import Repeat, Scope, Unit, days_of, first_day, moved, pattern_of, place_of
from app.models.followup_rules import RemovedOccasion
from app.models.followup_series import FollowUpGap, FollowUpSeries
from app.models.followups import FollowUp
from app.services.followups.drafts import FollowUpGone
from app.services.followups.series import SAID, columns_of, found_series, repeat_of, shop_day, write_due

_ONE_DAY = timedelta(days=1)
_SLACK = timedelta(days=6)
"""How far a weekday of a month by its number lies from where a shift by days would put it."""


def move_occurrence(session: Session, followup_id: int, day: date, scope: Scope, *, at: datetime) -> None:
    """Put a follow-up on another day, and with LATER or ALL the others of its series by the same step.

    Raises FollowUpGone, RuleUnmovable for a rule of another program that cannot be moved as a whole.
    """
    row = _row(session, followup_id)
    if scope is Scope.THIS or row.series_id is None or row.occurs_on is None:
        if row.due_on != day:
            row.due_on = day
        return
    change_series(session, row, scope, {}, None, day, at)


def remove_occurrence(session: Session, followup_id: int, scope: Scope) -> None:
    """Take a follow-up away, and with LATER or ALL the others of its series that are still to do.

    What a rule brought does not come again. Raises FollowUpGone.
    """
    row = _row(session, followup_id)
    if row.rule is not None and row.identity is not None and session.get(RemovedOccasion, row.identity) is None:
        session.add(RemovedOccasion(identity=row.identity))
    series = _series_of(session, row)
    if series is None or row.occurs_on is None:
        session.delete(row)
        return
    if scope is Scope.THIS:
        session.add(FollowUpGap(series_id=series.id, occurs_on=row.occurs_on))
        session.delete(row)
        return
    cut = _cut(session, series, row, scope)
    session.delete(row)
    _end_before(session, series, cut, _from(session, series, cut))


def change_series(
    session: Session,
    row: FollowUp,
    scope: Scope,
    said: dict[str, Any],
    repeat: Repeat | None,
    day: date | None,
    at: datetime,
) -> int:
    """Let this follow-up and the later ones, or all, say what `said` says (of SAID), on other days where asked.

    `repeat`: the new rule, None for the old one; `day`: where this one goes, None where it stays. Returns the id of
    the first. Raises RuleUnreadable, RuleUnmovable.
    """
    series = _series_of(session, row)
    assert series is not None and row.occurs_on is not None
    cut = _cut(session, series, row, scope)
    later = _from(session, series, cut)
    kept = repeat is None or repeat == repeat_of(series)
    if kept and (day is None or day == row.occurs_on):
        return _reword(session, series, cut, later, said, row.id)
    wanted, start = _new_days(series, cut, row, repeat, day)
    for one in later:
        if one.done_at is None:
            session.delete(one)
        else:
            one.series_id = one.occurs_on = None
    _drop_gaps(session, series, cut)
    session.flush()
    old = {name: getattr(series, name) for name in SAID} | said
    if _earlier(session, series, cut):
        series.until_on = cut - _ONE_DAY
        series = found_series(session, wanted, start, old, at)
    else:
        first = first_day(wanted.rule, start) if wanted.rule else start
        _set(series, {**old, **columns_of(wanted), "first_on": first, "since": first})
    write_due(session, series, shop_day(session, at))
    query = select(FollowUp.id).where(FollowUp.series_id == series.id).order_by(FollowUp.occurs_on)
    return session.scalars(query).first() or 0


def stop_series(session: Session, row: FollowUp, scope: Scope) -> None:
    """Let this follow-up stand alone: the later ones of its series, or all others still to do, go."""
    series = _series_of(session, row)
    assert series is not None and row.occurs_on is not None
    cut = _cut(session, series, row, scope)
    later = [one for one in _from(session, series, cut) if one.id != row.id]
    row.series_id = row.occurs_on = None
    session.flush()
    _end_before(session, series, cut, later)


def _reword(
    session: Session, series: FollowUpSeries, cut: date, later: Sequence[FollowUp], said: dict[str, Any], chosen: int
) -> int:
    """The days stay: what each says is changed, unless it had been changed by itself."""
    before = {name: getattr(series, name) for name in said}
    if _earlier(session, series, cut):
        series = _split(session, series, cut, later)
    _set(series, said)
    for one in later:
        if one.done_at is None:
            own = said if one.id == chosen else {k: v for k, v in said.items() if getattr(one, k) == before[k]}
            _set(one, own)
    return chosen


def _split(session: Session, series: FollowUpSeries, cut: date, later: Sequence[FollowUp]) -> FollowUpSeries:
    """End a series the day before `cut`, and begin another on the same days."""
    old = repeat_of(series)
    first = next((d for d in days_of(old, series.first_on, cut + timedelta(days=366 * 40)) if d >= cut), cut)
    rest = replace(old, times=_left(series, first))
    row = FollowUpSeries(
        first_on=first,
        since=max(first, series.since),
        created_at=series.created_at,
        **columns_of(rest),
        **{name: getattr(series, name) for name in SAID},
    )
    session.add(row)
    session.flush()
    for one in later:
        one.series_id = row.id
    gaps = select(FollowUpGap).where(FollowUpGap.series_id == series.id, FollowUpGap.occurs_on >= cut)
    for gap in session.scalars(gaps):
        gap.series_id = row.id
    series.until_on = cut - _ONE_DAY
    return row


def _new_days(
    series: FollowUpSeries, cut: date, row: FollowUp, repeat: Repeat | None, day: date | None
) -> tuple[Repeat, date]:
    """How it comes from now on, and the day from which its first is looked for."""
    assert row.occurs_on is not None
    old = repeat_of(series)
    wanted = repeat or old
    if wanted.times is not None and wanted.times == old.times:
        wanted = replace(wanted, times=_left(series, cut))
    own = row.occurs_on == cut
    if wanted.rule and wanted.rule == old.rule and day is not None and day != row.occurs_on:
        wanted = replace(wanted, rule=moved(old.rule, series.first_on, row.occurs_on, day))
        pattern = pattern_of(wanted.rule, day)
        slack = _SLACK if pattern is not None and pattern.unit in (Unit.MONTH, Unit.YEAR) else timedelta()
        return wanted, day if own else cut + (day - row.occurs_on) - slack
    return wanted, (day or cut) if own else cut


def _left(series: FollowUpSeries, day: date) -> int | None:
    """How many of a counted series are left from `day` on."""
    if series.times is None:
        return None
    return max(1, series.times - place_of(repeat_of(series), series.first_on, day)) if series.rule else series.times


def _end_before(session: Session, series: FollowUpSeries, cut: date, later: Sequence[FollowUp]) -> None:
    for one in later:
        if one.done_at is None:
            session.delete(one)
    _drop_gaps(session, series, cut)
    session.flush()
    if session.scalars(select(FollowUp.id).where(FollowUp.series_id == series.id)).first() is None:
        for gap in session.scalars(select(FollowUpGap).where(FollowUpGap.series_id == series.id)):
            session.delete(gap)
        session.flush()
        session.delete(series)
    else:
        series.until_on = cut - _ONE_DAY


def _drop_gaps(session: Session, series: FollowUpSeries, cut: date) -> None:
    gaps = select(FollowUpGap).where(FollowUpGap.series_id == series.id, FollowUpGap.occurs_on >= cut)
    for gap in session.scalars(gaps):
        session.delete(gap)


def _cut(session: Session, series: FollowUpSeries, row: FollowUp, scope: Scope) -> date:
    """The first day an act is about."""
    assert row.occurs_on is not None
    if scope is not Scope.ALL:
        return row.occurs_on
    query = select(FollowUp.occurs_on).where(FollowUp.series_id == series.id, FollowUp.done_at.is_(None))
    first = session.scalars(query.order_by(FollowUp.occurs_on)).first()
    return min(row.occurs_on, first) if first is not None else row.occurs_on


def _from(session: Session, series: FollowUpSeries, cut: date) -> Sequence[FollowUp]:
    query = select(FollowUp).where(FollowUp.series_id == series.id, FollowUp.occurs_on >= cut)
    return session.scalars(query.order_by(FollowUp.occurs_on)).all()


def _earlier(session: Session, series: FollowUpSeries, cut: date) -> bool:
    query = select(FollowUp.id).where(FollowUp.series_id == series.id, FollowUp.occurs_on < cut)
    return session.scalars(query).first() is not None


def _series_of(session: Session, row: FollowUp) -> FollowUpSeries | None:
    return session.get(FollowUpSeries, row.series_id) if row.series_id is not None else None


def _set(row: FollowUp | FollowUpSeries, values: dict[str, Any]) -> None:
    for key, value in values.items():
        if getattr(row, key) != value:
            setattr(row, key, value)


def _row(session: Session, followup_id: int) -> FollowUp:
    row = session.get(FollowUp, followup_id)
    if row is None:
        raise FollowUpGone
    return row
