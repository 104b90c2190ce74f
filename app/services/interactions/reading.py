"""Reading the log: a customer's contacts, one of them to be mended, and how care and selling stand to each other."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.interactions import Purpose
from app.models.complaints import Complaint
from app.models.interactions import Interaction, ScriptAnswer, ScriptQuestion
from app.models.staff import Staff
from app.services.customers.families import answered_for
from app.services.interactions.drafts import Answered, ContactDraft, ContactRow, ContactSeen
from app.services.interactions.log import found


@dataclass(frozen=True, slots=True)
class ServiceRatio:
    """How many real contacts were to care, and how many to sell."""

    care: int
    sell: int


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


def contact(session: Session, contact_id: int) -> ContactSeen:
    """One contact with all its parts. Raises ContactGone."""
    row = found(session, contact_id)
    query = (
        select(ScriptAnswer.question_id, ScriptAnswer.text, ScriptQuestion.script_id)
        .join(ScriptQuestion, ScriptQuestion.id == ScriptAnswer.question_id)
        .where(ScriptAnswer.interaction_id == contact_id)
        .order_by(ScriptQuestion.position, ScriptQuestion.id)
    )
    answers = list(session.execute(query))
    number = select(Complaint.number).where(Complaint.id == row.complaint_id)
    return ContactSeen(
        id=row.id,
        customer_id=row.customer_id,
        at=row.at,
        draft=_draft(row, tuple(Answered(key, text) for key, text, _script in answers)),
        script_id=answers[0][2] if answers else None,
        complaint_id=row.complaint_id,
        complaint_number=None if row.complaint_id is None else session.scalar(number),
        version=row.version,
    )


def service_ratio(session: Session, customer_id: int | None, since: date, until: date) -> ServiceRatio:
    """Contacts to care and to sell from the shop day `since` to `until`, both included: one customer's, or the shop's.

    Only where the person was spoken to: nobody was served by a call that was not answered.
    """
    query = (
        select(Interaction.purpose, func.count())
        .where(Interaction.reached, Interaction.shop_day.between(since, until))
        .group_by(Interaction.purpose)
    )
    if customer_id is not None:
        query = query.where(Interaction.customer_id.in_(answered_for(session, customer_id)))
    counted: dict[Purpose, int] = {row[0]: row[1] for row in session.execute(query)}
    return ServiceRatio(counted.get(Purpose.CARE, 0), counted.get(Purpose.SELL, 0))


def _draft(row: Interaction, answers: tuple[Answered, ...]) -> ContactDraft:
    return ContactDraft(
        channel=row.channel,
        direction=row.direction,
        purpose=row.purpose,
        reached=row.reached,
        summary=row.summary,
        noticed=row.noticed,
        objection=row.objection,
        reply=row.reply,
        reply_worked=row.reply_worked,
        demonstrated=row.demonstrated,
        quoted=row.quoted,
        product_id=row.product_id,
        staff_id=row.staff_id,
        answers=answers,
    )
