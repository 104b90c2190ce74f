"""Selling: what a ticket comes to, what is posted, and that it is posted once."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.loyalty.refusals import AboveCap, NotAStep, NotEnoughPoints
from app.domain.loyalty.rules import EarningRules
from app.models.customers import Customer
from app.services import loyalty, permissions, sales, settings, till
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def test_a_sale_is_posted_with_its_lines_and_points(counter: Counter, work: UnitOfWork) -> None:
    someone, cup = counter.person(), counter.article(unit="each")
    done, changes = counter.sell(till.Ticket(someone, (till.TicketLine(cup, 2000), till.TicketLine(cup, 250))))
    assert (done.number, done.total, done.earned, done.balance) == ("1123-001", 17100, 171, 171)
    assert changes.features == {"sales", "loyalty"}
    card = work.read(sales.sale, done.sale_id)
    assert [(line.name, line.quantity, line.amount) for line in card.lines] == [
        ("White gaiwan", 2000, 15200),
        ("White gaiwan", 250, 1900),
    ]
    assert (card.customer, card.row.revenue, card.row.gross) == ("Joanna Shen", 17100, 17100)
    assert work.read(sales.day_sales, date(2026, 11, 23)) == sales.DaySales(1, 17100)


def test_the_same_operation_again_posts_nothing_and_gives_the_first_answer(counter: Counter) -> None:
    someone = counter.person()
    first, _ = counter.sell(counter.ticket(someone, 50), "one click")
    again, changes = counter.sell(counter.ticket(someone, 80), "one click")
    assert again == first
    assert not changes.anything and changes.taken_back_by is None
    assert counter.balance(someone) == 50


def test_numbers_count_from_one_each_shop_day(counter: Counter) -> None:
    assert [counter.buy(None, 1).number for _ in range(2)] == ["1123-001", "1123-002"]
    counter.now += timedelta(hours=14)  # past midnight in the shop, not yet in Greenwich
    assert counter.buy(None, 1).number == "1124-001"


def test_an_anonymous_sale_earns_nothing_and_takes_no_points(counter: Counter) -> None:
    assert counter.buy(None, 30).earned == 0
    with pytest.raises(till.PointsNeedACustomer):
        counter.buy(None, 30, points=100)


@pytest.mark.parametrize(
    ("units", "discount", "points", "refusal"),
    [
        ((), 0, 0, till.EmptyTicket),
        ((10,), 1001, 0, till.DiscountTooLarge),
        ((10,), -1, 0, till.DiscountTooLarge),
        ((100,), 0, 150, NotAStep),
        ((100,), 0, 600, NotEnoughPoints),
        ((10,), 0, 400, AboveCap),
    ],
)
def test_what_cannot_be_charged_is_refused_and_posts_nothing(
    counter: Counter, units: tuple[int, ...], discount: int, points: int, refusal: type[Exception]
) -> None:
    someone = counter.person()
    counter.adjust(someone, 500)
    ticket = counter.ticket(someone, *units, discount=discount, points=points)
    if units:
        assert isinstance(counter.quote(ticket).problem, refusal)
    with pytest.raises(refusal):
        counter.sell(ticket)
    assert counter.balance(someone) == 500
    assert counter.work.read(sales.sales_of, someone) == []


@pytest.mark.parametrize(
    "line", [till.TicketLine(None, 1000), till.TicketLine(None, 0, 100), till.TicketLine(None, 1000, -1)]
)
def test_a_line_that_says_nothing_is_refused(counter: Counter, line: till.TicketLine) -> None:
    with pytest.raises(till.BadLine) as refusal:
        counter.sell(till.Ticket(None, (till.TicketLine(None, 1000, 5), line)))
    assert refusal.value.numbers == {"line": 2}


def test_a_vip_pays_the_member_price_and_the_parts_add_up(counter: Counter) -> None:
    someone = counter.person()
    counter.buy(someone, 6000)
    tea = counter.article("Phoenix Dancong", 168_0000)
    cup = counter.article("White gaiwan", 76_0000)
    bags = counter.article("Osmanthus oolong", 45_0000)
    lines = (till.TicketLine(tea), till.TicketLine(cup, 2000), till.TicketLine(bags))
    bill = counter.quote(till.Ticket(someone, lines, points=800, discount=75))
    # 5 % off 168 + 152 + 45 is 346.75; 0.75 less is 346; 800 points pay 8.
    assert [line.price for line in bill.lines] == [15960, 14440, 4275]
    assert (bill.gross, bill.saved, bill.discount, bill.revenue, bill.points_value, bill.total) == (
        36500,
        1825,
        75,
        34600,
        800,
        33800,
    )
    assert sum(line.discount for line in bill.lines) == 75
    assert sum(line.points_value for line in bill.lines) == 800
    assert (bill.earns, bill.balance, bill.balance_after) == (338, 6000, 5538)


def test_a_price_with_four_decimals_is_rounded_once(counter: Counter) -> None:
    # 0.333 kg at 0.0150 is 0.004995: half a cent less a hair; three times as much is 1.4985 cents.
    line = till.TicketLine(None, 333, 150)
    assert counter.quote(till.Ticket(None, (line,))).gross == 0
    assert counter.quote(till.Ticket(None, (till.TicketLine(None, 999, 150),))).gross == 1


def test_points_go_from_the_lot_that_ends_first(counter: Counter) -> None:
    someone = counter.person()
    counter.now -= timedelta(days=330)  # 28 December: ends on 31 December 2026
    counter.buy(someone, 300)
    counter.now += timedelta(days=330)
    counter.buy(someone, 980)
    bill = counter.quote(counter.ticket(someone, 365, points=800))
    assert [(use.points, use.expires_on) for use in bill.lots] == [
        (300, date(2026, 12, 31)),
        (500, date(2027, 11, 30)),
    ]
    assert bill.choices == till.PointChoices(expiring=300, last=0, most=1200)
    done = counter.buy(someone, 365, points=800)
    assert (done.total, done.earned, done.balance) == (35700, 357, 1280 - 800 + 357)
    assert counter.lots(someone) == [480, 357]
    assert counter.quote(counter.ticket(someone, 365)).choices.last == 800


def test_points_that_ended_overnight_are_gone_before_they_are_spent(counter: Counter) -> None:
    someone = counter.person()
    counter.buy(someone, 400)
    counter.now = counter.now.replace(year=2027, month=12, day=1)
    with pytest.raises(NotEnoughPoints):
        counter.buy(someone, 100, points=100)
    counter.buy(someone, 100)
    assert counter.movements(someone) == [("earn", 400), ("expire", -400), ("earn", 100)]


@pytest.mark.parametrize(
    ("birthday", "times"),
    [
        (Birthday(11, 2), 2),
        (Birthday(12, 2), 1),
        (Birthday(10, 1, lunar=True), 2),  # 9 November 2026
        (None, 1),
    ],
)
def test_a_vip_earns_double_in_the_month_of_the_birthday(
    counter: Counter, birthday: Birthday | None, times: int
) -> None:
    someone = counter.person(birthday=birthday)
    counter.buy(someone, 6000)
    assert counter.buy(someone, 100).earned == 95 * times


def test_a_bill_tells_what_keeps_the_tier_and_what_reaches_the_next(counter: Counter) -> None:
    someone = counter.person()
    bill = counter.quote(counter.ticket(someone, 5999))
    assert bill.buyer is not None and bill.after is not None
    assert (bill.buyer.standing.tier.rank, bill.after.tier.rank) == (0, 1)
    assert bill.after.next is not None and bill.after.next.amount == 100
    reached = counter.quote(counter.ticket(someone, 6000)).after
    assert reached is not None and (reached.tier.code, reached.valid_until) == ("vip", date(2027, 11, 30))
    counter.now -= timedelta(days=327)  # 31 December 2025: VIP to 31 December 2026
    counter.buy(someone, 6000)
    counter.now += timedelta(days=365)  # its last day, when 6,000 of a year ago no longer count
    counter.buy(someone, 5000)
    counter.now += timedelta(days=5)  # in the days of grace
    late = counter.quote(counter.ticket(someone, 1000))
    assert late.buyer is not None and late.buyer.standing.tier.rank == 2
    assert late.buyer.standing.keep is not None and late.buyer.standing.keep.amount == 125000


def test_points_of_a_card_merged_away_are_spent_through_the_one_that_answers(
    counter: Counter, work: UnitOfWork
) -> None:
    old, new = counter.person("Old card"), counter.person("New card")
    counter.buy(old, 500)
    counter.buy(new, 100)
    work.write(merge_by_hand, old, new)
    done = counter.buy(old, 1000, points=600)
    assert (done.customer_id, done.balance) == (new, 600 - 600 + 994)
    assert counter.lots(new) == [994]
    assert [row.total for row in work.read(sales.sales_of, new)] == [99400, 10000, 50000]


def merge_by_hand(session: Session, old: int, new: int) -> None:
    session.get_one(Customer, old).merged_into = new


@pytest.fixture(autouse=True)
def _own_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.merge_by_hand", permissions.CLERK)


def test_points_that_ended_overnight_are_no_longer_told_while_the_day_is_not_open_yet(
    counter: Counter, work: UnitOfWork
) -> None:
    someone, last = counter.person(), counter.day
    brought = {"expires_on": last, "operation_id": "brought", "at": counter.now}
    work.write(loyalty.open_points, someone, 1000, "from the old till", **brought)
    counter.now += timedelta(days=1)
    bill = counter.quote(counter.ticket(someone, 100))
    assert (bill.balance, bill.balance_after, counter.buy(someone, 100).balance) == (0, 100, 100)


def test_debt_is_paid_by_the_next_earning(counter: Counter) -> None:
    someone = counter.person()
    first = counter.buy(someone, 300)
    counter.buy(someone, 1000, points=300)
    counter.void(first.sale_id)  # its points are spent: 300 of the 997 from the second sale go
    assert (counter.balance(someone), counter.debt(someone), counter.lots(someone)) == (697, 0, [697])


def test_the_shop_can_ask_for_pending_days_and_give_for_the_visit(counter: Counter, work: UnitOfWork) -> None:
    work.write(settings.change, {"points_pending_days": 7})
    work.write(loyalty.change_rules, EarningRules(per_visit=5), day=counter.now.date())
    someone = counter.person()
    assert counter.buy(someone, 200).earned == 205
    assert counter.quote(counter.ticket(someone, 500)).spendable == 0
    counter.now += timedelta(days=7)
    assert counter.quote(counter.ticket(someone, 500)).spendable == 205
    assert work.read(loyalty.holding, someone).balance == 205
