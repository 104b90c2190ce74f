"""What a sale earns: shares that add up, one rounding, and the last day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.earning import expiry_of, points_earned
from tests.loyalty.bases import net_bases

amounts = st.lists(st.integers(0, 500_000), min_size=1, max_size=12)


@st.composite
def bills(draw: st.DrawFn) -> tuple[list[int], int, int]:
    lines = draw(amounts.filter(any))
    discount = draw(st.integers(0, sum(lines)))
    return lines, discount, draw(st.integers(0, sum(lines) - discount))


def test_discount_and_points_are_spread_over_the_lines() -> None:
    # 600 over 1:2:3 is 100, 200, 300; 100 over 900:1800:2700 is 16 2/3, 33 1/3, 50, the spare one to the first.
    assert net_bases([1000, 2000, 3000], 600, 100) == [883, 1767, 2650]


def test_points_pay_only_for_what_the_discount_left() -> None:
    assert net_bases([1, 1], 1, 1) == [0, 0]
    assert net_bases([3, 3, 3], 8, 1) == [0, 0, 0]


def test_a_bill_of_gifts_has_no_bases() -> None:
    assert net_bases([0, 0], 0, 0) == [0, 0]


@given(bills())
def test_bases_add_up_to_what_is_paid_and_none_is_below_zero(bill: tuple[list[int], int, int]) -> None:
    lines, discount, points_value = bill
    bases = net_bases(lines, discount, points_value)
    assert sum(bases) == sum(lines) - discount - points_value
    assert all(0 <= base <= line for base, line in zip(bases, lines, strict=True))


@pytest.mark.parametrize(
    ("bases", "rate", "multipliers", "points"),
    [
        ([9999], 1, [], 99),
        ([9999], 1, [Decimal("1.5")], 149),
        ([50, 50], 1, [], 1),  # rounded down on the sum, not line by line
        ([99], 1, [], 0),
        ([5300], Decimal("0.1"), [], 5),
        ([5300], 1, [2, Fraction(3, 2)], 159),
        ([2900], Decimal("0.1"), [10], 29),  # 29 × 0.1 × 10 in binary floats is below 29
        ([6000, 4000], [1, 0], [], 60),  # the second line earns nothing
        ([6000, 4000], [1, 3], [2], 360),
        ([-500], 1, [], 0),
        ([], 1, [], 0),
    ],
)
def test_points_earned(bases: list[int], rate: Decimal, multipliers: list[int], points: int) -> None:
    assert points_earned(bases, rate, multipliers) == points


@pytest.mark.parametrize("rates", [[1], [1, 1, 1]])
def test_each_line_has_its_rate(rates: list[int]) -> None:
    with pytest.raises(ValueError, match="zip"):
        points_earned([100, 100], rates)


def test_a_currency_without_decimals_earns_by_its_own_unit() -> None:
    assert points_earned([1234], Decimal("0.01"), [], minor_digits=0) == 12


@given(amounts, st.integers(0, 3000), st.integers(1, 5))
def test_earning_is_the_greatest_whole_number_not_above_the_exact_sum(
    bases: list[int], thousandths: int, multiplier: int
) -> None:
    points = points_earned(bases, Decimal(thousandths) / 1000, [multiplier])
    exact = sum(bases) * thousandths * multiplier  # in 1/100,000 points
    assert points * 100_000 <= exact < (points + 1) * 100_000


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 31)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2027, 2, 1), 12, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 31)),
        (date(2026, 5, 5), None, None),
    ],
)
def test_points_last_to_the_end_of_a_month(day: date, months: int | None, last: date | None) -> None:
    assert expiry_of(day, months) == last
