"""Taking a sale back and doing it again: nothing of it is left, and then all of it is there again."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from app.domain.loyalty import PointKind
from app.models.products import Product
from app.services import loyalty, permissions, sales, till
from app.services.backup import check
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter
from tests.transfer.bringing import asked


def test_a_sale_taken_back_leaves_no_figure_and_puts_the_points_on_their_lots(
    counter: Counter, work: UnitOfWork
) -> None:
    someone = counter.person()
    counter.buy(someone, 800)
    done, changes = counter.sell(counter.ticket(someone, 6000, points=500))
    assert (counter.rank(someone), counter.lots(someone)) == (2, [300, 5995])
    counter.back(changes)
    assert (counter.rank(someone), counter.lots(someone), counter.balance(someone)) == (1, [800], 800)
    assert work.read(sales.sale, done.sale_id).row.voided
    assert work.read(sales.day_sales, counter.now.date()) == sales.DaySales(1, 80000)
    assert work.read(loyalty.counts, counter.now.date())[2] == 0


def test_undo_and_redo_sell_the_same_again_at_the_same_price(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 7000)
    cup = counter.article(price=100_0000)
    ticket = till.Ticket(someone, (till.TicketLine(cup, 3000),), discount=500, points=1000, payment="wechat")
    done, changes = counter.sell(ticket)
    before = counter.lots(someone), counter.balance(someone)
    undone = counter.back(changes)
    counter.work.write(till_price_rises, cup)
    redone = counter.back(undone)
    newest = work.read(sales.sales_of, someone)[0]
    assert (newest.total, newest.discount, newest.payment) == (27000, 2000, "wechat")
    assert (newest.total, newest.id != done.sale_id) == (done.total, True)
    assert (counter.lots(someone), counter.balance(someone)) == before
    counter.back(redone)
    assert counter.balance(someone) == 7000


def till_price_rises(session: Session, product_id: int) -> None:
    session.get_one(Product, product_id).price = 999_0000


@pytest.fixture(autouse=True)
def _own_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.till_price_rises", permissions.CLERK)


def test_points_spent_since_are_taken_from_other_lots_and_then_owed(counter: Counter) -> None:
    someone = counter.person()
    first = counter.buy(someone, 300)
    counter.buy(someone, 1000, points=300)
    counter.void(first.sale_id)
    assert (counter.lots(someone), counter.debt(someone)) == ([697], 0)
    other = counter.person("Somebody else")
    early = counter.buy(other, 400)
    counter.adjust(other, -400)
    counter.void(early.sale_id)
    assert (counter.lots(other), counter.debt(other), counter.balance(other)) == ([], 400, -400)
    assert counter.quote(counter.ticket(other, 1000)).spendable == 0
    counter.buy(other, 1000)
    assert (counter.lots(other), counter.debt(other), counter.balance(other)) == ([600], 0, 600)


def test_what_expired_meanwhile_is_not_taken_twice(counter: Counter) -> None:
    someone = counter.person()
    done = counter.buy(someone, 300)
    counter.now += timedelta(days=400)
    counter.work.write(loyalty.open_day, counter.now.date())
    counter.void(done.sale_id)
    assert (counter.balance(someone), counter.debt(someone)) == (0, 0)


def test_spent_points_of_a_lot_that_has_ended_come_back_and_end(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 500)
    done = counter.buy(someone, 1000, points=500)
    counter.now += timedelta(days=400)
    work.write(loyalty.open_day, counter.now.date())
    counter.void(done.sale_id)
    work.write(loyalty.open_day, counter.now.date())
    assert counter.balance(someone) == 0
    rows = work.read(loyalty.ledger, someone)
    assert min(row.balance for row in rows) == 0, "no day of the past shows points that were never there"
    assert (rows[0].kind, rows[0].points, rows[0].day) == (PointKind.EXPIRE, -500, counter.now.date())


def test_points_that_come_back_to_a_sale_that_was_returned_lie_apart(counter: Counter, work: UnitOfWork) -> None:
    """What the first sale earned paid the second; then its goods came back, and the second was undone."""
    someone = counter.person()
    first = counter.buy(someone, 200)
    second = counter.buy(someone, 1000, points=200)
    counter.bring_back(first.sale_id)
    counter.now += timedelta(days=400)
    work.write(loyalty.open_day, counter.day)
    counter.void(second.sale_id)
    work.write(loyalty.open_day, counter.day)
    ended = "SELECT sum(e.points) FROM point_entries e JOIN point_entries lot ON lot.id = e.lot_id "
    ended += f"WHERE e.kind = 'expire' AND lot.kind = 'earn' AND lot.sale_id = {first.sale_id}"
    assert asked(work, ended) == [(None,)]
    assert not work.read(check, counter.day).problems


def test_points_given_back_after_their_sale_was_undone_end_without_touching_it(counter: Counter) -> None:
    someone = counter.person()
    done = counter.buy(someone, 700)
    taken = counter.adjust(someone, -50)
    counter.void(done.sale_id)
    counter.adjust(someone, 500)
    counter.back(taken)
    assert (counter.balance(someone), counter.debt(someone)) == (500, 0)
    counter.now += timedelta(days=400)
    counter.work.write(loyalty.open_day, counter.now.date())
    expired = [points for kind, points in counter.movements(someone) if kind == "expire"]
    assert (counter.balance(someone), sum(expired)) == (0, -500)
    of_sale = [row for row in counter.work.read(loyalty.ledger, someone) if row.sale_id == done.sale_id]
    assert [(row.kind, row.points) for row in of_sale if row.kind is PointKind.EXPIRE] == []


def test_a_sale_is_taken_back_only_once(counter: Counter) -> None:
    done = counter.buy(None, 10)
    counter.void(done.sale_id)
    with pytest.raises(till.AlreadyVoided):
        counter.void(done.sale_id)
