"""The tier a customer stands in, as lists, cards and search show it."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class TierMark:
    """`name` is the shop's own word; empty, the word for `code` holds. `top`: no tier is higher."""

    rank: int
    code: str
    name: str
    hue: str
    top: bool


_TIERS = text("SELECT rank, code, name, hue FROM tiers ORDER BY rank")
NO_TIER = TierMark(0, "potential", "", "outline", top=False)


def tier_marks(session: Session) -> dict[int, TierMark]:
    """The shop's tiers by rank, the lowest first."""
    rows = session.connection().execute(_TIERS).all()
    return {row[0]: TierMark(row[0], row[1], row[2], row[3], top=row is rows[-1] and row[0] > 0) for row in rows}
