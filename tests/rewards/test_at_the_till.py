"""Cards and coupons at the till: sold, topped up, used, brought back and taken back with the bill."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.payments import Paid
from app.domain.rewards.codes import shown_code
from app.domain.rewards.kinds import Benefit, Occasion, PlanKind
from app.domain.rewards.refusals import (
    BillBelow,
    CardFitsNothing,
    CardNeedsCustomer,
    CouponTwice,
    CouponUsed,
    NotEnoughOnCard,
    NotEnoughStored,
    SpentSince,
    StoredPaysNoTopUp,
)
from app.services import backup, customers, loyalty, rewards, sales, till
from app.services.rewards import KindDraft, PlanDraft
from app.services.settings import change, settings
from app.storage.unit_of_work import Changes, UnitOfWork
from app.views.shared.desk import Desk
from app.views.till.slip_rows import slip_rows
from tests.till.counter import Counter

STORED = "stored"


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


class Shelf:
    """Two articles in two categories, and whoever buys."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.work = counter, counter.work
        self.tea = counter.article("Tea", 30_0000, category="Tea")
        self.cup = counter.article("Cup", 100_0000, category="Cups")
        self.ann = counter.person("Ann")

    def plan(self, kind: PlanKind, **more: Any) -> int:
        return self.work.write(rewards.add_plan, PlanDraft(kind, f"{kind} card", **more))[0]

    def coupon(self, draft: KindDraft, who: int | None = None) -> str:
        kind, _ = self.work.write(rewards.add_kind, draft)
        write, operation = self.work.write, f"coupon {kind}"
        if who is None:
            return write(rewards.issue_batch, kind, 1, operation_id=operation, at=self.counter.now)[0][0]
        return write(rewards.issue, kind, who, operation_id=operation, at=self.counter.now)[0]

    def ticket(self, *goods: tuple[int, int], who: int | None = 0, **more: Any) -> till.Ticket:
        lines = tuple(till.TicketLine(product, count * 1000) for product, count in goods)
        return till.Ticket(self.ann if who == 0 else who, lines, **more)

    def sell(self, ticket: till.Ticket) -> tuple[till.SaleDone, Changes]:
        return self.counter.sell(ticket)

    def held(self) -> rewards.Held:
        return self.work.read(rewards.held, self.ann, self.counter.day)

    def stored(self) -> tuple[int, int]:
        return self.held().stored.principal, self.held().stored.bonus

    def left(self) -> dict[PlanKind, int]:
        return {card.kind: card.left for card in self.held().cards}

    def bring_back(self, sale: int, line: int, count: int) -> tuple[till.ReturnDone, Changes]:
        lines = self.work.read(till.sold, sale).lines
        draft = till.ReturnDraft(sale, (till.ReturnLine(lines[line].id, count * 1000),))
        operation = f"return {sale} {line} {count} {self.counter.now}"
        return self.work.write(till.take_return, draft, operation_id=operation, at=self.counter.now)

    def sound(self) -> None:
        assert self.work.read(backup.check, self.counter.day).problems == ()


@pytest.fixture
def shelf(counter: Counter) -> Shelf:
    return Shelf(counter)


def test_a_top_up_brings_no_revenue_no_points_and_no_tier(shelf: Shelf) -> None:
    offer = shelf.plan(PlanKind.STORED, price=50000, bonus=5000, months=12)
    done, changes = shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(offer), till.CardSale(amount=1234))))
    assert (done.total, done.earned, shelf.stored()) == (51234, 0, (51234, 5000))
    bill = shelf.work.read(sales.sale, done.sale_id).row
    assert (bill.gross, bill.revenue) == (51234, 0)
    assert shelf.work.read(sales.last_sales) == shelf.work.read(sales.sales_to_people, [shelf.ann]) == []
    assert shelf.work.read(loyalty.standing, shelf.ann, shelf.counter.day).tier.code == "potential"
    shelf.sound()
    redo = shelf.counter.back(changes)
    assert shelf.stored() == (0, 0)
    shelf.counter.back(redo)
    assert shelf.stored() == (51234, 5000)
    shelf.sound()


