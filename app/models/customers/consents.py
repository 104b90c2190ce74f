"""Who allowed what: every yes and no to being written to or called, by channel."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.interactions import Channel
from app.models.base import Base, Coded, Id


class Consent(Base):
    """One decision of a person about one channel; the newest counts, the earlier ones are the history."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_customer", "customer_id", "channel", "at"),)

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    channel: Mapped[Channel] = mapped_column(Coded(Channel))
    given: Mapped[bool]
    at: Mapped[datetime]
    shop_day: Mapped[date]
    source: Mapped[str] = mapped_column(default="")
    """Where it was said: counter, paper, phone, message, import, or the shop's own words."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
