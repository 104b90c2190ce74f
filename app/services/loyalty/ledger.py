"""Reading the ledger: every movement with its running balance, what is about to end, what the shop owes in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select, true
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot
from app.domain.loyalty.lots import outstanding as owed
from app.domain.loyalty.spending import points_value
from app.domain.shop_rules import spending_rule
from app.models.customers import Customer
from app.models.loyalty import PointEntry
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.services.loyalty.holdings import holding
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One movement and the balance it left."""

    id: int
    at: datetime
    day: date
    kind: PointKind
    points: int
    balance: int
    sale_id: int | None
    sale_number: str
    expires_on: date | None
    """Of the lot the row opened or drew on."""
    reason: str
    staff: str
    operation_id: str


def ledger(session: Session, customer_id: int, *, offset: int = 0, limit: int | None = None) -> list[LedgerRow]:
    """Every movement of a customer and the cards merged into it, the newest first."""
    lot = aliased(PointEntry)
    running = func.sum(PointEntry.points).over(order_by=(PointEntry.at, PointEntry.id))
    query: Select[*tuple[Any, ...]] = (
        select(
            PointEntry.id,
            PointEntry.at,
            PointEntry.shop_day,
            PointEntry.kind,
            PointEntry.points,
            running,
            PointEntry.sale_id,
            func.coalesce(Sale.number, ""),
            func.coalesce(PointEntry.expires_on, lot.expires_on),
            PointEntry.reason,
            Staff.name,
            PointEntry.operation_id,
        )
        .join(Staff, Staff.id == PointEntry.staff_id)
        .outerjoin(Sale, Sale.id == PointEntry.sale_id)
        .outerjoin(lot, lot.id == PointEntry.lot_id)
        .where(PointEntry.customer_id.in_(answered_for(session, customer_id)))
        .order_by(PointEntry.at.desc(), PointEntry.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return [LedgerRow(*row) for row in session.execute(query)]


def lots(session: Session, customer_id: int, day: date) -> list[Lot]:
    """The lots that can be spent on `day`, or will be later, in the order in which they are spent."""
    return [lot for lot in holding(session, customer_id).lots if not lot.past(day)]


@dataclass(frozen=True, slots=True)
class Ending:
    """Points of one customer that end by the day asked for."""

    customer_id: int
    name: str
    points: int
    first: date
    """The earliest last day among them."""


def expiring(session: Session, day: date, by: date) -> list[Ending]:
    """Whose usable points have their last day from `day` to `by`, the earliest first."""
    remaining = _remaining().where(PointEntry.expires_on.between(day, by)).subquery()
    owner = func.coalesce(Customer.merged_into, Customer.id)
    shown = aliased(Customer)
    points, first = func.sum(remaining.c.left), func.min(remaining.c.expires_on)
    query = (
        select(shown.id, shown.name, points, first)
        .select_from(remaining)
        .join(Customer, Customer.id == remaining.c.customer_id)
        .join(shown, shown.id == owner)
        .where(func.coalesce(remaining.c.available_from, day) <= day)
        .group_by(shown.id)
        .order_by(first, points.desc(), shown.id)
    )
    return [Ending(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What the shop owes in points (semantics.md, rule 12): points and their worth in minor units."""

    by_month: tuple[tuple[date | None, int], ...]
    """Usable points by the month end they expire in, the nearest first; None: those that never do."""
    usable: int
    value: int
    pending: int
    debt: int
    """What customers owe the shop, not taken off the rest."""


def outstanding(session: Session, day: date) -> Outstanding:
    """Σ usable lots × worth, by expiry month; pending points apart; as of the end of any shop day.

    Of a day of the past: what was in the ledger by then, and could still be spent. Of one to come: what of today's
    points will be there, as if nobody spent or earned any more. The worth is that of today's rule.
    """
    found = owed(_all_lots(session, day), day)
    rule = spending_rule(settings(session))
    debt = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.lot_id.is_(None), PointEntry.opens_lot.is_(False), PointEntry.shop_day <= day
    )
    return Outstanding(
        tuple(found.by_month.items()),
        found.usable,
        points_value(found.usable, rule),
        found.pending,
        max(0, -session.scalars(debt).one()),
    )


def _all_lots(session: Session, day: date) -> Sequence[Lot]:
    """Every lot of the shop with something left at the end of a day, those that begin and end together as one."""
    return [Lot(*row) for row in session.execute(_sums_by_end(), {"day": day})]


@cache
def _sums_by_end() -> Select[*tuple[Any, ...]]:
    """As of the end of any `day`: put together once, which takes longer than asking it."""
    left = _remaining(bindparam("day", type_=PointEntry.shop_day.type)).subquery()
    return select(
        func.min(left.c.id),
        func.sum(left.c.left),
        func.coalesce(left.c.available_from, left.c.shop_day),
        left.c.expires_on,
        func.min(left.c.at),
    ).group_by(func.coalesce(left.c.available_from, left.c.shop_day), left.c.expires_on)


def _remaining(day: date | BindParameter[date] | None = None) -> Select[*tuple[Any, ...]]:
    """Lots with something left at the end of a day, and how much; of all that is known where none is given."""
    by_then = PointEntry.shop_day <= day if day is not None else true()
    drawn = (
        select(PointEntry.lot_id, func.sum(PointEntry.points).label("drawn"))
        .where(PointEntry.lot_id.is_not(None), by_then)
        .group_by(PointEntry.lot_id)
        .subquery()
    )
    left = PointEntry.points + func.coalesce(drawn.c.drawn, 0)
    return (
        select(
            PointEntry.id,
            PointEntry.customer_id,
            PointEntry.available_from,
            PointEntry.shop_day,
            PointEntry.expires_on,
            PointEntry.at,
            left.label("left"),
        )
        .outerjoin(drawn, drawn.c.lot_id == PointEntry.id)
        .where(PointEntry.opens_lot, left > 0, by_then)
    )
