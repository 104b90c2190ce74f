"""Who brings the turnover: ABC classes, the shop's own pair ("23 % bring 80 %"), and the curve behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate
from math import ceil

A_SHARE = Fraction(4, 5)
B_SHARE = Fraction(19, 20)


class AbcClass(StrEnum):
    A = "A"
    B = "B"
    C = "C"


def abc(nets: Sequence[int], a_share: Fraction = A_SHARE, b_share: Fraction = B_SHARE) -> list[AbcClass]:
    """The class of each customer by net revenue (minor units), in the order given.

    A is the smallest set that reaches `a_share` of the total, the one that crosses included, then B likewise. Net at or
    below 0 is C and outside the total. Among equals the earlier comes first.
    """
    classes = [AbcClass.C] * len(nets)
    total = sum(net for net in nets if net > 0)
    a_ends, b_ends, before = ceil(total * a_share), ceil(total * b_share), 0
    for index in _best_first(nets):
        if before >= b_ends:
            break
        classes[index] = AbcClass.A if before < a_ends else AbcClass.B
        before += nets[index]
    return classes


def _best_first(nets: Sequence[int]) -> list[int]:
    """Positions of the customers above 0, greatest net first."""
    return sorted((i for i, net in enumerate(nets) if net > 0), key=lambda i: -nets[i])


@dataclass(frozen=True, slots=True)
class ParetoPair:
    """`customers` of `of` customers bring `revenue` of `total` minor units."""

    customers: int
    of: int
    revenue: int
    total: int

    @property
    def customer_share(self) -> float:
        return self.customers / self.of if self.of else 0.0

    @property
    def revenue_share(self) -> float:
        return self.revenue / self.total if self.total else 0.0


def pareto_pair(nets: Iterable[int], share: Fraction = A_SHARE) -> ParetoPair:
    """The fewest customers that bring `share` of the turnover; customers at or below 0 are outside, as in `abc`."""
    ordered = sorted((net for net in nets if net > 0), reverse=True)
    total, count, revenue = sum(ordered), 0, 0
    goal = ceil(total * share)
    while revenue < goal:
        revenue += ordered[count]
        count += 1
    return ParetoPair(count, len(ordered), revenue, total)


def top_share(revenues: Iterable[int], share: Fraction = Fraction(1, 5)) -> ParetoPair:
    """What the best ⌈share⌉ of customers bring; here every customer counts."""
    ordered = sorted(revenues, reverse=True)
    count = ceil(len(ordered) * share)
    return ParetoPair(count, len(ordered), sum(ordered[:count]), sum(ordered))


def concentration(nets: Iterable[int]) -> list[tuple[float, float]]:
    """The Pareto curve from (0, 0) to (1, 1): share of customers, best first, and of turnover; empty without any."""
    ordered = sorted((net for net in nets if net > 0), reverse=True)
    if not ordered:
        return []
    sums = list(accumulate(ordered, initial=0))
    return [(count / len(ordered), revenue / sums[-1]) for count, revenue in enumerate(sums)]


@dataclass(frozen=True, slots=True)
class ClassChange:
    """Who entered and who left a class between two dates."""

    entered: frozenset[int]
    left: frozenset[int]


def class_change(before: Iterable[int], after: Iterable[int]) -> ClassChange:
    """Compare the members (customer ids) of a class then and now."""
    then, now = frozenset(before), frozenset(after)
    return ClassChange(now - then, then - now)
