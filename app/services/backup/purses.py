"""Whether the ledgers of cards, coupons and rewards are true: lots, what is owed, worth, stock, points behind it."""

from collections.abc import Iterator

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import StockMove
from app.models.customers import Customer
from app.models.loyalty import PointEntry
from app.models.rewards import CouponEntry, PurseEntry, Reward, RewardEntry, StoredEntry, VisitEntry
from app.services.rewards.purses import LEDGERS


def untrue_purses(session: Session) -> list[str]:
    """Customers of whom a purse's lots, less what is owed, are not its balance: table and customer."""
    return [f"{entry.__tablename__}#{owner}" for entry in LEDGERS.values() for owner in session.scalars(_over(entry))]


def broken_lots(session: Session) -> list[str]:
    """Rows that others draw on and should not, or more than there was, or whose worth does not go with them."""
    found = []
    ledgers: list[type[PurseEntry]] = [*LEDGERS.values(), CouponEntry]
    for entry in ledgers:
        found += [f"{entry.__tablename__}#{number}" for number in session.scalars(_overdrawn(entry))]
    return found


def untrue_rewards(session: Session) -> list[str]:
    """Rewards with less than nothing in stock, and exchanges whose points are not in the points' ledger."""
    return [*_short(session), *_unpaid(session)]


def _over(entry: type[PurseEntry]) -> Select[int]:
    """What is held less what is owed is the balance, unless more was paid than was owed."""
    owner = func.coalesce(Customer.merged_into, Customer.id)
    scope = entry.part if entry is StoredEntry else entry.plan_id  # type: ignore[attr-defined]
    return (
        select(owner)
        .select_from(entry)
        .join(Customer, Customer.id == entry.customer_id)
        .where(entry.lot_id.is_(None), ~entry.opens_lot)
        .group_by(owner, scope)
        .having(func.sum(entry.units) > 0)
        .order_by(owner)
    )


def _overdrawn(entry: type[PurseEntry]) -> Select[int]:
    drawn = aliased(entry)
    left = entry.units + func.coalesce(func.sum(drawn.units), 0)
    wrong = [~entry.opens_lot, left < 0]
    if entry is VisitEntry:
        worth = VisitEntry.worth + func.coalesce(func.sum(drawn.worth), 0)  # type: ignore[attr-defined]
        wrong += [worth < 0, (left == 0) & (worth != 0)]
    return (
        select(entry.id).join(drawn, drawn.lot_id == entry.id).group_by(entry.id).having(or_(*wrong)).order_by(entry.id)
    )


def _short(session: Session) -> Iterator[str]:
    query = (
        select(RewardEntry.reward_id)
        .join(Reward, Reward.id == RewardEntry.reward_id)
        .where(Reward.counted)
        .group_by(RewardEntry.reward_id)
        .having(func.sum(RewardEntry.units) < 0)
    )
    return (f"rewards#{number}" for number in session.scalars(query))


def _unpaid(session: Session) -> Iterator[str]:
    points = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.operation_id == RewardEntry.operation_id
    )
    query = select(RewardEntry.id).where(
        RewardEntry.kind != StockMove.STOCK, points.scalar_subquery() != RewardEntry.points
    )
    return (f"reward_entries#{number}" for number in session.scalars(query))