def test_a_top_up_is_no_part_of_the_margin(shelf: Shelf) -> None:
    pot = shelf.counter.article("Pot", 200_0000, cost=120_0000)
    done, _ = shelf.sell(shelf.ticket((pot, 1), payment="cash", cards=(till.CardSale(amount=1234),)))
    for margin in (
        shelf.work.read(till.margin_of_sale, done.sale_id),
        shelf.work.read(till.margin_of_customer, shelf.ann),
    ):
        assert margin == till.Margin(net=20000, cost=12000, whole=True)


def topped_up(shelf: Shelf, paid: int = 50000, bonus: int = 5000) -> None:
    offer = shelf.plan(PlanKind.STORED, price=paid, bonus=bonus, months=12)
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(offer),)))


def test_stored_value_pays_earns_and_comes_back_to_where_it_came_from(shelf: Shelf) -> None:
    topped_up(shelf)
    payments = (Paid(STORED, 11000), Paid("cash", 5000, 10000))
    done, changes = shelf.sell(shelf.ticket((shelf.tea, 2), (shelf.cup, 1), payments=payments))
    assert (done.earned, shelf.stored()) == (160, (40000, 4000))
    first, _ = shelf.bring_back(done.sale_id, 0, 2)
    assert shelf.stored() == (40909, 4091)
    shelf.bring_back(done.sale_id, 1, 1)
    assert shelf.stored() == (50000, 5000)
    assert first.money == 6000
    shelf.sound()
    with pytest.raises(till.HasReturns):
        shelf.counter.back(changes)


def test_money_of_any_kind_may_go_back_onto_the_balance(shelf: Shelf) -> None:
    topped_up(shelf)
    parts = (Paid(STORED, 11000), Paid("cash", 5000))
    sale = shelf.sell(shelf.ticket((shelf.tea, 2), (shelf.cup, 1), payments=parts))[0].sale_id
    lines = shelf.work.read(till.sold, sale).lines
    by_choice = till.ReturnDraft(sale, (till.ReturnLine(lines[1].id, 1000),), STORED)
    take, now = shelf.work.write, shelf.counter.now
    take(till.take_return, by_choice, operation_id="by choice", at=now)
    assert shelf.stored() == (49090, 4910)
    _, changes = shelf.bring_back(sale, 0, 2)
    assert shelf.stored() == (55000, 5000)
    shelf.sound()
    shelf.counter.back(changes)
    assert shelf.stored() == (49090, 4910)
    loose = till.UnlinkedDraft(shelf.ann, (till.LooseLine(None, 1000, 700, "Gift"),), STORED)
    _, changes = take(till.take_unlinked_return, loose, operation_id="loose", at=now)
    assert shelf.stored() == (49790, 4910)
    shelf.counter.back(changes)
    assert shelf.stored() == (49090, 4910)
    shelf.sound()


def test_what_stored_value_paid_goes_back_to_it_whatever_is_chosen(shelf: Shelf) -> None:
    topped_up(shelf, 10000, 10000)
    parts = (Paid("cash", 5000), Paid(STORED, 11000))
    sale = shelf.sell(shelf.ticket((shelf.tea, 2), (shelf.cup, 1), payments=parts))[0].sale_id
    lines, now = shelf.work.read(till.sold, sale).lines, shelf.counter.now
    for line, back in ((1, [("stored", -10000)]), (0, [("alipay", -5000), ("stored", -1000)])):
        some = till.ReturnDraft(sale, (till.ReturnLine(lines[line].id, lines[line].quantity),), "alipay")
        done, changes = shelf.work.write(till.take_return, some, operation_id=f"back {line}", at=now)
        assert [(row.method, row.amount) for row in shelf.work.read(till.payments_of, done.return_id)] == back
    assert shelf.stored() == (10000, 10000)
    shelf.counter.back(changes)
    assert shelf.stored() == (9500, 9500)
    shelf.sound()


