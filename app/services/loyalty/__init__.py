"""Points and tiers."""

from app.services.loyalty.adjusting import (
    Adjusted,
    NothingToMove,
    ReasonMissing,
    TooManyPoints,
    adjust,
    undo_adjust,
)
from app.services.loyalty.bonus import (
    BonusDone,
    BonusPreview,
    bonus_audience,
    give_bonus,
    preview_bonus,
    undo_bonus,
)
from app.services.loyalty.carrying import open_points
from app.services.loyalty.changing_tiers import change_tiers
from app.services.loyalty.expiry import Expired, expire
from app.services.loyalty.floors import (
    BadFloor,
    GivenTier,
    NothingGiven,
    end_given_tier,
    give_tier,
    given_tiers,
    put_given_tier_back,
)
from app.services.loyalty.founding import found_tiers
from app.services.loyalty.holdings import Holding, balance, holding
from app.services.loyalty.ledger import Ending, LedgerRow, Outstanding, expiring, ledger, lots, outstanding
from app.services.loyalty.members import MemberRow, count_members, counts, members, members_of
from app.services.loyalty.opening import open_day
from app.services.loyalty.proposing import Proposal, dismiss_proposal, proposal
from app.services.loyalty.rules import RulesVersion, change_rules, earning_rules, rules_draft, rules_versions
from app.services.loyalty.standing import Standing, standing
from app.services.loyalty.tier_drafts import BadTier, LadderDraft, TierDraft, draft_of, settled
from app.services.loyalty.tier_history import MoveRow, count_tier_history, shop_tier_history, tier_history
from app.services.loyalty.tier_moves import refresh, run_out
from app.services.loyalty.tier_preview import LadderPreview, TierChange, preview
from app.services.loyalty.tiers import Benefit, TierRow, tiers
from app.services.loyalty.trial import Given, PersonGiven, TierGiven, Trial, try_rules

__all__ = [
    "Adjusted",
    "BadFloor",
    "BadTier",
    "Benefit",
    "BonusDone",
    "BonusPreview",
    "Ending",
    "Expired",
    "Given",
    "GivenTier",
    "Holding",
    "LadderDraft",
    "LadderPreview",
    "LedgerRow",
    "MemberRow",
    "MoveRow",
    "NothingGiven",
    "NothingToMove",
    "Outstanding",
    "PersonGiven",
    "Proposal",
    "ReasonMissing",
    "RulesVersion",
    "Standing",
    "TierChange",
    "TierDraft",
    "TierGiven",
    "TierRow",
    "TooManyPoints",
    "Trial",
    "adjust",
    "balance",
    "bonus_audience",
    "change_rules",
    "change_tiers",
    "count_members",
    "count_tier_history",
    "counts",
    "dismiss_proposal",
    "draft_of",
    "earning_rules",
    "end_given_tier",
    "expire",
    "expiring",
    "found_tiers",
    "give_bonus",
    "give_tier",
    "given_tiers",
    "holding",
    "ledger",
    "lots",
    "members",
    "members_of",
    "open_day",
    "open_points",
    "outstanding",
    "preview",
    "preview_bonus",
    "proposal",
    "put_given_tier_back",
    "refresh",
    "rules_draft",
    "rules_versions",
    "run_out",
    "settled",
    "shop_tier_history",
    "standing",
    "tier_history",
    "tiers",
    "try_rules",
    "undo_adjust",
    "undo_bonus",
]
