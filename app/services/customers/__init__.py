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
from app.services.customers.lists import (
    EVERYONE,
    Counts,
    CustomerRow,
    Only,
    Order,
    SortBy,
    count,
    counts,
    page,
    place,
    rows,
)
from app.services.customers.rhythm import silent
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks

__all__ = [
    "EVERYONE",
    "NO_TIER",
    "ChangedElsewhere",
    "Counts",
    "CustomerDraft",
    "CustomerRow",
    "EmptyFact",
    "Labelled",
    "NothingToCallThem",
    "Only",
    "Order",
    "PhoneUnreadable",
    "SortBy",
    "TierMark",
    "add",
    "archive",
    "count",
    "counts",
    "edit",
    "page",
    "pin_fact",
    "place",
    "rows",
    "silent",
    "tier_marks",
    "unarchive",
    "unpin",
]
