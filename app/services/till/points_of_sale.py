"""What a return does to the points of one sale: taken back what it earned, given back what paid for it (rules 5, 7)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.earning import discount_shares
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot
from app.domain.loyalty.returns import (
    EarnedFor,
    Given,
    Spent,
    give_back,
    points_to_take_back,
    remaining_bases,
    returned_total,
    target,
)
from app.domain.loyalty.terms import read
from app.domain.money import currency
from app.domain.shop import ShopSettings
from app.models.loyalty import PointEntry
from app.services.till.sold import SoldLine, SoldSale


@dataclass(frozen=True, slots=True)
class Taken:
    """Points taken back of what a sale earned, and the lots it opened, from which is taken first."""

    points: int = 0
    own_lots: tuple[int, ...] = ()


def taken_back(
    session: Session, sale: SoldSale, after: Sequence[int], held: Sequence[Lot], shop: ShopSettings, day: date
) -> Taken:
    """Rule 5: what goes once `after` thousandths of each line have come back in all.

    `held` is what the customer has. What of it has ended before `day` counts as expired, though the ledger may say so
    only later.
    """
    lots = session.execute(
        select(PointEntry.id, PointEntry.rate)
        .where(PointEntry.sale_id == sale.id, PointEntry.kind == PointKind.EARN, PointEntry.opens_lot)
        .order_by(PointEntry.id)
    ).all()
    if not lots:
        return Taken()
    own = tuple(lot.id for lot in lots)
    ended = sum(lot.remaining for lot in held if lot.id in own and lot.past(day))
    left = _target(sale, after, read(lots[0].rate, currency(shop.currency).digits))
    earned, taken = _moved(session, sale.id, PointKind.EARN), -_moved(session, sale.id, PointKind.TAKE_BACK)
    return Taken(points_to_take_back(earned, taken, _expired(session, own) + ended, left), own)


def _target(sale: SoldSale, after: Sequence[int], terms: EarnedFor) -> int:
    """What the sale would have earned had only the kept part been bought."""
    counts = [(line, back) for line, back in zip(sale.lines, after, strict=True) if line.earns]
    back, quantities = [back for _, back in counts], [line.quantity for line, _ in counts]
    kept = remaining_bases([line.base for line, _ in counts], back, quantities)
    return target(kept, [line.product_id for line, _ in counts], back == quantities, terms)


def given_back(
    session: Session, sale: SoldSale, after: Sequence[int], shop: ShopSettings, day: date
) -> tuple[Given, ...]:
    """Rule 7: the share of the points paid that falls on all that has come back, less what fell on it before.

    As lots with the days they had. What came back without its sale was paid as agreed and gives none, not even later.
    What was given back once and has ended is not given back again, though the return that gave it was taken back.
    """
    if not sale.points_used:
        return ()
    shares, quantities = points_shares(sale.lines, sale.points_used), [line.quantity for line in sale.lines]
    given_before = _moved(session, sale.id, PointKind.GIVE_BACK)
    fell_before = returned_total(shares, [line.back for line in sale.lines], quantities)
    points = max(0, returned_total(shares, after, quantities) - max(fell_before, given_before))
    return tuple(give_back(_spent(session, sale), given_before, points, day, shop.points_give_back_days))


def points_shares(lines: Sequence[SoldLine], points: int) -> list[int]:
    """Each line's part of the points a sale was paid with; what a card paid for was not paid with points."""
    return discount_shares([0 if line.plan_id else line.revenue for line in lines], points)


def _spent(session: Session, sale: SoldSale) -> list[Spent]:
    lot = aliased(PointEntry)
    query = (
        select(lot.id, -PointEntry.points, lot.expires_on)
        .join(lot, lot.id == PointEntry.lot_id)
        .where(PointEntry.operation_id == sale.operation_id, PointEntry.kind == PointKind.REDEEM)
        .order_by(PointEntry.ordinal)
    )
    return [Spent(*row) for row in session.execute(query)]


def _moved(session: Session, sale_id: int, kind: PointKind) -> int:
    """The points of one kind that the ledger holds for a sale, what was reversed left out."""
    query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.sale_id == sale_id, PointEntry.kind == kind
    )
    return session.scalars(query).one()


def _expired(session: Session, lots: Collection[int]) -> int:
    query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.lot_id.in_(lots), PointEntry.kind == PointKind.EXPIRE
    )
    return -session.scalars(query).one()
