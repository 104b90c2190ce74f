"""The shop's tiers, as they are: what each asks for and brings."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.domain.tiers.rules import TierRule
from app.services.customers.tier_marks import TierMark
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something a tier brings that people keep by hand."""

    kind: BenefitKind
    nature: BenefitNature
    words: str = ""
    """What exactly, in the shop's words; may be empty where the kind says enough."""


@dataclass(frozen=True, slots=True)
class TierRow:
    """One tier: thresholds in minor units and purchase days, the member price in thousandths off."""

    rank: int
    code: str
    name: str
    """The shop's own word; empty: the shipped word for `code`."""
    name_zh: str
    """The shop's own word in Chinese, where it differs."""
    hue: str
    min_amount: int | None
    min_days: int | None
    member_discount: int
    points_multiplier: Decimal
    birthday_multiplier: Decimal
    benefits: tuple[Benefit, ...] = ()

    @property
    def rule(self) -> TierRule:
        return TierRule(self.code, self.rank, self.min_amount, self.min_days)

    def mark(self, *, top: bool = False) -> TierMark:
        """As lists and badges show it."""
        return TierMark(self.rank, self.code, self.name, self.hue, top=top, name_zh=self.name_zh)


TIERS = """
SELECT id, rank, code, name, name_zh, hue, min_amount, min_days, member_discount, points_multiplier, birthday_multiplier
FROM tiers ORDER BY rank
"""
BENEFITS = "SELECT tier_id, kind, nature, words FROM tier_benefits ORDER BY id"
"""As the driver takes them: each card and each ticket asks."""


def tiers(session: Session) -> list[TierRow]:
    """Every tier, the lowest first."""
    brings: defaultdict[int, list[Benefit]] = defaultdict(list)
    for tier_id, kind, nature, words in plain_sql.rows(session, BENEFITS):
        brings[tier_id].append(Benefit(BenefitKind(kind), BenefitNature(nature), words))
    return [
        TierRow(
            rank, code, name, name_zh, hue, money, days, off, Decimal(points), Decimal(birthday), tuple(brings[key])
        )
        for key, rank, code, name, name_zh, hue, money, days, off, points, birthday in plain_sql.rows(session, TIERS)
    ]
