"""The tier a customer stands in, as lists, cards and search show it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class TierMark:
    """`name` is the shop's own word, `name_zh` that for Chinese where it differs; empty, the word for `code` holds.

    `top`: no tier is higher.
    """

    rank: int
    code: str
    name: str
    hue: str
    top: bool
    name_zh: str = ""

    def own_name(self, language: str) -> str:
        """The shop's own word in a language; empty: the shipped one holds."""
        return (self.name_zh if language.startswith("zh") else "") or self.name


_TIERS = "SELECT rank, code, name, hue, name_zh FROM tiers ORDER BY rank"
NO_TIER = TierMark(0, "potential", "", "outline", top=False)


def tier_marks(session: Session) -> dict[int, TierMark]:
    """The shop's tiers by rank, the lowest first."""
    rows = plain_sql.rows(session, _TIERS)
    top = rows[-1][0] if rows else 0
    return {
        rank: TierMark(rank, code, name, hue, top=0 < rank == top, name_zh=name_zh)
        for rank, code, name, hue, name_zh in rows
    }
