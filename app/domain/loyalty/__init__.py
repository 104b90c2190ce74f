"""Points: how they are earned, kept in lots, spent, and moved by a return (semantics.md, points ledger)."""

from app.domain.loyalty.kinds import OPENS_LOT, PointKind

__all__ = ["OPENS_LOT", "PointKind"]
