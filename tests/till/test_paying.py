"""Paying: by several methods, with change, what goes back by which, and what the books then hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payments import MethodKind, Paid, PaymentsDoNotAddUp, TenderedTooLittle, money_back, quick_notes
from app.services import backup, sales, till
from app.services.till import paying
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def paid(work: UnitOfWork, bill: int) -> list[tuple[str, int, int | None]]:
    return [(row.method, row.amount, row.tendered) for row in work.read(till.payments_of, bill)]


def split(counter: Counter, *parts: Paid, units: int = 100) -> till.SaleDone:
    lines = (till.TicketLine(None, 1000, units * 10_000),)
    return counter.sell(till.Ticket(None, lines, payments=parts))[0]


def test_a_bill_is_paid_by_several_methods_with_change(counter: Counter, work: UnitOfWork) -> None:
    done = split(counter, Paid("wechat", 6000), Paid("cash", 4000, 5000))
    assert paid(work, done.sale_id) == [("wechat", 6000, None), ("cash", 4000, 5000)]
    assert Paid("cash", 4000, 5000).change == 1000
    assert work.read(sales.sale, done.sale_id).row.payment == "wechat"
    assert work.read(backup.check, counter.day).problems == ()


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ((Paid("cash", 9999),), PaymentsDoNotAddUp),
        ((Paid("cash", 10001), Paid("card", -1)), PaymentsDoNotAddUp),
        ((Paid("cash", 10000, 9900),), TenderedTooLittle),
        ((Paid("barter", 10000),), till.UnknownMethod),
    ],
)
def test_what_does_not_add_up_is_refused(counter: Counter, parts: tuple[Paid, ...], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        split(counter, *parts)
    assert counter.work.read(sales.day_sales, counter.day).bills == 0


def test_money_goes_back_as_it_came_the_last_first_or_all_by_one(counter: Counter, work: UnitOfWork) -> None:
    lines = (till.TicketLine(None, 1000, 70_0000), till.TicketLine(None, 1000, 30_0000))
    parts = (Paid("wechat", 6000), Paid("cash", 4000, 4000))
    sale = counter.sell(till.Ticket(None, lines, payments=parts))[0]
    first, _ = counter.bring_back(sale.sale_id, 0, 1000)
    second, changes = counter.bring_back(sale.sale_id)
    assert paid(work, first.return_id) == [("cash", -3000, None)]
    assert paid(work, second.return_id) == [("cash", -1000, None), ("wechat", -6000, None)]
    counter.back(changes)
    draft = till.ReturnDraft(sale.sale_id, None, "alipay")
    third, _ = work.write(till.take_return, draft, operation_id="other way", at=counter.now)
    assert paid(work, third.return_id) == [("alipay", -7000, None)]
    assert work.read(backup.check, counter.day).problems == ()


def test_undo_and_redo_keep_how_it_was_paid(counter: Counter, work: UnitOfWork) -> None:
    lines = (till.TicketLine(None, 1000, 100_0000),)
    parts = (Paid("card", 1), Paid("cash", 9999, 10000))
    _, changes = counter.sell(till.Ticket(counter.person(), lines, payments=parts))
    redone = counter.back(counter.back(changes))
    newest = redone.rows[0]
    assert newest.after is not None
    assert paid(work, newest.after["id"]) == [("card", 1, None), ("cash", 9999, 10000)]


PARTS = st.lists(st.integers(1, 5000), min_size=1, max_size=4)


@given(PARTS, st.lists(st.integers(1, 4000), max_size=6))
def test_parcels_of_money_end_where_one_return_ends(parts: list[int], parcels: list[int]) -> None:
    by = [Paid(str(place), amount) for place, amount in enumerate(parts)]
    back: dict[str, int] = {}
    whole, done = sum(parts), 0
    for parcel in [*parcels, whole]:
        money = min(parcel, whole - done)
        for each in money_back(by, done, money):
            back[each.method] = back.get(each.method, 0) + each.amount
        done += money
    assert back == {each.method: each.amount for each in by}


@pytest.mark.parametrize(
    ("due", "digits", "offered"),
    [
        (8650, 2, [8650, 9000, 10000, 20000]),
        (10000, 2, [10000, 20000, 50000, 100000]),
        (50, 2, [50, 1000, 2000, 5000]),
        (1234, 0, [1234, 1240, 1250, 1300]),
        (0, 2, []),
    ],
)
def test_the_notes_offered_are_those_people_hand_over(due: int, digits: int, offered: list[int]) -> None:
    assert quick_notes(due, digits) == offered


class Jar:
    """A purse kept in memory: what a ledger of stored value does."""

    def __init__(self) -> None:
        self.moves: list[tuple[str, int, str]] = []

    def pay(self, _session: object, on: paying.Occasion, amount: int) -> None:
        self.moves.append(("pay", amount, on.operation_id))

    def give_back(self, _session: object, on: paying.Occasion, amount: int) -> None:
        self.moves.append(("give back", amount, on.operation_id))

    def reverse(self, _session: object, on: paying.Occasion, posted: str) -> None:
        self.moves.append(("reverse", 0, posted))


def test_a_method_moves_its_own_ledger_along(
    counter: Counter, work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    jar = Jar()
    monkeypatch.setitem(paying.PURSES, MethodKind.TRANSFER, jar)
    lines = (till.TicketLine(None, 1000, 100_0000),)
    with pytest.raises(till.MethodNeedsACustomer):
        counter.sell(till.Ticket(None, lines, payment="card"))
    parts = (Paid("cash", 4000), Paid("card", 6000))
    sale = counter.sell(till.Ticket(counter.person(), lines, payments=parts), "sale")[0]
    _, changes = counter.bring_back(sale.sale_id)
    counter.back(changes)
    counter.void(sale.sale_id)
    assert [(what, amount) for what, amount, _ in jar.moves] == [
        ("pay", 6000),
        ("give back", 6000),
        ("reverse", 0),
        ("reverse", 0),
    ]
    assert (jar.moves[0][2], jar.moves[3][2]) == ("sale:1", "sale:1")


def test_the_shop_chooses_its_ways_to_pay_and_their_order(counter: Counter, work: UnitOfWork) -> None:
    def codes(*, away: bool = False) -> list[str]:
        return [row.name or row.code for row in work.read(sales.methods, away=away)]

    assert codes() == ["wechat", "alipay", "cash", "card", "stored"]
    added, _ = work.write(sales.add_method, " Meituan ")
    work.write(sales.move_method, added, 0)
    _, gone = work.write(sales.archive_method, work.read(sales.methods)[1].id)
    assert codes() == ["Meituan", "alipay", "cash", "card", "stored"]
    assert codes(away=True)[-2:] == ["wechat", "visits"]
    work.write(put_back, gone.rows)
    assert "wechat" in codes()
    for name, refusal in (("meituan", sales.MethodNameTaken), ("  ", sales.MethodNeedsAName)):
        with pytest.raises(refusal):
            work.write(sales.add_method, name)
    code = work.read(sales.methods)[0].code
    done = counter.sell(till.Ticket(None, (till.TicketLine(None, 1000, 5000),), payment=code))[0]
    assert work.read(till.payments_of, done.sale_id)[0].name == "Meituan"
    for row in work.read(sales.methods)[1:]:
        work.write(sales.archive_method, row.id)
    with pytest.raises(sales.LastMethod):
        work.write(sales.archive_method, added)