def test_a_bonus_that_came_back_and_ended_does_not_come_back_as_money(shelf: Shelf) -> None:
    offer = shelf.plan(PlanKind.STORED, price=10000, bonus=10000, months=1)
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(offer),)))
    sale, _ = shelf.sell(shelf.ticket((shelf.cup, 1), payment=STORED))
    shelf.counter.now += timedelta(days=40)
    _, changes = shelf.bring_back(sale.sale_id, 0, 1)
    assert shelf.stored() == (10000, 5000)
    shelf.counter.now += timedelta(days=31)
    shelf.work.write(rewards.open_day, shelf.counter.day)
    shelf.counter.back(changes)
    assert shelf.stored() == (5000, 0)
    shelf.bring_back(sale.sale_id, 0, 1)
    assert shelf.stored() == (10000, 0)
    shelf.sound()


def test_money_that_went_onto_the_balance_leaves_the_rest_to_go_back_in_cash(shelf: Shelf) -> None:
    topped_up(shelf, 10000, 0)
    parts = (Paid(STORED, 10000), Paid("cash", 10000))
    sale = shelf.sell(shelf.ticket((shelf.cup, 2), payments=parts))[0].sale_id
    (line,) = shelf.work.read(till.sold, sale).lines
    for method in (STORED, "cash"):
        one = till.ReturnDraft(sale, (till.ReturnLine(line.id, 1000),), method)
        done, _ = shelf.work.write(till.take_return, one, operation_id=f"by {method}", at=shelf.counter.now)
        assert [row.method for row in shelf.work.read(till.payments_of, done.return_id)] == [method]
    assert shelf.stored() == (10000, 0)
    shelf.sound()


def test_a_sale_paid_with_stored_value_is_taken_back_onto_the_same_lots(shelf: Shelf) -> None:
    topped_up(shelf)
    before = shelf.work.read(rewards.statement, shelf.ann, rewards.BONUS)
    _, changes = shelf.sell(shelf.ticket((shelf.cup, 1), payment=STORED))
    redo = shelf.counter.back(changes)
    assert shelf.stored() == (50000, 5000)
    assert shelf.work.read(rewards.statement, shelf.ann, rewards.BONUS)[0].expires_on == before[0].expires_on
    shelf.counter.back(redo)
    assert sum(shelf.stored()) == 45000
    shelf.sound()


