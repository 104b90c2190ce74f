"""What complaints teach: the figures against plain Python on a made shop, and whether it pays by a worked example."""

import collections
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from app.domain.complaint_learning import pareto, vital_few
from app.domain.complaints import ComplaintState, Severity
from app.domain.remedies import RemedyKind
from app.models.complaints import ComplaintRemedy
from app.services import complaints, till
from app.services.complaints import By, Cause, CauseDraft, Days, RemedyDraft
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, SHANGHAI, complain, move, person
from tests.till.counter import Counter

TODAY = NOW.date()
YEAR = Days(TODAY - timedelta(days=364), TODAY)
OPEN, WAITING, RESOLVED, CLOSED = ComplaintState


def test_the_heaviest_bar_comes_first_and_the_shares_add_up() -> None:
    bars = pareto([("b", 1, 1), ("a", 2, 1), ("b", 3, 1), ("c", 4, 1), ("b", 5, 1), ("a", 6, 1), ("gone", 7, 0)])
    assert [(bar.key, bar.ids, bar.weight) for bar in bars] == [("b", (1, 3, 5), 3), ("a", (2, 6), 2), ("c", (4,), 1)]
    assert [round(bar.so_far, 3) for bar in bars] == [0.5, 0.833, 1.0]
    assert (vital_few(bars), vital_few(())) == (2, 0)


def test_what_is_taken_back_weighs_nothing() -> None:
    assert pareto([("coupon", 1, 500), ("coupon", 1, -500)]) == ()


@dataclass(frozen=True)
class Told:
    """A case as a person would tell it."""

    id: int
    events: list[tuple[datetime, ComplaintState]]
    category: str
    root: str
    severity: Severity

    @property
    def day(self) -> date:
        return self.events[0][0].astimezone(SHANGHAI).date()

    @property
    def states(self) -> list[ComplaintState]:
        return [state for _, state in self.events]

    @property
    def cause(self) -> Cause:
        return Cause(self.root or self.category, bool(self.root))

    @property
    def spot(self) -> bool:
        if RESOLVED not in self.states:
            return False
        solved = self.states.index(RESOLVED)
        quick = self.events[solved][0] - self.events[0][0] <= timedelta(minutes=30)
        return quick and OPEN not in self.states[solved:]


def made(work: UnitOfWork, seed: int) -> list[Told]:
    """Thirty cases of two years, moved at random."""
    rng, told = Random(seed), list[Told]()
    people = [None, *(person(work, f"Person {place}") for place in range(4))]
    for _ in range(30):
        at = NOW - timedelta(days=rng.randrange(0, 700), minutes=rng.randrange(60))
        category, severity = rng.choice(("product", "service", "wait")), rng.choice(list(Severity))
        key = complain(work, at, customer_id=rng.choice(people), category=category, severity=severity)
        events = [(at, OPEN)]
        for state in rng.choice([(), (RESOLVED,), (WAITING, RESOLVED, CLOSED), (RESOLVED, OPEN), (RESOLVED, CLOSED)]):
            at = min(NOW, at + timedelta(minutes=rng.choice((5, 25, 600, 9000))))
            move(work, key, state, at, remedy="Tea")
            events.append((at, state))
        root = rng.choice(("", "supplier", "storage"))
        if root:
            version = work.read(complaints.case, key, NOW).version
            work.write(complaints.say_cause, key, CauseDraft(root), version=version)
        told.append(Told(key, events, category, root, severity))
    return told


@pytest.mark.parametrize("seed", [1, 2])
def test_the_figures_are_those_of_plain_reckoning(work: UnitOfWork, seed: int) -> None:
    told = made(work, seed)
    learned = work.read(complaints.learned, YEAR, at=NOW)
    now, earlier = ([one for one in told if days.holds(one.day)] for days in (YEAR, YEAR.before))
    assert (set(learned.ids), learned.count_before) == ({one.id for one in now}, len(earlier))
    causes = collections.Counter(one.cause for one in now)
    bars = learned.bars[By.CAUSE]
    assert {bar.key: bar.weight for bar in bars} == causes
    assert [bar.weight for bar in bars] == sorted(causes.values(), reverse=True)
    assert {bar.key: set(bar.ids) for bar in bars} == {
        cause: {one.id for one in now if one.cause == cause} for cause in causes
    }
    assert learned.before[By.CAUSE] == collections.Counter(one.cause for one in earlier)
    assert {bar.key: bar.weight for bar in learned.bars[By.SEVERITY]} == collections.Counter(
        one.severity for one in now
    )
    for rate, of in ((learned.on_the_spot.now, now), (learned.on_the_spot.before, earlier)):
        assert (rate.hits, rate.of) == (sum(one.spot for one in of), len(of))
    assert set(learned.on_the_spot.ids) == {one.id for one in now if not one.spot}
    solved = [one for one in now if RESOLVED in one.states]
    again = {one.id for one in solved if one.states[-1] is OPEN}
    assert (learned.reopened.now.hits, learned.reopened.now.of) == (len(again), len(solved))
    assert set(learned.reopened.ids) == again
    assert len(learned.months) == 12
    for month in learned.months:
        assert set(month.ids) == {one.id for one in told if one.day.replace(day=1) == month.month}


