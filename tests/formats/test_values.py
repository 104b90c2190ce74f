"""Cells are read as they were meant, or refused by a code."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import to_decimal_string
from app.formats.tables import Cell
from app.formats.values import (
    Refused,
    clean_id,
    parse_decimal,
    parse_gender,
    parse_money,
    parse_phones,
    parse_price,
    parse_quantity,
    parse_whole,
    parse_yes_no,
    split_list,
    text_of,
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("17850.0", "17850"),
        ("17850.00", "17850"),
        (17850.0, "17850"),
        (17850, "17850"),
        ("001", "001"),
        ("00.50", "00.50"),
        ("85123A", "85123A"),
        ("12E5", "12E5"),
        (" Ａ００１ ", "A001"),
        ("'001", "001"),
        ("会员-8", "会员-8"),
        (None, ""),
        ("", ""),
    ],
)
def test_ids(cell: Cell, expected: str) -> None:
    assert clean_id(cell) == expected


@pytest.mark.parametrize("cell", ["1.38E+10", "1.38e+10", "1,38E+10", " 1.38001E+10 ", "１．３８Ｅ＋１０"])
def test_what_a_spreadsheet_ruined_is_refused(cell: str) -> None:
    for read in (clean_id, parse_phones):
        with pytest.raises(Refused) as refused:
            read(cell)
        assert refused.value.code == "scientific"
        assert refused.value.value == cell
        assert cell not in str(refused.value)


def test_phones_of_a_cell() -> None:
    assert parse_phones("13800138000") == ["13800138000"]
    assert parse_phones("138-0013-8000 / 13900139000、010-88886666") == ["138-0013-8000", "13900139000", "010-88886666"]
    assert parse_phones(13800138000) == ["13800138000"]
    assert parse_phones(13800138000.0) == ["13800138000"]
    assert parse_phones("13800138000.0") == ["13800138000"]
    assert parse_phones("无") == []
    assert parse_phones(None) == []
    with pytest.raises(Refused):
        parse_phones("13800138000;1.38E+10")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12", "12"),
        ("-12.50", "-12.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,50", "1234.50"),
        ("1\u00a0234,50", "1234.50"),
        ("1'234.50", "1234.50"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("12,34", "12.34"),
        ("1.234", "1.234"),
        ("¥88", "88"),
        ("￥８８．５０", "88.50"),
        ("88元", "88"),
        ("HK$1,200", "1200"),
        ("RMB 12", "12"),
        ("12.00 CNY", "12.00"),
        ("-¥3", "-3"),
        ("(5.00)", "-5.00"),
        ("3-", "-3"),
        ("−7", "-7"),
        ("+7", "7"),
        (".5", "0.5"),
        ("'12", "12"),
        (2.55, "2.55"),
        (3, "3"),
        (Decimal("1.5"), "1.5"),
    ],
)
def test_numbers(cell: Cell, expected: str) -> None:
    assert parse_decimal(cell) == Decimal(expected)


@pytest.mark.parametrize(
    "cell", ["abc", "1,2,3", "12.3.4", "1 2", "--5", "NaN", "inf", "1e", "12,34,567,8", True, "¥", "1/2"]
)
def test_no_numbers(cell: Cell) -> None:
    with pytest.raises(Refused) as refused:
        parse_decimal(cell)
    assert refused.value.code == "not_a_number"


@pytest.mark.parametrize("cell", ["999999999999999", 2**63, 1e300, "-1E+20"])
def test_numbers_beyond_any_shop(cell: Cell) -> None:
    with pytest.raises(Refused) as refused:
        parse_money(cell)
    assert refused.value.code == "out_of_range"


def test_not_finite_floats() -> None:
    for cell in (float("nan"), float("inf")):
        with pytest.raises(Refused):
            parse_price(cell)


def test_units() -> None:
    assert parse_money("12.345") == 1235
    assert parse_money("-12.345") == -1235
    assert parse_money("12.5", minor_digits=0) == 13
    assert parse_price("2.55") == 25_500
    assert parse_price("0.00125") == 13
    assert parse_price(0.1 + 0.2) == 3_000
    assert parse_quantity("0.25") == 250
    assert parse_quantity("-6") == -6_000
    assert parse_whole("300") == 300
    assert parse_whole("300.0") == 300
    for empty in ("", "  ", None):
        assert parse_money(empty) is parse_price(empty) is parse_quantity(empty) is parse_whole(empty) is None
    with pytest.raises(Refused):
        parse_whole("1.5")


@given(st.integers(-(10**13), 10**13), st.booleans())
def test_money_written_is_money_read(minor: int, grouped: bool) -> None:
    text = to_decimal_string(minor)
    if grouped:
        text = f"{Decimal(text):,}"
    assert parse_money(text) == minor
    assert parse_price(text) == minor * 100


def test_a_cell_of_endless_digits_is_refused_before_anyone_waits() -> None:
    """Each digit read once: read for each other digit again, these would take a minute."""
    with pytest.raises(Refused):
        parse_money("9" * 100_000 + "x")


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for read in (parse_money, parse_price, parse_quantity):
        try:
            read(text)
        except Refused as refusal:
            assert refusal.code in ("not_a_number", "out_of_range")


def test_words_of_choice() -> None:
    assert [parse_yes_no(cell) for cell in ("是", "YES", 1, True, "同意", "已同意")] == [True] * 6
    assert [parse_yes_no(cell) for cell in ("否", "no", 0, False, "拒绝")] == [False] * 5
    assert parse_yes_no(" ") is None
    with pytest.raises(Refused):
        parse_yes_no("也许")
    assert [parse_gender(cell) for cell in ("女", "Female", "先生", "M", "未知", None)] == [
        "female",
        "female",
        "male",
        "male",
        "",
        "",
    ]
    assert split_list("VIP、爱喝茶;VIP，老客") == ["VIP", "爱喝茶", "老客"]


def test_text_of_any_cell() -> None:
    assert [text_of(cell) for cell in (" a ", None, 3.0, 2.5, "é", "a\x00b")] == ["a", "", "3", "2.5", "é", "ab"]
