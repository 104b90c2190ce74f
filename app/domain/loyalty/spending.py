"""How points are kept and spent: what they are worth, how long they last, how many may pay for a bill."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from app.domain.loyalty.earning import Rate, minor_per_unit
from app.domain.loyalty.refusals import AboveCap, NotAStep, NotEnoughPoints


@dataclass(frozen=True, slots=True)
class SpendingRule:
    """How points are kept and spent. The defaults are those of a new shop (semantics.md, defaults)."""

    minor_digits: int = 2
    """Decimals of the currency: 2 for CNY, 0 for JPY."""
    worth: int = 100
    """How many points are worth one unit of currency."""
    step: int = 100
    """Points are spent in multiples of this."""
    cap: Rate = Decimal("0.3")
    """The share of a bill that points may pay."""
    expiry_months: int | None = 12
    """Points last to the end of this month after the one they were earned in; None: for ever."""
    pending_days: int = 0
    """Days until earned points can be spent: the shop's return window."""
    give_back_days: int = 30
    """How long given-back points last when their own last day has passed."""


def available_from(day: date, rule: SpendingRule) -> date:
    """The first day on which points earned on `day` can be spent (semantics.md, rule 8)."""
    return day + timedelta(days=rule.pending_days)


def points_value(points: int, rule: SpendingRule) -> int:
    """What `points` pay, in minor units, rounded down."""
    return points * minor_per_unit(rule.minor_digits) // rule.worth


def cap_of(bill: int, rule: SpendingRule) -> int:
    """The most points that may pay for a bill of `bill` minor units, whoever has them: whole steps within the cap."""
    part, whole = rule.cap.as_integer_ratio()
    within: int = max(0, bill) * part * rule.worth // (whole * minor_per_unit(rule.minor_digits))
    return within - within % rule.step


def redeemable(balance: int, bill: int, rule: SpendingRule) -> int:
    """The most points a customer with `balance` spendable ones may use on a bill of `bill` minor units; perhaps 0."""
    held = max(0, balance)
    return min(held - held % rule.step, cap_of(bill, rule))


def choices(balance: int, bill: int, rule: SpendingRule) -> range:
    """Every number of points the cashier may choose, least first; empty when there is none."""
    return range(rule.step, redeemable(balance, bill, rule) + 1, rule.step)


def check_spending(points: int, balance: int, bill: int, rule: SpendingRule) -> None:
    """Refuse what the rule does not allow.

    Raises NotAStep, NotEnoughPoints or AboveCap, the first that applies.
    """
    if points <= 0 or points % rule.step:
        raise NotAStep(points=points, step=rule.step)
    if points > balance:
        raise NotEnoughPoints(short_by=points - balance)
    if points > cap_of(bill, rule):
        raise AboveCap(points=points, most=cap_of(bill, rule))