def test_what_has_ended_since_a_return_is_no_ones_when_return_and_sale_are_taken_back(shelf: Shelf) -> None:
    """The return gave bonus and coupon back and both ended; the sale taken back gives them to lots that ended too."""
    topped_up(shelf)
    code = shelf.coupon(KindDraft("Five off", amount=500, days=60), shelf.ann)
    sold, sale_back = shelf.sell(shelf.ticket((shelf.cup, 1), coupons=(code,), payment=STORED))
    draft = till.ReturnDraft(sold.sale_id, None)
    _, return_back = shelf.work.write(till.take_return, draft, operation_id="all", at=shelf.counter.now)
    assert shelf.stored() == (50000, 5000)
    shelf.counter.now += timedelta(days=800)
    shelf.work.write(rewards.open_day, shelf.counter.day)
    assert shelf.stored() == (50000, 0)
    shelf.counter.back(return_back)
    assert shelf.stored() == (50000 - 9500 * 50 // 55, 0)
    shelf.counter.back(sale_back)
    assert (shelf.stored(), shelf.held().coupons) == ((50000, 0), ())
    shelf.sound()
    shelf.work.write(rewards.open_day, shelf.counter.day)
    assert (shelf.stored(), shelf.work.read(rewards.coupon, code).left) == ((50000, 0), 0)
    shelf.sound()


def test_what_stored_value_cannot_pay_is_refused_and_nothing_is_posted(shelf: Shelf) -> None:
    topped_up(shelf, 5000, 0)
    with pytest.raises(NotEnoughStored):
        shelf.sell(shelf.ticket((shelf.cup, 1), payment=STORED))
    with pytest.raises(till.MethodNeedsACustomer):
        shelf.sell(shelf.ticket((shelf.tea, 1), who=None, payment=STORED))
    with pytest.raises(StoredPaysNoTopUp) as refused:
        shelf.sell(shelf.ticket((shelf.tea, 1), payment=STORED, cards=(till.CardSale(amount=100),)))
    assert refused.value.numbers == {"most": "¥30"}
    assert shelf.stored() == (5000, 0)


def test_visits_pay_for_the_cheapest_with_what_was_paid_for_them(shelf: Shelf) -> None:
    """Ten visits for 250: each is worth 25 of the 30 a tea costs; the cup is paid in money."""
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    bought, _ = shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    assert (bought.earned, shelf.left()) == (0, {PlanKind.VISITS: 10})
    ticket = shelf.ticket((shelf.tea, 3), (shelf.cup, 1), uses=(till.CardUse(plan, 2),))
    bill = shelf.counter.quote(ticket)
    assert (bill.gross, bill.card_off, bill.visits_value, bill.due) == (19000, 1000, 5000, 13000)
    assert [(line.place, line.quantity, line.plan_id) for line in bill.lines] == [
        (0, 2000, plan),
        (0, 1000, None),
        (1, 1000, None),
    ]
    done, changes = shelf.sell(ticket)
    assert (done.total, done.earned, shelf.left()) == (18000, 180, {PlanKind.VISITS: 8})
    paid = {row.method: row.amount for row in shelf.work.read(till.payments_of, done.sale_id)}
    assert paid == {"cash": 13000, "visits": 5000}
    shelf.sound()
    redo = shelf.counter.back(changes)
    assert shelf.left() == {PlanKind.VISITS: 10}
    shelf.counter.back(redo)
    assert shelf.left() == {PlanKind.VISITS: 8}
    shelf.sound()


@pytest.mark.parametrize(("together", "price"), [(True, 24_9110), (False, 24_9144)])
def test_a_sale_that_a_card_paid_a_part_of_is_done_again_to_the_cent(shelf: Shelf, together: bool, price: int) -> None:
    leaf = shelf.counter.article("Leaf", price, category="Tea")
    plan = shelf.plan(PlanKind.VISITS, units=3, price=1000)
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    lines = (till.TicketLine(leaf, 5000),) if together else (till.TicketLine(leaf), till.TicketLine(leaf, 4000))
    ticket = till.Ticket(shelf.ann, lines, uses=(till.CardUse(plan, 2),))
    due = shelf.counter.quote(ticket).due
    _, changes = shelf.sell(till.Ticket(shelf.ann, lines, uses=ticket.uses, payments=(Paid("cash", due),)))
    redone = shelf.counter.back(shelf.counter.back(changes))
    assert redone.rows[0].after is not None and redone.rows[0].after["total"] == due + 666
    shelf.sound()


def test_what_a_visit_paid_for_comes_back_as_a_visit(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    done, _ = shelf.sell(shelf.ticket((shelf.tea, 3), uses=(till.CardUse(plan, 2),)))
    back, changes = shelf.bring_back(done.sale_id, 0, 1)
    assert shelf.left() == {PlanKind.VISITS: 9}
    paid = {row.method: row.amount for row in shelf.work.read(till.payments_of, back.return_id)}
    assert paid == {"visits": -2500}
    shelf.counter.back(changes)
    assert shelf.left() == {PlanKind.VISITS: 8}
    shelf.bring_back(done.sale_id, 1, 1)
    shelf.bring_back(done.sale_id, 0, 2)
    assert shelf.left() == {PlanKind.VISITS: 10}
    shelf.sound()


def test_four_teas_stamped_make_the_fifth_free(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.STAMPS, units=4, category="Tea")
    first, _ = shelf.sell(shelf.ticket((shelf.tea, 5), (shelf.cup, 1)))
    assert shelf.left() == {PlanKind.STAMPS: 5}
    done, changes = shelf.sell(shelf.ticket((shelf.tea, 1), uses=(till.CardUse(plan),)))
    assert (done.total, done.earned, shelf.left()) == (0, 0, {PlanKind.STAMPS: 1})
    shelf.sound()
    shelf.counter.back(changes)
    assert shelf.left() == {PlanKind.STAMPS: 5}
    shelf.bring_back(first.sale_id, 0, 2)
    assert shelf.left() == {PlanKind.STAMPS: 3}
    with pytest.raises(NotEnoughOnCard):
        shelf.sell(shelf.ticket((shelf.tea, 1), uses=(till.CardUse(plan),)))
    shelf.sound()


@pytest.mark.parametrize("asks", [2, 6])
def test_stamps_come_back_as_many_as_were_used_though_the_card_asks_for_others_now(shelf: Shelf, asks: int) -> None:
    plan = shelf.plan(PlanKind.STAMPS, units=4, category="Tea")
    shelf.sell(shelf.ticket((shelf.tea, 8)))
    sale, _ = shelf.sell(shelf.ticket((shelf.tea, 2), uses=(till.CardUse(plan, 2),)))
    shelf.work.write(rewards.edit_plan, plan, PlanDraft(PlanKind.STAMPS, "Punch card", units=asks, category="Tea"))
    assert shelf.left() == {}
    shelf.bring_back(sale.sale_id, 0, 1)
    assert shelf.left() == {PlanKind.STAMPS: 4}
    shelf.counter.now += timedelta(minutes=1)
    _, changes = shelf.bring_back(sale.sale_id, 0, 1)
    assert shelf.left() == {PlanKind.STAMPS: 8}
    shelf.counter.back(shelf.counter.back(changes))
    assert shelf.left() == {PlanKind.STAMPS: 8}
    shelf.sound()


def test_a_visit_that_came_back_and_ended_does_not_come_back_again(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.VISITS, units=1, price=3000, months=1)
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    sale, _ = shelf.sell(shelf.ticket((shelf.tea, 1), uses=(till.CardUse(plan),)))
    shelf.counter.now += timedelta(days=40)
    _, changes = shelf.bring_back(sale.sale_id, 0, 1)
    shelf.counter.now += timedelta(days=31)
    shelf.work.write(rewards.open_day, shelf.counter.day)
    shelf.counter.back(changes)
    shelf.bring_back(sale.sale_id, 0, 1)
    assert shelf.left() == {}
    shelf.sound()


def test_a_card_pays_only_for_what_is_on_the_ticket_and_for_its_owner(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    with pytest.raises(CardNeedsCustomer):
        shelf.sell(till.Ticket(None, cards=(till.CardSale(plan),)))
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    for who, refusal in ((0, CardFitsNothing), (None, CardNeedsCustomer)):
        with pytest.raises(refusal):
            shelf.sell(shelf.ticket((shelf.cup, 1), who=who, uses=(till.CardUse(plan),)))
    with pytest.raises(till.BadTopUp):
        shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(amount=0),)))


