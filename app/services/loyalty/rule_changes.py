"""Works tiers out anew before a change of their rules is committed, however it was made or taken back."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.tiers.rules import Scheme
from app.models.loyalty import PastTierRules, PastTierThreshold, RemovedTier, Tier, TierFloor
from app.models.settings import ShopSetting
from app.services.loyalty.new_rules import lay_new_rules
from app.services.loyalty.schemes import schemes
from app.services.loyalty.tier_moves import refresh
from app.services.settings import settings
from app.storage.journal import Journal, RowChange

RULES = frozenset({"tier_window", "tier_grace_days"})
THRESHOLDS = ("code", "rank", "min_amount", "min_days")
WHOLE = (PastTierRules, PastTierThreshold, RemovedTier)


def refresh_on_new_rules(session: Session, journal: Journal) -> None:
    """Work every tier out anew when thresholds, window or grace are others; one when it was given or ended by hand."""
    day = journal.at.astimezone(ZoneInfo(settings(session).timezone)).date()
    if any(_is_rule(change) for change in journal.rows):
        progress, rules = session.info.get("progress", _silent), schemes(session)
        if session.info.get("past_stays") and _begin_on(day, rules):
            lay_new_rules(session, rules[-1], progress=progress)
        else:
            refresh(session, None, day, progress=progress)
        return
    given = {(change.after or {})["customer_id"] for change in journal.rows if change.kind is TierFloor}
    if given:
        refresh(session, given, day)


def _begin_on(day: date, rules: Sequence[Scheme]) -> bool:
    """Whether the last rules begin on this day, and count over the same window as those before."""
    return rules[-1].first_day == day and rules[-1].window is rules[-2].window


def _is_rule(change: RowChange) -> bool:
    if change.kind is ShopSetting:
        return change.key[0] in RULES
    if change.kind is not Tier:
        return change.kind in WHOLE
    before, after = change.before or {}, change.after or {}
    return any(before.get(name) != after.get(name) for name in THRESHOLDS)


def _silent(_done: int, _total: int) -> None:
    pass
