"""How many points may pay for a bill."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.refusals import AboveCap, NotAStep, NotEnoughPoints
from app.domain.loyalty.spending import (
    SpendingRule,
    available_from,
    check_spending,
    choices,
    points_value,
    redeemable,
)

RULE = SpendingRule()


@pytest.mark.parametrize(
    ("balance", "bill", "most"),
    [
        (100_000, 62_000, 18_600),
        (18_599, 62_000, 18_500),
        (100_000, 334, 100),  # 30 % is 1.002
        (100_000, 333, 0),  # 30 % is 0.999
        (99, 62_000, 0),
        (-500, 62_000, 0),
        (100_000, 0, 0),
        (100_000, -4000, 0),
    ],
)
def test_the_most_that_may_be_spent(balance: int, bill: int, most: int) -> None:
    assert redeemable(balance, bill, RULE) == most


def test_a_bill_of_nothing_is_paid_by_no_points_however_little_they_are_worth() -> None:
    rule = SpendingRule(worth=1000, step=1)
    assert [redeemable(100, bill, rule) for bill in (-4000, -1, 0, 1)] == [0, 0, 0, 3]  # 30 % of a fen is 3 points


def test_in_yen_a_point_is_worth_less_than_the_smallest_coin() -> None:
    yen = SpendingRule(minor_digits=0)
    assert redeemable(1_000_000, 1000, yen) == 30_000
    assert points_value(30_000, yen) == 300
    assert points_value(150, yen) == 1


@given(st.integers(-1000, 200_000), st.integers(0, 500_000), st.sampled_from([1, 50, 100]), st.integers(0, 100))
def test_the_most_is_the_greatest_step_within_balance_and_cap(balance: int, bill: int, step: int, percent: int) -> None:
    rule = SpendingRule(step=step, cap=Decimal(percent) / 100)
    most = redeemable(balance, bill, rule)

    def allowed(points: int) -> bool:  # 100 points pay 100 fen
        return points <= balance and points * 100 <= bill * percent

    assert most % step == 0
    assert most == 0 or allowed(most)
    assert not allowed(most + step)


def test_the_cashier_chooses_among_whole_steps() -> None:
    assert list(choices(450, 100_000, RULE)) == [100, 200, 300, 400]
    assert not choices(99, 100_000, RULE)
    assert list(choices(3, 100_000, SpendingRule(step=1))) == [1, 2, 3]


def test_what_is_not_allowed_is_refused_with_its_numbers() -> None:
    check_spending(200, 200, 100_000, RULE)
    check_spending(300, 900, 1000, RULE)  # 30 % of ¥10 exactly
    check_spending(1, 1, 100_000, SpendingRule(step=1))
    with pytest.raises(NotAStep) as step:
        check_spending(150, 200, 100_000, RULE)
    assert step.value.numbers == {"points": 150, "step": 100}
    with pytest.raises(NotAStep):
        check_spending(0, 200, 100_000, RULE)
    with pytest.raises(NotEnoughPoints) as short:
        check_spending(300, 230, 100_000, RULE)
    assert short.value.numbers == {"short_by": 70}
    with pytest.raises(AboveCap) as cap:
        check_spending(500, 900, 1000, RULE)
    assert cap.value.numbers == {"points": 500, "most": 300}


def test_points_wait_for_the_return_window() -> None:
    assert available_from(date(2026, 2, 25), SpendingRule(pending_days=7)) == date(2026, 3, 4)
    assert available_from(date(2026, 2, 25), SpendingRule()) == date(2026, 2, 25)
