"""What the till keeps beside sales: tickets put aside, and each close of the drawer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Id


class ParkedTicket(Base):
    """A ticket put aside, to be taken up again at any counter. Nothing of it has happened yet."""

    __tablename__ = "parked_tickets"

    id: Mapped[Id]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    operation_id: Mapped[str] = mapped_column(unique=True)
    """Of the charge to come."""
    ticket: Mapped[dict[str, Any]]
    """Lines, discount, points and payments, as `app.services.till.parking` writes them."""


class DayClose(Base):
    """The drawer counted against what the bills since the close before say. `voided_at`: taken back."""

    __tablename__ = "day_closes"
    __table_args__ = (Index("ix_day_closes_day", "shop_day", "voided_at"),)

    id: Mapped[Id]
    shop_day: Mapped[date]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    after_id: Mapped[int | None] = mapped_column(ForeignKey("day_closes.id"))
    """The close before, whose bills are not counted again; empty for the first."""
    first_sale: Mapped[int]
    last_sale: Mapped[int]
    """The bills of the till it covers, by id, both ends included; the last below the first where there was none."""
    reason: Mapped[str] = mapped_column(default="")
    voided_at: Mapped[datetime | None]

    lines: Mapped[list["DayCloseLine"]] = relationship(order_by="DayCloseLine.id")


class DayCloseLine(Base):
    """One method of a close, in minor units: expected is float_before + sales − refunds."""

    __tablename__ = "day_close_lines"

    id: Mapped[Id]
    close_id: Mapped[int] = mapped_column(ForeignKey("day_closes.id", ondelete="CASCADE"), index=True)
    method: Mapped[str] = mapped_column(ForeignKey("payment_methods.code"))
    bills: Mapped[int]
    sales: Mapped[int]
    refunds: Mapped[int]
    """What went back, above 0: returns, and sales of a closed day that were taken back since."""
    float_before: Mapped[int] = mapped_column(default=0)
    """What lay in the drawer when it was last closed; cash alone has one."""
    counted: Mapped[int | None]
    """What was really there; empty: not counted."""
    float_after: Mapped[int] = mapped_column(default=0)
    """What stays in the drawer for the next day."""
