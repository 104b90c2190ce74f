"""Every mapped class, so that one import knows the whole schema."""

from app.models import (
    audit,
    complaints,
    customers,
    followups,
    interactions,
    loyalty,
    products,
    rewards,
    sales,
    settings,
    staff,
    transfer,
)
from app.models.base import Base

__all__ = [
    "Base",
    "audit",
    "complaints",
    "customers",
    "followups",
    "interactions",
    "loyalty",
    "products",
    "rewards",
    "sales",
    "settings",
    "staff",
    "transfer",
]
