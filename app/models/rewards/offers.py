"""What the shop offers: rewards for points, kinds of coupons, and cards. Money in minor units."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.domain.rewards.kinds import Benefit, Occasion, PlanKind, RewardKind
from app.models.base import Base, Coded, Id


class Reward(Base):
    """Something that points are exchanged for. How many are left is the sum of its ledger."""

    __tablename__ = "rewards"

    id: Mapped[Id]
    name: Mapped[str]
    kind: Mapped[RewardKind] = mapped_column(Coded(RewardKind))
    cost: Mapped[int]
    """Points."""
    amount: Mapped[int] = mapped_column(default=0)
    """What a coupon bought with points takes off."""
    days: Mapped[int | None]
    """How long such a coupon lasts; absent: for ever."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    counted: Mapped[bool] = mapped_column(default=True)
    """Whether there is a stock that runs out."""
    per_customer: Mapped[int | None]
    first: Mapped[date | None]
    last: Mapped[date | None]
    """The days within which it is offered, both included."""
    coupon_kind_id: Mapped[int | None] = mapped_column(ForeignKey("coupon_kinds.id"))
    """The kind its coupons are of; only where money off is bought."""
    archived_at: Mapped[datetime | None]


class CouponKind(Base):
    """What coupons of this kind give, for what, for how long, and when they are handed out."""

    __tablename__ = "coupon_kinds"

    id: Mapped[Id]
    name: Mapped[str]
    occasion: Mapped[Occasion] = mapped_column(Coded(Occasion))
    benefit: Mapped[Benefit] = mapped_column(Coded(Benefit))
    amount: Mapped[int] = mapped_column(default=0)
    """Money off, or thousandths off."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    min_bill: Mapped[int] = mapped_column(default=0)
    categories: Mapped[list[str]] = mapped_column(default=list)
    """The goods it counts for; none named: all."""
    days: Mapped[int | None]
    """So many days from the day of issue; with or without the two below."""
    first: Mapped[date | None]
    last: Mapped[date | None]
    since: Mapped[date | None]
    """The day from which its occasion counts: what fell due before brings none; absent: all that is due."""
    uses: Mapped[int] = mapped_column(default=1)
    """Of one coupon."""
    per_customer: Mapped[int | None]
    """Uses of this kind by one customer."""
    from_amount: Mapped[int] = mapped_column(default=0)
    """The sale that brings a coupon for the next visit comes to at least this."""
    archived_at: Mapped[datetime | None]


class CardPlan(Base):
    """A card the shop offers: stored value with a bonus, so many visits ahead, or buy so many and get one."""

    __tablename__ = "card_plans"

    id: Mapped[Id]
    kind: Mapped[PlanKind] = mapped_column(Coded(PlanKind))
    name: Mapped[str]
    price: Mapped[int] = mapped_column(default=0)
    """What is paid for it; for stored value also what is paid in."""
    bonus: Mapped[int] = mapped_column(default=0)
    """What the shop puts on top of stored value."""
    units: Mapped[int] = mapped_column(default=0)
    """Visits on a count card; stamps that make one free."""
    category: Mapped[str] = mapped_column(default="")
    """The goods it counts for; empty: all."""
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    """The one article a visit pays for, in place of a category."""
    months: Mapped[int | None]
    """How long visits, stamps or a bonus last; absent: for ever. What was paid in never ends."""
    archived_at: Mapped[datetime | None]
