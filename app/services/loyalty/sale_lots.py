"""How much the lot of a sale may hold: what the sale earned, less what was taken back and what expired (rule 5)."""

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain.loyalty.kinds import PointKind
from app.models.loyalty import PointEntry

EARNED = (PointKind.EARN, PointKind.TAKE_BACK)


def room(session: Session, lot: PointEntry) -> int:
    """How much can come into a lot without its sale having given more than it gives; below 0 it holds too much.

    A lot that no sale opened holds whatever has gone out of it.
    """
    if lot.sale_id is None or lot.kind is not PointKind.EARN:
        return -_sum(session, PointEntry.lot_id == lot.id)
    own = own_lots(session, lot.sale_id)
    net = _sum(session, PointEntry.sale_id == lot.sale_id, PointEntry.kind.in_(EARNED))
    left = _sum(session, or_(PointEntry.id.in_(own), PointEntry.lot_id.in_(own)))
    expired = -_sum(session, PointEntry.lot_id.in_(own), PointEntry.kind == PointKind.EXPIRE)
    return net - expired - left


def left_in(session: Session, lot_id: int) -> int:
    """What is left in a lot."""
    return _sum(session, or_(PointEntry.id == lot_id, PointEntry.lot_id == lot_id))


def own_lots(session: Session, sale_id: int) -> list[int]:
    """The lots that the points of a sale came in as."""
    query = select(PointEntry.id).where(
        PointEntry.sale_id == sale_id, PointEntry.kind == PointKind.EARN, PointEntry.opens_lot
    )
    return list(session.scalars(query))


def taken_elsewhere(session: Session, sale_id: int) -> list[tuple[int, int]]:
    """From which other lots the points of goods that came back were taken, and how many, the last first."""
    query = (
        select(PointEntry.lot_id, -func.sum(PointEntry.points))
        .where(
            PointEntry.sale_id == sale_id,
            PointEntry.kind.in_(EARNED),
            PointEntry.lot_id.is_not(None),
            PointEntry.lot_id.not_in(own_lots(session, sale_id)),
        )
        .group_by(PointEntry.lot_id)
        .having(func.sum(PointEntry.points) < 0)
        .order_by(func.max(PointEntry.id).desc())
    )
    return [(lot or 0, points) for lot, points in session.execute(query)]


def _sum(session: Session, *where: ColumnElement[bool]) -> int:
    query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(*where)
    return session.scalars(query).one()
