"""What a sale earns: what each line counts for, what it brings at its rate, and how long the points last."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.domain.money import share_by_largest_remainder
from app.domain.months import month_end

Rate = int | Decimal | Fraction
"""An exact number; a float would lose points."""


def discount_shares(lines: Sequence[int], discount: int) -> list[int]:
    """Each line's part of `discount` in minor units, in proportion to the lines; a line at or below 0 bears none."""
    if discount == 0:
        return [0] * len(lines)
    return share_by_largest_remainder(discount, [max(0, line) for line in lines])


def points_earned(
    net_base_minor_by_line: Sequence[int],
    rate: Rate | Sequence[Rate],
    multipliers: Sequence[Rate] = (),
    minor_digits: int = 2,
) -> int:
    """⌊Σ over lines of net base × rate × multipliers⌋, never below 0 (semantics.md, rule 2).

    `rate` is points per whole unit of currency: one for all lines, or one for each (0 for what earns nothing, such as a
    top-up of stored value). Exact; rounded down once, on the sum.
    """
    rates = rate if isinstance(rate, Sequence) else [rate] * len(net_base_minor_by_line)
    points: Fraction | int = sum(
        base * Fraction(each) for base, each in zip(net_base_minor_by_line, rates, strict=True)
    )
    for multiplier in multipliers:
        points *= Fraction(multiplier)
    return max(0, points // minor_per_unit(minor_digits))


def minor_per_unit(minor_digits: int) -> int:
    """How many minor units make one unit of currency: 100 fen a yuan, one yen a yen."""
    scale: int = 10**minor_digits
    return scale


def expiry_of(day: date, months: int | None) -> date | None:
    """The last usable day of points earned on `day`: the end of the `months`-th month after; None: never."""
    return None if months is None else month_end(day, months)
