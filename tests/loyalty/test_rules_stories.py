"""The points ledger under any story of sales, spending, returns and time (the invariants of semantics.md)."""

from copy import deepcopy
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.rules import EarningRules, GoodsRate
from app.domain.loyalty.spending import SpendingRule
from tests.loyalty.ledger_book import Book

START = date(2026, 1, 20)

spending = st.builds(
    SpendingRule,
    step=st.sampled_from([1, 10]),
    worth=st.sampled_from([1, 10]),
    cap=st.just(1),
    expiry_months=st.sampled_from([None, 0, 1, 12]),
    pending_days=st.sampled_from([0, 7]),
)
own = (GoodsRate(Decimal("0.3"), 1), GoodsRate(Decimal(0), 2))
earning = st.builds(EarningRules, per_visit=st.sampled_from([0, 5]), goods=st.sampled_from([(), own]))
goods = st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 4)), min_size=1, max_size=4)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("sell"), st.integers(0, 40), goods, st.integers(0, 60)),
        st.tuples(st.just("return"), st.integers(0, 40), st.integers(0, 50), st.lists(st.integers(0, 4), min_size=4)),
    ),
    min_size=2,
    max_size=10,
)


def play(book: Book, story: list[tuple[str, int, object, object]]) -> date:
    """Lay the story down, checking every invariant after every step; the day it ends on."""
    day = START
    for verb, wait, first, second in story:
        day += timedelta(days=wait)
        if verb == "sell":
            assert isinstance(first, list) and isinstance(second, int)
            book.sell(day, [amount for amount, _ in first], [quantity for _, quantity in first], second)
        elif book.sales:
            assert isinstance(first, int) and isinstance(second, list)
            number = first % len(book.sales)
            sale = book.sales[number]
            left = [whole - back for whole, back in zip(sale.quantities, sale.returned, strict=True)]
            book.bring_back(day, number, [min(pair) for pair in zip(left, second, strict=False)])
        holds(book)
    return day


def holds(book: Book) -> None:
    left = [lot.remaining for lot in book.lots()]
    assert min(left, default=0) >= 0
    assert book.debt >= 0
    assert sum(left) - book.debt == book.balance
    assert book.debt == 0 or sum(left) == 0
    for number, sale in enumerate(book.sales):
        expired = book.expired_of(sale)
        net = sale.earned + book.sum_of(PointKind.TAKE_BACK, number) - expired
        assert net >= 0
        if not expired:
            assert net == book.kept_target(sale)
        assert book.sum_of(PointKind.GIVE_BACK, number) <= -book.sum_of(PointKind.REDEEM, number)


@settings(max_examples=150)
@given(spending, earning, steps)
def test_the_books_are_right_after_every_step(
    rule: SpendingRule, rules: EarningRules, story: list[tuple[str, int, object, object]]
) -> None:
    play(Book(rule, rules), story)


@settings(max_examples=100)
@given(spending, earning, steps, goods, st.integers(0, 60), st.integers(0, 60), st.data())
def test_returns_on_one_day_in_any_split_equal_one_whole_return(
    rule: SpendingRule,
    rules: EarningRules,
    story: list[tuple[str, int, object, object]],
    bought: list[tuple[int, int]],
    spend: int,
    wait: int,
    data: st.DataObject,
) -> None:
    whole = Book(rule, rules)
    day = play(whole, story)
    whole.sell(day, [amount for amount, _ in bought], [quantity for _, quantity in bought], spend)
    parcels = deepcopy(whole)
    number, day = len(whole.sales) - 1, day + timedelta(days=wait)

    quantities = [quantity for _, quantity in bought]
    units = [line for line, quantity in enumerate(quantities) for _ in range(quantity)]
    for line in data.draw(st.permutations(units)):
        parcels.bring_back(day, number, [int(index == line) for index in range(len(quantities))])
    whole.bring_back(day, number, quantities)

    def end(book: Book) -> tuple[int, int, int, int]:
        usable = sum(lot.remaining for lot in book.lots())
        return book.balance, book.debt, usable, book.sales[number].money_back

    assert end(parcels) == end(whole)


def test_a_return_after_the_points_are_spent_leaves_a_debt_that_the_next_sale_repays() -> None:
    book = Book(SpendingRule(worth=1, step=1, cap=1))
    book.sell(START, [6_667], [1], 0)  # earns 100: ¥66.67 at one and a half
    book.sell(START, [10_000], [1], 100)  # paid wholly by 100 points worth ¥100: earns nothing
    book.bring_back(START, 0, [1])
    assert (book.balance, book.debt) == (-100, 100)
    book.sell(START, [10_000], [1], 0)  # earns 150
    assert (book.balance, book.debt) == (50, 0)
    assert [row.points for row in book.rows if row.kind is PointKind.REPAY] == [-100, 100]
