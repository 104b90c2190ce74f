"""Customer cards."""

from app.services.customers.cards import add, archive, edit, unarchive
from app.services.customers.drafts import (
    ChangedElsewhere,
    CustomerDraft,
    Labelled,
    NothingToCallThem,
    PhoneUnreadable,
)
from app.services.customers.facts import EmptyFact, pin_fact, unpin
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks

__all__ = [
    "NO_TIER",
    "ChangedElsewhere",
    "CustomerDraft",
    "EmptyFact",
    "Labelled",
    "NothingToCallThem",
    "PhoneUnreadable",
    "TierMark",
    "add",
    "archive",
    "edit",
    "pin_fact",
    "tier_marks",
    "unarchive",
    "unpin",
]
