"""Points and tiers."""

from app.services.loyalty.adjusting import Adjusted, NothingToMove, ReasonMissing, adjust, undo_adjust
from app.services.loyalty.expiry import Expired, expire
from app.services.loyalty.founding import found_tiers
from app.services.loyalty.holdings import Holding, balance, holding
from app.services.loyalty.ledger import Ending, LedgerRow, Outstanding, expiring, ledger, lots, outstanding
from app.services.loyalty.members import MemberRow, count_members, counts, members, members_of
from app.services.loyalty.opening import open_day
from app.services.loyalty.rules import RulesVersion, change_rules, earning_rules, rules_versions
from app.services.loyalty.standing import Standing, standing
from app.services.loyalty.tier_moves import refresh, run_out
from app.services.loyalty.tiers import BadTier, TierDraft, TierRow, edit_tier, tiers

__all__ = [
    "Adjusted",
    "BadTier",
    "Ending",
    "Expired",
    "Holding",
    "LedgerRow",
    "MemberRow",
    "NothingToMove",
    "Outstanding",
    "ReasonMissing",
    "RulesVersion",
    "Standing",
    "TierDraft",
    "TierRow",
    "adjust",
    "balance",
    "change_rules",
    "count_members",
    "counts",
    "earning_rules",
    "edit_tier",
    "expire",
    "expiring",
    "found_tiers",
    "holding",
    "ledger",
    "lots",
    "members",
    "members_of",
    "open_day",
    "outstanding",
    "refresh",
    "rules_versions",
    "run_out",
    "standing",
    "tiers",
    "undo_adjust",
]
