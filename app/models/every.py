"""Every mapped class, so that one import knows the whole schema.

Reading needs no more than the tables it names. Whoever writes, or speaks of all tables, imports this: foreign keys
point across features.
"""

from app.models import (
    audit,
    complaints,
    followup_rules,
    followup_series,
    followups,
    interactions,
    loyalty,
    member_cards,
    products,
    reminders,
    rewards,
    sales,
    settings,
    staff,
    till,
    transfer,
)
from app.models.base import Base
from app.models.customers import card, consents, duplicates, figures, knowledge, relations

__all__ = [
    "Base",
    "audit",
    "card",
    "complaints",
    "consents",
    "duplicates",
    "figures",
    "followup_rules",
    "followup_series",
    "followups",
    "interactions",
    "knowledge",
    "loyalty",
    "member_cards",
    "products",
    "relations",
    "reminders",
    "rewards",
    "sales",
    "settings",
    "staff",
    "till",
    "transfer",
]
