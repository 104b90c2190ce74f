"""Which tier fits: the table of thresholds, and the windows they are counted over."""

from datetime import date
from fractions import Fraction

import pytest

from app.domain.shop import TierWindow
from app.domain.tiers.rules import (
    DEFAULT_BENEFITS,
    TierRule,
    amount_to_next,
    base_tier,
    best_tier,
    default_tiers,
    missing,
    proposed_threshold,
    valid_until,
    window_start,
    with_floor,
)

SHIPPED = default_tiers()
ZERO = [TierRule("none", 0), TierRule("all", 1, min_amount=0)]
BOTH = [TierRule("none", 0), TierRule("both", 1, min_amount=1000, min_days=3)]
LADDER = [TierRule("a", 0), TierRule("b", 1, min_amount=100), TierRule("c", 2, min_amount=200), TierRule("d", 3, 300)]
GAP = [TierRule("a", 0), TierRule("b", 1, min_days=5), TierRule("c", 2, min_amount=200)]


@pytest.mark.parametrize(
    ("tiers", "amount", "days", "code"),
    [
        (SHIPPED, 0, 0, "potential"),
        (SHIPPED, 0, 1, "ordinary"),
        (SHIPPED, 1, 1, "ordinary"),
        (SHIPPED, 599_999, 40, "ordinary"),  # one fen below
        (SHIPPED, 600_000, 1, "vip"),  # exactly
        (SHIPPED, 600_001, 1, "vip"),
        (SHIPPED, -5, 0, "potential"),
        (ZERO, 0, 0, "all"),  # a threshold of zero is met by nothing at all
        (ZERO, -1, 0, "none"),
        (BOTH, 1000, 3, "both"),
        (BOTH, 999, 3, "none"),
        (BOTH, 1000, 2, "none"),
        (BOTH, 999_999, 2, "none"),
        (LADDER, 300, 1, "d"),  # from the bottom over two tiers at once
        (LADDER, 299, 1, "c"),
        (LADDER, 99, 1, "a"),
        (GAP, 200, 1, "c"),  # the highest that fits, though the one between does not
        (LADDER[::-1], 200, 1, "c"),  # the order of the list means nothing
    ],
)
def test_the_best_tier(tiers: list[TierRule], amount: int, days: int, code: str) -> None:
    assert best_tier(tiers, amount, days).code == code


def test_who_bought_nothing_has_the_tier_that_asks_for_nothing() -> None:
    assert base_tier(SHIPPED).code == "potential"
    assert base_tier(ZERO).code == "all"
    assert base_tier([TierRule("only", 4, min_days=9)]).code == "only"


def test_a_currency_without_decimals_asks_for_its_own_units() -> None:
    assert default_tiers(minor_digits=0)[-1].min_amount == 6000


def test_the_shipped_benefits() -> None:
    vip = DEFAULT_BENEFITS["vip"]
    assert (vip.discount, vip.multiplier, vip.birthday_multiplier) == (Fraction(5, 100), 1, 2)
    assert DEFAULT_BENEFITS.keys() == {tier.code for tier in SHIPPED}


@pytest.mark.parametrize(
    ("window", "on", "first", "last"),
    [
        (TierWindow.ROLLING, date(2026, 3, 10), date(2025, 3, 11), date(2027, 3, 31)),
        (TierWindow.ROLLING, date(2024, 12, 31), date(2024, 1, 2), date(2025, 12, 31)),  # a leap year has 366
        (TierWindow.ROLLING, date(2027, 2, 1), date(2026, 2, 2), date(2028, 2, 29)),
        (TierWindow.CALENDAR, date(2026, 3, 10), date(2026, 1, 1), date(2027, 12, 31)),
        (TierWindow.LIFETIME, date(2026, 3, 10), date.min, None),
    ],
)
def test_windows_and_how_long_a_tier_holds(window: TierWindow, on: date, first: date, last: date | None) -> None:
    assert window_start(window, on) == first
    assert valid_until(window, on) == last


def test_what_still_lacks() -> None:
    next_up = amount_to_next(SHIPPED, 1, 450_000, 7)
    assert next_up is not None
    assert (next_up.tier.code, next_up.amount, next_up.days) == ("vip", 150_000, 0)
    assert amount_to_next(SHIPPED, 2, 0, 0) is None
    keep = missing(BOTH[1], 1200, 1)
    assert (keep.amount, keep.days) == (0, 2)


def test_a_tier_given_by_hand_is_a_floor_to_its_last_day() -> None:
    until = date(2026, 6, 30)
    assert with_floor(1, 2, until, date(2026, 6, 30)) == 2
    assert with_floor(1, 2, until, date(2026, 7, 1)) == 1
    assert with_floor(3, 2, until, date(2026, 6, 1)) == 3
    assert with_floor(0, 2, None, date(2030, 1, 1)) == 2
    assert with_floor(1, None, None, date(2026, 1, 1)) == 1


def test_the_proposed_threshold_is_the_shops_own_percentile() -> None:
    assert proposed_threshold(range(1, 11)) == 8
    assert proposed_threshold([5, 0, -3]) == 5
    assert proposed_threshold([1, 2, 3, 4, 5, 6]) == 5  # 4 of 6 are too few, 5 are enough
    assert proposed_threshold([0, -1]) is None
