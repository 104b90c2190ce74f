"""What a shop does to put a complaint right, and what it comes from (CMP5, CMP6)."""

from enum import StrEnum


class RemedyKind(StrEnum):
    REFUND = "refund"
    """Money back, by a return at the till."""
    REPLACEMENT = "replacement"
    DISCOUNT = "discount"
    """On this bill or the next."""
    POINTS = "points"
    COUPON = "coupon"
    STORED = "stored"
    """Put on the customer's card."""
    APOLOGY = "apology"
    OTHER = "other"


MOVES_VALUE = frozenset({RemedyKind.POINTS, RemedyKind.COUPON, RemedyKind.STORED})
"""Remedies that give a customer something of their own in another ledger: not for a clerk alone to decide."""

CAUSES = (
    "supplier",
    "storage",
    "handling",
    "packing",
    "explained",
    "promised",
    "manner",
    "short_staffed",
    "rule",
    "use",
)
"""What complaints come from, as a new shop lists it: what arrived bad, went bad, was done wrong, was not told…"""
