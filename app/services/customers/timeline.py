"""One timeline of everything that happened with a customer: newest first, by kind, a page at a time.

Each kind is one indexed statement asking for no more than the page; the pages are merged here. A cursor names the last
entry shown, so that a page is exact even while new entries arrive on top.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from heapq import nlargest
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from app.domain.loyalty.kinds import PointKind
from app.models.complaints import Complaint
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.models.loyalty import PointEntry, TierMove
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.customers import happenings as told
from app.services.customers.families import answered_for
from app.services.customers.happenings import SaleTold, What
from app.services.settings import settings


class Kind(StrEnum):
    """What a person may filter by. Ties of one moment stand in this order, the last on top."""

    SALE = "sale"
    CONTACT = "contact"
    COMPLAINT = "complaint"
    FOLLOWUP = "followup"
    POINTS = "points"
    TIER = "tier"


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The place of an entry: entries are ordered by it, the largest first."""

    at: datetime
    rank: int
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `at` is absent where only the day is known (a move between tiers)."""

    cursor: Cursor
    kind: Kind
    day: date
    at: datetime | None
    staff: str
    what: What

    @property
    def id(self) -> tuple[Kind, int]:
        return self.kind, self.cursor.id


@dataclass(frozen=True, slots=True)
class _Asked:
    """What every reader is asked for."""

    family: Sequence[int]
    zone: ZoneInfo
    before: Cursor | None
    limit: int


EVERY_KIND = frozenset(Kind)
_SHOWN_POINTS = (PointKind.BONUS, PointKind.EXPIRE, PointKind.ADJUST, PointKind.CORRECT)
"""Points of a sale or return are told with it."""


def timeline(
    session: Session,
    customer_id: int,
    kinds: Collection[Kind] = EVERY_KIND,
    before: Cursor | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest entries of these kinds, or those just below `before` (the last entry of the page above)."""
    asked = _Asked(answered_for(session, customer_id), ZoneInfo(settings(session).timezone), before, limit)
    found = [entry for kind in Kind if kind in kinds for entry in _READERS[kind](session, asked)]
    return _with_lines(session, nlargest(limit, found, key=lambda entry: entry.cursor))


def timeline_count(session: Session, customer_id: int, kinds: Collection[Kind] = EVERY_KIND) -> int:
    """How many entries there are of these kinds."""
    family = answered_for(session, customer_id)
    return sum(
        session.scalars(select(func.count()).select_from(_BASE[kind](family).subquery())).one()
        for kind in Kind
        if kind in kinds
    )


def _sales_of(family: Sequence[int]) -> Select[Any]:
    return select(Sale.id).where(Sale.customer_id.in_(family), Sale.voided_at.is_(None))


def _contacts_of(family: Sequence[int]) -> Select[Any]:
    return select(Interaction.id).where(Interaction.customer_id.in_(family))


def _complaints_of(family: Sequence[int]) -> Select[Any]:
    return select(Complaint.id).where(Complaint.customer_id.in_(family))


def _followups_of(family: Sequence[int]) -> Select[Any]:
    return select(FollowUp.id).where(FollowUp.customer_id.in_(family), FollowUp.done_at.is_not(None))


def _points_of(family: Sequence[int]) -> Select[Any]:
    """One posting is one entry, whatever number of lots it touched."""
    return (
        select(func.min(PointEntry.id))
        .where(PointEntry.customer_id.in_(family), PointEntry.kind.in_(_SHOWN_POINTS), PointEntry.sale_id.is_(None))
        .group_by(PointEntry.operation_id, PointEntry.kind)
    )


def _tiers_of(family: Sequence[int]) -> Select[Any]:
    return select(TierMove.id).where(TierMove.customer_id.in_(family), TierMove.from_rank != TierMove.to_rank)


_BASE: dict[Kind, Callable[[Sequence[int]], Select[Any]]] = {
    Kind.SALE: _sales_of,
    Kind.CONTACT: _contacts_of,
    Kind.COMPLAINT: _complaints_of,
    Kind.FOLLOWUP: _followups_of,
    Kind.POINTS: _points_of,
    Kind.TIER: _tiers_of,
}
RANK = {kind: rank for rank, kind in enumerate(Kind)}


def _sales(session: Session, asked: _Asked) -> list[Entry]:
    query = _sales_of(asked.family).add_columns(*told.SALE_COLUMNS, Staff.name).join(Staff, Staff.id == Sale.staff_id)
    if asked.before is not None:
        query = query.where(Sale.shop_day <= asked.before.at.astimezone(asked.zone).date())
    query = query.order_by(Sale.shop_day.desc())  # what the index gives, before the moment decides
    return _entries(session, query, Kind.SALE, Sale.at, Sale.id, asked, told.sale)


