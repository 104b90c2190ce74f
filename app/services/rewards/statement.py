"""Every movement of one purse of a customer, with the balance it left."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import Move
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.services.rewards.purses import Pocket


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
