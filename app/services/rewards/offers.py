"""What the shop offers: cards, kinds of coupons, rewards. Made, changed and put away; never deleted once there."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.rewards.kinds import Benefit, Occasion, PlanKind, RewardKind
from app.models.base import Base
from app.models.rewards import CardPlan, CouponKind, Reward

THOUSAND = 1000


class BadOffer(ShopError):
    """Code "offer_without_name", "offer_out_of_range", "offer_without_article" or "offer_ends_first"."""


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A card of the shop; see `CardPlan` for the units."""

    kind: PlanKind
    name: str
    price: int = 0
    bonus: int = 0
    units: int = 0
    category: str = ""
    product_id: int | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class KindDraft:
    """A kind of coupon; see `CouponKind` for the units."""

    name: str
    occasion: Occasion = Occasion.HAND
    benefit: Benefit = Benefit.MONEY
    amount: int = 0
    product_id: int | None = None
    min_bill: int = 0
    categories: tuple[str, ...] = ()
    days: int | None = None
    first: date | None = None
    last: date | None = None
    uses: int = 1
    per_customer: int | None = None
    from_amount: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class RewardDraft:
    """A reward; see `Reward` for the units."""

    name: str
    kind: RewardKind
    cost: int
    amount: int = 0
    days: int | None = None
    product_id: int | None = None
    counted: bool = True
    per_customer: int | None = None
    first: date | None = None
    last: date | None = None


def add_plan(session: Session, draft: PlanDraft) -> int:
    """Offer a card; its id. Raises BadOffer."""
    return _add(session, CardPlan, _plan(draft))


def edit_plan(session: Session, plan_id: int, draft: PlanDraft) -> int:
    """Change a card; what customers hold of it stays as it was bought. Its id. Raises BadOffer."""
    _edit(session.get_one(CardPlan, plan_id), _plan(draft))
    return plan_id


def archive_plan(session: Session, plan_id: int, *, at: datetime) -> None:
    """Offer a card no longer; what customers hold of it can still be used."""
    session.get_one(CardPlan, plan_id).archived_at = at


def unarchive_plan(session: Session, plan_id: int) -> None:
    session.get_one(CardPlan, plan_id).archived_at = None


def add_kind(session: Session, draft: KindDraft) -> int:
    """Make a kind of coupon; its id. Raises BadOffer."""
    return _add(session, CouponKind, _kind(draft))


def edit_kind(session: Session, kind_id: int, draft: KindDraft) -> int:
    """Change what coupons of a kind give; coupons that are out keep their days. Its id. Raises BadOffer."""
    _edit(session.get_one(CouponKind, kind_id), _kind(draft))
    return kind_id


def archive_kind(session: Session, kind_id: int, *, at: datetime) -> None:
    """Hand out no more of a kind; what is out can still be used."""
    session.get_one(CouponKind, kind_id).archived_at = at


def unarchive_kind(session: Session, kind_id: int) -> None:
    session.get_one(CouponKind, kind_id).archived_at = None


def add_reward(session: Session, draft: RewardDraft) -> int:
    """Offer a reward; its id. Money off is handed over as a coupon, whose kind is made along. Raises BadOffer."""
    number = _add(session, Reward, _reward(draft))
    _keep_coupons(session, session.get_one(Reward, number))
    return number


def edit_reward(session: Session, reward_id: int, draft: RewardDraft) -> int:
    """Change a reward; its id. Raises BadOffer."""
    reward = session.get_one(Reward, reward_id)
    _edit(reward, _reward(draft))
    _keep_coupons(session, reward)
    return reward_id


def archive_reward(session: Session, reward_id: int, *, at: datetime) -> None:
    """Offer a reward no longer."""
    session.get_one(Reward, reward_id).archived_at = at


def unarchive_reward(session: Session, reward_id: int) -> None:
    session.get_one(Reward, reward_id).archived_at = None


def _keep_coupons(session: Session, reward: Reward) -> None:
    """The kind of coupon that stands for money off says what the reward says."""
    if reward.kind is not RewardKind.MONEY:
        return
    draft = KindDraft(reward.name, Occasion.REWARD, Benefit.MONEY, reward.amount, days=reward.days)
    if reward.coupon_kind_id is None:
        reward.coupon_kind_id = _add(session, CouponKind, _kind(draft))
    else:
        _edit(session.get_one(CouponKind, reward.coupon_kind_id), _kind(draft))


def _add(session: Session, kind: Callable[..., Any], values: dict[str, Any]) -> int:
    row = kind(**values)
    session.add(row)
    session.flush()
    number: int = row.id
    return number


def _edit(row: Base, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def _plan(draft: PlanDraft) -> dict[str, Any]:
    _check_name(draft.name)
    _check(draft.price >= 0 and draft.bonus >= 0 and (draft.months is None or draft.months > 0))
    if draft.kind is PlanKind.STORED:
        _check(draft.price > 0)
        draft = replace(draft, units=0, category="", product_id=None)
    else:
        _check(draft.units > (1 if draft.kind is PlanKind.STAMPS else 0))
        draft = replace(draft, bonus=0, price=0 if draft.kind is PlanKind.STAMPS else draft.price)
    return asdict(draft) | {"name": draft.name.strip()}


def _kind(draft: KindDraft) -> dict[str, Any]:
    _check_name(draft.name)
    _check_days(draft.first, draft.last)
    _check(min(draft.min_bill, draft.from_amount) >= 0 and draft.uses >= 1)
    _check(all(number is None or number >= 1 for number in (draft.days, draft.per_customer)))
    if draft.benefit is Benefit.GIFT:
        _check_article(draft.product_id)
        draft = replace(draft, amount=0)
    else:
        _check(draft.amount > 0 and (draft.benefit is Benefit.MONEY or draft.amount <= THOUSAND))
        draft = replace(draft, product_id=None)
    return asdict(draft) | {"name": draft.name.strip(), "categories": list(draft.categories)}


def _reward(draft: RewardDraft) -> dict[str, Any]:
    _check_name(draft.name)
    _check_days(draft.first, draft.last)
    _check(draft.cost > 0 and all(number is None or number >= 1 for number in (draft.days, draft.per_customer)))
    _check(draft.amount > 0 or draft.kind is not RewardKind.MONEY)
    return asdict(draft) | {"name": draft.name.strip()}


def _check(fits: bool) -> None:
    if not fits:
        raise BadOffer("offer_out_of_range")


def _check_name(name: str) -> None:
    if not name.strip():
        raise BadOffer("offer_without_name")


def _check_article(product_id: int | None) -> None:
    if product_id is None:
        raise BadOffer("offer_without_article")


def _check_days(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise BadOffer("offer_ends_first")
