"""What is left after goods and remedies: a story reckoned by hand, and that every cost is told exactly once."""

from datetime import date, timedelta

import pytest

from app.domain.remedies import RemedyKind
from app.services import complaints, till
from app.services.complaints import Days, LeftOver, RemedyDraft
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, complain
from tests.till.counter import Counter

TODAY = NOW.date()
DAYS = Days(TODAY - timedelta(days=29), TODAY)


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work, NOW)


def put_right(work: UnitOfWork, case: int, kind: RemedyKind, **draft: int) -> None:
    drawn = RemedyDraft(kind, **draft)  # type: ignore[arg-type]
    work.write(complaints.give_remedy, case, drawn, operation_id=f"{case}-{kind}", at=NOW)


def test_every_cost_is_told_once_and_adds_up(counter: Counter, work: UnitOfWork) -> None:
    """Cups sell at 76 and cost 40. Ann buys two: 152 − 80 = 72.

    Her case is put right by an apology of 7, a cup handed out (40) and 10 on her card: 72 − 57 = 15 is left of it.
    She brings one cup back: 40 − 76 = −36 on the return, which is the refund and is not taken off again.
    The next cup is 5 cheaper, and 200 points given pay 2: 76 − 5 − 2 − 40 = 29, in which both remedies are told.
    Somebody without a name buys a cup (36); a case without a name costs 3.
    """
    ann, cup = counter.person("Ann"), counter.article(price=76_0000, cost=40_0000)
    first, _ = counter.sell(till.Ticket(ann, (till.TicketLine(cup, 2000),)))
    case = complain(work, NOW, customer_id=ann, sale_id=first.sale_id, product_id=cup)
    put_right(work, case, RemedyKind.APOLOGY, cost=700)
    put_right(work, case, RemedyKind.REPLACEMENT, product_id=cup)
    put_right(work, case, RemedyKind.STORED, amount=1000)
    put_right(work, case, RemedyKind.POINTS, points=200)
    put_right(work, case, RemedyKind.DISCOUNT, cost=500)
    back, _ = counter.bring_back(first.sale_id, 1000)
    put_right(work, case, RemedyKind.REFUND, return_id=back.return_id)
    second, _ = counter.sell(till.Ticket(ann, (till.TicketLine(cup, 1000),), discount=500, points=200))
    other, _ = counter.sell(till.Ticket(None, (till.TicketLine(cup, 1000),)))
    put_right(work, complain(work, NOW, customer_id=None, category="wait"), RemedyKind.OTHER, cost=300)
    of_bills = [of_sale(work, bill) for bill in (first.sale_id, back.return_id, second.sale_id, other.sale_id)]
    assert [left.margin for left in of_bills] == [1500, -3600, 2900, 3600]
    assert [left.remedies for left in of_bills] == [5700, 0, 0, 0]
    assert work.read(complaints.customer_margin, ann).margin == 1500 - 3600 + 2900 == 800
    assert work.read(complaints.product_margin, cup, DAYS).margin == 800 + 3600
    assert work.read(complaints.margin_of_shop, DAYS).margin == 800 + 3600 - 300


def of_sale(work: UnitOfWork, sale_id: int) -> LeftOver:
    left: LeftOver = work.read(complaints.sale_margin, sale_id)
    return left


def test_a_remedy_taken_back_is_off_no_margin(counter: Counter, work: UnitOfWork) -> None:
    ann, cup = counter.person("Ann"), counter.article(price=76_0000, cost=40_0000)
    sale, _ = counter.sell(till.Ticket(ann, (till.TicketLine(cup, 1000),)))
    case = complain(work, NOW, customer_id=ann, sale_id=sale.sale_id)
    put_right(work, case, RemedyKind.APOLOGY, cost=700)
    assert of_sale(work, sale.sale_id).margin == 2900
    done = work.read(complaints.remedies, case)[0].id
    work.write(complaints.take_back_remedy, done, operation_id="back", at=NOW)
    assert of_sale(work, sale.sale_id) == LeftOver(till.Margin(7600, 4000, whole=True), 0)
    assert work.read(complaints.customer_margin, ann).margin == 3600


def test_days_hold_what_was_sold_and_given_on_them(counter: Counter, work: UnitOfWork) -> None:
    cup = counter.article(price=76_0000, cost=40_0000)
    counter.sell(till.Ticket(None, (till.TicketLine(cup, 1000),)))
    put_right(work, complain(work, NOW, customer_id=None, product_id=cup), RemedyKind.APOLOGY, cost=700)
    before = Days(date(2026, 1, 1), TODAY - timedelta(days=1))
    assert work.read(complaints.product_margin, cup, before) == LeftOver(None, 0)
    assert work.read(complaints.margin_of_shop, Days(TODAY, TODAY)).margin == 2900


def test_without_a_cost_nothing_is_said_and_with_some_it_is_said_so(counter: Counter, work: UnitOfWork) -> None:
    """Lines of one kind are reckoned together: three times 0.333 at 1.99 is rounded three times."""
    ann, cup = counter.person("Ann"), counter.article(price=10_0000, cost=1_9900)
    counter.buy(ann, 50)
    assert work.read(complaints.customer_margin, ann).margin is None
    lines = tuple(till.TicketLine(cup, 333) for _ in "123")
    sale, _ = counter.sell(till.Ticket(ann, (*lines, till.TicketLine(None, 1000, 20_0000))))
    made = of_sale(work, sale.sale_id).bills
    assert made == till.Margin(net=3 * 333, cost=3 * 66, whole=False)
