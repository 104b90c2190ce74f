"""What one person pays: the price agreed on, else a discount of their own, else what the tier takes off."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.staff import Actor, Role
from app.models.customers import Customer
from app.models.products import Product
from app.services import customers, sales, till
from app.services.permissions import NotAllowed
from app.services.till import PricedBy
from app.services.till.pricing import Terms, priced
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def give(counter: Counter, customer: int, discount: int | None) -> None:
    card = counter.work.read(customers.card, customer, counter.day)
    counter.work.write(customers.set_field, customer, "personal_discount", discount, version=card.version)


def lines(counter: Counter, customer: int | None, *articles: int) -> list[tuple[int, PricedBy]]:
    ticket = till.Ticket(customer, tuple(till.TicketLine(article) for article in articles))
    return [(line.price, line.by) for line in counter.quote(ticket).lines]


def test_the_price_agreed_on_goes_first_then_the_discount_then_the_tier(counter: Counter) -> None:
    someone = counter.person()
    tea, cup = counter.article("Tea", 100_0000), counter.article("Cup", 40_0000)
    assert lines(counter, someone, tea, cup) == [(10000, PricedBy.LIST), (4000, PricedBy.LIST)]
    counter.buy(someone, 6000)
    assert lines(counter, someone, tea, cup) == [(9500, PricedBy.MEMBER), (3800, PricedBy.MEMBER)]
    give(counter, someone, 20)
    assert lines(counter, someone, tea, cup) == [(9800, PricedBy.DISCOUNT), (3920, PricedBy.DISCOUNT)]
    counter.work.write(customers.set_personal_price, someone, tea, 88_8800)
    assert lines(counter, someone, tea, cup) == [(8888, PricedBy.AGREED), (3920, PricedBy.DISCOUNT)]
    assert lines(counter, counter.person("Ben"), tea) == lines(counter, None, tea) == [(10000, PricedBy.LIST)]
    give(counter, someone, 0)
    assert lines(counter, someone, tea, cup) == [(8888, PricedBy.AGREED), (4000, PricedBy.DISCOUNT)]
    give(counter, someone, None)
    counter.work.write(customers.drop_personal_price, someone, tea)
    assert lines(counter, someone, tea, cup) == [(9500, PricedBy.MEMBER), (3800, PricedBy.MEMBER)]


def test_what_became_cheaper_than_agreed_costs_what_it_costs_everyone(counter: Counter, work: UnitOfWork) -> None:
    someone, tea = counter.person(), counter.article("Tea", 100_0000)
    work.write(customers.set_personal_price, someone, tea, 90_0000)
    with Session(work.engine) as session:
        session.get_one(Product, tea).price = 80_0000
        session.commit()
    assert lines(counter, someone, tea) == [(8000, PricedBy.LIST)]


def test_prices_agreed_on_are_listed_changed_dropped_and_taken_back(counter: Counter, work: UnitOfWork) -> None:
    someone, tea, cup = counter.person(), counter.article("Tea", 100_0000), counter.article("Cup", 40_0000, unit="each")
    _, first = work.write(customers.set_personal_price, someone, tea, 90_0000)
    work.write(customers.set_personal_price, someone, cup, 30_0000)
    _, lower = work.write(customers.set_personal_price, someone, tea, 80_0000)
    assert work.read(customers.personal_prices, someone) == [
        customers.PersonalPriceRow(cup, "Cup", "each", 30_0000, 40_0000),
        customers.PersonalPriceRow(tea, "Tea", "", 80_0000, 100_0000),
    ]
    assert work.read(customers.card, someone, counter.day).has_personal_prices
    work.write(put_back, lower.rows)
    assert lines(counter, someone, tea) == [(9000, PricedBy.AGREED)]
    work.write(put_back, first.rows)
    assert lines(counter, someone, tea) == [(10000, PricedBy.LIST)]
    with pytest.raises(customers.PersonalPriceRefused):
        work.write(customers.set_personal_price, someone, tea, -1)


def test_the_price_on_a_card_merged_away_holds_for_the_one_that_answers(counter: Counter, work: UnitOfWork) -> None:
    old, kept = counter.person("Old"), counter.person("Kept")
    tea, cup = counter.article("Tea", 100_0000), counter.article("Cup", 40_0000)
    work.write(customers.set_personal_price, old, tea, 70_0000)
    work.write(customers.set_personal_price, old, cup, 10_0000)
    work.write(customers.set_personal_price, kept, cup, 30_0000)
    with Session(work.engine) as session:
        session.get_one(Customer, old).merged_into = kept
        session.commit()
    both = [(7000, PricedBy.AGREED), (3000, PricedBy.AGREED)]
    assert lines(counter, kept, tea, cup) == lines(counter, old, tea, cup) == both
    assert [row.price for row in work.read(customers.personal_prices, kept)] == [30_0000, 70_0000]
    work.write(customers.drop_personal_price, kept, tea)
    assert lines(counter, kept, tea) == [(10000, PricedBy.LIST)]


def test_a_sale_at_the_agreed_price_is_taken_back_and_done_again_at_that_price(
    counter: Counter, work: UnitOfWork
) -> None:
    someone, tea = counter.person(), counter.article("Tea", 100_0000)
    work.write(customers.set_personal_price, someone, tea, 60_0000)
    done, changes = counter.sell(till.Ticket(someone, (till.TicketLine(tea, 2000),), discount=500))
    assert (done.total, done.earned) == (11500, 115)
    work.write(customers.drop_personal_price, someone, tea)
    counter.back(counter.back(changes))
    assert (counter.balance(someone), lines(counter, someone, tea)) == (115, [(10000, PricedBy.LIST)])
    assert [row.total for row in work.read(sales.sales_of, someone) if not row.voided] == [11500]


def test_a_clerk_sells_at_the_price_but_does_not_agree_on_it(counter: Counter, work: UnitOfWork) -> None:
    someone, tea = counter.person(), counter.article("Tea", 100_0000)
    work.write(customers.set_personal_price, someone, tea, 60_0000)
    work.actor = Actor(1, Role.CLERK)
    assert counter.sell(till.Ticket(someone, (till.TicketLine(tea),)))[0].total == 6000
    for act, args in ((customers.set_personal_price, (tea, 1)), (customers.drop_personal_price, (tea,))):
        with pytest.raises(NotAllowed):
            work.write(act, someone, *args)


shares = st.integers(0, 1000)


@given(
    quantity=st.integers(1, 10**7),
    price=st.integers(0, 10**9),
    terms=st.builds(Terms, shares, st.none() | shares),
    agreed=st.none() | st.integers(0, 10**9),
    digits=st.sampled_from([0, 2]),
)
def test_no_line_costs_less_than_nothing_or_more_than_the_list(
    quantity: int, price: int, terms: Terms, agreed: int | None, digits: int
) -> None:
    line = priced(quantity, price, terms, digits, agreed)
    assert 0 <= line.price <= line.amount
    assert line.saved == 0 or line.by is not PricedBy.LIST
    assert priced(quantity, price, Terms(), digits).price == line.amount


articles = st.lists(st.tuples(st.integers(1, 5000), st.none() | st.integers(0, 120_0000)), min_size=1, max_size=3)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(basket=articles, own=st.none() | shares, points=st.sampled_from([0, 100, 5000]), off=st.integers(0, 30_000))
def test_no_bill_goes_below_nothing(counter: Counter, basket: Any, own: int | None, points: int, off: int) -> None:
    someone = counter.person()
    counter.adjust(someone, 6000)
    give(counter, someone, own)
    ticket: list[till.TicketLine] = []
    for quantity, agreed in basket:
        article = counter.article(f"A{len(ticket)}", 100_0000, code=f"{counter.now:%f}-{someone}-{len(ticket)}")
        if agreed is not None:
            counter.work.write(customers.set_personal_price, someone, article, agreed)
        ticket.append(till.TicketLine(article, quantity))
    bill = counter.quote(till.Ticket(someone, tuple(ticket), discount=off, points=points))
    assert min(bill.total, bill.revenue, bill.saved, *(line.base for line in bill.lines)) >= 0
    assert bill.gross - bill.saved - bill.discount - bill.points_value == bill.total
    assert sum(line.base for line in bill.lines) == bill.total
