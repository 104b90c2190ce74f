"""The contact log: what was said with whom, how, and whether it was to care or to sell."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.interactions import Channel, Direction, Purpose
from app.domain.text import clean
from app.models.customers import Customer
from app.models.interactions import Interaction
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


class NobodyToLog(ShopError):
    """A contact belongs to a customer, and none was chosen."""


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as it was filled in. `reached` says whether the person was spoken to: only these are real contacts."""

    channel: Channel = Channel.CALL
    direction: Direction = Direction.OUT
    purpose: Purpose = Purpose.CARE
    reached: bool = True
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    id: int
    at: datetime
    day: date
    channel: Channel
    direction: Direction
    purpose: Purpose
    reached: bool
    summary: str
    staff: str


def log_contact(session: Session, customer_id: int | None, draft: ContactDraft, *, at: datetime) -> int:
    """Note a contact; returns its id. Raises NobodyToLog without a customer."""
    customer = session.get(Customer, customer_id) if customer_id is not None else None
    if customer is None:
        raise NobodyToLog
    contact = Interaction(
        customer_id=customer.id,
        at=at,
        shop_day=at.astimezone(ZoneInfo(settings(session).timezone)).date(),
        staff_id=acting_staff(session),
        channel=draft.channel,
        direction=draft.direction,
        purpose=draft.purpose,
        reached=draft.reached,
        summary=clean(draft.summary).strip(),
    )
    session.add(contact)
    session.flush()
    return contact.id


def contacts(session: Session, customer_id: int, *, limit: int = 50) -> list[ContactRow]:
    """A customer's contacts, the newest first, those of cards merged into it among them."""
    query = (
        select(
            Interaction.id,
            Interaction.at,
            Interaction.shop_day,
            Interaction.channel,
            Interaction.direction,
            Interaction.purpose,
            Interaction.reached,
            Interaction.summary,
            Staff.name,
        )
        .join(Staff, Staff.id == Interaction.staff_id)
        .where(Interaction.customer_id.in_(answered_for(session, customer_id)))
        .order_by(Interaction.at.desc(), Interaction.id.desc())
        .limit(limit)
    )
    return [ContactRow(*row) for row in session.execute(query)]
