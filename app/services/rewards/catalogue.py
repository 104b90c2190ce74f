"""Reading what the shop offers: cards, kinds of coupons with how they stand, rewards with what is left."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.domain.money import currency, price_to_minor
from app.domain.rewards.coupons import worth
from app.domain.rewards.kinds import Move, PlanKind, StockMove
from app.models.customers import Customer
from app.models.products import Product
from app.models.rewards import CardPlan, CouponEntry, CouponKind, Reward, RewardEntry
from app.services.customers.families import answered_for
from app.services.rewards.coupons import terms_of
from app.services.rewards.offers import KindDraft, PlanDraft, RewardDraft
from app.services.rewards.outstanding import Holder
from app.services.settings import settings


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A card on offer."""

    id: int
    draft: PlanDraft
    article: str
    archived: bool


def plans(session: Session, kind: PlanKind | None = None, *, archived: bool = False) -> list[PlanRow]:
    """The cards on offer, by kind and price; with those put away when asked."""
    query = (
        select(CardPlan, func.coalesce(Product.name, ""))
        .outerjoin(Product, Product.id == CardPlan.product_id)
        .order_by(CardPlan.price, CardPlan.id)
    )
    if kind is not None:
        query = query.where(CardPlan.kind == kind)
    if not archived:
        query = query.where(CardPlan.archived_at.is_(None))
    return sorted((_plan(*row) for row in session.execute(query)), key=lambda row: list(PlanKind).index(row.draft.kind))


