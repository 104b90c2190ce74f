"""Amounts add up to the last minor unit, and mirror themselves when they are taken back."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import (
    CURRENCIES,
    currency,
    decimal_string,
    divide_half_up,
    format_money,
    line_amount,
    minor_to_price,
    price_to_decimal_string,
    price_to_minor,
    quantity_to_decimal_string,
    share_by_largest_remainder,
    to_decimal_string,
)

AMOUNT = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("quantity", "price", "digits", "amount"),
    [
        (6_000, 25_500, 2, 1530),
        (250, 99_900, 2, 250),  # 0.250 kg × 9.99 = 2.4975
        (1_000, 50, 2, 1),  # half a minor unit goes up
        (-1_000, 50, 2, -1),
        (1_000, 49, 2, 0),
        (3_000, 15_000, 0, 5),  # 4.5 yen
        (0, 10_000, 2, 0),
    ],
)
def test_a_line(quantity: int, price: int, digits: int, amount: int) -> None:
    assert line_amount(quantity, price, digits) == amount


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), st.sampled_from([0, 2]))
def test_a_line_is_the_exact_product_rounded_once(quantity: int, price: int, digits: int) -> None:
    exact = Decimal(quantity) * Decimal(price) / Decimal(10_000_000)
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    assert line_amount(quantity, price, digits) == int(rounded.scaleb(digits))
    assert line_amount(-quantity, price, digits) == -line_amount(quantity, price, digits)


@given(st.integers(), st.integers().filter(bool))
def test_half_up_is_nearest_and_symmetric(top: int, bottom: int) -> None:
    found = divide_half_up(top, bottom)
    assert abs(Fraction(top, bottom) - found) <= Fraction(1, 2)
    assert divide_half_up(-top, bottom) == -found


@given(AMOUNT, st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_shares_add_up_and_none_is_a_unit_off(total: int, weights: list[int]) -> None:
    shares = share_by_largest_remainder(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    for share, weight in zip(shares, weights if any(weights) else [1] * len(weights), strict=True):
        assert abs(Fraction(total * weight, whole) - share) < 1
    assert share_by_largest_remainder(-total, weights) == [-share for share in shares]


def test_shares_of_the_remainder() -> None:
    assert share_by_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert share_by_largest_remainder(10, [6, 3, 1]) == [6, 3, 1]
    assert share_by_largest_remainder(5, [0, 10]) == [0, 5]
    assert share_by_largest_remainder(5, [0, 0]) == [3, 2]
    assert share_by_largest_remainder(0, []) == []
    for total, weights in ((1, []), (1, [-1, 2])):
        with pytest.raises(ValueError, match=r"n"):
            share_by_largest_remainder(total, weights)


@given(AMOUNT, st.sampled_from([0, 2, 3, 4]))
def test_decimal_strings_are_exact(units: int, digits: int) -> None:
    assert Decimal(decimal_string(units, digits)) == Decimal(units).scaleb(-digits)
    assert Decimal(decimal_string(units, digits, at_least=min(2, digits))) == Decimal(units).scaleb(-digits)


def test_how_strings_look() -> None:
    assert [to_decimal_string(n) for n in (0, 5, -5, 1230, -123456)] == ["0.00", "0.05", "-0.05", "12.30", "-1234.56"]
    assert to_decimal_string(500, 0) == "500"
    assert [price_to_decimal_string(n) for n in (25_500, 125, 10_000)] == ["2.55", "0.0125", "1.00"]
    assert [quantity_to_decimal_string(n) for n in (6_000, 250, -1_500)] == ["6", "0.25", "-1.5"]


@given(AMOUNT, st.sampled_from([0, 2]))
def test_minor_units_are_prices(minor: int, digits: int) -> None:
    assert price_to_minor(minor_to_price(minor, digits), digits) == minor


@pytest.mark.parametrize(
    ("minor", "code", "language", "text"),
    [
        (123450, "CNY", "zh_CN", "¥1,234.50"),
        (-300, "CNY", "zh_CN", "−¥3.00"),
        (0, "EUR", "en", "€0.00"),
        (1234567, "JPY", "ja", "¥1,234,567"),
        (500, "JPY", "zh_CN", "JP¥500"),
        (99, "HKD", "en", "HK$0.99"),
        (100, "CHF", "en", "CHF 1.00"),
    ],
)
def test_how_money_is_shown(minor: int, code: str, language: str, text: str) -> None:
    assert format_money(minor, code, language) == text


def test_whole_amounts_may_drop_their_zeros() -> None:
    assert format_money(62_000, "CNY", "zh_CN", drop_zeros=True) == "¥620"
    assert format_money(62_050, "CNY", "zh_CN", drop_zeros=True) == "¥620.50"


def test_the_table_of_currencies() -> None:
    assert {code: currency(code).digits for code in CURRENCIES} == {
        "CNY": 2, "HKD": 2, "TWD": 2, "SGD": 2, "USD": 2, "EUR": 2, "GBP": 2, "JPY": 0,
    }  # fmt: skip