def _contacts(session: Session, asked: _Asked) -> list[Entry]:
    query = _contacts_of(asked.family).add_columns(*told.CONTACT_COLUMNS, Staff.name)
    query = query.join(Staff, Staff.id == Interaction.staff_id)
    return _entries(session, query, Kind.CONTACT, Interaction.at, Interaction.id, asked, told.contact)


def _complaints(session: Session, asked: _Asked) -> list[Entry]:
    query = _complaints_of(asked.family).add_columns(*told.COMPLAINT_COLUMNS, Staff.name)
    query = query.join(Staff, Staff.id == Complaint.staff_id)
    return _entries(session, query, Kind.COMPLAINT, Complaint.opened_at, Complaint.id, asked, told.complaint)


def _followups(session: Session, asked: _Asked) -> list[Entry]:
    query = _followups_of(asked.family).add_columns(*told.FOLLOWUP_COLUMNS, Staff.name)
    query = query.join(Staff, Staff.id == func.coalesce(FollowUp.done_by, FollowUp.staff_id))
    return _entries(session, query, Kind.FOLLOWUP, FollowUp.done_at, FollowUp.id, asked, told.followup)


def _points(session: Session, asked: _Asked) -> list[Entry]:
    query = _points_of(asked.family).add_columns(*told.POINTS_COLUMNS, Staff.name)
    query = query.join(Staff, Staff.id == PointEntry.staff_id)
    at, identity = func.max(PointEntry.at, type_=PointEntry.at.type), func.min(PointEntry.id)
    if asked.before is not None:
        query = query.having(_below(at, identity, Kind.POINTS, asked.before))
    query = query.order_by(at.desc(), identity.desc()).limit(asked.limit)
    return [_entry(Kind.POINTS, row, asked, told.points(row)) for row in session.execute(query)]


def _tiers(session: Session, asked: _Asked) -> list[Entry]:
    """A move is known by its day; it stands above everything of that day, which caused it."""
    query = _tiers_of(asked.family).add_columns(*told.TIER_COLUMNS).order_by(TierMove.on.desc(), TierMove.id.desc())
    if asked.before is not None:
        query = query.where(TierMove.on <= asked.before.at.astimezone(asked.zone).date())
    found = []
    for row in session.execute(query.limit(asked.limit + 1)):
        end = datetime.combine(row.on + timedelta(days=1), time(), asked.zone) - timedelta(milliseconds=1)
        cursor = Cursor(end.astimezone(UTC), RANK[Kind.TIER], row[0])
        if asked.before is None or cursor < asked.before:
            found.append(Entry(cursor, Kind.TIER, row.on, None, "", told.tier_move(row)))
    return found


def _entries(
    session: Session,
    query: Select[Any],
    kind: Kind,
    at: Any,
    identity: Any,
    asked: _Asked,
    tell: Callable[[Any], What],
) -> list[Entry]:
    if asked.before is not None:
        query = query.where(_below(at, identity, kind, asked.before))
    query = query.order_by(at.desc(), identity.desc()).limit(asked.limit)
    return [_entry(kind, row, asked, tell(row)) for row in session.execute(query)]


def _entry(kind: Kind, row: Any, asked: _Asked, what: What) -> Entry:
    cursor = Cursor(row.at, RANK[kind], row[0])
    return Entry(cursor, kind, row.at.astimezone(asked.zone).date(), row.at, row.name, what)


def _below(at: Any, identity: Any, kind: Kind, before: Cursor) -> ColumnElement[bool]:
    """Strictly below the cursor in the one order of all kinds."""
    if RANK[kind] != before.rank:
        below: ColumnElement[bool] = at <= before.at if RANK[kind] < before.rank else at < before.at
        return below
    return or_(at < before.at, and_(at == before.at, identity < before.id))


def _with_lines(session: Session, entries: list[Entry]) -> list[Entry]:
    """The goods of the bills on this page, read in one statement."""
    bills = [entry.cursor.id for entry in entries if entry.kind is Kind.SALE]
    lines = told.goods_of(session, bills) if bills else {}
    return [
        replace(entry, what=told.with_goods(entry.what, lines.get(entry.cursor.id, ())))
        if isinstance(entry.what, SaleTold)
        else entry
        for entry in entries
    ]


_READERS: dict[Kind, Callable[[Session, _Asked], list[Entry]]] = {
    Kind.SALE: _sales,
    Kind.CONTACT: _contacts,
    Kind.COMPLAINT: _complaints,
    Kind.FOLLOWUP: _followups,
    Kind.POINTS: _points,
    Kind.TIER: _tiers,
}
