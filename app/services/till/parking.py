"""Tickets put aside: any counter takes them up again, and a restart loses none."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.payments import Paid
from app.models.customers import Customer
from app.models.sales import Sale
from app.models.till import ParkedTicket
from app.services.till.ticket import CardSale, CardUse, Ticket, TicketLine
from app.storage.unit_of_work import acting_staff


class TicketTakenUp(ShopError):
    """Somebody else took the ticket up in the meantime."""


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A ticket that waits; `customer` is empty for nobody."""

    id: int
    at: datetime
    customer: str
    lines: int
    ticket: Ticket
    operation_id: str


def park(session: Session, ticket: Ticket, *, operation_id: str, at: datetime) -> int:
    """Put a ticket aside, with the operation its charge will be posted under; returns its id."""
    row = ParkedTicket(
        at=at,
        staff_id=acting_staff(session),
        customer_id=ticket.customer_id,
        operation_id=operation_id,
        ticket=kept_ticket(ticket),
    )
    session.add(row)
    session.flush()
    return row.id


def parked(session: Session) -> list[ParkedRow]:
    """The tickets that wait, the one that waits longest first."""
    query = (
        select(ParkedTicket, Customer.name)
        .outerjoin(Customer, Customer.id == ParkedTicket.customer_id)
        .order_by(ParkedTicket.at, ParkedTicket.id)
    )
    return [
        ParkedRow(row.id, row.at, name or "", len(row.ticket["lines"]), read_ticket(row.ticket), row.operation_id)
        for row, name in session.execute(query)
    ]


def take_up(session: Session, parked_id: int) -> ParkedRow:
    """Take a ticket back to the counter; it waits no longer. Raises TicketTakenUp."""
    row = next((row for row in parked(session) if row.id == parked_id), None)
    if row is None:
        raise TicketTakenUp
    session.delete(session.get_one(ParkedTicket, parked_id))
    return row


def charged(session: Session, operation_id: str) -> str:
    """The number of the bill that was posted under an operation; empty where none was."""
    return session.scalar(select(Sale.number).where(Sale.operation_id == operation_id)) or ""


def kept_ticket(ticket: Ticket) -> dict[str, Any]:
    """A ticket as plain values, to be kept anywhere."""
    return asdict(ticket)


def read_ticket(kept: Mapping[str, Any]) -> Ticket:
    """The ticket behind plain values. Raises TypeError or KeyError where they are none."""
    lines = tuple(TicketLine(**line) for line in kept["lines"])
    payments = tuple(Paid(**paid) for paid in kept["payments"])
    uses, cards = (
        tuple(kind(**each) for each in kept[name]) for name, kind in (("uses", CardUse), ("cards", CardSale))
    )
    parts = {"lines": lines, "payments": payments, "uses": uses, "cards": cards, "coupons": tuple(kept["coupons"])}
    return Ticket(**{**kept, **parts})
