"""When a customer has been silent for longer than they usually are (semantics.md, RFM, Pareto, rates)."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, pairwise
from statistics import median

LEAST_DAYS = 14
FACTOR = 2
UNKNOWN_DAYS = 90
"""In a shop that has too few gaps to know."""
FEWEST_SHOP_GAPS = 20
FEWEST_OWN_GAPS = 2
"""Three purchase days: fewer say nothing about a rhythm."""


def gaps(purchase_days: Sequence[date]) -> list[int]:
    """Days between one purchase day and the next; the days are distinct and in order."""
    return [(later - earlier).days for earlier, later in pairwise(purchase_days)]


def shop_median(gaps_by_customer: Iterable[Sequence[int]]) -> float | None:
    """The median over all gaps of all customers; None while the shop has fewer than 20."""
    known = list(chain.from_iterable(gaps_by_customer))
    return median(known) if len(known) >= FEWEST_SHOP_GAPS else None


def silent_after(own_gaps: Sequence[int], shop: float | None) -> float:
    """The days a customer may stay away before it is silence: max(14, 2 × median gap).

    The own median from three purchase days on, else the shop's; 90 days where neither is known.
    """
    usual = median(own_gaps) if len(own_gaps) >= FEWEST_OWN_GAPS else shop
    return UNKNOWN_DAYS if usual is None else max(LEAST_DAYS, FACTOR * usual)


def silent(days_since: int | None, own_gaps: Sequence[int], shop: float | None) -> bool:
    """Whether `days_since` the last purchase day is longer than that; who never bought (None) is not silent."""
    return days_since is not None and days_since > silent_after(own_gaps, shop)
