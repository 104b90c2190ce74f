"""Lays changed rules over everyone's purchases before the change is committed, however it was made or taken back."""

from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.models.settings import ShopSetting
from app.services.loyalty.tier_moves import refresh
from app.services.settings import settings
from app.storage.journal import Journal

RULES = frozenset({"tier_window", "tier_grace_days"})


def refresh_on_new_rules(session: Session, journal: Journal) -> None:
    """Work every tier out anew when the window or the grace of tiers is another."""
    if any(change.kind is ShopSetting and change.key[0] in RULES for change in journal.rows):
        refresh(session, None, journal.at.astimezone(ZoneInfo(settings(session).timezone)).date())
