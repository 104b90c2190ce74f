"""What a purchase earns by the shop's rules, on figures worked out by hand."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.returns import EarnedFor, target
from app.domain.loyalty.rules import (
    BadRules,
    BonusDay,
    EarningRules,
    Goods,
    GoodsRate,
    TierTimes,
    Times,
    TimesCause,
    check_rules,
)
from app.domain.loyalty.terms import read, written

POT, CUP, CAKE, CARD = Goods(1, "ware"), Goods(2, "ware"), Goods(3, "tea"), Goods(4, "gift cards")
TUESDAY, FRIDAY = date(2026, 11, 24), date(2026, 11, 27)


def d(number: str) -> Decimal:
    return Decimal(number)


SHOP = EarningRules(
    goods=(GoodsRate(d("2"), category="ware"), GoodsRate(d("3"), 1), GoodsRate(d("0"), category="gift cards")),
    birthday=d("2"),
    days=(BonusDay(d("2"), weekday=1), BonusDay(d("3"), first=date(2026, 11, 24), last=date(2026, 11, 25))),
)


def test_a_product_goes_before_its_category_and_that_before_the_shop() -> None:
    rates = [SHOP.rate_of(goods) for goods in (POT, CUP, CAKE, CARD, Goods())]
    assert rates == [3, 2, 1, 0, 1]
    turned = EarningRules(goods=SHOP.goods[::-1])
    assert [turned.rate_of(goods) for goods in (POT, CUP, CAKE, CARD, Goods())] == rates


@pytest.mark.parametrize(
    ("day", "tier", "is_birthday", "factors"),
    [
        (FRIDAY, TierTimes(), False, []),
        (FRIDAY, TierTimes(), True, [("birthday", "2")]),
        (FRIDAY, TierTimes(birthday=d("3")), True, [("birthday", "3")]),
        (FRIDAY, TierTimes(birthday=d("1.5")), True, [("birthday", "2")]),
        (FRIDAY, TierTimes(birthday=d("3")), False, []),
        (FRIDAY, TierTimes(d("1.5"), d("3")), True, [("tier", "1.5"), ("birthday", "3")]),
        (date(2026, 12, 1), TierTimes(), False, [("day", "2")]),
        (TUESDAY, TierTimes(), False, [("day", "3")]),  # both cover it: the greater counts
        (date(2026, 11, 25), TierTimes(d("1.5")), True, [("tier", "1.5"), ("birthday", "2"), ("day", "3")]),
        (date(2026, 11, 26), TierTimes(), False, []),
    ],
)
def test_what_multiplies_a_purchase(
    day: date, tier: TierTimes, is_birthday: bool, factors: list[tuple[str, str]]
) -> None:
    found = SHOP.times(day, tier, is_birthday=is_birthday)
    assert found == tuple(Times(TimesCause(cause), d(factor)) for cause, factor in factors)


def test_only_the_highest_counts_where_the_shop_says_so() -> None:
    rules = EarningRules(birthday=d("2"), days=(BonusDay(d("1.5"), weekday=1),), highest_only=True)
    assert rules.times(TUESDAY, TierTimes(d("1.2")), is_birthday=True) == (Times(TimesCause.BIRTHDAY, d("2")),)
    assert rules.times(TUESDAY, TierTimes(d("1.2"))) == (Times(TimesCause.DAY, d("1.5")),)
    assert rules.times(TUESDAY, TierTimes(d("1.5"))) == (Times(TimesCause.TIER, d("1.5")),)  # of equals the first
    assert rules.times(FRIDAY) == ()


@pytest.mark.parametrize(
    ("each", "inside", "outside"),
    [
        (BonusDay(d("2"), weekday=0), [date(2026, 11, 23)], [date(2026, 11, 22), date(2026, 11, 24)]),
        (BonusDay(d("2"), month_day=8), [date(2026, 11, 8), date(2026, 12, 8)], [date(2026, 11, 30)]),
        (BonusDay(d("2"), month_day=31), [date(2026, 11, 30), date(2028, 2, 29)], [date(2026, 12, 30)]),
        (
            BonusDay(d("2"), first=date(2026, 11, 11), last=date(2026, 11, 12)),
            [date(2026, 11, 11), date(2026, 11, 12)],
            [date(2026, 11, 10), date(2026, 11, 13), date(2027, 11, 11)],
        ),
    ],
)
def test_the_days_a_multiplier_covers(each: BonusDay, inside: list[date], outside: list[date]) -> None:
    assert [each.covers(day) for day in inside] == [True] * len(inside)
    assert [each.covers(day) for day in outside] == [False] * len(outside)


def test_a_bill_earns_line_by_line_and_is_rounded_down_once() -> None:
    # ¥128.40 of cake at 1, ¥56.30 of the pot at 3, ¥20.10 of the cup at 2, ¥100 of gift cards at 0: 337.5; 5 a visit.
    rules = EarningRules(d("1"), 5, SHOP.goods)
    bought, bases = [CAKE, POT, CUP, CARD], [12840, 5630, 2010, 10000]
    products = [goods.product_id for goods in bought]
    plain = rules.terms(bought, (), 2)
    assert plain == EarnedFor(d("1"), (), 2, 5, {1: d("3"), 2: d("2"), 4: d("0")})
    assert target(bases, products, False, plain) == 337 + 5
    # One and a half times two: 3 × 337.5 = 1,012.5, and the visit is not multiplied.
    times = (Times(TimesCause.TIER, d("1.5")), Times(TimesCause.DAY, d("2")))
    assert target(bases, products, False, rules.terms(bought, times, 2)) == 1012 + 5
    # The cup comes back: 297.3 are left.
    assert target([12840, 5630, 0, 10000], products, False, plain) == 297 + 5


def test_in_yen_the_unit_is_the_yen() -> None:
    rules = EarningRules(d("0.01"))
    assert target([1234], [3], False, rules.terms([CAKE], (), 0)) == 12


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("1", EarnedFor(d("1"))),
        ("0.5+7", EarnedFor(d("0.5"), visit_points=7)),
        ("1*2*1.5+5", EarnedFor(d("1"), (d("2"), d("1.5")), visit_points=5)),
        ("1;17=2;23=0*2", EarnedFor(d("1"), (d("2"),), goods={17: d("2"), 23: d("0")})),
        ("100", EarnedFor(d("1E+2"))),
    ],
)
def test_terms_are_written_plainly_and_read_back(text: str, terms: EarnedFor) -> None:
    assert written(terms) == text
    assert read(text, 2) == terms


@pytest.mark.parametrize("text", ["", "x", "1*", "1;17", "1;x=2", "1;17=", "1+x"])
def test_what_no_entry_keeps_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read(text, 2)


rates = st.decimals(0, 1000, places=4)


@given(
    rates,
    st.lists(st.decimals(1, 100, places=2), max_size=3),
    st.integers(0, 9),
    st.dictionaries(st.integers(1), rates),
)
def test_any_terms_are_read_as_they_were_written(
    rate: Decimal, times: list[Decimal], visit: int, goods: dict[int, Decimal]
) -> None:
    terms = EarnedFor(rate, tuple(times), 2, visit, goods)
    assert read(written(terms), 2) == terms


GOOD = [
    EarningRules(),
    SHOP,
    EarningRules(d("0")),
    EarningRules(d("1000"), 100_000, birthday=d("100")),
    EarningRules(d("0.0001"), birthday=d("1.01")),
    EarningRules(days=(BonusDay(d("2"), month_day=31), BonusDay(d("2"), weekday=6))),
    EarningRules(days=(BonusDay(d("2"), month_day=1), BonusDay(d("2"), weekday=0))),
    EarningRules(days=(BonusDay(d("2"), first=FRIDAY, last=FRIDAY),)),
]
BAD: list[tuple[str, dict[str, Any]]] = [
    ("rate", {"per_unit": d("-0.1")}),
    ("rate", {"per_unit": d("1000.1")}),
    ("rate", {"per_unit": d("0.00001")}),
    ("rate", {"per_unit": d("NaN")}),
    ("rate", {"goods": (GoodsRate(d("-1"), 1),)}),
    ("visit", {"per_visit": -1}),
    ("visit", {"per_visit": 100_001}),
    ("times", {"birthday": d("0.5")}),
    ("times", {"birthday": d("100.01")}),
    ("times", {"birthday": d("1.001")}),
    ("times", {"birthday": d("Infinity")}),
    ("times", {"days": (BonusDay(d("0"), weekday=1),)}),
    ("goods", {"goods": (GoodsRate(d("1")),)}),
    ("goods", {"goods": (GoodsRate(d("1"), 1, "ware"),)}),
    ("goods_twice", {"goods": (GoodsRate(d("1"), 1), GoodsRate(d("2"), 1))}),
    ("goods_twice", {"goods": (GoodsRate(d("1"), category="ware"), GoodsRate(d("2"), category="ware"))}),
    ("day", {"days": (BonusDay(d("2")),)}),
    ("day", {"days": (BonusDay(d("2"), weekday=7),)}),
    ("day", {"days": (BonusDay(d("2"), weekday=-1),)}),
    ("day", {"days": (BonusDay(d("2"), month_day=0),)}),
    ("day", {"days": (BonusDay(d("2"), month_day=32),)}),
    ("day", {"days": (BonusDay(d("2"), weekday=1, month_day=1),)}),
    ("day", {"days": (BonusDay(d("2"), weekday=1, first=FRIDAY),)}),
    ("day", {"days": (BonusDay(d("2"), month_day=1, last=FRIDAY),)}),
    ("day", {"days": (BonusDay(d("2"), first=FRIDAY),)}),
    ("day", {"days": (BonusDay(d("2"), last=FRIDAY),)}),
    ("day", {"days": (BonusDay(d("2"), first=FRIDAY, last=TUESDAY),)}),
]


@pytest.mark.parametrize("rules", GOOD)
def test_rules_that_make_sense_pass(rules: EarningRules) -> None:
    check_rules(rules)


@pytest.mark.parametrize(("code", "values"), BAD)
def test_rules_nobody_can_mean_are_refused(code: str, values: dict[str, Any]) -> None:
    with pytest.raises(BadRules) as refusal:
        check_rules(EarningRules(**values))
    assert refusal.value.code == code
