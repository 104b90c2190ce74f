"""Rules laid over a million lines in whole numbers give the points the till gives one by one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.replaying import Earner, Line, as_fraction
from app.domain.loyalty.returns import target
from app.domain.loyalty.rules import EarningRules, Goods, GoodsRate, Times, TimesCause


def d(number: str) -> Decimal:
    return Decimal(number)


def times(*factors: str) -> list[Times]:
    return [Times(TimesCause.DAY, d(factor)) for factor in factors]


OWN = {1: d("3"), 2: d("0"), 3: d("0.0001")}


@pytest.mark.parametrize(
    ("kept", "factors", "back", "points"),
    [
        ([(None, 9_999)], [], False, 99 + 5),  # an open price at the shop's rate, rounded down; 5 for the visit
        ([(9, 9_999)], [], False, 99 + 5),  # an article without a rate of its own
        ([(1, 9_999)], [], False, 299 + 5),  # 299.97 at 3
        ([(2, 9_999)], [], False, 5),  # a gift card earns nothing
        ([(3, 100_000_000)], [], False, 100 + 5),  # ¥1,000,000 at a ten-thousandth
        ([(3, 999_999)], [], False, 5),  # ¥9,999.99 of it: a ten-thousandth of a fen short of a point
        ([(None, 50), (1, 50), (9, 50)], [], False, 2 + 5),  # 0.5 + 1.5 + 0.5 rounded once
        ([(None, 10_050)], ["1.5"], False, 150 + 5),  # 150.75
        ([(None, 10_050)], ["1.5", "2"], False, 301 + 5),  # 301.5; the visit is not multiplied
        ([(None, 100), (None, -300)], [], False, 5),  # more back than bought: no points below none
        ([], [], True, 0),  # all is back: the visit with it
        ([], [], False, 5),
        ([(None, 9_999)], [], True, 99),
    ],
)
def test_the_points_of_a_bill(kept: list[Line], factors: list[str], back: bool, points: int) -> None:
    earner = Earner(d("1"), 5, OWN, 2)
    assert earner.points(kept, *as_fraction(times(*factors)), everything_back=back) == points


def test_a_currency_without_decimals_earns_by_its_own_unit() -> None:
    assert Earner(d("0.01"), 0, {}, 0).points([(None, 1_299)], 1, 1, everything_back=False) == 12


def test_multipliers_as_whole_numbers() -> None:
    assert as_fraction([]) == (1, 1)
    assert as_fraction(times("1.25")) == (125, 100)
    assert as_fraction(times("1.25", "2")) == (125 * 200, 100 * 100)


rates = st.decimals(0, 1000, places=4)
factors = st.lists(st.decimals(1, 100, places=2).map(lambda each: Times(TimesCause.DAY, each)), max_size=3)
lines = st.lists(st.tuples(st.none() | st.integers(1, 4), st.integers(0, 10**7)), max_size=6)


@given(rates, st.integers(0, 9), st.dictionaries(st.integers(1, 3), rates), factors, lines, st.booleans())
def test_a_replay_gives_the_same_points_as_the_till(
    rate: Decimal, visit: int, own: dict[int, Decimal], drawn: list[Times], kept: list[Line], back: bool
) -> None:
    rules = EarningRules(rate, visit, tuple(GoodsRate(each, product) for product, each in own.items()))
    terms = rules.terms((Goods(product) for product, _ in kept), drawn, 2)
    expected = target([base for _, base in kept], [product for product, _ in kept], back, terms)
    earner = Earner(rate, visit, own, 2)
    assert earner.points(kept, *as_fraction(drawn), everything_back=back) == expected
