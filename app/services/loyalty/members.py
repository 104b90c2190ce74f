"""Who is in each tier, today or on any day of the past, and what is shown of each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, func, select, text
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerFigures
from app.models.loyalty import Tier, TierMove
from app.services.loyalty.posting import day_start
from app.services.settings import settings

RANKS = text("""
WITH last AS (
    SELECT customer_id, to_rank, row_number() OVER (PARTITION BY customer_id ORDER BY "on" DESC, id DESC) AS nth
    FROM tier_moves WHERE "on" <= :day
)
SELECT c.id AS id, coalesce(m.to_rank, :lowest) AS rank
FROM customers c LEFT JOIN last m ON m.customer_id = c.id AND m.nth = 1
WHERE c.merged_into IS NULL
  AND (c.archived_at IS NULL OR c.archived_at >= :after)
  AND (c.created_at < :after OR m.customer_id IS NOT NULL)
""").columns(id=Integer, rank=Integer)
"""Everyone the shop knew at the end of a day, or had sold to by then, with the tier they stood in."""


Order = Literal["name", "net", "points", "last_sale_on"]


def counts(session: Session, as_of: date) -> dict[int, int]:
    """How many customers stood in each tier at the end of a shop day: every rank, 0 where nobody is."""
    ranks = session.scalars(select(Tier.rank).order_by(Tier.rank)).all()
    known = RANKS.subquery()
    query = select(known.c.rank, func.count()).group_by(known.c.rank)
    found = {rank: number for rank, number in session.execute(query, _bound(session, as_of))}  # noqa: C416
    return {rank: found.get(rank, 0) for rank in ranks}


def members_of(session: Session, rank: int, as_of: date) -> tuple[int, ...]:
    """The ids of those who stood in a tier at the end of a shop day."""
    known = RANKS.subquery()
    query = select(known.c.id).where(known.c.rank == rank).order_by(known.c.id)
    return tuple(session.scalars(query, _bound(session, as_of)))


def _bound(session: Session, as_of: date) -> dict[str, object]:
    after = day_start(as_of + timedelta(days=1), ZoneInfo(settings(session).timezone))
    lowest = session.scalar(select(func.min(Tier.rank)))
    moment = Customer.created_at.type.process_bind_param(after, session.get_bind().dialect)
    return {"day": as_of.isoformat(), "after": moment, "lowest": lowest or 0}


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member in a list; money in minor units."""

    id: int
    name: str
    points: int
    net: int
    last_sale_on: date | None
    valid_until: date | None


def members(
    session: Session, rank: int, *, offset: int = 0, limit: int = 100, order: Order = "name", descending: bool = False
) -> list[MemberRow]:
    """Some of those who stand in a tier today, in the order asked for."""
    column = {
        "name": CustomerFigures.sort_key,
        "net": CustomerFigures.net,
        "points": CustomerFigures.points,
        "last_sale_on": CustomerFigures.last_sale_on,
    }[order]
    until = (
        select(TierMove.valid_until)
        .where(TierMove.customer_id == Customer.id)
        .order_by(TierMove.on.desc(), TierMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            Customer.id, Customer.name, CustomerFigures.points, CustomerFigures.net, CustomerFigures.last_sale_on, until
        )
        .join(CustomerFigures, CustomerFigures.customer_id == Customer.id)
        .where(CustomerFigures.hidden.is_(False), CustomerFigures.tier_rank == rank)
        .order_by(column.desc() if descending else column, Customer.id)
        .offset(offset)
        .limit(limit)
    )
    return [MemberRow(*row) for row in session.execute(query)]


def count_members(session: Session, rank: int) -> int:
    """How many stand in a tier today."""
    query = select(func.count()).where(CustomerFigures.hidden.is_(False), CustomerFigures.tier_rank == rank)
    return session.scalars(query).one()
