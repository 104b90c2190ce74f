"""The contact log: calls, visits and messages with a customer, and the scripts that find out what they need."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.interactions import Channel, Direction, Noticed, Purpose
from app.models.base import Base, Coded, Id


class Interaction(Base):
    __tablename__ = "interactions"
    __table_args__ = (
        Index("ix_interactions_customer", "customer_id", "at"),
        Index("ix_interactions_day", "shop_day"),
        Index("ix_interactions_replies", "at", sqlite_where=text("reply <> ''")),
    )

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    channel: Mapped[Channel] = mapped_column(Coded(Channel))
    direction: Mapped[Direction] = mapped_column(Coded(Direction))
    purpose: Mapped[Purpose] = mapped_column(Coded(Purpose))
    reached: Mapped[bool] = mapped_column(default=True)
    """Whether the person was spoken to: only these count as a real contact."""
    summary: Mapped[str] = mapped_column(default="")
    noticed: Mapped[Noticed | None] = mapped_column(Coded(Noticed))
    objection: Mapped[str] = mapped_column(default="", server_default="")
    """What spoke against buying, in the customer's words."""
    reply: Mapped[str] = mapped_column(default="", server_default="")
    reply_worked: Mapped[bool | None]
    demonstrated: Mapped[str] = mapped_column(default="", server_default="")
    """What was shown, tasted or tried."""
    quoted: Mapped[str] = mapped_column(default="", server_default="")
    """What was offered at which price, in words."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    """The article the demonstration, the quote or the objection was about."""
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    """The complaint that was opened from this contact."""
    identity: Mapped[str | None] = mapped_column(unique=True)
    """Of an import: the digest by which the same row of a file is known when it comes again."""
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}


class NeedScript(Base):
    """The shop's own questions for one group of goods, in their order."""

    __tablename__ = "need_scripts"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    category: Mapped[str] = mapped_column(default="")
    """The product group it is for; empty: any."""
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class ScriptQuestion(Base):
    """One question: open (words), or closed (one of `choices`). The answer lands in a field of the card."""

    __tablename__ = "script_questions"

    id: Mapped[Id]
    script_id: Mapped[int] = mapped_column(ForeignKey("need_scripts.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    choices: Mapped[list[str]] = mapped_column(default=list)
    """Empty: an open question."""
    lands_in: Mapped[str] = mapped_column(default="")
    """needs, preferences, buys_elsewhere, fact, or empty: kept with the contact alone."""
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]


class ScriptAnswer(Base):
    """What a customer answered, in which contact."""

    __tablename__ = "script_answers"

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("script_questions.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interactions.id", ondelete="CASCADE"), index=True)
    shop_day: Mapped[date]
    text: Mapped[str]
