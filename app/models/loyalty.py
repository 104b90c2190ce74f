"""Points and tiers: the append-only ledger, the shop's tiers and what they bring, and each move between them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.spans import BirthdaySpan
from app.domain.shop import TierWindow
from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.models.base import Base, Coded, Id


class PointEntry(Base):
    """One movement of points. Never changed, never deleted: a mistake is a new entry (semantics.md, points ledger)."""

    __tablename__ = "point_entries"
    __table_args__ = (
        CheckConstraint("points <> 0", name="moves"),
        UniqueConstraint("operation_id", "ordinal"),
        Index("ix_point_entries_customer", "customer_id", "at", "points"),
        Index("ix_point_entries_lot", "lot_id", sqlite_where=text("lot_id IS NOT NULL")),
        Index("ix_point_entries_owed", "customer_id", "points", sqlite_where=text("lot_id IS NULL AND opens_lot = 0")),
    )
    append_only = True

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    at: Mapped[datetime]
    shop_day: Mapped[date]
    kind: Mapped[PointKind] = mapped_column(Coded(PointKind))
    points: Mapped[int]
    sale_id: Mapped[int | None] = mapped_column(ForeignKey("sales.id"), index=True)
    opens_lot: Mapped[bool] = mapped_column(default=False)
    """Whether this entry is itself a lot that later entries draw on."""
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("point_entries.id"))
    """The lot this entry draws on or refills; absent for a lot itself and for debt."""
    available_from: Mapped[date | None]
    expires_on: Mapped[date | None]
    """The last usable day; absent: never expires."""
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    reason: Mapped[str] = mapped_column(default="")
    rate: Mapped[str] = mapped_column(default="")
    """Points per unit of currency and multipliers used, kept with the entry (rule 2)."""
    operation_id: Mapped[str]
    """The posting this row belongs to; with `ordinal` unique, so that a repeated posting is refused."""
    ordinal: Mapped[int] = mapped_column(default=0)


class PointLot(Base):
    """What is left of each lot. A cache that the database itself keeps in step with every entry that is written.

    Without it a sale would have to add up all that the customer ever earned.
    """

    __tablename__ = "point_lots"
    __table_args__ = (
        Index(
            "ix_point_lots_spending",
            "customer_id",
            "last_day",
            "at",
            "lot_id",
            "usable_from",
            "remaining",
            sqlite_where=text("remaining > 0"),
        ),
        Index("ix_point_lots_ending", "last_day", sqlite_where=text("remaining > 0")),
    )
    cache = True

    lot_id: Mapped[int] = mapped_column(ForeignKey("point_entries.id"), primary_key=True)
    customer_id: Mapped[int]
    at: Mapped[datetime]
    usable_from: Mapped[date]
    last_day: Mapped[date]
    """`date.max` where it never ends, so that the order of the index is the order of spending."""
    remaining: Mapped[int]


LOT_OPENED = """
CREATE TRIGGER point_entries_open_lot AFTER INSERT ON point_entries WHEN NEW.opens_lot
BEGIN
    INSERT INTO point_lots (lot_id, customer_id, at, usable_from, last_day, remaining) VALUES (
        NEW.id, NEW.customer_id, NEW.at, coalesce(NEW.available_from, NEW.shop_day),
        coalesce(NEW.expires_on, '9999-12-31'), NEW.points
    );
END
"""
LOT_DRAWN_ON = """
CREATE TRIGGER point_entries_draw_on_lot AFTER INSERT ON point_entries WHEN NEW.lot_id IS NOT NULL
BEGIN
    UPDATE point_lots SET remaining = remaining + NEW.points WHERE lot_id = NEW.lot_id;
