"""Any story at the counter: the invariants of the points ledger hold after every step (semantics.md)."""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlcipher3 import dbapi2

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.services import backup, loyalty
from app.storage.journal import TakenBackBy
from tests.till.counter import Counter

EMPTY: list[Path] = []
KEPT = """
SELECT s.id, s.voided_at IS NOT NULL, s.total,
       coalesce((SELECT sum(e.points) FROM point_entries e WHERE e.sale_id = s.id AND e.kind = 'earn'), 0),
       coalesce((SELECT -sum(e.points) FROM point_entries e WHERE e.sale_id = s.id AND e.kind = 'take_back'), 0),
       coalesce((SELECT -sum(x.points) FROM point_entries x JOIN point_entries l ON l.id = x.lot_id
                 WHERE l.sale_id = s.id AND l.kind = 'earn' AND x.kind = 'expire'), 0)
FROM sales s WHERE s.returns_id IS NULL
"""
BACK = """
SELECT coalesce(-sum(l.quantity), 0) FROM sale_lines l JOIN sales r ON r.id = l.sale_id
WHERE r.returns_id = ? AND r.voided_at IS NULL
"""


def _half_up(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)


class Till(RuleBasedStateMachine):
    """Two customers, one clock, and everything that moves points."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        path = Path(shutil.copy(EMPTY[0], Path(self.folder.name) / "till.shop"))
        self.shop = open_shop(path, clock=lambda: self.counter.now)
        self.counter = Counter(self.shop.work)
        self.people = [self.counter.person("Ann"), self.counter.person("Ben")]
        self.ways: list[TakenBackBy | None] = []
        self.sold: list[int] = []
        self.raw = dbapi2.connect(str(path))

    def teardown(self) -> None:
        assert self.counter.work.read(backup.check, self.counter.now.date()).ok
        self.raw.close()
        self.shop.close()
        self.folder.cleanup()

    @rule(who=st.sampled_from([0, 0, 1]), units=st.sampled_from([1, 40, 700, 6000]), share=st.integers(0, 3))
    def sell(self, who: int, units: int, share: int) -> None:
        someone = self.people[who]
        most = self.counter.quote(self.counter.ticket(someone, units)).choices.most
        points = most * share // 3 // 100 * 100
        done, changes = self.counter.sell(self.counter.ticket(someone, units, points=points))
        self.sold.append(done.sale_id)
        self.ways.append(changes.taken_back_by)

    @precondition(lambda self: self.ways)
    @rule(which=st.integers(0, 5))
    def take_back(self, which: int) -> None:
        """The way back of an act, which leaves a way forth: so this is redo as well."""
        way = self.ways.pop(which % len(self.ways))
        assert way is not None
        try:
            _, changes = self.counter.work.write(way.service, *way.args, **way.named)
        except ShopError:
            return  # doing again what needs points that are gone by now
        self.ways.append(changes.taken_back_by)

    @precondition(lambda self: self.sold)
    @rule(which=st.integers(0, 5), part=st.sampled_from([200, 500, 1000]))
    def bring_back(self, which: int, part: int) -> None:
        try:
            _, changes = self.counter.bring_back(self.sold[which % len(self.sold)], part)
        except ShopError:
            return  # taken back, or too little of it is left
        self.ways.append(changes.taken_back_by)

    @rule(who=st.sampled_from([0, 1]), points=st.sampled_from([-300, -50, 20, 500]))
    def adjust(self, who: int, points: int) -> None:
        try:
            self.ways.append(self.counter.adjust(self.people[who], points).taken_back_by)
        except ShopError:
            assert points < 0 and self.not_yet_ended(self.people[who]) < -points

    def not_yet_ended(self, someone: int) -> int:
        lots = self.counter.work.read(loyalty.lots, someone, self.counter.now.date())
        return sum(lot.remaining for lot in lots)

    @rule(days=st.sampled_from([1, 30, 200, 400]), opens=st.booleans())
    def time_passes(self, days: int, opens: bool) -> None:
        self.counter.now += timedelta(days=days)
        if opens:
            self.counter.work.write(loyalty.open_day, self.counter.now.date())
            self.counter.work.write(loyalty.expire, self.counter.now.date())

    @invariant()
    def lots_less_debt_is_the_balance(self) -> None:
        for someone in self.people:
            held = self.counter.work.read(loyalty.holding, someone)
            assert held.balance == self.counter.balance(someone)
            assert held.debt == 0 or not [lot for lot in held.lots if lot.usable(self.counter.now.date())]

    @invariant()
    def no_lot_is_below_zero(self) -> None:
        left = self.raw.execute(
            "SELECT l.points + coalesce((SELECT sum(e.points) FROM point_entries e WHERE e.lot_id = l.id), 0) "
            "FROM point_entries l WHERE l.opens_lot"
        ).fetchall()
        assert all(points >= 0 for (points,) in left)

    @invariant()
    def each_sale_keeps_what_it_earned_less_what_expired(self) -> None:
        """What a standing sale brought, less what its returns took, is what the rest of it earns where nothing expired.

        Of one taken back only what has expired is left. A unit of currency earns a point; points pay a hundredth.
        """
        for sale, voided, base, earned, taken, expired in self.raw.execute(KEPT).fetchall():
            back = self.raw.execute(BACK, (sale,)).fetchone()[0]
            left = max(0, base - _half_up(base * back, 1000)) // 100
            assert earned - taken - expired >= 0
            if voided:
                assert (taken, earned) == (0, min(earned, expired))
            elif not expired:
                assert earned - taken == left
            else:
                assert left <= earned - taken <= left + expired

    @invariant()
    def figures_and_tiers_are_what_the_sources_say(self) -> None:
        for someone in self.people:
            points, rank = self.raw.execute(
                "SELECT points, tier_rank FROM customer_figures WHERE customer_id = ?", (someone,)
            ).fetchone()
            assert points == self.counter.balance(someone)
            if not self.run_out_is_due(someone):
                assert rank == self.counter.rank(someone)

    def run_out_is_due(self, someone: int) -> bool:
        last = self.raw.execute(
            'SELECT valid_until FROM tier_moves WHERE customer_id = ? ORDER BY "on" DESC, id DESC LIMIT 1', (someone,)
        ).fetchone()
        held = (self.counter.now.date() - timedelta(days=30)).isoformat()
        return bool(last and last[0] and last[0] <= held)


def test_any_story_keeps_the_books(empty_shop_file: Path) -> None:
    EMPTY[:] = [empty_shop_file]
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Till,
        settings=settings(max_examples=20, stateful_step_count=15, phases=[Phase.generate], suppress_health_check=slow),
    )
