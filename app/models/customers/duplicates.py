"""Two cards of one person: what was merged, and which pairs a person said are not the same."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, JsonText


class NotSame(Base):
    """A pair that looks alike and is two people; it is never shown again. The smaller id comes first."""

    __tablename__ = "not_same"
    __table_args__ = (UniqueConstraint("low_id", "high_id"), CheckConstraint("low_id < high_id", name="ordered"))

    id: Mapped[Id]
    low_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    high_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))


class CustomerMerge(Base):
    """One merge: the card that stays answers for the one that went; `snapshot` is what both said before."""

    __tablename__ = "customer_merges"

    id: Mapped[Id]
    kept_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    snapshot: Mapped[Any] = mapped_column(JsonText, default=dict)
    undone_at: Mapped[datetime | None]
