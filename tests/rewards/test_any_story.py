"""Any story of cards: whatever is paid in, spent, given back, ended, undone, merged and parted, the books hold."""

import shutil
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.domain.rewards.kinds import PlanKind
from app.services import duplicates, rewards
from app.services.backup import purses
from app.services.rewards.purses import PRINCIPAL
from app.storage.journal import TakenBackBy
from tests.rewards.desk_drawer import MORNING, Drawer, bring_back, carry, carry_back, pay_with

TABLES = ("stored_entries", "visit_entries", "stamp_entries")
EVERY = 4
"""Steps between two looks through the services; the rows themselves are looked at after each."""


@dataclass(frozen=True)
class Begun:
    """The shop every story begins in: made once, copied for each."""

    path: Path
    people: list[int]
    sales: dict[int, int]
    visits: int
    stamps: int


BEGUN: list[Begun] = []


def begin(empty: Path, folder: Path) -> Begun:
    """Two customers who bought, a count card and a punch card."""
    path = Path(shutil.copy(empty, folder / "cards.shop"))
    shop = open_shop(path, clock=lambda: MORNING)
    drawer = Drawer(shop.work)
    people = [drawer.person("Ann"), drawer.person("Ben")]
    sales = {someone: drawer.sale(someone) for someone in people}
    visits = drawer.plan(PlanKind.VISITS, 7, price=10000, months=2)
    stamps = drawer.plan(PlanKind.STAMPS, 3)
    shop.close()
    return Begun(path, people, sales, visits, stamps)


