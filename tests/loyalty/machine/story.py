"""Anything that can happen at a counter, in any order, to three people, with the auditor looking on."""

import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlcipher3 import dbapi2

from app.bootstrap import open_shop
from app.domain.errors import ShopError
from app.domain.loyalty.rules import BonusDay, EarningRules
from app.services import duplicates, loyalty, settings, till
from app.storage.journal import TakenBackBy
from app.storage.unit_of_work import Changes
from tests.loyalty.machine.auditor import Auditor, Terms, month_end, require
from tests.loyalty.machine.books import Books, Row
from tests.till.counter import Counter

EMPTY: list[Path] = []
"""The new shop each story begins with; set by the test that tells them."""
ZONE = ZoneInfo("Asia/Shanghai")
PEOPLE = 3
amounts = st.sampled_from([0.5, 1, 9.99, 33.33, 100, 128, 700])
quantities = st.sampled_from([1, 1, 2, 3])
goods = st.lists(st.tuples(amounts, quantities), min_size=1, max_size=3)
who = st.integers(0, PEOPLE - 1)


@dataclass(frozen=True)
class Act:
    """Something done that can be taken back, with the picture of the ledger before it."""

    way: TakenBackBy
    before: tuple[dict[int, int], dict[int, int]]
    rows: int
    """How many acts had moved points by then: nothing has come between while it is the last."""
    sale: int | None = None
    back: tuple[int, dict[int, int], int, tuple[int, ...]] | None = None
    """Of a return: the sale, what came back by line, the points taken, the lots in which points were given back."""
    exact: bool = True
    """Nothing ended in the same moment, which taking it back does not bring back."""


