"""What an erasure would take and leave, told before it is done; and how long copies made before still hold it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.complaints import Complaint
from app.models.customers import Customer
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.models.sales import Sale
from app.services.customers.families import answered_for, answering
from app.services.privacy.erasing import AlreadyErased
from app.storage.retention import MONTHLY


@dataclass(frozen=True, slots=True)
class ErasureForeseen:
    """Whom it is about (`cards`: with those merged into it), how many of what lose their words, and what stays.

    `due` follow-ups go altogether. `copies_until`: the first day of the month in which the last copy that the program
    itself made before is dropped, if it goes on making copies.
    """

    customer_id: int
    name: str
    cards: int
    contacts: int
    complaints: int
    open_complaints: int
    due: int
    sales: int
    copies_until: date


def foresee_erasure(session: Session, customer_id: int, today: date) -> ErasureForeseen:
    """What `erase` would do. Raises AlreadyErased."""
    card = session.get_one(Customer, answering(session, customer_id))
    if card.erased_at is not None:
        raise AlreadyErased
    family = answered_for(session, card.id)

    def count(kind: type[Base], *where: ColumnElement[bool]) -> int:
        theirs = kind.__table__.c.customer_id.in_(family)
        return session.scalar(select(func.count()).select_from(kind).where(theirs, *where)) or 0

    return ErasureForeseen(
        customer_id=card.id,
        name=card.name,
        cards=len(family),
        contacts=count(Interaction),
        complaints=count(Complaint),
        open_complaints=count(Complaint, Complaint.state != "closed"),
        due=count(FollowUp, FollowUp.done_at.is_(None)),
        sales=count(Sale, Sale.voided_at.is_(None)),
        copies_until=_months_on(today, MONTHLY + 1),
    )


def _months_on(day: date, months: int) -> date:
    """The first day of the month so many months on: the copy of this month is the last of its kind to be thinned."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
