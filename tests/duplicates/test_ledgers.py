"""Points under merges: each gets their own back, what was spent of the other's is corrected, and every sum holds."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.services import customers, duplicates, loyalty, till
from app.services.backup import check, ledgers
from app.services.customers import drift
from app.services.duplicates import Because
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.conftest import FixedClock
from tests.duplicates.people import NOW, add, everything, sell, work_read
from tests.transfer.bringing import asked


def held(work: UnitOfWork, customer: int) -> tuple[int, int, int]:
    """In lots, owed, balance."""
    found = work.read(loyalty.holding, customer)
    return sum(lot.remaining for lot in found.lots), found.debt, work.read(loyalty.balance, customer)


@pytest.fixture
def two(work: UnitOfWork) -> tuple[int, int]:
    return add(work, "沈若兰", "13800138000"), add(work, "沈若蘭", "13800138000")


def merge(work: UnitOfWork, two: tuple[int, int]) -> int:
    return work.write(duplicates.merge, *two, at=NOW)[0].merge_id


def test_what_the_survivor_spent_of_the_others_lot_is_owed_and_the_lot_is_full(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    sell(work, two[1], 1000, "theirs")
    done = merge(work, two)
    sell(work, two[0], 100, "ours", points=300)
    promised = work.read(duplicates.unmerge_brings, done)
    undone = work.write(duplicates.unmerge, done, at=NOW)[0]
    assert undone.corrections == promised
    [only] = promised
    assert (only.because, only.customer_id, only.lot_owner, only.points) == (Because.SPENT_OTHERS_LOT, *two, 300)
    assert held(work, two[0]) == (97, 300, -203)
    assert held(work, two[1]) == (1000, 0, 1000)
    assert not work.read(check, NOW.date()).problems


def test_a_debt_that_the_other_paid_is_owed_again_and_the_payer_has_the_points(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    first = sell(work, two[1], 500, "theirs")
    sell(work, two[1], 1000, "spends", points=500)
    work.write(till.void_sale, first, operation_id="void")
    assert held(work, two[1]) == (495, 0, 495)
    work.write(loyalty.adjust, two[1], -495, "借出", operation_id="out", at=NOW)
    second = sell(work, two[1], 200, "again")
    sell(work, two[1], 1000, "spends again", points=200)
    work.write(loyalty.adjust, two[1], -998, "借出", operation_id="out again", at=NOW)
    work.write(till.void_sale, second, operation_id="void again")
    assert held(work, two[1]) == (0, 200, -200)
    done = merge(work, two)
    sell(work, two[0], 300, "pays")
    assert held(work, two[0]) == (100, 0, 100)
    undone = work.write(duplicates.unmerge, done, at=NOW)[0]
    assert [(each.because, each.customer_id, each.points) for each in undone.corrections] == [
        (Because.PAID_OTHERS_DEBT, two[0], 200)
    ]
    assert held(work, two[0]) == (300, 0, 300)
    assert held(work, two[1]) == (0, 200, -200)


def test_a_bonus_reaches_cards_that_spent_each_others_points_before_they_parted(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    sell(work, two[1], 1000, "theirs")
    done = merge(work, two)
    sell(work, two[0], 100, "ours", points=300)
    work.write(duplicates.unmerge, done, at=NOW)
    work.write(loyalty.give_bonus, list(two), 400, "开业", operation_id="bonus", at=NOW)
    assert held(work, two[0]) == (197, 0, 197)
    assert held(work, two[1]) == (1400, 0, 1400)
    work.write(loyalty.undo_bonus, "bonus", operation_id="no bonus", at=NOW)
    assert held(work, two[0])[2] == -203
    assert held(work, two[1]) == (1000, 0, 1000)
    assert not work.read(check, NOW.date()).problems


GIVES_LESS_THAN_NOTHING = """
SELECT s.number, sum(p.points) + coalesce((SELECT sum(e.points) FROM point_entries e
    JOIN point_entries lot ON lot.id = e.lot_id
    WHERE lot.sale_id = s.id AND lot.kind = 'earn' AND e.kind = 'expire'), 0) AS net
