"""The rules of tiers as they held one after the other: those of the past, and those of today."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.tiers.rules import Scheme, TierRule
from app.models.loyalty import PastTierRules, PastTierThreshold, Tier
from app.services.settings import settings

ONE_DAY = timedelta(days=1)


def schemes(session: Session) -> list[Scheme]:
    """Every set of rules, the oldest first; ranks are those of today's tiers throughout."""
    found: list[Scheme] = []
    first = date.min
    past = select(PastTierRules.id, PastTierRules.last_day, PastTierRules.window, PastTierRules.grace_days)
    for rules_id, last_day, window, grace in session.execute(past.order_by(PastTierRules.last_day)):
        found.append(Scheme(_of_the_past(session, rules_id), window, grace, first))
        first = last_day + ONE_DAY
    shop = settings(session)
    return [*found, Scheme(_of_today(session), shop.tier_window, shop.tier_grace_days, first)]


def _of_today(session: Session) -> list[TierRule]:
    rows = session.execute(select(Tier.code, Tier.rank, Tier.min_amount, Tier.min_days).order_by(Tier.rank))
    return [TierRule(*row) for row in rows]


def _of_the_past(session: Session, rules_id: int) -> list[TierRule]:
    query = (
        select(Tier.code, Tier.rank, PastTierThreshold.min_amount, PastTierThreshold.min_days)
        .join(Tier, Tier.id == PastTierThreshold.tier_id)
        .where(PastTierThreshold.rules_id == rules_id)
        .order_by(Tier.rank)
    )
    return [TierRule(*row) for row in session.execute(query)]