def _plan(row: CardPlan, article: str) -> PlanRow:
    draft = PlanDraft(row.kind, row.name, row.price, row.bonus, row.units, row.category, row.product_id, row.months)
    return PlanRow(row.id, draft, article, row.archived_at is not None)


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of coupon and how its uses stand; what the open ones may cost, in minor units."""

    id: int
    draft: KindDraft
    article: str
    archived: bool
    issued: int
    used: int
    expired: int
    withdrawn: int
    open: int
    worth: int
    taken_off: int
    """What they have taken off bills so far, in minor units."""


def kinds(session: Session, *, archived: bool = False) -> list[KindRow]:
    """The kinds of coupons by occasion and name, each with its counts; with those put away when asked."""
    counts = {number: tuple(rest) for number, *rest in session.execute(_counts())}
    digits = currency(settings(session).currency).digits
    query = (
        select(CouponKind, func.coalesce(Product.name, ""), func.coalesce(Product.price, 0))
        .outerjoin(Product, Product.id == CouponKind.product_id)
        .order_by(CouponKind.occasion, CouponKind.name, CouponKind.id)
    )
    if not archived:
        query = query.where(CouponKind.archived_at.is_(None))
    return [
        _kind(row, article, price_to_minor(price, digits), counts.get(row.id, (0,) * 6))
        for row, article, price in session.execute(query)
    ]


def _counts() -> Select[*tuple[Any, ...]]:
    """By kind: uses handed out, used, expired, withdrawn, open, and what they took off."""
    return select(
        CouponEntry.kind_id,
        _moved(Move.ISSUE),
        -_moved(Move.SPEND, Move.GIVE_BACK),
        -_moved(Move.EXPIRE),
        -_moved(Move.WITHDRAW),
        func.sum(CouponEntry.units),
        -func.sum(CouponEntry.worth),
    ).group_by(CouponEntry.kind_id)


def _moved(*moves: Move) -> ColumnElement[int]:
    return func.coalesce(func.sum(CouponEntry.units).filter(CouponEntry.move.in_(moves)), 0)


def _kind(row: CouponKind, article: str, gift_price: int, counts: tuple[int, ...]) -> KindRow:
    draft = KindDraft(
        row.name,
        row.occasion,
        row.benefit,
        row.amount,
        row.product_id,
        row.min_bill,
        tuple(row.categories),
        row.days,
        row.first,
        row.last,
        row.uses,
        row.per_customer,
        row.from_amount,
        row.since,
    )
    issued, used, expired, withdrawn, left, off = counts
    each = worth(terms_of(row), gift_price)
    return KindRow(
        row.id, draft, article, row.archived_at is not None, issued, used, expired, withdrawn, left, left * each, off
    )


@dataclass(frozen=True, slots=True)
class RewardRow:
    """A reward and how many are left (None: no stock is kept) and were exchanged."""

    id: int
    draft: RewardDraft
    article: str
    archived: bool
    stock: int | None
    redeemed: int


def rewards(session: Session, *, archived: bool = False) -> list[RewardRow]:
    """The rewards by what they cost; with those put away when asked."""
    stock = select(func.coalesce(func.sum(RewardEntry.units), 0)).where(RewardEntry.reward_id == Reward.id)
    gone = select(func.coalesce(func.sum(RewardEntry.units), 0)).where(
        RewardEntry.reward_id == Reward.id, RewardEntry.kind != StockMove.STOCK
    )
    query = (
        select(Reward, func.coalesce(Product.name, ""), stock.scalar_subquery(), gone.scalar_subquery())
        .outerjoin(Product, Product.id == Reward.product_id)
        .order_by(Reward.cost, Reward.name, Reward.id)
    )
    if not archived:
        query = query.where(Reward.archived_at.is_(None))
    return [_reward(*row) for row in session.execute(query)]


def _reward(row: Reward, article: str, stock: int, gone: int) -> RewardRow:
    draft = RewardDraft(
        row.name,
        row.kind,
        row.cost,
        row.amount,
        row.days,
        row.product_id,
        row.counted,
        row.per_customer,
        row.first,
        row.last,
    )
    return RewardRow(row.id, draft, article, row.archived_at is not None, stock if row.counted else None, -gone)


def redeemed_by(session: Session, reward_id: int, cards: Collection[int]) -> int:
    """How many of a reward these cards have had, less what was taken back."""
    query = select(func.coalesce(func.sum(RewardEntry.units), 0)).where(
        RewardEntry.reward_id == reward_id,
        RewardEntry.kind != StockMove.STOCK,
        RewardEntry.customer_id.in_(cards),
    )
    return -session.scalars(query).one()


def redeemers(session: Session, reward_id: int) -> list[Holder]:
    """Who has exchanged points for a reward, and how many of it they have had; the last first."""
    shown = aliased(Customer)
    had = -func.sum(RewardEntry.units)
    query = (
        select(shown.id, shown.name, had, literal(0), literal(None))
        .select_from(RewardEntry)
        .join(Customer, Customer.id == RewardEntry.customer_id)
        .join(shown, shown.id == func.coalesce(Customer.merged_into, Customer.id))
        .where(RewardEntry.reward_id == reward_id, RewardEntry.kind != StockMove.STOCK)
        .group_by(shown.id)
        .having(had > 0)
        .order_by(func.max(RewardEntry.at).desc(), shown.id)
    )
    return [Holder(*row) for row in session.execute(query)]


@dataclass(frozen=True, slots=True)
class Redeemed:
    """One exchange that stands."""

    operation_id: str
    reward: str
    on: date
    points: int


def redemptions(session: Session, customer_id: int) -> list[Redeemed]:
    """What a customer has exchanged points for, the newest first; what was taken back is left out."""
    back = aliased(RewardEntry)
    taken_back = select(back.id).where(back.reason == RewardEntry.operation_id, back.kind == StockMove.GIVE_BACK)
    query = (
        select(RewardEntry.operation_id, Reward.name, RewardEntry.shop_day, -RewardEntry.points)
        .join(Reward, Reward.id == RewardEntry.reward_id)
        .where(
            RewardEntry.customer_id.in_(answered_for(session, customer_id)),
            RewardEntry.kind == StockMove.REDEEM,
            ~taken_back.exists(),
        )
        .order_by(RewardEntry.at.desc(), RewardEntry.id.desc())
    )
    return [Redeemed(*row) for row in session.execute(query)]
