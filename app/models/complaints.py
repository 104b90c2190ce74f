"""The complaint log: the case, and the history of its states."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.complaints import ComplaintState, Severity
from app.models.base import Base, Coded, Id


class Complaint(Base):
    """One case. Its state is that of the last event; it is kept here so that lanes and counts are one indexed read."""

    __tablename__ = "complaints"
    __table_args__ = (Index("ix_complaints_state", "state", "opened_at"),)

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    opened_at: Mapped[datetime]
    shop_day: Mapped[date]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    category: Mapped[str]
    severity: Mapped[Severity] = mapped_column(Coded(Severity))
    channel: Mapped[str] = mapped_column(default="")
    words: Mapped[str]
    wish: Mapped[str] = mapped_column(default="")
    remedy: Mapped[str] = mapped_column(default="")
    on_the_spot: Mapped[bool] = mapped_column(default=False)
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"), index=True)
    state: Mapped[ComplaintState] = mapped_column(Coded(ComplaintState))
    satisfaction: Mapped[int | None]
    """1 to 5, asked when the case is closed."""
    identity: Mapped[str | None] = mapped_column(unique=True)
    """Of an import: the digest by which the same row of a file is known when it comes again."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ComplaintEvent(Base):
    """One change of state: the truth from which every clock is computed."""

    __tablename__ = "complaint_events"
    __table_args__ = (Index("ix_complaint_events_case", "complaint_id", "at"),)

    id: Mapped[Id]
    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaints.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    state: Mapped[ComplaintState] = mapped_column(Coded(ComplaintState))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(default="")
