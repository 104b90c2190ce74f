"""Every movement of one purse of a customer, with the balance it left."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import Move, PlanKind
from app.models.rewards import CardPlan
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.services.rewards.purses import LEDGERS, Pocket, pocket_of


@dataclass(frozen=True, slots=True)
class PurseRow:
    """One movement: minor units of stored value, visits or stamps."""

    id: int
    at: datetime
    day: date
    move: Move
    units: int
    balance: int
    sale_number: str
    expires_on: date | None
    """Of the lot the row opened or drew on."""
    reason: str
    staff: str
    operation_id: str


def statement(session: Session, customer_id: int, pocket: Pocket, *, limit: int | None = None) -> list[PurseRow]:
    """The movements of a customer and the cards merged into it, the newest first."""
    entry = pocket.ledger
    lot = aliased(entry)
    running = func.sum(entry.units).over(order_by=(entry.at, entry.id))
    query = (
        select(
            entry.id,
            entry.at,
            entry.shop_day,
            entry.move,
            entry.units,
            running,
            func.coalesce(Sale.number, ""),
            func.coalesce(entry.expires_on, lot.expires_on),
            entry.reason,
            Staff.name,
            entry.operation_id,
        )
        .join(Staff, Staff.id == entry.staff_id)
        .outerjoin(Sale, Sale.id == entry.sale_id)
        .outerjoin(lot, lot.id == entry.lot_id)
        .where(entry.customer_id.in_(answered_for(session, customer_id)), *pocket.among(entry))
        .order_by(entry.at.desc(), entry.id.desc())
        .limit(limit)
    )
    return [PurseRow(*row) for row in session.execute(query)]


def pockets(session: Session, customer_id: int) -> dict[Pocket, str]:
    """Every purse that was ever moved, also one that is empty now, with the name of its card; stored value has none.

    What was paid in comes before its bonus, and of cards the newest first.
    """
    cards, found = answered_for(session, customer_id), dict[Pocket, str]()
    names = {number: name for number, name in session.execute(select(CardPlan.id, CardPlan.name))}  # noqa: C416
    for kind, entry in LEDGERS.items():
        own = entry.part if kind is PlanKind.STORED else entry.plan_id  # type: ignore[attr-defined]
        first = select(func.min(entry.id)).where(entry.customer_id.in_(cards)).group_by(own)
        for row in session.scalars(select(entry).where(entry.id.in_(first)).order_by(own.desc())):
            pocket = pocket_of(row)
            found[pocket] = names.get(pocket.plan_id or 0, "")
    return found
