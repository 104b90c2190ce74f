"""The shop's tiers, as they are: what each asks for and brings."""

from collections import defaultdict
from dataclasses import dataclass, fields
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.tiers.benefits import BenefitKind, BenefitNature
from app.domain.tiers.rules import TierRule
from app.models.loyalty import Tier, TierBenefit
from app.services.customers.tier_marks import TierMark


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


PLAIN = tuple(field.name for field in fields(TierRow) if field.name != "benefits")
"""What a row takes from its table as it is."""


def tiers(session: Session) -> list[TierRow]:
    """Every tier, the lowest first."""
    brings: defaultdict[int, list[Benefit]] = defaultdict(list)
    query = select(TierBenefit.tier_id, TierBenefit.kind, TierBenefit.nature, TierBenefit.words)
    for tier_id, kind, nature, words in session.execute(query.order_by(TierBenefit.id)):
        brings[tier_id].append(Benefit(kind, nature, words))
    return [_row(tier, tuple(brings[tier.id])) for tier in session.scalars(select(Tier).order_by(Tier.rank))]


def _row(tier: Tier, benefits: tuple[Benefit, ...]) -> TierRow:
    return TierRow(**{name: getattr(tier, name) for name in PLAIN}, benefits=benefits)