class CounterStory(RuleBasedStateMachine):
    """Sales, points spent, acts taken back and done again, adjustments, rules, merges, time."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.path = Path(shutil.copy(EMPTY[0], Path(self.folder.name) / "counter.shop"))
        self.shop = open_shop(self.path, clock=lambda: self.counter.now)
        self.counter = Counter(self.shop.work)
        kept = self.shop.work.read(settings.settings)
        self.terms = Terms(months=kept.points_expiry_months, pending=kept.points_pending_days)
        self.earning = [(date.min, self.terms)]
        """From which day purchases earn by what."""
        self.books = Books(str(self.path))
        self.audit = Auditor(self.books)
        self.acts: list[Act] = []
        self.merges: list[tuple[int, Act | None]] = []
        self.number = self.moves = 0
        self.exact = True
        self.people = [self.counter.person(f"Customer {number}") for number in range(PEOPLE)]
        self.audit.take_in(self.families())

    def teardown(self) -> None:
        try:
            self.ledger_refuses_to_be_changed()
        finally:
            self.books.close()
            self.shop.close()
            self.folder.cleanup()

    # reading

    @property
    def day(self) -> date:
        return self.counter.now.astimezone(ZONE).date()

    def families(self) -> dict[int, frozenset[int]]:
        """By card, all the cards that answer together."""
        self.up = up = dict(self.books.all("SELECT id, merged_into FROM customers"))

        def top(card: int) -> int:
            return card if up[card] is None else top(up[card])

        tops = {card: top(card) for card in up}
        return {card: frozenset(each for each in up if tops[each] == tops[card]) for card in up}

    def standing(self) -> list[int]:
        """The cards that answer for themselves."""
        return [card for card in self.people if self.up[card] is None]

    def someone(self, number: int) -> int:
        return self.people[number]

    # acting

    def operation(self) -> str:
        self.number += 1
        return f"operation {self.number}"

    def act(self, service: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, Changes, list[Row]] | None:
        """Do it unless it is refused; a refusal writes nothing."""
        self.before = self.audit.picture()
        try:
            done, changes = self.counter.work.write(service, *args, **named)
        except ShopError:
            require(not list(self.books.fresh()), 1, f"{service.__name__} was refused and wrote")
            return None
        rows = self.audit.take_in(self.families())
        self.moves += 1
        self.exact = not any(row.kind == "expire" for row in rows)
        return done, changes, rows

    @staticmethod
    def worth(picture: tuple[dict[int, int], dict[int, int]]) -> int:
        """What lies in lots less what is owed: a merge may leave both, and then one pays the other."""
        return sum(picture[0].values()) + sum(picture[1].values())

    def remember(self, changes: Changes, sale: int | None = None) -> None:
        assert changes.taken_back_by is not None
        self.acts.append(Act(changes.taken_back_by, self.before, self.moves, sale, exact=self.exact))

    @rule(number=who, lines=goods, discount=st.sampled_from([0, 0, 1, 50]), share=st.integers(0, 3))
    def sell(self, number: int, lines: list[tuple[float, int]], discount: int, share: int) -> None:
        ticket = self.ticket(number, lines, discount)
        if ticket is None:
            return
        most = self.counter.quote(ticket).choices.most
        points = most * share // 3 // self.terms.step * self.terms.step
        self.post(replace(ticket, points=points), self.operation())

    def terms_on(self, day: date) -> Terms:
        """What a purchase of that day earns by; how long points last and wait is as the shop has it now."""
        then = [terms for first, terms in self.earning if first <= day][-1]
        return replace(self.terms, per_unit=then.per_unit, visit=then.visit, doubled=then.doubled)

    def ticket(self, number: int, lines: list[tuple[float, int]], discount: int) -> till.Ticket | None:
        wanted = tuple(till.TicketLine(None, count * 1000, round(each * 10_000)) for each, count in lines)
        whole = sum(round(each * 100) * count for each, count in lines)
        return till.Ticket(self.someone(number), wanted, discount=min(discount, whole))

    def post(self, ticket: till.Ticket, operation: str) -> None:
        card = ticket.customer_id
        assert card is not None
        owed = self.audit.owed(card)
        done = self.act(till.sell, ticket, operation_id=operation, at=self.counter.now)
        if done is None:
            return
        sold, changes, rows = done
        self.last = (ticket, operation)
        self.audit.sold(rows, sold.sale_id, self.terms_on(self.day), ticket.points, card, owed)
        self.remember(changes, sold.sale_id)

    @precondition(lambda self: self.audit.sales)
    @rule(which=st.integers(0, 7), pieces=st.lists(st.integers(0, 3), min_size=3, max_size=3))
    def bring_back(self, which: int, pieces: list[int]) -> None:
        """Some of the goods of a sale, or all that is left of them (rules 5 and 7)."""
        sale = list(self.audit.sales)[-1 - which % len(self.audit.sales)]
        book = self.audit.sales[sale]
        wanted = [
            min(each * 1000, line.quantity - book.back[line.id]) for line, each in zip(book.lines, pieces, strict=False)
        ]
        lines = tuple(till.ReturnLine(line.id, part) for line, part in zip(book.lines, wanted, strict=True) if part)
        draft = till.ReturnDraft(sale, lines or None)
        owed = {card: self.audit.owed(card) for card in self.people}
        done = self.act(till.take_return, draft, operation_id=self.operation(), at=self.counter.now)
        if done is None:
            require(book.void or book.whole, 7, f"what is left of sale {sale} could not be brought back")
            return
        self.returned(draft, *done, owed)

    def returned(
        self, draft: till.ReturnDraft, answer: till.ReturnDone, changes: Changes, rows: list[Row], owed: dict[int, int]
    ) -> None:
        sale = draft.sale_id
        book = self.audit.sales[sale]
        left = {line.id: line.quantity - book.back[line.id] for line in book.lines}
        back = left if draft.lines is None else {line.line_id: line.quantity for line in draft.lines}
        assert answer.customer_id is not None
        money = self.audit.returned(rows, sale, back, answer.customer_id, owed[answer.customer_id])
        require(answer.money == money, 7, f"{money} was paid for what came back, not {answer.money}")
        assert changes.taken_back_by is not None
        parcel = (sale, back, answer.taken, self.audit.gave)
        self.acts.append(Act(changes.taken_back_by, self.before, self.moves, back=parcel, exact=self.exact))

    @precondition(lambda self: hasattr(self, "last"))
    @rule()
    def press_again(self) -> None:
        """The same operation again posts nothing (rule 1)."""
        ticket, operation = self.last
        again = self.act(till.sell, ticket, operation_id=operation, at=self.counter.now)
        require(again is not None and not again[2], 1, f"{operation} was posted twice")

    @precondition(lambda self: self.acts)
    @rule(which=st.integers(0, 7))
    def take_back(self, which: int) -> None:
        """Any act taken back: the way back leaves a way forth, so this is redo as well."""
        self.walk(self.acts.pop(which % len(self.acts)))

    @precondition(lambda self: self.acts)
    @rule()
    def take_the_last_back(self) -> None:
        self.walk(self.acts.pop())

    def walk(self, act: Act) -> None:
        owed = {card: self.audit.owed(card) for card in self.people}
        between = self.moves - act.rows
        done = self.act(act.way.service, *act.way.args, **act.way.named)
        if done is None:
            return
        answer, changes, rows = done
        if isinstance(answer, till.ReturnDone):
            self.returned(act.way.args[0], answer, changes, rows, owed)
            return
        sale = getattr(answer, "sale_id", None)
        if sale is not None:
            ticket = act.way.args[0]
            terms = self.terms_on(act.way.named["at"].astimezone(ZONE).date())
            self.audit.sold(rows, sale, terms, ticket.points, ticket.customer_id, owed[ticket.customer_id])
        elif act.sale is not None:
            self.audit.sales[act.sale].void = True
        elif act.back is not None:
            self.audit.return_taken_back(*act.back)
        backwards = act.way.service in (till.void_sale, till.void_return, loyalty.undo_adjust)
        if backwards and not between and act.exact and self.exact:
            settled = self.audit.merged and any(row.kind == "repay" for row in rows)
            same = self.worth(act.before) == self.worth(self.audit.picture())
            require(self.audit.picture() == act.before or (settled and same), 10, f"{act.way} left {rows}")
        if changes.taken_back_by is not None:
            self.acts.append(Act(changes.taken_back_by, self.before, self.moves, sale, exact=self.exact))

    @rule(number=who, points=st.sampled_from([-300, -50, 20, 500]))
    def adjust(self, number: int, points: int) -> None:
        card = self.someone(number)
        owed = self.audit.owed(card)
        done = self.act(
            loyalty.adjust, card, points, "counted anew", operation_id=self.operation(), at=self.counter.now
        )
        if done is None:
            alive = sum(lot.left for lot in self.audit.lots_of(card) if lot.last >= self.day)
            require(points < 0 and alive < -points, 6, f"{points} points of {alive} were refused")
            return
        rows = [row for row in done[2] if row.kind == "adjust"]
        require(sum(row.points for row in rows) == points, 1, f"{points} were to be moved, not {rows}")
        forgiven = sum(row.points for row in rows if row.lot is None and not row.opens_lot)
        require(forgiven == (min(owed, points) if points > 0 else 0), 6, f"{forgiven} of {owed} were written off")
        for row in rows:
            if row.opens_lot:
                self.audit.lot_is_dated(row, self.terms, waits=False)
        self.remember(done[1])

    @rule(number=who, other=who, points=st.sampled_from([20, 500]))
    def give_a_bonus(self, number: int, other: int, points: int) -> None:
        """Whoever answers gets it once, and what is owed is paid out of it (rule 6)."""
        cards = [self.someone(number), self.someone(other)]
        owed = {min(self.families()[card]): self.audit.owed(card) for card in cards}
        done = self.act(
            loyalty.give_bonus, cards, points, "a good year", operation_id=self.operation(), at=self.counter.now
        )
        assert done is not None
        given = [row for row in done[2] if row.kind == "bonus"]
        require(len(given) == len(owed) and {row.points for row in given} == {points}, 1, f"{given} is no bonus")
        for row in given:
            self.audit.lot_is_dated(row, self.terms, waits=False)
            due = min(points, owed[min(self.audit.family[row.customer])])
            paid = sum(-each.points for each in done[2] if each.kind == "repay" and each.lot == row.id)
            require(paid == due, 6, f"{paid} of {due} were repaid out of {row}")
        self.remember(done[1])

    @rule(
        per_unit=st.sampled_from(["0.5", "1", "2", "0.1"]),
        visit=st.sampled_from([0, 5]),
        months=st.sampled_from([1, 12, 0]),
        pending=st.sampled_from([0, 0, 7]),
        worth=st.sampled_from([100, 50]),
        step=st.sampled_from([100, 10]),
        doubled=st.booleans(),
    )
    def change_the_rule(
        self, per_unit: str, visit: int, months: int, pending: int, worth: int, step: int, doubled: bool
    ) -> None:
        """A new rule touches no lot (rule 9)."""
        double = BonusDay(Decimal(2), weekday=self.day.weekday())
        rules = EarningRules(Decimal(per_unit), visit, days=(double,) if doubled else ())
        values = {
            "points_expiry_months": months,
            "points_pending_days": pending,
            "points_worth": worth,
            "points_step": step,
        }
        dates = "SELECT id, available_from, expires_on FROM point_entries WHERE opens_lot"
        before = self.books.all(dates)
        for done in (self.act(settings.change, values), self.act(loyalty.change_rules, rules, day=self.day)):
            require(done is not None and not done[2], 9, "a new rule moved points")
        require(self.books.all(dates) == before, 9, "a new rule changed when points end")
        weekday = self.day.weekday() if doubled else None
        self.terms = Terms(Fraction(per_unit), visit, months, pending, worth, step, doubled=weekday)
        self.earning.append((self.day, self.terms))

    @precondition(lambda self: len(self.standing()) > 1)
    @rule(number=who, other=who)
    def merge(self, number: int, other: int) -> None:
        cards = self.standing()
        one, two = cards[number % len(cards)], cards[other % len(cards)]
        if one == two:
            return
        done = self.act(duplicates.merge, one, two, at=self.counter.now)
        assert done is not None
        self.audit.merged = True
        require(not [row for row in done[2] if row.kind != "repay"], 11, f"a merge moved points: {done[2]}")
        self.merges.append((done[0].merge_id, Act(TakenBackBy(duplicates.unmerge), self.before, self.moves)))

    @precondition(lambda self: self.merges)
    @rule()
    def part(self) -> None:
        """With no later rows a merge comes apart exactly; else only what ended of lots made whole leaves the sum."""
        merge, act = self.merges.pop()
        whole = self.books.one("SELECT coalesce(sum(points), 0) FROM point_entries")[0]
        between = self.moves - act.rows if act else 1
        done = self.act(duplicates.unmerge, merge, at=self.counter.now)
        assert done is not None
        left = self.books.one("SELECT coalesce(sum(points), 0) FROM point_entries")[0]
        ended = sum(row.points for row in done[2] if row.kind == "expire")
        require(left - whole == ended, 11, f"parting moved {left - whole} points, of which {ended} had ended")
        if act is not None and not between:
            require(self.audit.picture() == act.before, 11, f"a merge did not come apart exactly: {done[2]}")

    @rule(hours=st.sampled_from([1, 24, 24 * 8, 24 * 30, 24 * 200, 24 * 400]), opens=st.booleans())
    def time_passes(self, hours: int, opens: bool) -> None:
        self.counter.now += timedelta(hours=hours)
        if opens:
            self.open_the_day()

    def open_the_day(self) -> None:
        """What has ended goes, one row a remainder, dated the day after however late it is found (rule 4)."""
        due = {
            lot.opened.id: lot
            for card in self.people
            for lot in self.audit.lots_of(card)
            if lot.left and lot.last < self.day
        }
        done = self.act(loyalty.open_day, self.day)
        assert done is not None
        ended = [row for row in done[2] if row.kind == "expire"]
        require({row.lot for row in ended} == set(due), 4, f"{set(due)} had ended, {ended} were let go")
        again = self.act(loyalty.open_day, self.day)
        require(again is not None and not again[2], 4, "opening the day again moved points")

    # what seldom comes about by chance

    @rule(number=who, pieces=st.integers(1, 2))
    def buy_and_bring_a_part_back_when_points_have_ended(self, number: int, pieces: int) -> None:
        before = len(self.audit.sales)
        self.sell(number, [(100, 3)], 0, 0)
        if len(self.audit.sales) > before:
            self.time_passes(24 * 31 * (self.terms.months + 1), opens=pieces == 1)
            self.bring_back(0, [pieces, 0, 0])

    @rule(number=who, pieces=st.integers(1, 2))
    def spend_of_two_lots_and_bring_a_part_back(self, number: int, pieces: int) -> None:
        self.sell(number, [(128, 1)], 0, 0)
        self.time_passes(24 * 32, opens=False)
        self.sell(number, [(128, 1)], 0, 0)
        self.time_passes(24 * 8, opens=False)
        before = len(self.audit.sales)
        self.sell(number, [(700, 3)], 0, 3)
        if len(self.audit.sales) > before:
            self.bring_back(0, [pieces, 0, 0])

    @precondition(lambda self: len(self.standing()) > 1)
    @rule(number=who, other=who)
    def spend_what_the_other_had_and_part(self, number: int, other: int) -> None:
        before = len(self.merges)
        self.merge(number, other)
        if len(self.merges) > before:
            self.sell(number, [(700, 3)], 0, 3)
            self.part()

    # what always holds

    @invariant()
    def the_books_are_right(self) -> None:
        self.audit.all_is_well(self.standing(), self.day)
        for card in self.standing():
            held = self.counter.work.read(loyalty.holding, card)
            require(held.balance == self.audit.balance(card), 1, "the balance shown is not the sum of the ledger")
            require(held.debt == self.audit.owed(card), 6, "the debt shown is not what is owed")

    @rule(number=who)
    def read_the_ledger(self, number: int) -> None:
        """Replayed to its end it gives the balance shown for it."""
        card = self.standing()[number % len(self.standing())]
        shown = self.counter.work.read(loyalty.ledger, card)
        require(sum(row.points for row in shown) == self.audit.balance(card), 1, "the ledger shown does not add up")
        running = 0
        for row in reversed(shown):
            running += row.points
            require(row.balance == running, 1, f"{row} does not show the sum of what came before")

    @invariant()
    def what_the_shop_owes_adds_up(self) -> None:
        """Σ of usable lots by the month in which they end; pending ones apart (rule 12)."""
        shown = self.counter.work.read(loyalty.outstanding, self.day)
        lots = list(self.audit.lots.values())
        months: defaultdict[date | None, int] = defaultdict(int)
        for lot in lots:
            if lot.usable(self.day):
                months[lot.opened.expires and month_end(lot.opened.expires)] += lot.left
        waiting = sum(lot.left for lot in lots if lot.available > self.day and lot.last >= self.day)
        require(dict(shown.by_month) == months, 12, f"{months} are usable, not {shown}")
        require(shown.pending == waiting, 12, f"{waiting} are pending, not {shown}")
        worth = sum(months.values()) * 100 // self.terms.worth
        require(shown.value == worth, 12, f"they are worth {worth}, not {shown.value}")

    def ledger_refuses_to_be_changed(self) -> None:
        """The database itself refuses to change or to erase a row (rule 1)."""
        if self.books.one("SELECT 1 FROM point_entries LIMIT 1") is None:
            return
        for act in ("UPDATE point_entries SET points = points + 1", "DELETE FROM point_entries"):
            try:
                self.books.raw.execute(act)
            except dbapi2.DatabaseError:
                continue
            finally:
                self.books.raw.rollback()
            require(False, 1, f"{act} was not refused")