FROM sales s JOIN point_entries p ON p.sale_id = s.id WHERE p.kind IN ('earn', 'take_back') GROUP BY s.id HAVING net < 0
"""


@pytest.mark.parametrize("others", [0, 500])
def test_goods_brought_back_while_their_lot_lay_empty_end_no_points_twice(
    work: UnitOfWork, two: tuple[int, int], clock: FixedClock, others: int
) -> None:
    if others:
        sell(work, two[1], others, "older", at=NOW - timedelta(days=20))
    theirs = sell(work, two[1], 300, "theirs", at=NOW - timedelta(days=30))
    done = merge(work, two)
    sell(work, two[0], 1000, "ours", points=300)
    work.write(till.take_return, till.ReturnDraft(theirs), operation_id="back", at=NOW)
    work.write(duplicates.unmerge, done, at=NOW)
    assert held(work, two[1]) == (others, 0, others)
    assert held(work, two[0])[2] == 997 - 300
    clock.moment = later = NOW + timedelta(days=800)
    work.write(loyalty.open_day, later.date())
    assert asked(work, GIVES_LESS_THAN_NOTHING) == []
    assert not work.read(check, later.date()).problems


def test_what_paid_the_others_debt_comes_back_no_further_than_the_sale_still_gives(
    work: UnitOfWork, two: tuple[int, int], clock: FixedClock
) -> None:
    owing(work, two[1])
    done = merge(work, two)
    first = sell(work, two[0], 150, "first")
    second = sell(work, two[0], 100, "second")
    work.write(till.take_return, till.ReturnDraft(second), operation_id="back", at=NOW)
    work.write(duplicates.unmerge, done, at=NOW)
    assert first != second
    assert held(work, two[0]) == (150, 0, 150)
    clock.moment = later = NOW + timedelta(days=800)
    work.write(loyalty.open_day, later.date())
    assert asked(work, GIVES_LESS_THAN_NOTHING) == []


OVERFULL = """
SELECT kind, opened, filled FROM (
    SELECT lot.kind AS kind, lot.points AS opened, sum(p.points) OVER (PARTITION BY lot.id ORDER BY p.id) AS filled
    FROM point_entries p JOIN point_entries lot ON lot.id = coalesce(p.lot_id, p.id) AND lot.opens_lot)
WHERE filled > opened
"""


def overfull(work: UnitOfWork) -> Sequence[Any]:
    """Moments at which a lot held more than what came in."""
    return asked(work, OVERFULL)


def owing(work: UnitOfWork, customer: int) -> None:
    """The customer has spent 200 points of a sale that was then taken back, and holds nothing."""
    sold = sell(work, customer, 200, "earns")
    sell(work, customer, 1000, "spends", points=200)
    work.write(loyalty.adjust, customer, -998, "借出", operation_id="out", at=NOW)
    work.write(till.void_sale, sold, operation_id="void earning")
    assert held(work, customer) == (0, 200, -200)


def test_a_sale_that_paid_what_the_other_owed_is_taken_back_after_the_cards_have_parted(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    owing(work, two[1])
    done = merge(work, two)
    pays = sell(work, two[0], 300, "pays")
    work.write(duplicates.unmerge, done, at=NOW)
    sell(work, two[0], 100, "after", at=NOW)
    work.write(till.void_sale, pays, operation_id="void")
    assert held(work, two[0]) == (100, 0, 100)
    assert held(work, two[1]) == (0, 200, -200)
    assert overfull(work) == []


def test_a_bonus_that_paid_what_the_other_owed_is_taken_back_after_the_cards_have_parted(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    owing(work, two[1])
    done = merge(work, two)
    work.write(loyalty.give_bonus, [two[0]], 300, "开业", operation_id="bonus", at=NOW)
    work.write(duplicates.unmerge, done, at=NOW)
    assert held(work, two[0]) == (300, 0, 300)
    sell(work, two[0], 100, "after", at=NOW)
    work.write(loyalty.undo_bonus, "bonus", operation_id="no bonus", at=NOW)
    assert held(work, two[0]) == (100, 0, 100)
    assert held(work, two[1]) == (0, 200, -200)
    assert overfull(work) == []


def test_a_sale_of_the_other_card_taken_back_while_merged_stays_its_own(work: UnitOfWork, two: tuple[int, int]) -> None:
    """Both end as if they had never been merged: one earned nothing, the other earned 100 and spent 100 of it."""
    theirs = sell(work, two[1], 100, "theirs", at=NOW - timedelta(days=40))
    sell(work, two[0], 100, "ours")
    done = merge(work, two)
    sell(work, two[0], 1000, "spends", points=100)
    work.write(till.void_sale, theirs, operation_id="void")
    work.write(duplicates.unmerge, done, at=NOW)
    lots, debt, balance = held(work, two[1])
    assert (lots - debt, balance) == (0, 0)
    assert held(work, two[0])[2] == 100 + 999 - 100
    assert not work.read(check, NOW.date()).problems


def test_a_sale_that_spent_the_others_lot_is_taken_back_after_the_cards_have_parted(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    sell(work, two[1], 1000, "theirs")
    done = merge(work, two)
    ours = sell(work, two[0], 1000, "ours", points=300)
    work.write(duplicates.unmerge, done, at=NOW)
    work.write(till.void_sale, ours, operation_id="void")
    assert held(work, two[0]) == (0, 0, 0)
    assert held(work, two[1]) == (1000, 0, 1000)


def test_a_lot_that_ended_while_merged_ends_again_once_it_is_whole(
    work: UnitOfWork, two: tuple[int, int], clock: FixedClock
) -> None:
    sell(work, two[1], 1000, "theirs")
    done = merge(work, two)
    sell(work, two[0], 1000, "ours", points=300)
    later = NOW + timedelta(days=500)
    clock.moment = later
    work.write(loyalty.open_day, later.date())
    work.write(duplicates.unmerge, done, at=later)
    assert held(work, two[1]) == (0, 0, 0)
    assert held(work, two[0]) == (0, 300, -300)
    assert work.write(loyalty.expire, later.date())[0].points == 0
    assert not work.read(check, later.date()).problems


EARNED = """
SELECT s.id, s.voided_at IS NOT NULL, s.revenue - s.points_value,
       coalesce((SELECT sum(p.points) FROM point_entries p WHERE p.sale_id = s.id AND p.kind = 'earn'), 0),
       coalesce((SELECT -sum(p.points) FROM point_entries p JOIN point_entries lot ON lot.id = p.lot_id
                 WHERE lot.sale_id = s.id AND lot.kind = 'earn' AND p.kind = 'expire'), 0)
