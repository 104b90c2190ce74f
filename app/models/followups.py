"""What is to be done for whom, and when."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.models.base import Base, Coded, Id


class FollowUp(Base):
    """One thing to do, on a plain date and perhaps at an hour of the shop's day."""

    __tablename__ = "followups"
    __table_args__ = (
        Index("ix_followups_due", "due_on", "done_at", "due_at", "customer_id", "purpose", "staff_id"),
        Index("ix_followups_open", "done_at", "due_on"),
        UniqueConstraint("series_id", "occurs_on"),
    )

    id: Mapped[Id]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    due_on: Mapped[date]
    due_at: Mapped[time | None]
    kind: Mapped[FollowUpKind] = mapped_column(Coded(FollowUpKind))
    purpose: Mapped[FollowUpPurpose] = mapped_column(Coded(FollowUpPurpose))
    text: Mapped[str] = mapped_column(default="")
    """The reason, as a person wrote it."""
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    """Who shall do it."""
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    identity: Mapped[str | None] = mapped_column(unique=True)
    """Of an import: the digest by which the same row of a file is known when it comes again; of a rule:
    `auto:RULE:CUSTOMER:OCCASION`."""
    uid: Mapped[str | None]
    """Of an import: what the calendar it came from calls it."""
    series_id: Mapped[int | None] = mapped_column(ForeignKey("followup_series.id", ondelete="CASCADE"))
    occurs_on: Mapped[date | None]
    """The day of the series it stands for, wherever it was moved to: RECURRENCE-ID."""
    rule: Mapped[str | None]
    """The code of the rule that brought it; absent: a person booked it."""
    latest_on: Mapped[date | None]
    """The last day on which it is still good; `due_on` is the ideal one."""
    planned_on: Mapped[date | None]
    """The day the rule gave it: where `due_on` is another, a person has moved it."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
