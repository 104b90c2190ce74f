"""Moving, changing and removing one follow-up of a series, this one and later ones, or all. Taken back by its rows.

What was done stays as it was done. "All" means all from the first that is still to do.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.recurrence import Repeat, Scope
from app.models.followup_rules import RemovedOccasion
from app.models.followup_series import FollowUpGap, FollowUpSeries
from app.models.followups import FollowUp
from app.services.followups.rescheduling import Rest, let_go, reschedule
from app.services.followups.series import book_after, gaps_from, shop_day
from app.services.followups.writing import say, stored
from app.storage import journal

_ONE_DAY = timedelta(days=1)


def move_occurrence(session: Session, followup_id: int, day: date, scope: Scope, *, at: datetime) -> None:
    """Put a follow-up on another day, and with LATER or ALL the others of its series by the same step.

    Put back on its own day, the others stay. Raises FollowUpGone, RuleUnmovable for a rule of another program that
    cannot be moved as a whole.
    """
    row = stored(session, followup_id)
    if scope is Scope.THIS or row.series_id is None or row.occurs_on is None:
        say(row, {"due_on": day})
        return
    change_series(session, row, scope, {}, None, day, at)


def remove_occurrence(session: Session, followup_id: int, scope: Scope) -> None:
    """Take a follow-up away, and with LATER or ALL the others of its series that are still to do.

    What a rule brought does not come again. Of a series that counts from what was done the next one is booked, as
    many days on, where this one alone goes. Raises FollowUpGone.
    """
    row = stored(session, followup_id)
    if row.rule is not None and row.identity is not None and session.get(RemovedOccasion, row.identity) is None:
        session.add(RemovedOccasion(identity=row.identity))
    series = _series_of(session, row)
    if series is None or row.occurs_on is None:
        session.delete(row)
        return
    if scope is Scope.THIS:
        session.add(FollowUpGap(series_id=series.id, occurs_on=row.occurs_on))
        session.delete(row)
        session.flush()
        if row.done_at is None:
            today = shop_day(session, journal.journal_of(session).at)
            book_after(session, series, max(row.due_on, today))
        return
    cut = _cut(session, series, row, scope)
    later = [one for one in _from(session, series, cut) if one.id != row.id]
    session.delete(row)
    _end_before(session, series, cut, later)


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
    this one, or of the first where it is no more. Raises RuleUnreadable, RuleUnmovable.
    """
    series = _series_of(session, row)
    assert series is not None
    cut = _cut(session, series, row, scope)
    earlier = session.scalars(
        select(FollowUp.id).where(FollowUp.series_id == series.id, FollowUp.occurs_on < cut)
    ).first()
    rest = Rest(series, cut, _from(session, series, cut), row, whole=earlier is None)
    return reschedule(session, rest, said, repeat, day, at)


def stop_series(session: Session, row: FollowUp, scope: Scope) -> None:
    """Let this follow-up stand alone: the later ones of its series, or all others still to do, go."""
    series = _series_of(session, row)
    assert series is not None
    cut = _cut(session, series, row, scope)
    later = [one for one in _from(session, series, cut) if one.id != row.id]
    row.series_id = row.occurs_on = None
    session.flush()
    _end_before(session, series, cut, later)


def _end_before(session: Session, series: FollowUpSeries, cut: date, later: Sequence[FollowUp]) -> None:
    let_go(session, later)
    for gap in gaps_from(session, series, cut):
        session.delete(gap)
    session.flush()
    if session.scalars(select(FollowUp.id).where(FollowUp.series_id == series.id)).first() is None:
        for gap in gaps_from(session, series):
            session.delete(gap)
        session.flush()
        session.delete(series)
    else:
        series.until_on = cut - _ONE_DAY


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


def _series_of(session: Session, row: FollowUp) -> FollowUpSeries | None:
    return session.get(FollowUpSeries, row.series_id) if row.series_id is not None else None
