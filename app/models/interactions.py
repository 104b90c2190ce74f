"""The contact log: calls, visits and messages with a customer."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.interactions import Channel, Direction, Purpose
from app.models.base import Base, Coded, Id


class Interaction(Base):
    __tablename__ = "interactions"
    __table_args__ = (Index("ix_interactions_customer", "customer_id", "at"),)

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
