"""One number in many writings is one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.phones import mask, normalise


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86 138 0013 8000",
        "+8613800138000",
        "008613800138000",
        "(138)00138000",
        "\u202a13800138000\u202c",
        "138\u20130013\u20138000",
    ],
)
def test_a_chinese_mobile(typed: str) -> None:
    phone = normalise(typed)
    assert (phone.e164, phone.digits, phone.key, phone.tail) == (
        "+8613800138000",
        "13800138000",
        "+8613800138000",
        "8000",
    )


def test_what_was_typed_is_kept() -> None:
    assert normalise(" 138-0013-8000 ").typed == "138-0013-8000"


@pytest.mark.parametrize(
    ("typed", "region", "e164", "digits"),
    [
        ("010-8888 6666", "CN", "+861088886666", "01088886666"),
        ("+86 10 8888 6666", "CN", "+861088886666", "01088886666"),
        ("88886666", "CN", None, "88886666"),
        ("+852 2123 4567", "CN", "+85221234567", "85221234567"),
        ("00852 2123 4567", "CN", "+85221234567", "85221234567"),
        ("2123 4567", "HK", "+85221234567", "21234567"),
        ("6123 4567", "SG", "+6561234567", "61234567"),
        ("+65 6123 4567", "SG", "+6561234567", "61234567"),
        ("13800138000", "SG", None, "13800138000"),
        ("12345", "CN", None, "12345"),
        ("no phone", "CN", None, ""),
        ("", "CN", None, ""),
    ],
)
def test_other_numbers(typed: str, region: str, e164: str | None, digits: str) -> None:
    phone = normalise(typed, region)
    assert (phone.e164, phone.digits) == (e164, digits)


@given(st.text(max_size=30))
def test_nothing_typed_is_refused(typed: str) -> None:
    phone = normalise(typed)
    assert phone.digits == "" or phone.digits.isdecimal()


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800138000", "138••••8000"),
        ("138-0013-8000", "138••••8000"),
        ("+8613800138000", "86138••••8000"),
        ("88886666", "••••6666"),
        ("12345", "•••45"),
        ("12", "••"),
        ("", ""),
    ],
)
def test_masks(phone: str, shown: str) -> None:
    assert mask(phone) == shown
