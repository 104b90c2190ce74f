"""Rewards, coupons and cards: what the shop offers, and the ledgers of what each customer holds of it."""

from app.models.rewards.ledgers import CouponEntry, PurseEntry, RewardEntry, StampEntry, StoredEntry, VisitEntry
from app.models.rewards.offers import CardPlan, CouponKind, Reward

__all__ = [
    "CardPlan",
    "CouponEntry",
    "CouponKind",
    "PurseEntry",
    "Reward",
    "RewardEntry",
    "StampEntry",
    "StoredEntry",
    "VisitEntry",
]
