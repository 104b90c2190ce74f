"""The rules of tiers as they held one after the other: those of the past, and those of today."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.domain.shop import TierWindow
from app.domain.tiers.rules import Scheme, TierRule
from app.services.settings import settings
from app.storage import plain_sql

ONE_DAY = timedelta(days=1)
PAST = "SELECT id, last_day, window, grace_days FROM past_tier_rules ORDER BY last_day"
ASKED = """
SELECT t.code, t.rank, p.min_amount, p.min_days FROM past_tier_thresholds p JOIN tiers t ON t.id = p.tier_id
WHERE p.rules_id = ? ORDER BY t.rank
"""
TODAY = "SELECT code, rank, min_amount, min_days FROM tiers ORDER BY rank"
"""As the driver takes them: each card and each ticket asks."""


def schemes(session: Session, today: Sequence[TierRule] | None = None) -> list[Scheme]:
    """Every set of rules, the oldest first; ranks are those of today's tiers throughout.

    `today` is what today's tiers ask for, where that has been read.
    """
    found: list[Scheme] = []
    first = date.min
    for rules_id, last_day, window, grace in plain_sql.rows(session, PAST):
        asked = [TierRule(*row) for row in plain_sql.rows(session, ASKED, (rules_id,))]
        found.append(Scheme(asked, TierWindow(window), grace, first))
        first = date.fromisoformat(last_day) + ONE_DAY
    shop = settings(session)
    if today is None:
        today = [TierRule(*row) for row in plain_sql.rows(session, TODAY)]
    return [*found, Scheme(today, shop.tier_window, shop.tier_grace_days, first)]