class Cards(RuleBasedStateMachine):
    """Two customers, one clock, and everything that moves a purse."""

    def __init__(self) -> None:
        super().__init__()
        self.folder, begun = TemporaryDirectory(), BEGUN[0]
        path = Path(shutil.copy(begun.path, Path(self.folder.name) / "cards.shop"))
        self.shop = open_shop(path, clock=lambda: self.drawer.now)
        self.drawer = Drawer(self.shop.work, _numbers=count(100))
        self.people, self.sales, self.visits, self.stamps = begun.people, begun.sales, begun.visits, begun.stamps
        self.steps, self.settled = 0, 0
        self.ways: list[TakenBackBy | None] = []
        self.merged: int | None = None
        self.raw = dbapi2.connect(str(path))

    def teardown(self) -> None:
        try:
            self.look_through_the_services()
        finally:
            self.raw.close()
            self.shop.close()
            self.folder.cleanup()

    def act(self, service: Any, *args: Any) -> Any:
        """Do it unless it is refused; None then."""
        try:
            answer, changes = self.drawer.act(service, *args)
        except ShopError:
            return None
        self.ways.append(changes.taken_back_by)
        return answer

    @rule(who=st.sampled_from([0, 1]), paid=st.sampled_from([0, 1000, 5001]), bonus=st.sampled_from([1, 777]))
    def top_up(self, who: int, paid: int, bonus: int) -> None:
        self.ways.append(self.drawer.top_up(self.people[who], paid, bonus, months=1).taken_back_by)

    @rule(who=st.sampled_from([0, 1]), amount=st.sampled_from([1, 333, 2000, 9000]))
    def pay(self, who: int, amount: int) -> None:
        someone = self.people[who]
        most = self.drawer.work.read(rewards.payable_of, someone, self.drawer.day)
        paid = self.act(pay_with, someone, amount, self.sales[someone])
        assert (paid is not None) == (amount <= most)

    @rule(who=st.sampled_from([0, 1]), amount=st.sampled_from([1, 500]))
    def bring_back(self, who: int, amount: int) -> None:
        someone = self.people[who]
        (spent,) = self.raw.execute(
            "SELECT -coalesce(sum(units), 0) FROM stored_entries WHERE sale_id = ? AND move IN ('spend', 'give_back')",
            (self.sales[someone],),
        ).fetchone()
        if amount <= spent:
            self.drawer.act(bring_back, someone, amount, self.sales[someone])
            self.ways.clear()  # a sale with returns is not undone before they are

    @rule(who=st.sampled_from([0, 1]))
    def pay_out(self, who: int) -> None:
        try:
            done, changes = self.drawer.work.write(
                rewards.refund_stored, self.people[who], "", operation_id=self.drawer.operation(), at=self.drawer.now
            )
        except rewards.NothingToRefund:
            return
        assert done.principal > 0
        self.ways.append(changes.taken_back_by)

    @rule(who=st.sampled_from([0, 1]), what=st.sampled_from(["sell", "visit", "visit", "stamp", "free"]))
    def carry(self, who: int, what: str) -> None:
        plan = self.visits if what in ("sell", "visit") else self.stamps
        self.act(carry, self.people[who], plan, what, {"sell": 9999, "visit": 3, "stamp": 4, "free": 1}[what])

    @rule(who=st.sampled_from([0, 1]), units=st.integers(1, 5))
    def take_stamps(self, who: int, units: int) -> None:
        someone = self.people[who]
        self.act(carry_back, someone, self.stamps, "take", units, self.sales[someone])

    @precondition(lambda self: self.ways)
    @rule(which=st.integers(0, 5))
    def take_back(self, which: int) -> None:
        """The way back of an act, which leaves a way forth: so this is redo as well."""
        way = self.ways.pop(which % len(self.ways))
        assert way is not None
        try:
            _, changes = self.drawer.work.write(way.service, *way.args, **way.named)
        except ShopError:
            return  # it was spent since
        self.ways.append(changes.taken_back_by)

    @rule(days=st.sampled_from([1, 20, 80]), opens=st.booleans())
    def time_passes(self, days: int, opens: bool) -> None:
        self.drawer.now += timedelta(days=days)
        if opens:
            self.drawer.work.write(rewards.open_day, self.drawer.day)
            assert self.drawer.work.write(rewards.open_day, self.drawer.day)[0] == 0

    @precondition(lambda self: self.rows() != self.settled)
    @rule()
    def merge_or_part(self) -> None:
        """Only when something has moved since the last time: else there is nothing to tell apart."""
        before, (ann, ben) = self.balances(), self.people
        if self.merged is None:
            self.merged = self.drawer.work.write(duplicates.merge, ann, ben, at=self.drawer.now)[0].merge_id
            assert self.balances() == before
        else:
            self.drawer.work.write(duplicates.unmerge, self.merged, at=self.drawer.now)
            self.merged = None
        self.settled = self.rows()

    def rows(self) -> int:
        """How many movements there are."""
        each = " + ".join(f"(SELECT count(*) FROM {table})" for table in TABLES)
        found: int = self.raw.execute(f"SELECT {each}").fetchone()[0]
        return found

    def balances(self) -> list[tuple[Any, ...]]:
        query = "SELECT customer_id, sum(units) FROM {} WHERE move <> 'expire' GROUP BY 1 ORDER BY 1"
        return [tuple(row) for table in TABLES for row in self.raw.execute(query.replace("{}", table))]

    @invariant()
    def no_lot_is_below_zero_or_above_what_came_in(self) -> None:
        for table in TABLES:
            gone = self.raw.execute(
                f"SELECT l.units, -coalesce((SELECT sum(e.units) FROM {table} e WHERE e.lot_id = l.id), 0) "
                f"FROM {table} l WHERE l.opens_lot"
            ).fetchall()
            assert all(0 <= drawn <= units for units, drawn in gone)

    @invariant()
    def the_services_agree(self) -> None:
        self.steps += 1
        if self.steps % EVERY == 0:
            self.look_through_the_services()

    def look_through_the_services(self) -> None:
        """Lots less what is owed are the balance, worth goes with its visits; nothing to spend beside a debt."""
        with Session(self.shop.work.engine) as session:
            assert purses.untrue_purses(session) + purses.broken_lots(session) == []
        for someone in self.people if self.merged is None else self.people[:1]:
            held = self.drawer.work.read(rewards.held, someone, self.drawer.day)
            assert min(held.stored.principal, held.stored.bonus, *(card.left for card in held.cards), 0) == 0
            assert all(not (card.left and card.owed) for card in held.cards)
            rows = self.drawer.work.read(rewards.statement, someone, PRINCIPAL)
            assert max(0, rows[0].balance if rows else 0) == held.stored.principal


def test_any_story_keeps_the_books(empty_shop_file: Path, tmp_path: Path) -> None:
    BEGUN[:] = [begin(empty_shop_file, tmp_path)]
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Cards,
        settings=settings(max_examples=8, stateful_step_count=12, phases=[Phase.generate], suppress_health_check=slow),
    )
