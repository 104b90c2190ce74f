"""Giving open follow-ups to somebody else: those that were marked, or all of one person, perhaps between two days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.staff import Role
from app.models.followup_series import FollowUpSeries
from app.models.followups import FollowUp
from app.models.staff import Staff
from app.storage.unit_of_work import acting_staff


class NotYours(ShopError):
    """Somebody who may give away only their own named what is another's."""


class NobodyThere(ShopError):
    """Whoever shall do it does not work here any more."""


@dataclass(frozen=True, slots=True)
class Which:
    """Which open follow-ups: those of these ids; else those of a member of staff (None: of anybody) in a time."""

    ids: tuple[int, ...] = ()
    staff_id: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """How many follow-ups would change hands."""

    count: int
    late: int
    """How many of them are overdue."""
    series: int = 0
    """How many series go along, with all they bring later."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A member of staff with what is still theirs to do; also one who has left and has some."""

    id: int
    name: str
    role: Role
    active: bool
    open: int


def holders(session: Session) -> list[Holder]:
    """Everybody who works here or still has open follow-ups, by name."""
    left = func.count(FollowUp.id)
    joined = (FollowUp.staff_id == Staff.id) & FollowUp.done_at.is_(None)
    query = (
        select(Staff.id, Staff.name, Staff.role, Staff.active, left)
        .outerjoin(FollowUp, joined)
        .group_by(Staff.id)
        .having(or_(Staff.active, left > 0))
        .order_by(Staff.name)
    )
    return [Holder(*row) for row in session.execute(query)]


def load_of(session: Session, which: Which, to_id: int, today: date) -> Load:
    """How many would change hands; those that are theirs already are not counted."""
    late = func.coalesce(func.sum(FollowUp.due_on < today), 0)
    count, overdue = session.execute(select(func.count(FollowUp.id), late).where(*_wanted(which, to_id))).one()
    return Load(count, overdue, len(_series_along(session, which, to_id)))


def hand_over(session: Session, which: Which, to_id: int) -> int:
    """Give open follow-ups to a member of staff; returns how many changed hands. Taken back by their rows.

    A series goes along, so that what it brings later is theirs too, unless only those due until a day were asked for,
    or another has something of it that is still to do. Raises NobodyThere.
    """
    person = session.get(Staff, to_id)
    if person is None or not person.active:
        raise NobodyThere
    rows = session.scalars(select(FollowUp).where(*_wanted(which, to_id))).all()
    series = _series_along(session, which, to_id)
    for row in rows:
        row.staff_id = to_id
    for one in series:
        one.staff_id = to_id
    return len(rows)


def _series_along(session: Session, which: Which, to_id: int) -> Sequence[FollowUpSeries]:
    """Those of the givers that go on; of chosen ones those of which nothing else is to do for another."""
    if which.last is not None:
        return ()
    to_do = select(FollowUp.series_id).where(FollowUp.done_at.is_(None), FollowUp.series_id.is_not(None))
    query = select(FollowUpSeries).where(FollowUpSeries.staff_id != to_id, FollowUpSeries.id.in_(to_do))
    if which.ids:
        stays = to_do.where(FollowUp.staff_id != to_id, FollowUp.id.not_in(which.ids))
        theirs = select(FollowUp.id).where(*_wanted(which, to_id), FollowUp.staff_id == FollowUpSeries.staff_id)
        given = theirs.where(FollowUp.series_id == FollowUpSeries.id).correlate(FollowUpSeries).exists()
        query = query.where(FollowUpSeries.id.not_in(stays), given)
    elif which.staff_id is not None:
        query = query.where(FollowUpSeries.staff_id == which.staff_id)
    return session.scalars(query).all()


def hand_over_own(session: Session, which: Which, to_id: int) -> int:
    """The same for whoever may give away only their own. Raises NotYours and NobodyThere."""
    own = acting_staff(session)
    others = select(FollowUp.id).where(*_wanted(which, to_id), FollowUp.staff_id != own).limit(1)
    if session.scalar(others) is not None:
        raise NotYours
    return hand_over(session, which, to_id)


def _wanted(which: Which, to_id: int) -> Iterator[ColumnElement[bool]]:
    yield FollowUp.done_at.is_(None)
    yield FollowUp.staff_id != to_id
    if which.ids:
        yield FollowUp.id.in_(which.ids)
        return
    if which.staff_id is not None:
        yield FollowUp.staff_id == which.staff_id
    if which.first is not None:
        yield FollowUp.due_on >= which.first
    if which.last is not None:
        yield FollowUp.due_on <= which.last
