"""The terms a sale earned under, as its ledger entry keeps them.

"1*2+5" is a point a unit, doubled, and 5 for the visit; "1;17=2;23=0" gives the articles 17 and 23 rates of their own.
"""

from decimal import Decimal

from app.domain.loyalty.returns import EarnedFor


def written(terms: EarnedFor) -> str:
    """As the entry keeps them (semantics.md, points ledger rule 2)."""
    goods = "".join(f";{product}={_plain(rate)}" for product, rate in sorted(terms.goods.items()))
    times = "".join(f"*{_plain(multiplier)}" for multiplier in terms.multipliers)
    visit = f"+{terms.visit_points}" if terms.visit_points else ""
    return f"{_plain(terms.rate)}{goods}{times}{visit}"


def read(text: str, minor_digits: int) -> EarnedFor:
    """The terms an entry keeps. Raises ValueError for anything `written` does not write."""
    factors, _, visit = text.partition("+")
    rates, *times = factors.split("*")
    rate, *own = rates.split(";")
    try:
        goods = {int(product): Decimal(each) for product, each in (part.split("=") for part in own)}
        return EarnedFor(Decimal(rate), tuple(map(Decimal, times)), minor_digits, int(visit or 0), goods)
    except (ArithmeticError, ValueError):
        raise ValueError(text) from None


def _plain(number: Decimal) -> str:
    """Without idle zeros and without an exponent: 100 stays 100."""
    return f"{number.normalize():f}"
