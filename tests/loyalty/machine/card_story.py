"""The same counter, with money paid in ahead, a bonus on top, bills paid out of it, and coupons."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from app.bootstrap import open_shop
from app.domain.payments import Paid
from app.domain.rewards.kinds import PlanKind
from app.services import loyalty, privacy, rewards, till
from app.storage.unit_of_work import Changes
from tests.loyalty.machine import books, story
from tests.loyalty.machine.auditor import require
from tests.loyalty.machine.purse_auditor import Picture, PurseAuditor, Row
from tests.till.counter import MORNING

BACKWARDS = (till.void_sale, till.void_return, loyalty.undo_adjust, rewards.undo_coupons)
ERASES_EVERY = 10
"""Of so many stories one ends with somebody erased: the file is then written anew, which takes long."""


def begun(empty: Path, folder: Path) -> Path:
    """A copy of a new shop that sells a card of stored value and hands out coupons: numbers 1 and 1."""
    path = Path(shutil.copy(empty, folder / "begun.shop"))
    shop = open_shop(path, clock=lambda: MORNING)
    shop.work.write(
        rewards.add_plan, rewards.PlanDraft(PlanKind.STORED, "100 and 30", price=10000, bonus=3000, months=2)
    )
    shop.work.write(rewards.add_kind, rewards.KindDraft("Five off", amount=500, days=60))
    shop.close()
    return path


class CardStory(story.CounterStory):
    """Adds to any story: top-ups, bills paid by stored value, pay-outs, coupons, and at times a person erased."""

    told = 0

    def __init__(self) -> None:
        self.purses: PurseAuditor | None = None
        super().__init__()
        self.purses = PurseAuditor(self.books)
        self.purses.take_in(self.families())
        self.share, self.by_coupon = 2, True
        self.asked = (self.day, 0)
        """On which day and after how many acts the services were last asked what is held."""
        self.pictures: dict[int, tuple[Picture, bool]] = {}
        """By how many acts there had been: what the purses held before the last of them, and whether nothing ended."""
        self.purse_rows: list[Row] = []
        type(self).told += 1

    def teardown(self) -> None:
        try:
            if type(self).told % ERASES_EVERY == 0:
                self.somebody_is_forgotten()
        finally:
            super().teardown()

    @property
    def audited(self) -> PurseAuditor:
        assert self.purses is not None
        return self.purses

    def act(self, service: Callable[..., Any], *args: Any, **named: Any) -> tuple[Any, Changes, list[books.Row]] | None:
        before = self.audited.picture()
        done = super().act(service, *args, **named)
        self.purse_rows = self.audited.take_in(self.families())
        if done is None:
            require(not self.purse_rows, 1, f"{service.__name__} was refused and moved {self.purse_rows}")
        else:
            self.pictures[self.moves] = (before, not any(row.move == "expire" for row in self.purse_rows))
        return done

    @rule(share=st.integers(0, 3), coupon=st.booleans())
    def pays_from_now_on(self, share: int, coupon: bool) -> None:
        """So many thirds of what can be paid by stored value, and a coupon where there is one."""
        self.share, self.by_coupon = share, coupon

    def post(self, ticket: till.Ticket, operation: str) -> None:
        card, acts = ticket.customer_id, self.moves
        assert card is not None
        if self.by_coupon and ticket.lines:
            held = self.counter.work.read(rewards.coupons_held, card, self.day)
            ticket = replace(ticket, coupons=tuple(one.code for one in held[:1]))
        stored = 0
        if self.share and ticket.lines:
            bill = self.counter.quote(ticket)
            most = min(self.counter.work.read(rewards.payable_of, card, self.day), bill.due - bill.deposited)
            stored = most * self.share // 3 if bill.problem is None else 0
            parts = (("stored", stored), ("cash", bill.due - stored))
            ticket = replace(ticket, payments=tuple(Paid(*part) for part in parts if part[1] > 0))
        super().post(ticket, operation)
        if self.moves > acts:
            spent = -sum(row.units for row in self.purse_rows if row.move == "spend" and row.part != "coupon")
            used = -sum(row.units for row in self.purse_rows if row.move == "spend" and row.part == "coupon")
            require((spent, used) == (stored, len(ticket.coupons)), 3, f"{stored} and {ticket.coupons} were to pay")

    @rule(number=story.who, amount=st.sampled_from([None, 1, 5000, 100_000]))
    def top_up(self, number: int, amount: int | None) -> None:
        """A card with its bonus, or any amount."""
        card = till.CardSale(1) if amount is None else till.CardSale(None, amount)
        self.post(till.Ticket(self.someone(number), (), cards=(card,)), self.operation())

    @rule(number=story.who)
    def pay_out(self, number: int) -> None:
        """All that the customer paid in goes, and the bonus with it."""
        card = self.someone(number)
        held = self.audited.held(card, "principal", self.day)
        done = self.act(rewards.refund_stored, card, "moves", operation_id=self.operation(), at=self.counter.now)
        require((done is not None) == (held > 0), 3, f"{held} were to be paid out")
        if done is not None:
            require(done[0].principal == held, 3, f"{done[0]} were paid out of {held}")
            require(not self.audited.held(card, "bonus", self.day), 3, "a bonus was left")
            self.remember(done[1])

    @rule(number=story.who)
    def give_a_coupon(self, number: int) -> None:
        done = self.act(rewards.issue, 1, self.someone(number), operation_id=self.operation(), at=self.counter.now)
        assert done is not None
        self.remember(done[1])

    @rule(number=story.who, lines=story.goods, pieces=st.integers(0, 3))
    def pay_with_everything_and_bring_some_back(self, number: int, lines: list[tuple[float, int]], pieces: int) -> None:
        """What seldom comes about by chance."""
        self.give_a_coupon(number)
        self.top_up(number, None)
        before = len(self.audit.sales)
        self.sell(number, lines, 0, pieces)
        if len(self.audit.sales) > before and pieces:
            self.bring_back(0, [pieces, pieces, pieces - 1])

    def walk(self, act: story.Act) -> None:
        between, acts = self.moves - act.rows, self.moves
        super().walk(act)
        if self.moves == acts or between or act.way.service not in BACKWARDS:
            return
        before, exact = self.pictures[act.rows]
        now, still = self.audited.picture(), self.pictures[self.moves][1]
        if exact and still:
            same = now == before if not self.audit.merged else self.audited.whole(now) == self.audited.whole(before)
            require(same, 10, f"{act.way} left {self.purse_rows}")

    @precondition(lambda self: self.merges)
    @rule()
    def part(self) -> None:
        """With no later rows a merge comes apart exactly; else only what has ended leaves the sum."""
        act, acts, held = self.merges[-1][1], self.moves, self.audited.whole(self.audited.picture())
        super().part()
        ended = sum(row.units for row in self.purse_rows if row.move == "expire")
        now = self.audited.picture()
        require(self.audited.whole(now) - held == ended, 11, f"parting moved {self.purse_rows}")
        if act is not None and acts == act.rows:
            require(now == self.pictures[act.rows][0], 11, f"a merge did not come apart exactly: {self.purse_rows}")

    def open_the_day(self) -> None:
        self.act(rewards.open_day, self.day)
        super().open_the_day()

    @invariant()
    def the_purses_are_right(self) -> None:
        over = [sale for sale, book in self.audit.sales.items() if book.void or (book.lines and book.whole)]
        self.audited.all_is_well(self.standing(), over)
        for card in self.standing() if self.day != self.asked[0] else self.touched():
            shown = self.counter.work.read(rewards.stored, card, self.day)
            held = tuple(self.audited.held(card, part, self.day) for part in ("principal", "bonus"))
            require((shown.principal, shown.bonus) == held, 1, f"{shown} is shown, the ledger holds {held}")
        self.asked = (self.day, self.moves)

    def touched(self) -> set[int]:
        """Whoever answers for a card whose purses the last act moved."""
        if self.asked[1] == self.moves:
            return set()
        cards = {row.customer for row in self.purse_rows if row.part != "coupon"}
        return {card for card in self.standing() if self.audited.family[card] & cards}

    def somebody_is_forgotten(self) -> None:
        """Every row stays, and every sum; the name goes."""
        card = self.standing()[0]
        before, points = self.audited.picture(), self.audit.picture()
        done = self.act(privacy.erase, card, at=self.counter.now)
        require(done is not None and (before, points) == (self.audited.picture(), self.audit.picture()), 1, "erased")
        name = self.books.one("SELECT name FROM customers WHERE id = ?", card)[0]
        require(name == f"#{card}", 1, f"{name} is still there")
