"""The rules on paper: bonus order and share, codes, what coupons and cards take off."""

from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.rewards.bonus import BonusOrder, BonusRule, Parts, given_back, payable, split
from app.domain.rewards.cards import Covers, cheapest_free, last_day, part_of
from app.domain.rewards.codes import ALPHABET, new_code, read_code, shown_code
from app.domain.rewards.coupons import CouponTerms, Goods, Validity, taken_off
from app.domain.rewards.kinds import Benefit
from app.domain.rewards.refusals import BillBelow, CouponFitsNothing, NotEnoughStored

TOGETHER, OWN, GIFT = BonusOrder.TOGETHER, BonusOrder.PRINCIPAL_FIRST, BonusOrder.BONUS_FIRST


@pytest.mark.parametrize(
    ("order", "share", "held", "amount", "principal", "bonus"),
    [
        # 500 paid in with 50 on top, in cents; worked out by hand
        (TOGETHER, 1000, (50000, 5000), 11000, 10000, 1000),
        (TOGETHER, 1000, (50000, 5000), 1, 1, 0),
        (TOGETHER, 1000, (50000, 5000), 55000, 50000, 5000),
        (OWN, 1000, (50000, 5000), 11000, 11000, 0),
        (OWN, 1000, (50000, 5000), 52000, 50000, 2000),
        (GIFT, 1000, (50000, 5000), 11000, 6000, 5000),
        (GIFT, 1000, (50000, 5000), 4000, 0, 4000),
        # at most a fifth of each payment from the bonus
        (GIFT, 200, (50000, 5000), 11000, 8800, 2200),
        (GIFT, 200, (50000, 5000), 9, 8, 1),
        (OWN, 200, (100, 5000), 125, 100, 25),
        (TOGETHER, 200, (100, 5000), 100, 80, 20),
        # nothing from the bonus
        (GIFT, 0, (50000, 5000), 50000, 50000, 0),
        (TOGETHER, 1000, (0, 5000), 300, 0, 300),
        (TOGETHER, 1000, (0, 0), 0, 0, 0),
    ],
)
def test_a_payment_is_shared_as_worked_out_by_hand(
    order: BonusOrder, share: int, held: tuple[int, int], amount: int, principal: int, bonus: int
) -> None:
    assert split(amount, Parts(*held), BonusRule(order, share)) == Parts(principal, bonus)


@pytest.mark.parametrize(
    ("share", "held", "most"),
    [(1000, (50000, 5000), 55000), (200, (100, 5000), 125), (200, (8, 5), 10), (0, (7, 9), 7)],
)
def test_the_most_one_payment_takes(share: int, held: tuple[int, int], most: int) -> None:
    rule = BonusRule(GIFT, share)
    assert payable(Parts(*held), rule) == most
    with pytest.raises(NotEnoughStored) as short:
        split(most + 3, Parts(*held), rule)
    assert short.value.numbers == {"short_by": 3}


@given(
    st.sampled_from(BonusOrder), st.integers(0, 1000), st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 25000)
)
def test_no_part_ever_pays_more_than_it_holds_or_may(
    order: BonusOrder, share: int, principal: int, bonus: int, amount: int
) -> None:
    rule, held = BonusRule(order, share), Parts(principal, bonus)
    if amount > payable(held, rule):
        return
    paid = split(amount, held, rule)
    assert paid.total == amount
    assert 0 <= paid.principal <= principal
    assert 0 <= paid.bonus <= bonus
    assert paid.bonus * 1000 <= amount * share


@given(st.integers(0, 5000), st.integers(0, 5000), st.lists(st.integers(0, 5000), max_size=6))
def test_returns_in_any_split_give_back_what_one_would(principal: int, bonus: int, pieces: list[int]) -> None:
    paid, so_far = Parts(principal, bonus), Parts(0, 0)
    for piece in pieces:
        part = given_back(paid, so_far, min(piece, paid.total - so_far.total))
        assert min(part.principal, part.bonus) >= 0
        so_far = Parts(so_far.principal + part.principal, so_far.bonus + part.bonus)
    last = given_back(paid, so_far, paid.total - so_far.total)
    assert (so_far.principal + last.principal, so_far.bonus + last.bonus) == (principal, bonus)
    with pytest.raises(ValueError):
        given_back(paid, paid, 1)


