"""The terms a sale earned under, as its ledger entry keeps them: "1*2+5" is a point a unit, doubled, and 5."""

from decimal import Decimal

from app.domain.loyalty.earning import EarningRule
from app.domain.loyalty.returns import EarnedFor


def plain_terms(rule: EarningRule) -> EarnedFor:
    """The rule alone, without a multiplier."""
    return EarnedFor(rule.points_per_unit, (), rule.minor_digits, rule.visit_points)


def written(terms: EarnedFor) -> str:
    """As the entry keeps them (semantics.md, points ledger rule 2)."""
    visit = f"+{terms.visit_points}" if terms.visit_points else ""
    return "*".join(str(part) for part in (terms.rate, *terms.multipliers)) + visit


def read(text: str, minor_digits: int) -> EarnedFor:
    """The terms an entry keeps. Raises ValueError for anything `written` does not write."""
    factors, _, visit = text.partition("+")
    try:
        rate, *multipliers = (Decimal(part) for part in factors.split("*"))
    except ArithmeticError:
        raise ValueError(text) from None
    return EarnedFor(rate, multipliers, minor_digits, int(visit or 0))