END
"""
for _trigger in (LOT_OPENED, LOT_DRAWN_ON):
    event.listen(PointEntry.__table__, "after_create", DDL(_trigger.strip()))  # type: ignore[no-untyped-call]


class EarningVersion(Base):
    """The rules by which purchases earn, from a day on; never changed: another rule is another version (rule 9)."""

    __tablename__ = "earning_versions"

    id: Mapped[Id]
    from_day: Mapped[date] = mapped_column(index=True)
    """Of several that begin on one day the last holds."""
    per_unit: Mapped[Decimal]
    per_visit: Mapped[int] = mapped_column(default=0)
    birthday: Mapped[Decimal] = mapped_column(default=Decimal(1))
    birthday_span: Mapped[BirthdaySpan] = mapped_column(Coded(BirthdaySpan))
    highest_only: Mapped[bool] = mapped_column(default=False)

    goods: Mapped[list["EarningGoods"]] = relationship(order_by="EarningGoods.id")
    days: Mapped[list["EarningDay"]] = relationship(order_by="EarningDay.id")


class EarningGoods(Base):
    """Points per unit of currency for one article, or else for a category."""

    __tablename__ = "earning_goods"

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("earning_versions.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"), index=True)
    category: Mapped[str] = mapped_column(default="")
    rate: Mapped[Decimal]
    """0: earns nothing."""


class EarningDay(Base):
    """Days on which points are multiplied: a weekday (0 is Monday), a day of every month, or dates."""

    __tablename__ = "earning_days"

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("earning_versions.id"), index=True)
    factor: Mapped[Decimal]
    weekday: Mapped[int | None]
    month_day: Mapped[int | None]
    first: Mapped[date | None]
    last: Mapped[date | None]


class Tier(Base):
    """One level, with inclusive thresholds over the shop's window: an amount, purchase days, or both."""

    __tablename__ = "tiers"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    rank: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(default="")
    """Given by the shop; empty: the shipped word for `code`."""
    name_zh: Mapped[str] = mapped_column(default="")
    """Given by the shop for Chinese alone; empty: `name` in both languages."""
    hue: Mapped[str] = mapped_column(default="neutral")
    min_amount: Mapped[int | None]
    min_days: Mapped[int | None]
    member_discount: Mapped[int] = mapped_column(default=0)
    """Member price in thousandths off: 50 is −5 %."""
    points_multiplier: Mapped[Decimal] = mapped_column(default=Decimal(1))
    birthday_multiplier: Mapped[Decimal] = mapped_column(default=Decimal(1))
    """Of points earned in the month of the birthday, besides the other."""


class TierBenefit(Base):
    """What a tier brings besides prices and points: kept by people, so the till and the card only say it."""

    __tablename__ = "tier_benefits"

    id: Mapped[Id]
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"), index=True)
    kind: Mapped[BenefitKind] = mapped_column(Coded(BenefitKind))
    nature: Mapped[BenefitNature] = mapped_column(Coded(BenefitNature))
    words: Mapped[str] = mapped_column(default="")


class PastTierRules(Base):
    """What tiers asked for until they were changed: a change counts from its day on, or is laid over the past."""

    __tablename__ = "past_tier_rules"

    id: Mapped[Id]
    last_day: Mapped[date] = mapped_column(unique=True)
    """The last shop day on which these rules held."""
    window: Mapped[TierWindow] = mapped_column(Coded(TierWindow))
    grace_days: Mapped[int]


class PastTierThreshold(Base):
    """What one tier asked for under rules of the past. A tier that is removed leaves the past as well."""

    __tablename__ = "past_tier_thresholds"
    __table_args__ = (UniqueConstraint("rules_id", "tier_id"),)

    id: Mapped[Id]
    rules_id: Mapped[int] = mapped_column(ForeignKey("past_tier_rules.id"))
    tier_id: Mapped[int] = mapped_column(ForeignKey("tiers.id"), index=True)
    min_amount: Mapped[int | None]
    min_days: Mapped[int | None]


class RemovedTier(Base):
    """A tier that is no more: who was given it by hand stands in the one below, and its name is still told."""

    __tablename__ = "removed_tiers"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    falls_to: Mapped[str]
    """The code of the tier that was below it."""
    name: Mapped[str] = mapped_column(default="")
    name_zh: Mapped[str] = mapped_column(default="")


class TierFloor(Base):
    """A tier given by hand, which a customer does not fall below up to its last day; the next row takes its place."""

    __tablename__ = "tier_floors"
    __table_args__ = (Index("ix_tier_floors_customer", "customer_id", "at"),)
    append_only = True

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    at: Mapped[datetime]
    shop_day: Mapped[date]
    tier_code: Mapped[str] = mapped_column(default="")
    """Empty: what was given by hand ends with this row, before its day."""
    until: Mapped[date | None]
    """The last day it holds; absent: until it is ended."""
    reason: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    operation_id: Mapped[str] = mapped_column(unique=True)


class TierMove(Base):
    """One customer's move between tiers, with its cause; rebuilt from the sales whenever those change."""

    __tablename__ = "tier_moves"
    __table_args__ = (Index("ix_tier_moves_customer", "customer_id", "on", "id"),)
    cache = True

    id: Mapped[Id]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    on: Mapped[date]
    from_rank: Mapped[int]
    to_rank: Mapped[int]
    cause: Mapped[str]
    valid_until: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    """With a customer's last move: the day on which it changes without a purchase, grace included."""