FROM sales s
"""


class Story:
    """Three customers who buy, spend, are adjusted, expire, are merged and part again, in any order."""

    def __init__(self, path: Path) -> None:
        self.clock = FixedClock(NOW)
        self.shop = open_shop(path, clock=self.clock)
        self.work = self.shop.work
        self.people = [add(self.work, f"客人{number}", f"1380013800{number}") for number in range(3)]
        self.sales = [
            sell(self.work, person, 1000, f"first {person}", at=NOW - timedelta(days=31 * number))
            for number, person in enumerate(self.people)
        ]
        self.adjusted: list[str] = []
        self.merges: list[int] = []
        self.unchanged: tuple[int, dict[str, Any]] | None = None
        self.number = self.corrected = 0

    def act(self, service: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, Changes] | None:
        """Do it unless it is refused; what was the same before the last merge no longer is."""
        with suppress(ShopError):
            done = self.work.write(service, *args, **named)
            self.unchanged = None
            return done
        return None

    @property
    def now(self) -> datetime:
        return self.clock.moment

    def operation(self) -> str:
        self.number += 1
        return f"operation {self.number}"

    def standing(self) -> list[int]:
        return sorted(row.id for row in self.work.read(customers.page, limit=10))

    def sell(self, value: int) -> None:
        self.clock.forward(minutes=value)
        units = 1 + value % 12
        ticket = till.Ticket(self.people[value % 3], (till.TicketLine(None, 1000, units * 1_000_000),))
        done = self.act(till.sell, ticket, operation_id=self.operation(), at=self.now)
        self.sales += [done[0].sale_id] if done else []

    def spend(self, value: int) -> None:
        ticket = till.Ticket(self.people[value % 3], (till.TicketLine(None, 1000, (3 + value % 9) * 1_000_000),))
        most = self.work.read(till.quote, ticket, at=self.now).choices.most
        done = self.act(till.sell, replace(ticket, points=most), operation_id=self.operation(), at=self.now)
        self.sales += [done[0].sale_id] if done else []

    def take_sale_back(self, value: int) -> None:
        if self.sales:
            sale = self.sales.pop(value % len(self.sales))
            self.act(till.void_sale, sale, operation_id=self.operation(), at=self.now)

    def adjust(self, value: int) -> None:
        operation, points = self.operation(), (-900, -400, 100, 700)[value % 4]
        if self.act(loyalty.adjust, self.people[value % 3], points, "试", operation_id=operation, at=self.now):
            self.adjusted.append(operation)

    def take_adjustment_back(self, value: int) -> None:
        if self.adjusted:
            adjusted = self.adjusted.pop(value % len(self.adjusted))
            self.act(loyalty.undo_adjust, adjusted, operation_id=self.operation(), at=self.now)

    def let_time_pass(self, value: int) -> None:
        self.clock.forward(days=(1, 1, 40, 250)[value % 4])
        self.act(loyalty.open_day, self.now.date())

    def merge(self, value: int) -> None:
        ways = list(permutations(self.standing(), 2))
        if ways:
            before = everything(self.work)
            done = self.act(duplicates.merge, *ways[value % len(ways)], at=self.now)
            assert done is not None
            self.merges.append(done[0].merge_id)
            self.unchanged = (done[0].merge_id, before)

    def part(self, value: int) -> None:
        if not self.merges:
            return
        merge, unchanged, balances = self.merges.pop(), self.unchanged, self.balances()
        done = self.act(duplicates.unmerge, merge, at=self.now)
        assert done is not None
        self.corrected += len(done[0].corrections)
        assert sum(balances.values()) - sum(self.balances().values()) == self.ended(done[1])
        if unchanged is not None and unchanged[0] == merge:
            assert not done[0].corrections
            assert everything(self.work) == unchanged[1]

    def balances(self) -> dict[int, int]:
        query = text("SELECT customer_id, sum(points) FROM point_entries GROUP BY customer_id")
        return work_read(self.work, lambda session: {row[0]: row[1] for row in session.execute(query)})

    def ended(self, changes: Changes) -> int:
        """Points of lots that were made whole after their last day: they end in the same act."""
        rows: list[Any] = [
            change.after or {} for change in changes.rows if change.kind.__tablename__ == "point_entries"
        ]
        return -sum(int(row["points"]) for row in rows if row["kind"] == "expire")

    def sums_hold(self) -> None:
        for query in (ledgers.untrue_balances, ledgers.broken_lots, drift):
            assert not work_read(self.work, query)
        for person in self.standing():
            lots, debt, balance = held(self.work, person)
            assert lots - debt == balance

    def each_sale_has_earned_what_it_brings(self) -> None:
        """Earned − taken back − expired ≥ 0, and = what rule 2 gives for the net sale when nothing expired."""
        for _, voided, paid, earned, expired in work_read(self.work, _earned):
            assert earned - expired >= 0
            if not expired:
                assert earned == (0 if voided else paid // 100)

    def every_card_is_read_once(self) -> None:
        """Lists show who answers, and nobody's sales are lost or counted twice."""
        rows = self.work.read(customers.page, limit=10)
        sold = "SELECT coalesce(sum(revenue - returned), 0) FROM sales WHERE voided_at IS NULL"
        assert sum(row.net for row in rows) == work_read(self.work, lambda session: session.scalar(text(sold)))
        assert len(rows) == len(self.people) - len(self.merges)


STORIES = 20
OFTEN = ("sell", "spend", "spend", "merge", "merge", "part", "part")
SELDOM = ("take_sale_back", "take_sale_back", "adjust", "take_adjustment_back", "let_time_pass")
STEPS = st.tuples(st.sampled_from(OFTEN + SELDOM), st.integers(0, 59))


def _earned(session: Session) -> list[Any]:
    return list(session.execute(text(EARNED)))


def test_any_story_of_sales_merges_and_partings_keeps_every_sum(empty_shop_file: Path, tmp_path: Path) -> None:
    corrected = 0

    @settings(max_examples=STORIES, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEPS, min_size=12, max_size=24))
    def told(steps: list[tuple[str, int]]) -> None:
        nonlocal corrected
        story = Story(Path(shutil.copy(empty_shop_file, tmp_path / "story.shop")))
        try:
            for name, value in steps:
                getattr(story, name)(value)
                story.sums_hold()
                story.each_sale_has_earned_what_it_brings()
                story.every_card_is_read_once()
        finally:
            corrected += story.corrected
            story.shop.close()

    told()
    assert corrected > STORIES // 5, "the stories hardly ever part with something to correct"
