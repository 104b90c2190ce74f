"""What the till wants to know about the person who buys."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerFigures, CustomerPhone
from app.models.sales import Sale
from app.services.customers.families import answered_for, answering
from app.services.loyalty.footing import Footing, footing
from app.services.loyalty.holdings import Holding, holding_of
from app.services.loyalty.standing import Ladder, Standing


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys, as the ticket shows them."""

    customer_id: int
    name: str
    phone: str
    open_complaints: int
    """Above 0: nothing may be promoted (the brake)."""
    standing: Standing
    footing: Footing
    held: Holding
    cards: tuple[int, ...]
    """Whose sales and points count: the customer's own card first, then those merged into it."""
    personal_discount: int | None = None
    """Thousandths off, in place of the tier's; None: the tier's."""


def family_of(session: Session, customer_id: int | None) -> tuple[int, ...]:
    """The card that answers for this one, then those it answers for; nothing for nobody."""
    if customer_id is None:
        return ()
    owner = answering(session, customer_id)
    return (owner, *(card for card in answered_for(session, owner) if card != owner))


def buyer_of(session: Session, cards: tuple[int, ...], ladder: Ladder, day: date) -> Buyer | None:
    """The customer behind these cards; None for nobody."""
    if not cards:
        return None
    owner = cards[0]
    query = (
        select(Customer.name, CustomerFigures.open_complaints, Customer.personal_discount)
        .outerjoin(CustomerFigures, CustomerFigures.customer_id == Customer.id)
        .where(Customer.id == owner)
    )
    name, complaints, off = session.execute(query).one()
    stands = footing(session, cards, day, ladder.rules)
    return Buyer(
        owner,
        name,
        _phone(session, owner),
        complaints or 0,
        ladder.standing(stands),
        stands,
        holding_of(session, cards),
        cards,
        off,
    )


def _phone(session: Session, customer_id: int) -> str:
    query = select(CustomerPhone.digits).where(CustomerPhone.customer_id == customer_id).order_by(CustomerPhone.id)
    return session.scalar(query.limit(1)) or ""


def points_used_last(session: Session, customer_id: int) -> int:
    """As many points as the customer paid with last time; 0 when never."""
    query = (
        select(Sale.points_used)
        .where(Sale.customer_id == customer_id, Sale.voided_at.is_(None), Sale.points_used > 0)
        .order_by(Sale.at.desc())
        .limit(1)
    )
    return session.scalar(query) or 0
