"""Who moved between tiers, when, from where to where, and why: one person's moves, and those of the whole shop."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.domain.tiers.history import MoveCause
from app.models.customers import Customer
from app.models.loyalty import TierFloor, TierMove
from app.models.staff import Staff
from app.services.customers.families import answered_each, answering

Moves = Select[int, str, date, int, int, str, date | None]
BY_PEOPLE = frozenset({MoveCause.BY_HAND, MoveCause.HAND_ENDED})


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move; ranks are those of today's tiers."""

    customer_id: int
    name: str
    day: date
    from_rank: int
    to_rank: int
    cause: MoveCause
    valid_until: date | None
    reason: str = ""
    staff: str = ""
    """Why and by whom, where somebody gave the tier or ended it."""


def tier_history(session: Session, customer_id: int) -> list[MoveRow]:
    """Every move of one customer, the newest first, renewals included."""
    owner = answering(session, customer_id)
    query = _moves().where(TierMove.customer_id == owner).order_by(TierMove.on.desc(), TierMove.id.desc())
    return _told(session, query)


def shop_tier_history(
    session: Session,
    as_of: date,
    *,
    first: date | None = None,
    up: bool | None = None,
    offset: int = 0,
    limit: int = 100,
) -> list[MoveRow]:
    """Moves from one tier to another up to the end of `as_of`, the newest first; `up`: only those up, or only down."""
    query = _moves().where(*_which(as_of, first, up)).order_by(TierMove.on.desc(), TierMove.id.desc())
    return _told(session, query.offset(offset).limit(limit))


def count_tier_history(session: Session, as_of: date, *, first: date | None = None, up: bool | None = None) -> int:
    """How many there are."""
    return session.scalars(select(func.count(TierMove.id)).where(*_which(as_of, first, up))).one()


def _moves() -> Moves:
    return select(
        TierMove.customer_id,
        Customer.name,
        TierMove.on,
        TierMove.from_rank,
        TierMove.to_rank,
        TierMove.cause,
        TierMove.valid_until,
    ).join(Customer, Customer.id == TierMove.customer_id)


def _which(as_of: date, first: date | None, up: bool | None) -> list[ColumnElement[bool]]:
    held = [TierMove.on <= as_of, TierMove.from_rank != TierMove.to_rank]
    if first is not None:
        held.append(TierMove.on >= first)
    if up is not None:
        held.append(TierMove.to_rank > TierMove.from_rank if up else TierMove.to_rank < TierMove.from_rank)
    return held


def _told(session: Session, query: Moves) -> list[MoveRow]:
    rows = [
        MoveRow(owner, name, on, before, after, MoveCause(cause), until)
        for owner, name, on, before, after, cause, until in session.execute(query)
    ]
    return _with_reasons(session, rows)


def _with_reasons(session: Session, rows: Sequence[MoveRow]) -> list[MoveRow]:
    given = {row.customer_id for row in rows if row.cause in BY_PEOPLE}
    if not given:
        return list(rows)
    cards = answered_each(session, given)
    query = (
        select(TierFloor.customer_id, TierFloor.shop_day, TierFloor.reason, Staff.name)
        .join(Staff, Staff.id == TierFloor.staff_id)
        .where(TierFloor.customer_id.in_(cards))
        .order_by(TierFloor.at, TierFloor.id)
    )
    said = {(cards[card], day): (reason, staff) for card, day, reason, staff in session.execute(query)}
    return [
        replace(row, reason=found[0], staff=found[1])
        if row.cause in BY_PEOPLE and (found := said.get((row.customer_id, row.day)))
        else row
        for row in rows
    ]
