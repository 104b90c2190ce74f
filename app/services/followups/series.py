"""Follow-ups that come again and again: each day of a series is a row of its own, written ahead of time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.recurrence import Repeat, RuleUnreadable, days_of, first_day, written_days
from app.models.followup_series import FollowUpGap, FollowUpSeries
from app.models.followups import FollowUp
from app.services.settings import settings
from app.storage import journal

SAID = ("customer_id", "due_at", "kind", "purpose", "text", "complaint_id", "staff_id")
"""What each follow-up of a series starts with."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series as the editor shows it."""

    id: int
    repeat: Repeat
    first_on: date
    due_at: time | None
    kind: FollowUpKind
    purpose: FollowUpPurpose
    text: str


def series(session: Session, series_id: int) -> SeriesRow:
    """One series, which a follow-up names."""
    row = session.get_one(FollowUpSeries, series_id)
    return SeriesRow(row.id, repeat_of(row), row.first_on, row.due_at, row.kind, row.purpose, row.text)


def extend_series(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> int:
    """Write the follow-ups of every series that are due within about 400 days of a shop day; how many.

    The same day again, or after days on which the program was not started, brings what is missing and nothing twice.
    `progress` may raise Cancelled; then nothing is done.
    """
    running = or_(FollowUpSeries.until_on.is_(None), FollowUpSeries.until_on >= FollowUpSeries.since)
    rows = session.scalars(select(FollowUpSeries).where(FollowUpSeries.rule.is_not(None), running)).all()
    there = days_there(session, [row.id for row in rows])
    made = 0
    for number, row in enumerate(rows):
        progress(number, len(rows))
        made += _write(session, row, there[row.id], day)
    session.flush()
    journal.not_taken_back(session)
    return made


def found_series(session: Session, repeat: Repeat, start: date, said: dict[str, Any], at: datetime) -> FollowUpSeries:
    """Begin a series on the first day of its rule that is not before `start`. Raises RuleUnreadable."""
    first = first_day(repeat.rule, start) if repeat.rule else start
    if repeat.until is not None and repeat.until < first:
        raise RuleUnreadable(rule=repeat.rule)
    row = FollowUpSeries(first_on=first, since=first, created_at=at, **columns_of(repeat), **said)
    session.add(row)
    session.flush()
    return row


def write_due(session: Session, row: FollowUpSeries, today: date) -> None:
    """Write the follow-ups of one series that are not there; of one that counts from what was done, the first."""
    _write(session, row, days_there(session, [row.id])[row.id], today)
    session.flush()


def book_next(session: Session, done: FollowUp, moment: datetime) -> None:
    """Of a series that counts from what was done: book the next one, unless the series ends before it."""
    row = session.get(FollowUpSeries, done.series_id) if done.series_id is not None else None
    if row is not None:
        session.flush()
        book_after(session, row, shop_day(session, moment))


def book_after(session: Session, row: FollowUpSeries, day: date) -> None:
    """Of a series that counts from what was done: book the one after `day`, unless one is still to do or it ends."""
    if row.after_done_days is None:
        return
    to_do = select(FollowUp.id).where(FollowUp.series_id == row.id, FollowUp.done_at.is_(None))
    day += timedelta(days=row.after_done_days)
    there = days_there(session, [row.id])[row.id]
    enough = row.times is not None and len(there) >= row.times
    over = row.until_on is not None and day > row.until_on
    if not enough and not over and session.scalars(to_do).first() is None:
        session.add(occurrence(row, next(later for n in count() if (later := day + timedelta(days=n)) not in there)))


def take_next_back(session: Session, done: FollowUp) -> None:
    """What was booked when this one was done goes again, unless somebody has touched it."""
    row = session.get(FollowUpSeries, done.series_id) if done.series_id is not None else None
    if row is None or row.after_done_days is None or done.done_at is None:
        return
    day = shop_day(session, done.done_at) + timedelta(days=row.after_done_days)
    query = select(FollowUp).where(FollowUp.series_id == row.id, FollowUp.occurs_on == day, FollowUp.due_on == day)
    following = session.scalars(query.where(FollowUp.done_at.is_(None), FollowUp.id != done.id)).first()
    if following is not None and all(getattr(following, name) == getattr(row, name) for name in SAID):
        session.delete(following)


def occurrence(row: FollowUpSeries, day: date) -> FollowUp:
    """The follow-up of one day of a series."""
    said = {name: getattr(row, name) for name in SAID}
    return FollowUp(series_id=row.id, occurs_on=day, due_on=day, created_at=row.created_at, **said)


def repeat_of(row: FollowUpSeries) -> Repeat:
    return Repeat(row.rule or "", row.after_done_days, row.until_on, row.times)


def columns_of(repeat: Repeat) -> dict[str, Any]:
    return {
        "rule": repeat.rule or None,
        "after_done_days": repeat.after_done,
        "until_on": repeat.until,
        "times": repeat.times,
    }


def next_days(repeat: Repeat, start: date, count: int = 3) -> list[date]:
    """The first days of a series that begins on `start` or later. Raises RuleUnreadable."""
    if not repeat.rule:
        return [start]
    first = first_day(repeat.rule, start)
    last = first + timedelta(days=366 * 40)
    return [day for day, _ in zip(days_of(repeat, first, last), range(count), strict=False)]


def shop_day(session: Session, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings(session).timezone)).date()


def days_there(session: Session, ids: Iterable[int]) -> dict[int, set[date]]:
    """By series: the days that have a follow-up, and those that were taken out."""
    wanted = list(ids)
    found: dict[int, set[date]] = defaultdict(set)
    for kind in (FollowUp, FollowUpGap):
        query = select(kind.series_id, kind.occurs_on).where(kind.series_id.in_(wanted))
        for key, day in session.execute(query):
            if key is not None and day is not None:
                found[key].add(day)
    return found


def gaps_from(session: Session, row: FollowUpSeries, day: date = date.min) -> Sequence[FollowUpGap]:
    """The days of a series that were taken out, from one on."""
    query = select(FollowUpGap).where(FollowUpGap.series_id == row.id, FollowUpGap.occurs_on >= day)
    return session.scalars(query).all()


def _write(session: Session, row: FollowUpSeries, there: set[date], today: date) -> int:
    if row.rule is None:
        days = [] if there else [row.first_on]
    else:
        days = written_days(repeat_of(row), row.first_on, row.since, today)
    missing = [day for day in days if day not in there]
    session.add_all([occurrence(row, day) for day in missing])
    return len(missing)
