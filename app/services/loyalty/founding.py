"""The tiers of a new shop (semantics.md, defaults)."""

from sqlalchemy.orm import Session

from app.domain.money import currency
from app.models.loyalty import Tier
from app.services.settings import settings

VIP_UNITS = 6000


def found_tiers(session: Session) -> None:
    """Potential; Ordinary from one purchase day; VIP from 6,000 units, with 5 % off and double birthday points."""
    vip = VIP_UNITS * 10 ** currency(settings(session).currency).digits
    session.add_all(
        [
            Tier(code="potential", rank=0, hue="outline"),
            Tier(code="ordinary", rank=1, hue="neutral", min_days=1),
            Tier(code="vip", rank=2, hue="gold", min_amount=vip, member_discount=50, birthday_multiplier=2),
        ]
    )
