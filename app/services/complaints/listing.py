"""Lists of cases in any order, a page at a time out of fifty thousand."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from app.models.complaints import Complaint, ComplaintClock
from app.services.complaints.cards import Cards, CaseCard
from app.services.complaints.filters import EVERY_CASE, CaseFilter, holds


class SortBy(StrEnum):
    """What a list of cases may be sorted by: stored, indexed figures."""

    DUE = "due"
    NUMBER = "number"
    SEVERITY = "severity"
    CATEGORY = "category"
    OPENED = "opened_at"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class CaseOrder:
    by: SortBy = SortBy.DUE
    descending: bool = False


MOST_PRESSING = CaseOrder()
"""What is due first at the top; waiting cases after them, and settled ones below, the newest first."""
_COLUMNS: dict[SortBy, Any] = {
    SortBy.DUE: ComplaintClock.pressing,
    SortBy.NUMBER: Complaint.number,
    SortBy.SEVERITY: Complaint.severity,
    SortBy.CATEGORY: Complaint.category,
    SortBy.OPENED: Complaint.opened_at,
    SortBy.SINCE: ComplaintClock.since,
}


def page(
    session: Session,
    at: datetime,
    order: CaseOrder = MOST_PRESSING,
    only: CaseFilter = EVERY_CASE,
    offset: int = 0,
    limit: int = 100,
    of: int | None = None,
) -> list[CaseCard]:
    """Some cards of a list. Who knows how many rows there are says so in `of`, see `ids_of_page`."""
    return Cards(session, at).of(ids_of_page(session, at, order, only, offset, limit, of))


def ids_of_page(
    session: Session,
    at: datetime,
    order: CaseOrder = MOST_PRESSING,
    only: CaseFilter = EVERY_CASE,
    offset: int = 0,
    limit: int = 100,
    of: int | None = None,
) -> list[int]:
    """The ids alone; where `of` is said, the far half is counted from its end."""
    query = _ids(session, at, order, only)
    if of is None or 2 * offset < of:
        return list(session.scalars(query.offset(offset).limit(limit)))
    turned = _ids(session, at, replace(order, descending=not order.descending), only)
    many = max(0, min(limit, of - offset))
    return list(session.scalars(turned.offset(max(0, of - offset - many)).limit(many)).all())[::-1]


def count(session: Session, at: datetime, only: CaseFilter = EVERY_CASE) -> int:
    """How many cases a list has."""
    query = _chosen(session, func.count(), only, at, clock=False)
    number: int = session.scalars(query if holds(session, only, at) else query.select_from(Complaint)).one()
    return number


def place(
    session: Session,
    complaint_id: int,
    at: datetime,
    order: CaseOrder = MOST_PRESSING,
    only: CaseFilter = EVERY_CASE,
) -> int | None:
    """How many rows of the list stand before this case; None when it is not in it."""
    column, tie = _columns(order)
    own = session.scalars(_chosen(session, column, only, at, clock=_is_kept(order)).where(tie == complaint_id)).first()
    if own is None:
        return None
    here, mine = tuple_(column, tie), (own, complaint_id)
    before = _chosen(session, func.count(), only, at, clock=_is_kept(order))
    number: int = session.scalars(before.where(here > mine if order.descending else here < mine)).one()
    return number


def _ids(session: Session, at: datetime, order: CaseOrder, only: CaseFilter) -> Select[Any]:
    """One statement along an index; ties by id, so that no case is on two pages."""
    column, tie = _columns(order)
    ends = (column.desc(), tie.desc()) if order.descending else (column.asc(), tie.asc())
    return _chosen(session, tie, only, at, clock=_is_kept(order)).order_by(*ends)


def _columns(order: CaseOrder) -> tuple[Any, Any]:
    return _COLUMNS[order.by], ComplaintClock.complaint_id if _is_kept(order) else Complaint.id


def _is_kept(order: CaseOrder) -> bool:
    """Whether the order is one of the figures worked out, which lie in a table of their own."""
    return order.by in (SortBy.DUE, SortBy.SINCE)


def _chosen(session: Session, what: Any, only: CaseFilter, at: datetime, *, clock: bool) -> Select[Any]:
    """The two tables are joined only where a condition asks for the other one."""
    wanted = holds(session, only, at)
    query = select(what)
    if wanted:
        kept, case = ComplaintClock, Complaint
        joined = kept.complaint_id == case.id
        query = query.select_from(kept).join(case, joined) if clock else query.select_from(case).join(kept, joined)
    return query.where(*wanted)