def test_what_was_not_known_on_a_day_is_not_told_of_it(work: UnitOfWork) -> None:
    day = TODAY - timedelta(days=9)
    case = complain(work, NOW - timedelta(days=10))
    move(work, case, RESOLVED, NOW - timedelta(days=5), remedy="Tea")
    complain(work, NOW - timedelta(days=2))
    then = work.read(complaints.learned, Days(day - timedelta(days=29), day), at=NOW - timedelta(days=9))
    assert (then.ids, then.reopened.now.of) == ((case,), 0)
    assert work.read(complaints.learned, Days(day - timedelta(days=29), day), at=NOW).reopened.now.of == 1


def remedy(
    work: UnitOfWork, case: int, day: date, kind: RemedyKind, cost: int, operation: str, back: int | None = None
) -> int:
    with Session(work.engine) as session:
        row = ComplaintRemedy(complaint_id=case, at=NOW, shop_day=day, staff_id=1, kind=kind, cost=cost,
                              operation_id=operation, reverses_id=back)  # fmt: skip
        session.add(row)
        session.commit()
        return row.id


def test_costs_are_of_the_days_remedies_were_given_and_less_what_was_taken_back(work: UnitOfWork) -> None:
    ann = person(work, "Ann")
    first, second = complain(work, NOW, customer_id=ann), complain(work, NOW, customer_id=None, category="wait")
    remedy(work, first, TODAY, RemedyKind.APOLOGY, 700, "a")
    gone = remedy(work, first, TODAY, RemedyKind.REFUND, 900, "b")
    remedy(work, first, TODAY, RemedyKind.REFUND, -900, "c", back=gone)
    remedy(work, second, TODAY - timedelta(days=40), RemedyKind.APOLOGY, 300, "d")
    remedy(work, second, TODAY - timedelta(days=400), RemedyKind.OTHER, 50, "e")
    learned = work.read(complaints.learned, YEAR, at=NOW)
    assert (learned.cost, learned.cost_before) == (1000, 50)
    assert [(bar.key, bar.weight) for bar in learned.bars[By.COST_BY_KIND]] == [(RemedyKind.APOLOGY, 1000)]
    assert [(bar.key, bar.weight) for bar in learned.bars[By.COST_BY_CAUSE]] == [
        (Cause("product", False), 700),
        (Cause("wait", False), 300),
    ]
    assert [(bar.key, bar.ids, bar.weight) for bar in learned.bars[By.COST_BY_CUSTOMER]] == [(ann, (first,), 700)]
    assert learned.names[By.COST_BY_CUSTOMER] == {ann: "Ann"}
    assert [month.cost for month in learned.months][-2:] == [300, 700]


def test_a_refund_whose_return_was_taken_back_cost_nothing(counter: Counter, work: UnitOfWork) -> None:
    sold = counter.buy(None, 76)
    back, _ = counter.bring_back(sold.sale_id)
    case = complain(work, NOW, customer_id=None)
    draft = RemedyDraft(RemedyKind.REFUND, return_id=back.return_id)
    work.write(complaints.give_remedy, case, draft, operation_id="refund", at=NOW)
    assert work.read(complaints.learned, YEAR, at=NOW).cost == 7600
    work.write(till.void_return, back.return_id, operation_id="void", at=NOW)
    learned = work.read(complaints.learned, YEAR, at=NOW)
    assert (learned.cost, learned.bars[By.COST_BY_KIND], learned.months[-1].cost) == (0, (), 0)


def test_goods_and_sellers_stand_beside_what_was_sold(counter: Counter, work: UnitOfWork) -> None:
    """Four purchases hold the cup, one of them twice; a fifth does not. Two cases: on the cup, and on a sale."""
    cup = counter.article(price=76_0000)
    sold = [counter.sell(till.Ticket(None, (till.TicketLine(cup, 1000),)))[0].sale_id for _ in "123"]
    counter.sell(till.Ticket(None, tuple(till.TicketLine(cup, 1000) for _ in "12")))
    counter.buy(None, 20)
    on_cup = complain(work, NOW, product_id=cup)
    on_sale = complain(work, NOW, sale_id=sold[0])
    learned = work.read(complaints.learned, YEAR, at=NOW)
    assert [(bar.key, bar.ids) for bar in learned.bars[By.GOODS]] == [(cup, (on_cup,))]
    assert [(bar.key, bar.ids) for bar in learned.bars[By.SOLD_BY]] == [(1, (on_sale,))]
    assert learned.bought == {By.GOODS: {cup: 4}, By.SOLD_BY: {1: 5}}


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work, NOW)
