"""How unevenly the turnover of the last twelve months is spread: the Pareto curve and the shop's own pair."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.months import months_before
from app.domain.segments.pareto import AbcClass, ParetoPair, concentration, pareto_pair
from app.services.insights.groups import abc_classes
from app.services.insights.histories import Histories

MOST_POINTS = 400
"""More would not be seen on a curve."""


@dataclass(frozen=True, slots=True)
class Pareto:
    """The curve from (0, 0) to (1, 1), the pair, and who is in class A now and three months ago."""

    curve: tuple[tuple[float, float], ...]
    pair: ParetoPair
    best: tuple[int, ...]
    best_before: int


def pareto(known: Histories, as_of: date) -> Pareto:
    """Over the net of the 365 days up to `as_of`."""
    nets = _year(known, as_of)
    curve = concentration(nets.values())
    every = max(1, len(curve) // MOST_POINTS)
    thinned = curve[::every] + ([curve[-1]] if curve and (len(curve) - 1) % every else [])
    best = _class_a(nets)
    earlier = _class_a(_year(known, months_before(as_of, 3)))
    return Pareto(tuple(thinned), pareto_pair(nets.values()), best, len(earlier))


def _year(known: Histories, last: date) -> dict[int, int]:
    """Net minor units of everyone who bought in the 365 days up to `last`."""
    first = last - timedelta(days=364)
    return {who: h.net(first, last) for who, h in known.items() if h.purchase_days(first, last)}


def _class_a(nets: dict[int, int]) -> tuple[int, ...]:
    """Class A, the best first."""
    best = [who for who, found in abc_classes(nets).items() if found is AbcClass.A]
    return tuple(sorted(best, key=lambda who: -nets[who]))
