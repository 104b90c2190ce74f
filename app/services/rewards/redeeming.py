"""Exchanging points for a reward, taking that back, and the stock of rewards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.loyalty.refusals import NotEnoughPoints
from app.domain.rewards.kinds import RewardKind, StockMove
from app.domain.rewards.refusals import RewardGone, RewardLimit, RewardNotNow, RewardPutAway
from app.models.rewards import CouponEntry, CouponKind, Reward, RewardEntry
from app.services.customers.families import answering
from app.services.loyalty.adjusting import NothingToMove, following, moment
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.holdings import summed_holding
from app.services.loyalty.posting import Posting, posted
from app.services.rewards.catalogue import redeemed_by
from app.services.rewards.issuing import Issue, hand_out, turn_round
from app.services.rewards.written import day as written
from app.services.settings import settings
from app.storage import journal
from app.storage.unit_of_work import acting_staff


@dataclass(frozen=True, slots=True)
class Redemption:
    """What was exchanged: the points it cost and left, and the code of the coupon it brought."""

    operation_id: str
    reward: str
    points: int
    balance: int
    code: str


def redeem(session: Session, customer_id: int, reward_id: int, *, operation_id: str, at: datetime) -> Redemption:
    """Exchange points for a reward: points go (kind redeem), stock goes down, money off comes as a coupon.

    The same operation id again posts nothing and gives the first answer.
    Raises RewardPutAway, RewardNotNow, RewardGone, RewardLimit or NotEnoughPoints.
    """
    owner, reward = answering(session, customer_id), session.get_one(Reward, reward_id)
    if not _moves(session, operation_id):
        posting = Posting(session, settings(session), owner, operation_id, at, reason=reward.name)
        _check(session, reward, posting)
        _pay(session, reward, posting)
        journal.taken_back_by(session, undo_redeem, operation_id, operation_id=following(operation_id))
    row = _moves(session, operation_id)[0]
    code = session.get_one(CouponEntry, row.coupon_id).code if row.coupon_id else None
    left = summed_holding(session, Posting(session, settings(session), owner, operation_id, at).cards).balance
    return Redemption(operation_id, reward.name, -row.points, left, code or "")


def undo_redeem(session: Session, redeemed: str, *, operation_id: str, at: datetime | None = None) -> None:
    """Give the points back onto the same lots and the reward back to the stock; its coupon goes (rule 10).

    Raises NothingToMove when there is none under that operation, SpentSince when its coupon was used.
    """
    rows = _moves(session, redeemed)
    if not rows or rows[0].kind is not StockMove.REDEEM:
        raise NothingToMove
    if _moves(session, operation_id):
        return
    first, shop = rows[0], settings(session)
    assert first.customer_id is not None
    posting = Posting(
        session, shop, first.customer_id, operation_id, at or moment(session), reason=_name(session, first)
    )
    if first.coupon_id is not None:
        issue = session.get_one(CouponEntry, first.coupon_id)
        turn_round(session, [issue], Issue(operation_id, posting.at, posting.day))
    expire_of(session, posting.cards, posting.day, posting.zone)
    posting.reverse(posted(session, redeemed))
    _move(session, first.reward_id, StockMove.GIVE_BACK, -first.units, posting, -first.points, reason=redeemed)
    journal.taken_back_by(
        session, redeem, first.customer_id, first.reward_id, operation_id=following(operation_id), at=first.at
    )


def stock_reward(
    session: Session, reward_id: int, units: int, reason: str = "", *, operation_id: str, at: datetime
) -> int:
    """Put more (above 0) in stock, or take some out; what is there then. The same operation id again moves nothing.

    Raises NothingToMove, or RewardGone when more is taken out than is there.
    """
    if units == 0:
        raise NothingToMove
    if _moves(session, operation_id):
        return stock_of(session, reward_id)
    if stock_of(session, reward_id) + units < 0:
        raise RewardGone
    posting = Posting(session, settings(session), 0, operation_id, at)
    _move(session, reward_id, StockMove.STOCK, units, posting, 0, reason=reason.strip(), anyone=True)
    again = following(operation_id)
    journal.taken_back_by(session, stock_reward, reward_id, -units, reason, operation_id=again, at=at)
    return stock_of(session, reward_id)


def stock_of(session: Session, reward_id: int) -> int:
    """How many of a reward are left."""
    query = select(func.coalesce(func.sum(RewardEntry.units), 0)).where(RewardEntry.reward_id == reward_id)
    return session.scalars(query).one()


def _check(session: Session, reward: Reward, posting: Posting) -> None:
    day = posting.day
    if reward.archived_at is not None:
        raise RewardPutAway
    if (reward.first and reward.first > day) or (reward.last and reward.last < day):
        raise RewardNotNow(first=written(reward.first), last=written(reward.last))
    if reward.counted and stock_of(session, reward.id) <= 0:
        raise RewardGone
    if reward.per_customer is not None and redeemed_by(session, reward.id, posting.cards) >= reward.per_customer:
        raise RewardLimit(most=reward.per_customer)


def _pay(session: Session, reward: Reward, posting: Posting) -> None:
    expire_of(session, posting.cards, posting.day, posting.zone)
    held = summed_holding(session, posting.cards)
    short = reward.cost - held.spendable(posting.day)
    if short > 0:
        raise NotEnoughPoints(short_by=short)
    posting.redeem(reward.cost)
    coupon = None
    if reward.kind is RewardKind.MONEY and reward.coupon_kind_id is not None:
        act = Issue(posting.operation_id, posting.at, posting.day)
        coupon = hand_out(session, session.get_one(CouponKind, reward.coupon_kind_id), posting.customer_id, act).id
    _move(session, reward.id, StockMove.REDEEM, -1, posting, -reward.cost, coupon_id=coupon)


def _move(
    session: Session,
    reward_id: int,
    kind: StockMove,
    units: int,
    posting: Posting,
    points: int,
    *,
    reason: str = "",
    anyone: bool = False,
    **more: Any,
) -> None:
    session.add(
        RewardEntry(
            reward_id=reward_id,
            customer_id=None if anyone else posting.customer_id,
            at=posting.at,
            shop_day=posting.day,
            kind=kind,
            units=units,
            points=points,
            staff_id=acting_staff(session),
            reason=reason,
            operation_id=posting.operation_id,
            **more,
        )
    )
    session.flush()


def _moves(session: Session, operation_id: str) -> list[RewardEntry]:
    return list(session.scalars(select(RewardEntry).where(RewardEntry.operation_id == operation_id)))


def _name(session: Session, row: RewardEntry) -> str:
    return session.get_one(Reward, row.reward_id).name
