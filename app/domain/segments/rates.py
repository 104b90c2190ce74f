"""Repeat, retention and churn: each with the counts it comes from and, when they are few, how far it can be trusted."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from math import sqrt

FEW = 100
"""Below this many, a rate is shown with its interval."""
Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Rate:
    """`hits` of `of`."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share; None where there is nobody to count."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % Wilson interval where it is owed: fewer than 100 counted, but not none."""
        return wilson(self.hits, self.of) if 0 < self.of < FEW else None

    def complement(self) -> "Rate":
        return Rate(self.of - self.hits, self.of)


def wilson(hits: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval for `hits` of `of`, without continuity correction.

    Raises ValueError unless 0 ≤ hits ≤ of and of > 0.
    """
    if of <= 0 or not 0 <= hits <= of:
        raise ValueError(f"{hits} of {of}")
    share, square = hits / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if hits == 0 else max(0.0, middle - reach)
    return low, 1.0 if hits == of else min(1.0, middle + reach)


def repeat_rate(purchase_days: Iterable[int]) -> Rate:
    """Customers with at least two purchase days among those with at least one; given each customer's count of days."""
    once = twice = 0
    for days in purchase_days:
        once += days >= 1
        twice += days >= 2
    return Rate(twice, once)


def retention(previous: Set[int], current: Set[int]) -> Rate:
    """Buyers of the previous period (ids) who bought in this one, among all buyers of the previous."""
    return Rate(len(previous & current), len(previous))


def churn(previous: Set[int], current: Set[int]) -> Rate:
    """Buyers of the previous period who did not buy in this one: 1 − retention."""
    return retention(previous, current).complement()
