"""Customer cards."""

from app.services.customers.card import Card, Fact, OpenCase, card
from app.services.customers.cards import add, archive, edit, unarchive
from app.services.customers.completeness import Completeness
from app.services.customers.drafts import (
    ChangedElsewhere,
    CustomerDraft,
    Labelled,
    NothingToCallThem,
    PhoneUnreadable,
)
from app.services.customers.facts import EmptyFact, pin_fact, unpin
from app.services.customers.figures import Drift, drift, refresh
from app.services.customers.happenings import (
    ComplaintTold,
    ContactTold,
    FollowUpTold,
    GoodsLine,
    PointsTold,
    SaleTold,
    TierTold,
)
from app.services.customers.known import NoSuchCustomer, by_external_id, known
from app.services.customers.lists import (
    EVERYONE,
    Counts,
    CustomerRow,
    Only,
    Order,
    SortBy,
    count,
    counts,
    ids_of_page,
    keep,
    page,
    place,
    rows,
    tags,
)
from app.services.customers.opening import Opened, opened
from app.services.customers.rhythm import silent
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
from app.services.customers.timeline import Cursor, Entry, Kind, timeline, timeline_count

__all__ = [
    "EVERYONE",
    "NO_TIER",
    "Card",
    "ChangedElsewhere",
    "ComplaintTold",
    "Completeness",
    "ContactTold",
    "Counts",
    "Cursor",
    "CustomerDraft",
    "CustomerRow",
    "Drift",
    "EmptyFact",
    "Entry",
    "Fact",
    "FollowUpTold",
    "GoodsLine",
    "Kind",
    "Labelled",
    "NoSuchCustomer",
    "NothingToCallThem",
    "Only",
    "OpenCase",
    "Opened",
    "Order",
    "PhoneUnreadable",
    "PointsTold",
    "SaleTold",
    "SortBy",
    "TierMark",
    "TierTold",
    "add",
    "archive",
    "by_external_id",
    "card",
    "count",
    "counts",
    "drift",
    "edit",
    "ids_of_page",
    "keep",
    "known",
    "opened",
    "page",
    "pin_fact",
    "place",
    "refresh",
    "rows",
    "silent",
    "tags",
    "tier_marks",
    "timeline",
    "timeline_count",
    "unarchive",
    "unpin",
]
