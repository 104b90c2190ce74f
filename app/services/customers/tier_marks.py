"""The tier a customer stands in, as lists, cards and search show it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.loyalty import Tier


@dataclass(frozen=True, slots=True)
class TierMark:
    """`name` is the shop's own word; empty, the word for `code` holds. `top`: no tier is higher."""

    rank: int
    code: str
    name: str
    hue: str
    top: bool


NO_TIER = TierMark(0, "potential", "", "outline", top=False)


def tier_marks(session: Session) -> dict[int, TierMark]:
    """The shop's tiers by rank, the lowest first."""
    query = select(Tier.rank, Tier.code, Tier.name, Tier.hue).order_by(Tier.rank)
    rows = session.execute(query).all()
    return {row.rank: TierMark(*row, top=row is rows[-1] and row.rank > 0) for row in rows}