def test_a_card_that_was_used_is_not_taken_back_before_its_use(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    _, bought = shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    _, used = shelf.sell(shelf.ticket((shelf.tea, 1), uses=(till.CardUse(plan),)))
    with pytest.raises(SpentSince):
        shelf.counter.back(bought)
    shelf.counter.back(used)
    shelf.counter.back(bought)
    assert shelf.left() == {}


def test_a_coupon_takes_off_before_discount_and_points_and_counts_once(shelf: Shelf) -> None:
    code = shelf.coupon(KindDraft("Twenty off cups", amount=2000, categories=("Cups",)), shelf.ann)
    ticket = shelf.ticket((shelf.tea, 1), (shelf.cup, 1), coupons=(code,), discount=1000)
    bill = shelf.counter.quote(ticket)
    assert [(line.coupon, line.discount) for line in bill.lines] == [(0, 273), (2000, 727)]
    assert (bill.coupon_off, bill.revenue, bill.earns) == (2000, 10000, 100)
    done, changes = shelf.sell(ticket)
    shelf.sound()
    with pytest.raises(CouponUsed):
        shelf.sell(shelf.ticket((shelf.cup, 1), coupons=(code,)))
    shelf.bring_back(done.sale_id, 0, 1)
    assert shelf.held().coupons == ()
    shelf.bring_back(done.sale_id, 1, 1)
    assert [one.code for one in shelf.held().coupons] == [code]
    shelf.sound()
    with pytest.raises(till.HasReturns):
        shelf.counter.back(changes)


def test_a_sale_with_a_coupon_is_taken_back_and_done_again(shelf: Shelf) -> None:
    code = shelf.coupon(KindDraft("A tenth off", benefit=Benefit.PERCENT, amount=100))
    done, changes = shelf.sell(shelf.ticket((shelf.tea, 1), who=None, coupons=(code.lower(),)))
    assert done.total == 2700
    redo = shelf.counter.back(changes)
    assert shelf.work.read(rewards.coupon, code).left == 1
    shelf.counter.back(redo)
    assert shelf.work.read(rewards.coupon, code).left == 0
    shelf.sound()


def test_a_coupon_that_came_back_and_was_used_again_keeps_its_return(shelf: Shelf) -> None:
    code = shelf.coupon(KindDraft("Ten off", amount=1000), shelf.ann)
    first, _ = shelf.sell(shelf.ticket((shelf.tea, 1), coupons=(code,)))
    _, changes = shelf.counter.bring_back(first.sale_id)
    _, again = shelf.sell(shelf.ticket((shelf.cup, 1), coupons=(code,)))
    with pytest.raises(SpentSince):
        shelf.counter.back(changes)
    shelf.counter.back(again)
    shelf.counter.back(changes)
    assert shelf.work.read(rewards.coupon, code).left == 0
    shelf.sound()


@pytest.mark.parametrize("gone", ["ended", "withdrawn"])
def test_a_coupon_that_came_back_and_is_gone_does_not_hold_its_return(shelf: Shelf, gone: str) -> None:
    code = shelf.coupon(KindDraft("Ten off", amount=1000, days=5), shelf.ann)
    sale, _ = shelf.sell(shelf.ticket((shelf.tea, 1), coupons=(code,)))
    _, changes = shelf.counter.bring_back(sale.sale_id)
    if gone == "ended":
        shelf.counter.now += timedelta(days=6)
        shelf.work.write(rewards.open_day, shelf.counter.day)
    else:
        number = shelf.work.read(rewards.coupon, code).id
        shelf.work.write(rewards.withdraw_coupon, number, "lost", operation_id="gone", at=shelf.counter.now)
    shelf.counter.back(shelf.counter.back(changes))
    assert shelf.work.read(rewards.coupon, code).left == 0
    shelf.sound()


@pytest.mark.parametrize("handed_out_again_first", [True, False])
def test_a_coupon_that_was_withdrawn_and_handed_out_again_counts_once(
    shelf: Shelf, handed_out_again_first: bool
) -> None:
    code = shelf.coupon(KindDraft("Ten off", amount=1000), shelf.ann)
    sale, sale_back = shelf.sell(shelf.ticket((shelf.tea, 1), coupons=(code,)))
    _, return_back = shelf.counter.bring_back(sale.sale_id)
    number = shelf.work.read(rewards.coupon, code).id
    now = shelf.counter.now
    _, withdrawal_back = shelf.work.write(rewards.withdraw_coupon, number, "lost", operation_id="gone", at=now)
    shelf.counter.back(return_back)
    for each in (withdrawal_back, sale_back) if handed_out_again_first else (sale_back, withdrawal_back):
        shelf.counter.back(each)
    assert shelf.work.read(rewards.coupon, code).left == 1
    shelf.sound()


def test_a_card_given_away_at_the_till_is_taken_back_like_any_other(shelf: Shelf) -> None:
    plan = shelf.plan(PlanKind.VISITS, units=3)
    _, changes = shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    redo = shelf.counter.back(changes)
    assert shelf.left() == {}
    shelf.counter.back(redo)
    assert shelf.left() == {PlanKind.VISITS: 3}
    shelf.sound()


def test_coupons_that_do_not_fit_say_why(shelf: Shelf) -> None:
    draft = KindDraft("Ten off 200", amount=1000, min_bill=20000)
    one = shelf.coupon(draft, shelf.ann)
    with pytest.raises(BillBelow) as below:
        shelf.sell(shelf.ticket((shelf.cup, 1), coupons=(one,)))
    assert below.value.numbers == {"least": "¥200"}
    kind = shelf.work.read(rewards.coupon, one).kind_id
    two, _ = shelf.work.write(rewards.issue, kind, shelf.ann, operation_id="two", at=shelf.counter.now)
    with pytest.raises(CouponTwice):
        shelf.sell(shelf.ticket((shelf.cup, 3), coupons=(one, two)))


def test_a_sale_brings_a_coupon_for_the_next_visit_and_one_for_who_brought_the_buyer(shelf: Shelf) -> None:
    for draft in (
        KindDraft("Come again", Occasion.NEXT_VISIT, amount=500, days=30, from_amount=10000),
        KindDraft("Thank you", Occasion.REFERRAL, amount=1000),
    ):
        shelf.work.write(rewards.add_kind, draft)
    friend = shelf.counter.person("Friend")
    shelf.work.write(customers.set_referrer, shelf.ann, friend)
    small, _ = shelf.sell(shelf.ticket((shelf.tea, 1)))
    large, changes = shelf.sell(shelf.ticket((shelf.cup, 1)))
    assert (small.coupons, len(large.coupons)) == ((), 1)
    names = [one.name for one in shelf.work.read(rewards.coupons_held, friend, shelf.counter.day)]
    assert names == ["Thank you"]
    assert [one.last for one in shelf.held().coupons] == [shelf.counter.day + timedelta(days=30)]
    shelf.counter.back(changes)
    assert shelf.held().coupons == ()
    shelf.sound()


def test_whoever_brought_somebody_is_thanked_for_the_first_purchase_that_was_kept(shelf: Shelf) -> None:
    shelf.work.write(rewards.add_kind, KindDraft("Thank you", Occasion.REFERRAL, amount=1000))
    friend, thanks = shelf.counter.person("Friend"), list[int]()
    shelf.work.write(customers.set_referrer, shelf.ann, friend)
    for act in ("buy", "return", "buy", "buy"):
        if act == "buy":
            sale, _ = shelf.sell(shelf.ticket((shelf.cup, 1)))
        else:
            shelf.counter.bring_back(sale.sale_id)
        thanks.append(len(shelf.work.read(rewards.coupons_held, friend, shelf.counter.day)))
    assert thanks == [1, 0, 1, 1]
    shelf.sound()


def test_the_slip_says_which_coupons_were_used_and_brought_and_what_is_left(shelf: Shelf, desk: Desk) -> None:
    """100 for 100 with a bonus of 10; ten visits for 250, one used; 11 off the cup, 20 of the 119 stored."""
    shelf.work.write(change, {"slip_language": "en"})
    desk.settings = shelf.work.read(settings)
    draft = KindDraft("Come again", Occasion.NEXT_VISIT, amount=500, days=30)
    shelf.work.write(rewards.add_kind, draft)
    code = shelf.coupon(KindDraft("Eleven off", amount=1100), shelf.ann)
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    topped_up(shelf, 10000, 1000)
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    payments = (Paid(STORED, 1100), Paid("cash", 7800))
    ticket = shelf.ticket(
        (shelf.tea, 1), (shelf.cup, 1), coupons=(code,), uses=(till.CardUse(plan, 1),), payments=payments
    )
    done, _ = shelf.sell(ticket)
    slip = shelf.work.read(till.slip, done.sale_id, at=shelf.counter.now)
    rows = [(row.left, row.right) for row in slip_rows(slip, desk)]
    assert ("of that, coupon Eleven off", "−¥11.00") in rows
    assert ("Stored value left", "¥99.00") in rows
    assert ("of that, bonus, the first until 2027-11-23", "¥9.00") in rows
    assert ("visits card", "9 left") in rows
    assert ("For next time: Come again", shown_code(done.coupons[0])) in rows
    assert rows[rows.index(("For next time: Come again", shown_code(done.coupons[0]))) + 1][0] == "until 2026-12-23"


def test_goods_of_a_bill_that_also_sold_cards_come_back_without_them(shelf: Shelf) -> None:
    """Teas of 60 and a cup of 100, a tenth off: 54 and 90. A card of 250 and 50 paid in are no goods: 444 in all."""
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    cards = (till.CardSale(plan), till.CardSale(amount=5000))
    ticket = shelf.ticket((shelf.tea, 2), (shelf.cup, 1), discount=1600, cards=cards, payment="cash")
    done, changes = shelf.sell(ticket)
    assert (done.total, done.earned, shelf.stored(), shelf.left()) == (44400, 144, (5000, 0), {PlanKind.VISITS: 10})
    goods = [line.name for line in shelf.work.read(till.sold, done.sale_id).lines]
    assert goods == ["Tea", "Cup"]
    cup, undo = shelf.bring_back(done.sale_id, 1, 1)
    assert (cup.money, shelf.work.read(loyalty.balance, shelf.ann)) == (9000, 54)
    shelf.counter.back(undo)
    assert shelf.work.read(loyalty.balance, shelf.ann) == 144
    back = []
    for line in (0, 0, 1):
        shelf.counter.now += timedelta(minutes=1)
        back.append(shelf.bring_back(done.sale_id, line, 1)[0].money)
    assert back == [2700, 2700, 9000]
    assert shelf.work.read(loyalty.balance, shelf.ann) == 0
    assert (shelf.stored(), shelf.left()) == ((5000, 0), {PlanKind.VISITS: 10})
    drawer = next(line for line in shelf.work.read(till.to_close, shelf.counter.day).lines if line.method == "cash")
    assert drawer.expected == 30000
    with pytest.raises(till.HasReturns):
        shelf.counter.back(changes)
    shelf.sound()


def test_what_is_left_is_paid_out_of_the_drawer_and_can_be_taken_back(shelf: Shelf) -> None:
    topped_up(shelf)
    out, changes = shelf.work.write(till.pay_out, shelf.ann, "moves", operation_id="out", at=shelf.counter.now)
    assert (out, shelf.stored()) == (50000, (0, 0))
    cash = next(line for line in shelf.work.read(till.to_close, shelf.counter.day).lines if line.method == "cash")
    assert cash.expected == 0
    shelf.sound()
    redo = shelf.counter.back(changes)
    assert shelf.stored() == (50000, 5000)
    shelf.counter.back(redo)
    assert shelf.stored() == (0, 0)
    statement = shelf.work.read(rewards.statement, shelf.ann, rewards.PRINCIPAL)
    assert [row.reason for row in statement if row.units < 0] == ["moves", "moves"]
    shelf.sound()


def offered(shelf: Shelf, ticket: till.Ticket) -> till.Offers:
    return shelf.work.read(till.offers, shelf.counter.quote(ticket), ticket, at=shelf.counter.now)


def test_what_was_told_is_paid_out_or_nothing(shelf: Shelf) -> None:
    topped_up(shelf, 10000, 5000)
    _, changes = shelf.work.write(till.pay_out, shelf.ann, "moves", operation_id="out", at=shelf.counter.now)
    redo = shelf.counter.back(changes)
    shelf.sell(shelf.ticket((shelf.tea, 1), payment=STORED))
    with pytest.raises(till.OtherToPayOut) as refused:
        shelf.counter.back(redo)
    assert refused.value.numbers == {"money": "¥80"}
    assert shelf.stored() == (8000, 4000)
    shelf.sound()


def test_what_applies_to_a_ticket_is_offered(shelf: Shelf) -> None:
    topped_up(shelf)
    plan = shelf.plan(PlanKind.VISITS, price=25000, units=10, category="Tea")
    shelf.sell(till.Ticket(shelf.ann, cards=(till.CardSale(plan),)))
    fits = shelf.coupon(KindDraft("Ten off", amount=1000), shelf.ann)
    shelf.coupon(KindDraft("Ten off 500", amount=1000, min_bill=50000), shelf.ann)
    ticket = shelf.ticket((shelf.tea, 2), (shelf.cup, 1), uses=(till.CardUse(plan),))
    found = offered(shelf, ticket)
    assert [(one.off, one.why.code if one.why else "") for one in found.coupons] == [(1000, ""), (0, "bill_below")]
    assert [(one.used, one.most) for one in found.cards] == [(1, 2)]
    assert (found.stored.total, found.payable) == (55000, 13000)
    after = shelf.ticket((shelf.tea, 2), (shelf.cup, 1), coupons=(fits,))
    assert [one.used for one in offered(shelf, after).coupons] == [True, False]
    assert not offered(shelf, shelf.ticket((shelf.tea, 1), who=None)).any


def test_a_parked_ticket_keeps_its_cards_and_coupons(shelf: Shelf) -> None:
    ticket = shelf.ticket((shelf.tea, 1), coupons=("X",), uses=(till.CardUse(1),), cards=(till.CardSale(amount=5),))
    shelf.work.write(till.park, ticket, operation_id="later", at=shelf.counter.now)
    assert shelf.work.read(till.parked)[0].ticket == ticket
