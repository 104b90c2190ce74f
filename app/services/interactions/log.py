"""The contact log: what was said with whom, how, and whether it was to care or to sell."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import clean, one_line
from app.models.customers import Customer
from app.models.interactions import Interaction, ScriptAnswer
from app.services.interactions.answers import write_answers
from app.services.interactions.drafts import ContactChanged, ContactDraft, ContactGone, NobodyToLog
from app.services.settings import settings
from app.storage.unit_of_work import acting_staff


def log_contact(session: Session, customer_id: int | None, draft: ContactDraft, *, at: datetime) -> int:
    """Note a contact that was had at `at`; returns its id. Answers land on the card in the same act.

    Raises NobodyToLog without a customer.
    """
    customer = session.get(Customer, customer_id) if customer_id is not None else None
    if customer is None:
        raise NobodyToLog
    staff_id = draft.staff_id or acting_staff(session)
    contact = Interaction(customer_id=customer.id, staff_id=staff_id, **_columns(session, draft, at))
    session.add(contact)
    session.flush()
    write_answers(session, contact, draft.answers)
    return contact.id


def edit_contact(session: Session, contact_id: int, draft: ContactDraft, *, at: datetime, version: int) -> int:
    """Make a contact say what `draft` says; `version` is its own when it was opened. Returns the version it has now.

    What an earlier answer left on the card stays there; a new one lands beside it.
    Raises ContactChanged when somebody saved it in between, or ContactGone.
    """
    contact = found(session, contact_id)
    if contact.version != version:
        raise ContactChanged
    wanted = {**_columns(session, draft, at), "staff_id": draft.staff_id or contact.staff_id}
    changed = {key: value for key, value in wanted.items() if getattr(contact, key) != value}
    for key, value in changed.items():
        setattr(contact, key, value)
    if write_answers(session, contact, draft.answers) and not changed:
        contact.version += 1  # a change of an answer alone must raise it too
    session.flush()
    return contact.version


def remove_contact(session: Session, contact_id: int) -> int:
    """Take a contact out of the log, with its answers; what they left on the card stays.

    Returns the id of the customer it was with. Raises ContactGone.
    """
    contact = found(session, contact_id)
    for answer in session.scalars(select(ScriptAnswer).where(ScriptAnswer.interaction_id == contact_id)):
        session.delete(answer)
    session.flush()
    session.delete(contact)
    return contact.customer_id


def found(session: Session, contact_id: int) -> Interaction:
    """The contact itself. Raises ContactGone."""
    contact = session.get(Interaction, contact_id)
    if contact is None:
        raise ContactGone
    return contact


def _columns(session: Session, draft: ContactDraft, at: datetime) -> dict[str, Any]:
    return {
        "at": at,
        "shop_day": at.astimezone(ZoneInfo(settings(session).timezone)).date(),
        "channel": draft.channel,
        "direction": draft.direction,
        "purpose": draft.purpose,
        "reached": draft.reached,
        "summary": clean(draft.summary).strip(),
        "noticed": draft.noticed,
        "objection": one_line(draft.objection),
        "reply": one_line(draft.reply),
        "reply_worked": draft.reply_worked if draft.reply.strip() else None,
        "demonstrated": one_line(draft.demonstrated),
        "quoted": one_line(draft.quoted),
        "product_id": draft.product_id,
    }
