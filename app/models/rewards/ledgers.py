"""The ledgers of what customers hold besides points: rows are never changed or deleted, a balance is their sum."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.domain.rewards.kinds import Move, Part, StockMove
from app.models.base import Base, Coded, Id


class PurseEntry(Base):
    """One movement of a purse, as `PointEntry` is one of points (semantics.md, points ledger)."""

    __abstract__ = True
    append_only = True

    id: Mapped[Id]
    customer_id: Mapped[Any]
    at: Mapped[datetime]
    shop_day: Mapped[date]
    move: Mapped[Move] = mapped_column(Coded(Move))
    units: Mapped[int]
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"), index=True)
    opens_lot: Mapped[bool] = mapped_column(default=False)
    """Whether this entry is itself a lot that later entries draw on."""
    available_from: Mapped[date | None]
    expires_on: Mapped[date | None]
    """The last usable day; absent: never expires."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(default="")
    operation_id: Mapped[str]
    """The posting this row belongs to; with `ordinal` unique, so that a repeated posting is refused."""
    ordinal: Mapped[int] = mapped_column(default=0)

    @declared_attr
    def lot_id(cls) -> Mapped[int | None]:  # noqa: N805
        """The lot this entry draws on or refills; absent for a lot itself and for what is owed."""
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        return (
            CheckConstraint("units <> 0", name="moves"),
            UniqueConstraint("operation_id", "ordinal"),
            Index(f"ix_{cls.__tablename__}_customer", "customer_id", "at"),
        )


class StoredEntry(PurseEntry):
    """Stored value in minor units: what the customer paid in, and the bonus, each a purse of its own."""

    __tablename__ = "stored_entries"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    part: Mapped[Part] = mapped_column(Coded(Part))
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("card_plans.id"))
    """The offer that was bought, where it was one."""


class VisitEntry(PurseEntry):
    """Visits paid ahead. `worth` is what they were paid with, in minor units, and moves along with them."""

    __tablename__ = "visit_entries"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("card_plans.id"), index=True)
    worth: Mapped[int] = mapped_column(default=0)


class StampEntry(PurseEntry):
    """Stamps on punch cards."""

    __tablename__ = "stamp_entries"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    plan_id: Mapped[int] = mapped_column(ForeignKey("card_plans.id"), index=True)


class CouponEntry(PurseEntry):
    """Coupons and their uses. A coupon is the row that issued it: a lot of so many uses, with a code of its own."""

    __tablename__ = "coupon_entries"

    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    """Whom it was given to, of a use: who used it; absent: whoever bears it."""
    kind_id: Mapped[int] = mapped_column(ForeignKey("coupon_kinds.id"), index=True)
    code: Mapped[str | None] = mapped_column(unique=True)
    occasion: Mapped[str | None] = mapped_column(index=True)
    """What it was issued for, so that nothing brings two: "birthday:7:2026"."""
    worth: Mapped[int] = mapped_column(default=0)
    """Of a use: what it took off the bill, in minor units, below 0."""


class RewardEntry(Base):
    """One movement of a reward's stock: put there, or exchanged for points."""

    __tablename__ = "reward_entries"
    __table_args__ = (
        CheckConstraint("units <> 0", name="moves"),
        UniqueConstraint("operation_id", "ordinal"),
    )
    append_only = True

    id: Mapped[Id]
    reward_id: Mapped[int] = mapped_column(ForeignKey("rewards.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    at: Mapped[datetime]
    shop_day: Mapped[date]
    kind: Mapped[StockMove] = mapped_column(Coded(StockMove))
    units: Mapped[int]
    points: Mapped[int] = mapped_column(default=0)
    """What was paid (below 0) or came back: the points ledger holds them under the same operation."""
    coupon_id: Mapped[int | None] = mapped_column(ForeignKey("coupon_entries.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(default="")
    operation_id: Mapped[str]
    ordinal: Mapped[int] = mapped_column(default=0)
