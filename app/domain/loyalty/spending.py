"""How many points may pay for a bill, and what they are worth."""

from fractions import Fraction
from math import ceil, floor

from app.domain.loyalty.earning import EarningRule, minor_per_unit
from app.domain.loyalty.refusals import AboveCap, NotAStep, NotEnoughPoints


def points_value(points: int, rule: EarningRule) -> int:
    """What `points` pay, in minor units, rounded down."""
    return points * minor_per_unit(rule.minor_digits) // rule.worth


def points_for(value: int, rule: EarningRule) -> int:
    """The fewest whole points whose worth reaches `value` minor units."""
    return ceil(Fraction(value * rule.worth, minor_per_unit(rule.minor_digits)))


def cap_of(bill: int, rule: EarningRule) -> int:
    """The most points that may pay for a bill of `bill` minor units, whoever has them: whole steps within the cap."""
    within = floor(max(0, bill) * Fraction(rule.cap) * rule.worth / minor_per_unit(rule.minor_digits))
    return within - within % rule.step


def redeemable(balance: int, bill: int, rule: EarningRule) -> int:
    """The most points a customer with `balance` spendable ones may use on a bill of `bill` minor units; perhaps 0."""
    held = max(0, balance)
    return min(held - held % rule.step, cap_of(bill, rule))


def choices(balance: int, bill: int, rule: EarningRule) -> range:
    """Every number of points the cashier may choose, least first; empty when there is none."""
    return range(rule.step, redeemable(balance, bill, rule) + 1, rule.step)


def check_spending(points: int, balance: int, bill: int, rule: EarningRule) -> None:
    """Refuse what the rule does not allow.

    Raises NotAStep, NotEnoughPoints or AboveCap, the first that applies.
    """
    if points <= 0 or points % rule.step:
        raise NotAStep(points=points, step=rule.step)
    if points > balance:
        raise NotEnoughPoints(short_by=points - balance)
    if points > cap_of(bill, rule):
        raise AboveCap(points=points, most=cap_of(bill, rule))
