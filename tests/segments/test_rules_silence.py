"""Silence is measured by the customer's own rhythm."""

from datetime import date

import pytest

from app.domain.segments.silence import gaps, shop_median, silent, silent_after


def test_gaps_between_purchase_days() -> None:
    assert gaps([date(2026, 1, 1), date(2026, 1, 8), date(2026, 3, 1)]) == [7, 52]
    assert gaps([date(2026, 1, 1)]) == []


@pytest.mark.parametrize(
    ("own", "shop", "days"),
    [
        ([10, 30, 20], None, 40),  # twice the own median
        ([10, 30], 5, 40),  # three purchases are enough, 10 and 30 have the median 20
        ([3, 4, 2], 50, 14),  # never less than 14
        ([10], 25, 50),  # two purchases: the shop's
        ([], 6, 14),
        ([7, 8], None, 15),
        ([10], None, 90),  # nobody knows
        ([], None, 90),
    ],
)
def test_how_long_one_may_stay_away(own: list[int], shop: float | None, days: float) -> None:
    assert silent_after(own, shop) == days
    assert not silent(int(days), own, shop)
    assert silent(int(days) + 1, own, shop)


def test_who_never_bought_is_not_silent() -> None:
    assert not silent(None, [], None)


def test_the_shop_needs_twenty_gaps() -> None:
    assert shop_median([[10] * 19]) is None
    assert shop_median([[10] * 10, [20] * 10]) == 15
    assert shop_median([]) is None
