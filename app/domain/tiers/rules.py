"""Tiers: what each asks for, over which window, and which one fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from app.domain.loyalty.earning import Rate, minor_per_unit
from app.domain.months import month_end
from app.domain.shop import TierWindow

GRACE_DAYS = 30


@dataclass(frozen=True, slots=True)
class TierRule:
    """One tier and its inclusive thresholds: minor units, purchase days, or both; with neither it always fits."""

    code: str
    rank: int
    min_amount: int | None = None
    min_days: int | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """The tiers of a shop, the window their thresholds are counted over, and for how long all this holds or held."""

    tiers: Sequence[TierRule]
    window: TierWindow
    grace_days: int = GRACE_DAYS
    first_day: date = date.min
    """The first day these rules count for: purchases of before were looked at under others."""


def default_tiers(minor_digits: int = 2) -> list[TierRule]:
    """Potential, ordinary (a purchase day in the window) and VIP (6,000 units of currency), lowest first."""
    return [
        TierRule("potential", 0),
        TierRule("ordinary", 1, min_days=1),
        TierRule("vip", 2, min_amount=6000 * minor_per_unit(minor_digits)),
    ]


def window_start(window: TierWindow, on: date) -> date:
    """The first day of the window that ends with `on`, itself included: 365 days when rolling."""
    if window is TierWindow.LIFETIME:
        return date.min
    return on.replace(month=1, day=1) if window is TierWindow.CALENDAR else on - timedelta(days=364)


def valid_until(window: TierWindow, on: date) -> date | None:
    """How long a tier reached or reached again on `on` holds: rolling, the month end 12 months on; calendar year,
    31 December of the next; lifetime, None."""
    if window is TierWindow.LIFETIME:
        return None
    return month_end(on, 12) if window is TierWindow.ROLLING else date(on.year + 1, 12, 31)


def qualifies(tier: TierRule, amount: int, days: int) -> bool:
    """Whether `amount` minor units and `days` purchase days in the window reach every threshold the tier has."""
    enough = tier.min_amount is None or amount >= tier.min_amount
    return enough and (tier.min_days is None or days >= tier.min_days)


def best_tier(tiers: Sequence[TierRule], amount: int, days: int) -> TierRule:
    """The highest tier that fits, whatever lies between; the lowest of all where none does."""
    fitting = [tier for tier in tiers if qualifies(tier, amount, days)]
    return max(fitting, key=rank_of) if fitting else min(tiers, key=rank_of)


def base_tier(tiers: Sequence[TierRule]) -> TierRule:
    """The tier of someone who bought nothing."""
    return best_tier(tiers, 0, 0)


def rank_of(tier: TierRule) -> int:
    return tier.rank


@dataclass(frozen=True, slots=True)
class Missing:
    """What still lacks to a tier: minor units, and purchase days. Never nothing: a tier moves with a purchase."""

    tier: TierRule
    amount: int
    days: int


def missing(tier: TierRule, amount: int, days: int) -> Missing:
    """What lacks to `tier` when the window holds `amount` minor units (below 0: more returned than bought) and `days`.

    Where nothing lacks, another purchase makes it count.
    """
    money = max(0, tier.min_amount - amount) if tier.min_amount else 0
    visits = max(0, (tier.min_days or 0) - days)
    return Missing(tier, money, visits if money or visits else 1)


def missing_to_next(tiers: Sequence[TierRule], rank: int, amount: int, days: int) -> Missing | None:
    """What lacks to the tier above `rank`; None at the top."""
    above = [tier for tier in tiers if tier.rank > rank]
    return missing(min(above, key=rank_of), amount, days) if above else None


def proposed_threshold(nets: Iterable[int], share: Rate = Fraction(4, 5)) -> int | None:
    """The shop's own percentile of what its buyers spent (minor units): the least amount that `share` of them stay
    at or below; None without a buyer above 0."""
    ordered = sorted(net for net in nets if net > 0)
    return ordered[max(1, ceil(len(ordered) * Fraction(share))) - 1] if ordered else None


def rounded_down(amount: int, unit: int) -> int:
    """`amount` minor units cut to its first two figures of whole units, so that who reaches one reaches the other."""
    whole = amount // unit
    step: int = 10 ** max(0, len(str(whole)) - 2)
    return whole // step * step * unit
