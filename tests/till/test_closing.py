"""Closing the day: what must be there by the bills, against what was counted."""

from datetime import timedelta

import pytest

from app.domain.payments import Paid
from app.services import permissions, till
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def sell(counter: Counter, *parts: Paid) -> till.SaleDone:
    total = sum(part.amount for part in parts)
    return counter.sell(till.Ticket(None, (till.TicketLine(None, 1000, total * 100),), payments=parts))[0]


def sums(found: tuple[till.MethodSums, ...]) -> dict[str, tuple[int, int, int]]:
    return {line.method: (line.bills, line.sales, line.refunds) for line in found if line.bills or line.refunds}


def close(counter: Counter, cash: int, stays: int = 0, reason: str = "") -> int:
    draft = till.CloseDraft({"cash": cash}, {"cash": stays}, reason)
    return counter.work.write(till.close_day, draft, at=counter.now)[0]


def test_each_method_is_summed_over_sales_and_returns(counter: Counter, work: UnitOfWork) -> None:
    sell(counter, Paid("wechat", 6000), Paid("cash", 4000, 5000))
    gone = sell(counter, Paid("cash", 700))
    counter.void(gone.sale_id)
    back = sell(counter, Paid("cash", 2500))
    counter.bring_back(back.sale_id)
    found = work.read(till.to_close, counter.day)
    assert (found.since, found.bills) == (None, 3)
    assert sums(found.lines) == {"wechat": (1, 6000, 0), "cash": (3, 6500, 2500)}
    kept = work.read(till.close, close(counter, 4000, stays=1000))
    assert sums(kept.lines) == sums(found.lines)
    assert (kept.row.taken, kept.row.difference, kept.bills, kept.changed) == (10000, 0, 3, ())


def test_the_float_is_carried_over_and_the_next_close_begins_where_this_ended(
    counter: Counter, work: UnitOfWork
) -> None:
    sell(counter, Paid("cash", 4000))
    close(counter, 4000, stays=1000)
    counter.now += timedelta(hours=1)
    sell(counter, Paid("cash", 300))
    found = work.read(till.to_close, counter.day)
    cash = next(line for line in found.lines if line.method == "cash")
    assert (cash.float_before, cash.sales, cash.expected, found.bills) == (1000, 300, 1300, 1)


def test_a_difference_needs_a_reason_and_cash_is_always_counted(counter: Counter, work: UnitOfWork) -> None:
    sell(counter, Paid("cash", 4000))
    with pytest.raises(till.DifferenceNeedsAReason):
        close(counter, 3990)
    with pytest.raises(till.CountTheDrawer):
        work.write(till.close_day, till.CloseDraft({}, {}), at=counter.now)
    with pytest.raises(till.FloatTooLarge):
        close(counter, 4000, stays=4001)
    kept = work.read(till.close, close(counter, 3990, reason="a coin rolled away"))
    assert (kept.row.difference, kept.reason) == (-10, "a coin rolled away")


def test_there_is_something_to_close_only_once(counter: Counter, work: UnitOfWork) -> None:
    sell(counter, Paid("card", 4000))
    close(counter, 0)
    with pytest.raises(till.NothingToClose):
        close(counter, 0)


def test_what_is_taken_back_after_the_close_is_shown_and_comes_into_the_next(
    counter: Counter, work: UnitOfWork
) -> None:
    early = sell(counter, Paid("cash", 4000))
    first = close(counter, 4000, stays=4000)
    counter.now += timedelta(hours=12)
    counter.void(early.sale_id)
    sell(counter, Paid("cash", 500))
    card = work.read(till.close, first)
    assert [(each.number, each.total) for each in card.changed] == [(early.number, 4000)]
    assert sums(card.lines) == {"cash": (1, 4000, 0)}
    cash = next(line for line in work.read(till.to_close, counter.day).lines if line.method == "cash")
    assert (cash.sales, cash.refunds, cash.expected) == (500, 4000, 500)
    close(counter, 500)
    counter.now += timedelta(hours=12)
    sell(counter, Paid("cash", 100))
    assert sums(work.read(till.to_close, counter.day).lines) == {"cash": (1, 100, 0)}


def test_the_last_close_is_undone_and_done_again(counter: Counter, work: UnitOfWork) -> None:
    sell(counter, Paid("cash", 4000))
    first, changes = work.write(till.close_day, till.CloseDraft({"cash": 4000}, {"cash": 500}), at=counter.now)
    counter.now += timedelta(minutes=1)
    sell(counter, Paid("cash", 100))
    second = close(counter, 600)
    with pytest.raises(till.LaterClose):
        counter.back(changes)
    work.write(till.undo_close, second)
    undone = counter.back(changes)
    assert work.read(till.to_close, counter.day).bills == 2
    with pytest.raises(till.CloseUndone):
        work.write(till.undo_close, first)
    assert [row.undone for row in work.read(till.closes)] == [True, True]
    with pytest.raises(till.DifferenceNeedsAReason):
        counter.back(undone)  # a bill has come meanwhile


def test_bills_of_years_without_a_close_do_not_come_into_the_first(counter: Counter, work: UnitOfWork) -> None:
    sell(counter, Paid("cash", 4000))
    counter.now += timedelta(days=400)
    sell(counter, Paid("cash", 100))
    assert sums(work.read(till.to_close, counter.day).lines) == {"cash": (1, 100, 0)}


def test_the_first_close_on_a_morning_without_a_bill_covers_the_last_day_of_selling(
    counter: Counter, work: UnitOfWork
) -> None:
    sell(counter, Paid("cash", 4000))
    counter.now += timedelta(days=400)
    sell(counter, Paid("cash", 300))
    counter.now += timedelta(hours=15)
    assert sums(work.read(till.to_close, counter.day).lines) == {"cash": (1, 300, 0)}


def expected_cash(counter: Counter) -> int:
    lines = counter.work.read(till.to_close, counter.day).lines
    return next(line for line in lines if line.method == "cash").expected


def test_a_clock_that_is_set_back_counts_no_bill_twice(counter: Counter, work: UnitOfWork) -> None:
    counter.now += timedelta(days=30)
    sell(counter, Paid("cash", 4000))
    early = close(counter, 4000)
    counter.now -= timedelta(days=30)
    sell(counter, Paid("cash", 500))
    close(counter, 500)
    counter.now += timedelta(hours=1)
    sell(counter, Paid("cash", 70))
    assert sums(work.read(till.to_close, counter.day).lines) == {"cash": (1, 70, 0)}
    with pytest.raises(till.LaterClose):
        work.write(till.undo_close, early)


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_what_is_taken_back_after_a_close_lowers_the_next_whatever_the_clock_says(
    counter: Counter, work: UnitOfWork, minutes: int
) -> None:
    early = sell(counter, Paid("cash", 4000))
    first = close(counter, 4000, stays=4000)
    counter.now += timedelta(minutes=minutes)
    counter.void(early.sale_id)
    assert expected_cash(counter) == 0
    assert [each.number for each in work.read(till.close, first).changed] == [early.number]


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_what_was_taken_back_before_a_close_is_not_taken_off_the_next(
    counter: Counter, work: UnitOfWork, minutes: int
) -> None:
    early = sell(counter, Paid("cash", 4000))
    sell(counter, Paid("cash", 100))
    counter.void(early.sale_id)
    counter.now += timedelta(minutes=minutes)
    kept = work.read(till.close, close(counter, 100, stays=100))
    assert (expected_cash(counter), kept.bills, kept.changed) == (100, 1, ())


def test_closing_is_for_a_manager() -> None:
    assert permissions.NEEDS["till.close_day"] is permissions.MANAGER
