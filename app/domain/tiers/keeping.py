"""What keeps a tier, and by when: the least that, bought on the last day, saves it (semantics.md, tiers)."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.tiers.floors import ONE_DAY, Floor
from app.domain.tiers.history import Purchases, Standing, after_running_out
from app.domain.tiers.rules import Missing, Scheme, TierRule, missing, rank_of, window_start


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a tier that ends is kept."""

    first: date
    """The first day whose purchases count for it; it may still lie ahead."""
    by: date
    """The last day on which `lacks` is enough. What is bought earlier, from `first` on, counts just as much."""
    falls_on: date
    """The day on which the tier is lost otherwise."""
    lacks: Missing | None
    """None: it is kept without another purchase."""


def keeping(earned: Standing, floor: Floor | None, purchases: Purchases, scheme: Scheme, day: date) -> Keeping | None:
    """How the tier held on `day` is kept: the one earned, or a higher or longer one given by hand.

    `purchases` reach back to the window that ends with `day`. None where the tier has no end.
    """
    if floor is not None and _by_hand(earned, floor, scheme):
        return None if floor.until is None else _kept_floor(floor, floor.until, purchases, scheme, day)
    if earned.valid_until is None:
        return None
    out = runs_out_on(earned.valid_until, scheme)
    kept = after_running_out(earned.rank, purchases, scheme.tiers, scheme.window, out).to_rank >= earned.rank
    by = earned.valid_until if day <= earned.valid_until else out
    first = window_start(scheme.window, by)
    lacks = missing(rule_of(scheme, earned.rank), *purchases.within(first, min(day, by)))
    return Keeping(first, by, out, None if kept else lacks)


def _kept_floor(floor: Floor, until: date, purchases: Purchases, scheme: Scheme, day: date) -> Keeping:
    """What is given by hand has no grace: it must be earned by its last day."""
    first = window_start(scheme.window, until)
    lacks = missing(rule_of(scheme, floor.rank), *purchases.within(first, min(day, until)))
    return Keeping(first, until, until + ONE_DAY, lacks)


def _by_hand(earned: Standing, floor: Floor, scheme: Scheme) -> bool:
    """Whether the tier is lost when what was given by hand ends, and not when the earned one does."""
    if floor.rank != earned.rank or floor.until is None:
        return floor.rank >= earned.rank
    return earned.valid_until is not None and floor.until + ONE_DAY > runs_out_on(earned.valid_until, scheme)


def runs_out_on(valid_until: date, scheme: Scheme) -> date:
    """The day on which a tier is looked at again, and lowered if less fits: after the grace, never before the rules."""
    return max(valid_until + timedelta(days=scheme.grace_days), scheme.first_day)


def rule_of(scheme: Scheme, rank: int) -> TierRule:
    """What the tier of this rank asks for; rules from before the tier was made know the one below it."""
    return max((tier for tier in scheme.tiers if tier.rank <= rank), key=rank_of)
