"""The tiers of a new shop (semantics.md, defaults)."""

from decimal import Decimal

from sqlalchemy.orm import Session

from app.domain.money import currency
from app.domain.tiers.rules import default_tiers
from app.models.loyalty import Tier
from app.services.settings import settings

HUES = {"potential": "outline", "ordinary": "neutral", "vip": "gold"}


def found_tiers(session: Session) -> None:
    """Potential; Ordinary from one purchase day; VIP from 6,000 units, with 5 % off and double birthday points."""
    digits = currency(settings(session).currency).digits
    for rule in default_tiers(digits):
        tier = Tier(code=rule.code, rank=rule.rank, hue=HUES[rule.code])
        tier.min_amount, tier.min_days = rule.min_amount, rule.min_days
        if rule.code == "vip":
            tier.member_discount, tier.birthday_multiplier = 50, Decimal(2)
        session.add(tier)


def vip_threshold(code: str) -> int:
    """What VIP is shipped with in a currency, in minor units."""
    return default_tiers(currency(code).digits)[-1].min_amount or 0
