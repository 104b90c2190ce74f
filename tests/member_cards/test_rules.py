"""How cards are numbered: the check digit, what is read as a number, how it is read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.member_cards import Scheme, card_number, check_digit, grouped

DIGITS = st.text("0123456789", min_size=2, max_size=12)


@pytest.mark.parametrize(("digits", "check"), [("7992739871", "3"), ("411111111111111", "1"), ("0", "0"), ("1", "8")])
def test_the_check_digit_is_that_of_luhn(digits: str, check: str) -> None:
    assert check_digit(digits) == check


@given(DIGITS, st.data())
def test_one_wrong_digit_is_always_noticed(body: str, data: st.DataObject) -> None:
    scheme = Scheme("M", len(body))
    number = scheme.numbered(int(body))
    assert scheme.running(number) == int(body) and not scheme.is_mistyped(number)
    place = data.draw(st.integers(1, len(number) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    slip = number[:place] + other + number[place + 1 :]
    assert scheme.running(slip) is None and scheme.is_mistyped(slip)


@given(st.text("0123456789ABCXYZ", min_size=4, max_size=32))
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    assert card_number(grouped(number)) == card_number(number.lower()) == card_number(f" {number}-") == number


@pytest.mark.parametrize("typed", ["", "123", "12*45", "会员1234", "A" * 33, "----"])
def test_what_is_no_number(typed: str) -> None:
    assert card_number(typed) == ""


def test_full_width_letters_and_digits_are_read() -> None:
    assert card_number("Ｍ００００１８") == "M000018"


def test_plastic_of_another_printer_is_never_mistyped() -> None:
    assert not Scheme("M", 6).is_mistyped("M12")
    assert not Scheme("", 6).is_mistyped("1234567")
    assert grouped("6688000112345") == "6 6880 0011 2345"
