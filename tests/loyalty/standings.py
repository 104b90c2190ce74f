"""Where moves leave somebody."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from app.domain.tiers.history import Move


def tier_on(moves: Sequence[Move], day: date, lowest: int = 0) -> int:
    """The rank a customer had at the end of `day`; `moves` oldest first."""
    index = bisect_right(moves, day, key=lambda move: move.day)
    return moves[index - 1].to_rank if index else lowest
