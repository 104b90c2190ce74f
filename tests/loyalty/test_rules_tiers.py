"""Which tier fits: the table of thresholds, and the windows they are counted over."""

from datetime import date

import pytest

from app.domain.shop import TierWindow
from app.domain.tiers.rules import (
    TierRule,
    base_tier,
    best_tier,
    default_tiers,
    missing,
    missing_to_next,
    proposed_threshold,
    rounded_down,
    valid_until,
    window_start,
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
    assert base_tier([TierRule("b", 5, min_days=3), TierRule("a", 4, min_days=9)]).code == "a"  # nothing fits
    assert base_tier([TierRule("low", 0), TierRule("a fen", 1, min_amount=1)]).code == "low"
    assert base_tier([TierRule("low", 0), TierRule("a day", 1, min_days=1)]).code == "low"


def test_the_tiers_of_a_new_shop() -> None:
    vip = TierRule("vip", 2, min_amount=600_000)
    assert default_tiers() == [TierRule("potential", 0), TierRule("ordinary", 1, min_days=1), vip]


def test_a_currency_without_decimals_asks_for_its_own_units() -> None:
    assert default_tiers(minor_digits=0)[-1].min_amount == 6000


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


def lack(tier: TierRule, amount: int, days: int) -> tuple[int, int]:
    found = missing(tier, amount, days)
    assert found.tier is tier
    return found.amount, found.days


@pytest.mark.parametrize(
    ("tier", "amount", "days", "lacks"),
    [
        (BOTH[1], 1200, 1, (0, 2)),
        (BOTH[1], 999, 3, (1, 0)),  # one minor unit below
        (BOTH[1], 0, 0, (1000, 3)),
        (BOTH[1], 1000, 3, (0, 1)),  # enough is there: it counts with the next purchase
        (BOTH[1], -50, 3, (1050, 0)),  # more returned than bought has to be made good first
        (SHIPPED[1], -50, 0, (0, 1)),  # who asks for no amount does not mind
        (SHIPPED[2], 599_999, 9, (1, 0)),
        (ZERO[1], -5, 0, (0, 1)),
    ],
)
def test_what_lacks_to_a_tier(tier: TierRule, amount: int, days: int, lacks: tuple[int, int]) -> None:
    assert lack(tier, amount, days) == lacks


def test_the_next_tier_is_the_one_above() -> None:
    next_up = missing_to_next(SHIPPED, 1, 450_000, 7)
    assert next_up is not None
    assert (next_up.tier.code, next_up.amount, next_up.days) == ("vip", 150_000, 0)
    first = missing_to_next(SHIPPED[::-1], 0, 450_000, 0)
    assert first is not None and first.tier.code == "ordinary"
    assert missing_to_next(SHIPPED, 2, 0, 0) is None


def test_the_proposed_threshold_is_the_shops_own_percentile() -> None:
    assert proposed_threshold(range(1, 11)) == 8
    assert proposed_threshold([5, 0, -3]) == 5
    assert proposed_threshold([1, 2, 3, 4, 5, 6]) == 5  # 4 of 6 are too few, 5 are enough
    assert proposed_threshold([0, -1]) is None


@pytest.mark.parametrize(
    ("amount", "unit", "rounded"),
    [
        (587_320, 100, 580_000),
        (99_99, 100, 99_00),
        (9_50, 100, 9_00),
        (50, 100, 0),
        (123_456, 1, 120_000),
        (100_00, 100, 100_00),
    ],
)
def test_a_proposal_is_cut_to_two_figures_of_whole_units(amount: int, unit: int, rounded: int) -> None:
    assert rounded_down(amount, unit) == rounded
