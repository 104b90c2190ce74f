"""Bringing goods back: money, points both ways, tiers, and the way back from it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.domain.loyalty.rules import BonusDay, EarningRules, GoodsRate
from app.services import backup, loyalty, sales, till
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def test_a_line_comes_back_with_its_share_of_discount_and_points(counter: Counter, work: UnitOfWork) -> None:
    """¥60 and ¥40, ¥10 off the bill, 2,000 points paid ¥20: ¥42 and ¥28 in money, 70 points earned."""
    someone = counter.person()
    counter.adjust(someone, 2000)
    sale = counter.buy(someone, 60, 40, points=2000, discount=1000)
    assert (sale.total, sale.earned, sale.balance) == (7000, 70, 70)
    done, changes = counter.bring_back(sale.sale_id, 0, 1000)
    assert (done.money, done.taken, done.given, done.balance) == (2800, 28, 800, 70 - 28 + 800)
    assert counter.movements(someone)[-2:] == [("take_back", -28), ("give_back", 800)]
    card = work.read(sales.sale, done.return_id)
    row = card.row
    assert (row.number, row.gross, row.discount, row.points_value, row.total) == ("1123-002", -4000, -400, -800, -2800)
    assert (row.revenue, row.returned, row.points_used, row.points_earned) == (0, 3600, -800, -28)
    assert [(line.quantity, line.amount, line.discount, line.points_value) for line in card.lines] == [
        (-1000, -4000, -400, -800)
    ]
    assert work.read(sales.day_sales, counter.day) == sales.DaySales(1, 9000 - 3600)
    assert counter.bring_back(sale.sale_id)[0].money == 4200
    assert (counter.balance(someone), counter.debt(someone)) == (2000, 0)
    assert changes.features == {"sales", "loyalty"}


def test_the_preview_is_what_is_posted(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 500)
    sale = counter.buy(someone, 99, 31, points=300)
    said = work.read(till.quote_return, till.ReturnDraft(sale.sale_id), at=counter.now)
    done, _ = counter.bring_back(sale.sale_id)
    assert (said.money, said.taken_points, said.given_points) == (done.money, done.taken, done.given)
    assert (said.balance, said.balance_after, said.everything) == (sale.balance, done.balance, True)


def test_the_same_operation_again_posts_nothing(counter: Counter, work: UnitOfWork) -> None:
    sale = counter.buy(counter.person(), 50)
    draft = till.ReturnDraft(sale.sale_id)
    first, _ = work.write(till.take_return, draft, operation_id="one click", at=counter.now)
    again, changes = work.write(till.take_return, draft, operation_id="one click", at=counter.now)
    assert again == first and not changes.anything


@pytest.mark.parametrize("quantities", [(2001,), (-1,), (0, 0)])
def test_more_than_is_left_or_nothing_at_all_is_refused(counter: Counter, quantities: tuple[int, ...]) -> None:
    cup = counter.article()
    done, _ = counter.sell(till.Ticket(None, (till.TicketLine(cup, 3000), till.TicketLine(None, 1000, 5))))
    counter.bring_back(done.sale_id, 1000)
    with pytest.raises((till.TooMuchReturned, till.NothingToReturn)) as refusal:
        counter.bring_back(done.sale_id, *quantities)
    if isinstance(refusal.value, till.TooMuchReturned):
        assert refusal.value.numbers == {"line": 1, "left": "2"}


def test_what_was_taken_back_or_is_a_return_cannot_come_back(counter: Counter) -> None:
    sale = counter.buy(None, 10)
    done, _ = counter.bring_back(sale.sale_id)
    with pytest.raises(till.NothingToReturn):
        counter.bring_back(sale.sale_id)
    with pytest.raises(till.NotASale):
        counter.bring_back(done.return_id)
    with pytest.raises(till.NotASale):
        counter.void(done.return_id)
    with pytest.raises(till.HasReturns):
        counter.void(sale.sale_id)
    other = counter.buy(None, 10)
    counter.void(other.sale_id)
    with pytest.raises(till.AlreadyVoided):
        counter.bring_back(other.sale_id)


def test_points_spent_since_become_a_debt_that_the_next_earning_pays(counter: Counter) -> None:
    someone = counter.person()
    sale = counter.buy(someone, 400)
    counter.adjust(someone, -300)
    counter.bring_back(sale.sale_id)
    assert (counter.lots(someone), counter.debt(someone)) == ([], 300)
    counter.buy(someone, 500)
    assert (counter.lots(someone), counter.debt(someone), counter.balance(someone)) == ([200], 0, 200)


def test_points_given_back_pay_what_is_owed_first(counter: Counter) -> None:
    someone = counter.person()
    counter.adjust(someone, 600)
    sale = counter.buy(someone, 1000, points=600)
    counter.adjust(someone, -994)
    done, changes = counter.bring_back(sale.sale_id)
    assert (done.taken, done.given, counter.lots(someone), counter.debt(someone)) == (994, 600, [], 394)
    counter.back(changes)
    assert (counter.balance(someone), counter.debt(someone)) == (0, 0)


def test_what_came_back_without_its_sale_gives_no_spent_points_not_even_with_the_rest(
    counter: Counter, work: UnitOfWork
) -> None:
    someone, cup = counter.person(), counter.article("Cup", 100_0000)
    counter.adjust(someone, 6000)
    sale, _ = counter.sell(till.Ticket(someone, (till.TicketLine(cup, 2000),), points=6000))
    agreed = till.UnlinkedDraft(someone, (till.LooseLine(cup, 1000, 10000),))
    loose, _ = work.write(till.take_unlinked_return, agreed, operation_id="loose", at=counter.now)
    rest, changes = counter.bring_back(sale.sale_id)
    assert (loose.money, loose.given) == (10000, 0)
    assert (rest.money, rest.given, counter.balance(someone)) == (7000, 3000, 3000)
    counter.back(counter.back(changes))
    assert counter.balance(someone) == 3000
    assert work.read(backup.check, counter.day).problems == ()


def test_given_points_keep_their_last_day_or_get_thirty_more(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.adjust(someone, 600)
    sale = counter.buy(someone, 40, 60, points=600)
    half, _ = counter.bring_back(sale.sale_id, 1000)
    assert [(lot.remaining, lot.expires_on) for lot in work.read(loyalty.holding, someone).lots] == [
        (56, date(2027, 11, 30)),
        (240, date(2027, 11, 30)),
    ]
    counter.now += timedelta(days=400)
    work.write(loyalty.open_day, counter.day)
    rest, _ = counter.bring_back(sale.sale_id)
    assert (half.given, rest.given, rest.taken) == (240, 360, 0)
    lots = work.read(loyalty.holding, someone).lots
    assert [(lot.remaining, lot.expires_on) for lot in lots] == [(360, counter.day + timedelta(days=30))]


def test_points_given_back_that_ended_are_not_given_again_by_the_next_return(
    counter: Counter, work: UnitOfWork
) -> None:
    """The return that gave them was taken back: what had ended by then was lost, the rest can come back."""
    someone = counter.person()
    counter.adjust(someone, 600)
    sale = counter.buy(someone, 40, 60, points=600)
    half, changes = counter.bring_back(sale.sale_id, 1000)
    counter.now += timedelta(days=400)
    work.write(loyalty.open_day, counter.day)
    counter.back(changes)
    work.write(loyalty.open_day, counter.day)
    done, _ = counter.bring_back(sale.sale_id)
    assert (half.given, done.given, counter.balance(someone)) == (240, 360, 360)


def test_what_expired_of_the_sale_is_not_taken_again(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    sale = counter.buy(someone, 300)
    counter.now += timedelta(days=400)
    assert work.read(till.quote_return, till.ReturnDraft(sale.sale_id), at=counter.now).taken_points == 0
    done, _ = counter.bring_back(sale.sale_id)
    assert (done.taken, counter.balance(someone), counter.debt(someone)) == (0, 0, 0)


def test_points_for_the_visit_stay_until_all_is_back_and_the_rate_is_the_sales_own(
    counter: Counter, work: UnitOfWork
) -> None:
    work.write(loyalty.change_rules, EarningRules(per_visit=10), day=counter.day)
    someone = counter.person()
    sale = counter.buy(someone, 50, 50)
    work.write(loyalty.change_rules, EarningRules(Decimal(0)), day=counter.day)
    assert counter.bring_back(sale.sale_id, 1000)[0].taken == 50
    assert counter.bring_back(sale.sale_id)[0].taken == 60


def test_a_return_takes_back_by_the_rates_the_goods_had(counter: Counter, work: UnitOfWork) -> None:
    pot, card = counter.article("Pot", 30_0000, category="Ware"), counter.article("Gift card", 100_0000)
    monday = BonusDay(Decimal("1.5"), weekday=0)
    goods = (GoodsRate(Decimal(2), category="Ware"), GoodsRate(Decimal(0), card))
    work.write(loyalty.change_rules, EarningRules(goods=goods, days=(monday,)), day=counter.day)
    lines = (till.TicketLine(pot), till.TicketLine(card), till.TicketLine(None, 1000, 11_0000))
    sale, _ = counter.sell(till.Ticket(counter.person(), lines))
    assert sale.earned == 106  # ¥30 at 2 and ¥11 at 1 are 71, one and a half times 106.5
    work.write(loyalty.change_rules, EarningRules(), day=counter.day)
    assert counter.bring_back(sale.sale_id, 0, 1000)[0].taken == 0
    assert counter.bring_back(sale.sale_id, 1000)[0].taken == 90  # 16.5 are left of 106.5
    assert counter.bring_back(sale.sale_id)[0].taken == 16


def test_a_return_lowers_the_window_of_its_sale_and_the_tier_with_it(counter: Counter) -> None:
    someone = counter.person()
    counter.buy(someone, 100)
    counter.now += timedelta(days=40)
    sale = counter.buy(someone, 5900)
    assert counter.rank(someone) == 2
    _, changes = counter.bring_back(sale.sale_id)
    assert counter.rank(someone) == 1
    counter.back(changes)
    assert counter.rank(someone) == 2


def test_undo_and_redo_of_a_return_leave_points_on_the_same_lots(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 700)
    sale = counter.buy(someone, 100, points=300)
    before = counter.lots(someone), counter.balance(someone)
    done, changes = counter.bring_back(sale.sale_id)
    after = counter.lots(someone), counter.balance(someone)
    undone = counter.back(changes)
    assert (counter.lots(someone), counter.balance(someone)) == before
    assert work.read(sales.sale, done.return_id).row.voided
    counter.back(undone)
    assert (counter.lots(someone), counter.balance(someone)) == after
    assert all(line.left == 0 for line in work.read(till.sold, sale.sale_id).lines)


def test_the_last_return_of_a_sale_is_taken_back_first(counter: Counter) -> None:
    sale = counter.buy(counter.person(), 10, 20)
    first, changes = counter.bring_back(sale.sale_id, 1000)
    _, later = counter.bring_back(sale.sale_id)
    with pytest.raises(till.LaterReturn):
        counter.back(changes)
    counter.back(later)
    counter.back(changes)
    with pytest.raises(till.AlreadyVoided):
        counter.work.write(till.void_return, first.return_id, operation_id="again", at=counter.now)
    counter.void(sale.sale_id)


LINES = st.lists(
    st.tuples(st.sampled_from(["pot", "card", ""]), st.integers(1, 2), st.integers(9_0001, 90_0000), st.integers(1, 2)),
    min_size=2,
    max_size=3,
)
"""What is bought: the goods, how many pieces, for how much each, and how many of them come back."""


@pytest.fixture
def goods(counter: Counter, work: UnitOfWork) -> dict[str, int | None]:
    """Pots at twice the rate, gift cards at none, the rest at one; one and a half times on Mondays, 7 for a visit."""
    sold = {"pot": counter.article("Pot"), "card": counter.article("Gift card"), "": None}
    rates = (GoodsRate(Decimal("2"), sold["pot"]), GoodsRate(Decimal(0), sold["card"]))
    monday = BonusDay(Decimal("1.5"), weekday=0)
    work.write(loyalty.change_rules, EarningRules(per_visit=7, goods=rates, days=(monday,)), day=counter.day)
    return sold


def buy_and_spend(
    counter: Counter, lines: tuple[till.TicketLine, ...], percent_off: int, thirds_paid: int, thirds_spent: int
) -> tuple[int, till.SaleDone]:
    """Somebody with 5,000 points buys with a discount and points, then spends a part of what is left elsewhere."""
    someone = counter.person()
    counter.adjust(someone, 5000)
    ticket = till.Ticket(someone, lines)
    ticket = replace(ticket, discount=counter.quote(ticket).gross * percent_off // 100)
    points = counter.quote(ticket).choices.most * thirds_paid // 300 * 100
    sale, _ = counter.sell(replace(ticket, points=points))
    if spent := sale.balance * thirds_spent // 3:
        counter.adjust(someone, -spent)
    return someone, sale


@given(LINES, st.integers(0, 30), st.integers(0, 3), st.sampled_from([1, 3]), st.randoms(use_true_random=False))
@settings(max_examples=6, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_split_on_one_day_equals_one_whole_return(
    counter: Counter,
    goods: dict[str, int | None],
    bought: list[tuple[str, int, int, int]],
    percent_off: int,
    thirds_paid: int,
    thirds_spent: int,
    order: Random,
) -> None:
    """The same sale twice: the same pieces of it come back at once, and one by one in any order."""
    lines = tuple(till.TicketLine(goods[name], pieces * 1000, price) for name, pieces, price, _ in bought)
    back = [min(pieces, coming) for _, pieces, _, coming in bought]
    singly = [place for place, coming in enumerate(back) for _ in range(coming)]
    order.shuffle(singly)
    one_by_one = [[int(place == piece) for place in range(len(back))] for piece in singly]
    outcomes = []
    for parcels in ([back], one_by_one):
        someone, sale = buy_and_spend(counter, lines, percent_off, thirds_paid, thirds_spent)
        held = counter.balance(someone)
        done = [counter.bring_back(sale.sale_id, *(1000 * pieces for pieces in parcel))[0] for parcel in parcels]
        moved = tuple(sum(getattr(each, what) for each in done) for what in ("money", "taken", "given"))
        assert counter.balance(someone) == held - moved[1] + moved[2]
        if back == [pieces for _, pieces, _, _ in bought]:
            assert moved == (sale.total, sale.earned, sale.points_used)
        outcomes.append((moved, sum(counter.lots(someone)), counter.debt(someone)))
    assert outcomes[0] == outcomes[1]
