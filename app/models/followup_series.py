"""What is to be done again and again: the rule, and the days of it that were taken out."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.models.base import Base, Coded, Id


class FollowUpSeries(Base):
    """What every follow-up of a series starts as. Its days are rows of `followups`, written ahead of time.

    Either `rule`, an RRULE without COUNT and UNTIL, or so many days after one is done.
    """

    __tablename__ = "followup_series"
    __table_args__ = (CheckConstraint("(rule IS NULL) <> (after_done_days IS NULL)", name="one_way"),)

    id: Mapped[Id]
    rule: Mapped[str | None]
    after_done_days: Mapped[int | None]
    first_on: Mapped[date]
    """The first day of the rule: DTSTART."""
    since: Mapped[date]
    """No day before it is written: a calendar brought in may have begun years ago."""
    until_on: Mapped[date | None]
    """The last day there can be one."""
    times: Mapped[int | None]
    """How many there are, counted from `first_on`."""
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    due_at: Mapped[time | None]
    kind: Mapped[FollowUpKind] = mapped_column(Coded(FollowUpKind))
    purpose: Mapped[FollowUpPurpose] = mapped_column(Coded(FollowUpPurpose))
    text: Mapped[str] = mapped_column(default="")
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaints.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime]
    uid: Mapped[str | None]
    """Of an import: what the calendar it came from calls it."""
    identity: Mapped[str | None] = mapped_column(unique=True)
    """Of an import: the digest by which the same row of a file is known when it comes again."""
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def feature(cls) -> str:
        return "followups"


class FollowUpGap(Base):
    """A day of a series that was taken out: EXDATE."""

    __tablename__ = "followup_gaps"
    __table_args__ = (UniqueConstraint("series_id", "occurs_on"),)

    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(ForeignKey("followup_series.id", ondelete="CASCADE"))
    occurs_on: Mapped[date]

    @classmethod
    def feature(cls) -> str:
        return "followups"
