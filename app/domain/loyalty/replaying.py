"""Earning rules made ready to be laid over a million lines: whole numbers alone, and the same points as one by one."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from app.domain.loyalty.earning import minor_per_unit
from app.domain.loyalty.rules import Times

RATE_UNITS = 10_000
"""A rate has four decimals at most."""
TIMES_UNITS = 100
"""A multiplier has two."""
Line = tuple[int | None, int]
"""A product, None for an open price, and what of the line was kept, in minor units."""


class Earner:
    """The points a sale earns, as `returns.target` says, for rules within their bounds (`rules.check_rules`).

    `own` are the rates of the products that have one of their own.
    """

    def __init__(self, per_unit: Decimal, per_visit: int, own: Mapping[int, Decimal], minor_digits: int) -> None:
        self._base, self._visit = int(per_unit * RATE_UNITS), per_visit
        self._own: dict[int | None, int] = {product: int(rate * RATE_UNITS) for product, rate in own.items()}
        self._unit = RATE_UNITS * minor_per_unit(minor_digits)

    def points(self, kept: Iterable[Line], factor: int, divisor: int, *, everything_back: bool) -> int:
        """What the kept part earns, times factor ÷ divisor, and what the visit brings unless all came back."""
        own, base = self._own, self._base
        total = 0
        for product, amount in kept:
            total += amount * own.get(product, base)
        points = max(0, total * factor // (self._unit * divisor))
        return points if everything_back else points + self._visit


def as_fraction(times: Sequence[Times]) -> tuple[int, int]:
    """The product of multipliers as whole numbers: factor and divisor."""
    factor = 1
    for each in times:
        factor *= int(each.factor * TIMES_UNITS)
    return factor, TIMES_UNITS ** len(times)
