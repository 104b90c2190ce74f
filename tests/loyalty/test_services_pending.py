"""Points that wait for a return window are told apart, and points given by hand wait for none."""

from app.services import loyalty, settings
from app.services.backup import check
from app.services.backup.report import Fault
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def test_a_bill_says_what_of_the_balance_comes_later(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    assert (counter.quote(counter.ticket(someone, 200)).pending_after, counter.buy(someone, 200).pending) == (0, 0)
    work.write(settings.change, {"points_pending_days": 7})
    bill = counter.quote(counter.ticket(someone, 50))
    assert (bill.balance_after, bill.pending_after) == (250, 50)
    assert counter.buy(someone, 50).pending == 50
    assert counter.quote(counter.ticket(someone, 30)).pending_after == 80


def test_what_pays_a_debt_waits_for_nothing(counter: Counter, work: UnitOfWork) -> None:
    work.write(settings.change, {"points_pending_days": 7})
    someone = counter.person()
    sale = counter.buy(someone, 300)
    counter.adjust(someone, -300)
    counter.bring_back(sale.sale_id)
    bill = counter.quote(counter.ticket(someone, 500))
    assert (bill.balance_after, bill.pending_after) == (200, 200)


def test_points_given_by_hand_can_be_spent_at_once(counter: Counter, work: UnitOfWork) -> None:
    work.write(settings.change, {"points_pending_days": 7})
    someone = counter.person()
    counter.adjust(someone, 120)
    assert work.read(loyalty.holding, someone).spendable(counter.day) == 120


def test_the_check_finds_a_bill_that_tells_other_points_than_the_ledger(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 1000)
    sale = counter.buy(someone, 1000, points=300)
    assert work.read(check, counter.day).ok
    with work.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sales SET points_used = 200 WHERE id = ?", (sale.sale_id,))
    found = {problem.code: problem.ids for problem in work.read(check, counter.day).problems}
    assert found == {Fault.SALE_SUMS: (str(sale.sale_id),)}