def test_a_code_is_read_however_it_is_typed() -> None:
    random = Random(7)
    code = new_code(random.choice)
    assert shown_code(code) == f"{code[:5]}-{code[5:]}"
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), shown_code(code), f" {code[:3]} {code[3:]} ", full_width):
        assert read_code(typed) == code
    assert not set("0O1IL") & set(ALPHABET)
    assert len({new_code() for _ in range(500)}) == 500


@given(st.integers(0), st.integers(0, 9), st.integers(0, 8), st.sampled_from(ALPHABET))
def test_every_slip_of_one_sign_or_of_two_neighbours_is_seen(seed: int, at: int, pair: int, sign: str) -> None:
    code = new_code(Random(seed).choice)
    slipped = code[:at] + sign + code[at + 1 :]
    assert (read_code(slipped) == code) is (slipped == code)
    assert slipped == code or read_code(slipped) is None
    turned = code[:pair] + code[pair + 1] + code[pair] + code[pair + 2 :]
    assert turned == code or read_code(turned) is None


TEA, CUP = Goods(1, "Tea", 2000, 20000), Goods(2, "Cups", 1000, 7600)


@pytest.mark.parametrize(
    ("terms", "off"),
    [
        (CouponTerms(Benefit.MONEY, 1000), [725, 275]),
        (CouponTerms(Benefit.MONEY, 99999), [20000, 7600]),
        (CouponTerms(Benefit.MONEY, 1000, categories=("Cups",)), [0, 1000]),
        (CouponTerms(Benefit.PERCENT, 125), [2500, 950]),
        (CouponTerms(Benefit.PERCENT, 1000, categories=("Tea",)), [20000, 0]),
        (CouponTerms(Benefit.GIFT, product_id=1), [10000, 0]),
        (CouponTerms(Benefit.MONEY, 500, min_bill=27600), [362, 138]),
    ],
)
def test_what_a_coupon_takes_off(terms: CouponTerms, off: list[int]) -> None:
    assert taken_off(terms, [TEA, CUP]) == off


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (CouponTerms(Benefit.MONEY, 500, min_bill=27601), BillBelow),
        (CouponTerms(Benefit.MONEY, 500, min_bill=8000, categories=("Cups",)), BillBelow),
        (CouponTerms(Benefit.MONEY, 500, categories=("Cakes",)), CouponFitsNothing),
        (CouponTerms(Benefit.GIFT, product_id=3), CouponFitsNothing),
    ],
)
def test_what_a_coupon_is_not_for_is_refused(terms: CouponTerms, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        taken_off(terms, [TEA, CUP])


@pytest.mark.parametrize(
    ("validity", "window"),
    [
        (Validity(), (date(2026, 1, 30), None)),
        (Validity(days=30), (date(2026, 1, 30), date(2026, 3, 1))),
        (Validity(first=date(2026, 2, 1), days=7), (date(2026, 2, 1), date(2026, 2, 8))),
        (Validity(last=date(2026, 2, 10), days=30), (date(2026, 1, 30), date(2026, 2, 10))),
    ],
)
def test_when_a_coupon_can_be_used(validity: Validity, window: tuple[date, date | None]) -> None:
    assert validity.window(date(2026, 1, 30)) == window


def test_the_cheapest_ones_are_free_and_nothing_twice() -> None:
    lines = [Goods(1, "Tea", 2000, 5600), Goods(2, "Tea", 1500, 3000), Goods(3, "Cups", 9000, 900)]
    tea = Covers("Tea")
    assert cheapest_free(tea, lines, 2, [0, 0, 0]) == [1, 1, 0]
    assert cheapest_free(tea, lines, 9, [1, 0, 0]) == [1, 1, 0]
    assert cheapest_free(Covers(product_id=2), lines, 1, [0, 1, 0]) == [0, 0, 0]
    assert [part_of(5601, units, 2000) for units in (0, 1, 2)] == [0, 2801, 5601]


def test_what_lasts_months_ends_on_the_same_day() -> None:
    assert last_day(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert last_day(date(2026, 11, 30), None) is None
