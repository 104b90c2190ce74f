"""What moves points: the codes of the ledger's rows (semantics.md, points ledger, rule 1)."""

from enum import StrEnum


class PointKind(StrEnum):
    EARN = "earn"
    """Points for a sale; opens a lot."""
    BONUS = "bonus"
    """Points given without a sale; opens a lot."""
    REDEEM = "redeem"
    """Points that paid for something: one row for each lot touched."""
    EXPIRE = "expire"
    """What was left of a lot on the day after its last usable day."""
    TAKE_BACK = "take_back"
    """Earned points that a return took away."""
    GIVE_BACK = "give_back"
    """Spent points that a return brought back; opens a lot."""
    ADJUST = "adjust"
    """By hand, with a reason."""
    REPAY = "repay"
    """A pair of rows, −n from a new lot and +n without lot, by which a debt is paid."""
    CORRECT = "correct"
    """Makes two customers whole again when a merge is taken back."""


OPENS_LOT = frozenset({PointKind.EARN, PointKind.BONUS, PointKind.GIVE_BACK})
"""Kinds whose rows always open a lot; an `ADJUST` upwards opens one too, unless it writes a debt off."""
