"""Plays the story in a shop through its services: opens the day, sells, talks, complains, does what is to be done."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.bootstrap import Shop, open_shop
from app.domain.birthdays import Birthday
from app.domain.complaints import ComplaintState, Severity
from app.domain.errors import ShopError
from app.domain.followup_rules import Assignee, RuleDraft, RuleKind, Scope
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel
from app.models.complaints import Complaint
from app.models.customers import Customer
from app.models.followups import FollowUp
from app.models.sales import Sale
from app.services import complaints, customers, duplicates, followups, interactions, rewards, settings, till
from app.services.interactions import ContactDraft
from tests.conftest import FixedClock
from tests.followups.people import bought, move, remove
from tests.followups.simulation.script import Act

ZONE = ZoneInfo("Asia/Shanghai")
TAG, SUNDAY = "老茶客", 6
BORN = (Birthday(2, 29), Birthday(6, 3, lunar=True, leap=True), Birthday(12, 30, lunar=True), Birthday(1, 2))
"""For some of the people: days that not every year has."""
KINDS = (FollowUpKind.THANKS, FollowUpKind.BIRTHDAY, FollowUpKind.CALL, FollowUpKind.SILENCE)


class Player:
    """One shop on its way through the year."""

    def __init__(self, path: Path, first: date) -> None:
        self.clock = FixedClock(datetime.combine(first, time(8), ZONE))
        self.shop: Shop = open_shop(path, clock=self.clock)
        self.first, self._bills = first, 0
        with Session(self.shop.work.engine) as session:
            self.people = list(session.scalars(select(Customer.id).order_by(Customer.id)))

    def prepare(self, cap: int) -> None:
        """Every rule on, with bounds that a small shop reaches, and three cadences in an order."""
        work = self.shop.work
        work.write(settings.change, {"followup_daily_cap": cap})
        asks: dict[str, dict[str, Any]] = {
            "thanks": {"least": 30_000},
            "points": {"least": 50},
            "silence": {"least": 1},
            "birthday": {"days": 3},
        }
        for row in work.read(followups.rules):
            if row.kind is not RuleKind.CADENCE:
                draft = replace(row.draft, **asks.get(row.code, {}))
                work.write(followups.change_rule, row.id, draft, version=row.version)
                work.write(followups.switch_rule, row.id, True, self.first)
        for draft in (
            RuleDraft(RuleKind.CADENCE, 12, 6, scope=Scope.TAG, match=TAG),
            RuleDraft(RuleKind.CADENCE, 20, 10, scope=Scope.TIER, match="vip", assignee=Assignee.SELLER),
            RuleDraft(RuleKind.CADENCE, 40, 9, own_rhythm=True, purpose=FollowUpPurpose.SELL),
        ):
            work.write(followups.add_cadence, draft, self.first)
        for who, birthday in zip(self.people[3:], BORN, strict=False):
            version = work.read(customers.card, who, self.first).version
            work.write(customers.set_field, who, "birthday", birthday, version=version)

    def open_day(self, day: date, hour: int = 9) -> None:
        """What the window does when it is started: points end, tiers run out, the rules bring what is due.

        Points and tiers only on Sundays, to be quick: what is brought for points goes by their last day alone.
        """
        self.clock.moment = datetime.combine(day, time(hour), ZONE)
        if day.weekday() == SUNDAY:
            self.shop.work.write(rewards.open_day, day)
        self.shop.work.write(followups.run_rules, day, at=self.clock.moment)

    def live(self, day: date, acts: Iterable[Act]) -> None:
        """What happens on a day, from ten o'clock on. What the shop refuses is not done."""
        self.clock.moment = datetime.combine(day, time(10), ZONE)
        for what, first, second in acts:
            self.clock.forward(minutes=5)
            try:
                getattr(self, f"_{what}")(first, second)
            except ShopError:
                continue

    def close(self) -> None:
        self.shop.close()

    @property
    def now(self) -> datetime:
        return self.clock.moment

    @property
    def day(self) -> date:
        return self.now.astimezone(ZONE).date()

    def _sell(self, who: int, units: int) -> None:
        self._bills += 1
        ticket = till.Ticket(self.people[who], (till.TicketLine(None, 1000, units * 10_000),))
        self.shop.work.write(till.sell, ticket, operation_id=f"story-{self._bills}", at=self.now)

    def _void(self, _who: int, which: int) -> None:
        """The last bills can be taken back."""
        query = select(Sale.id).where(Sale.operation_id.like("story-%"), Sale.voided_at.is_(None))
        bills = self._ids(query.order_by(Sale.id.desc()).limit(5))
        if bills:
            bill = bills[which % len(bills)]
            self.shop.work.write(till.void_sale, bill, operation_id=f"void-{bill}", at=self.now)

    def _late(self, who: int, ago: int) -> None:
        """A bill of some days ago is heard of today."""
        bought(self.shop.work, self.people[who], self.now - timedelta(days=1 + ago % 6), 40_000)

    def _contact(self, who: int, chance: int) -> None:
        draft = ContactDraft(Channel.CALL, reached=chance % 3 > 0)
        self.shop.work.write(interactions.log_contact, self.people[who], draft, at=self.now)

    def _shown(self, who: int, chance: int) -> None:
        quoted, shown = ("A gaiwan, 120", "") if chance % 2 else ("", "A gaiwan")
        draft = ContactDraft(Channel.VISIT, quoted=quoted, demonstrated=shown)
        self.shop.work.write(interactions.log_contact, self.people[who], draft, at=self.now)

    def _complain(self, who: int, _chance: int) -> None:
        draft = complaints.ComplaintDraft(
            customer_id=self.people[who], category="product", severity=Severity.MINOR, words="A crack"
        )
        self.shop.work.write(complaints.log, draft, self.now)

    def _solve(self, _who: int, which: int) -> None:
        self._move(ComplaintState.OPEN, ComplaintState.RESOLVED, which, remedy="A new one")

    def _agree(self, _who: int, which: int) -> None:
        self._move(ComplaintState.RESOLVED, ComplaintState.CLOSED, which, satisfaction=5)

    def _reopen(self, _who: int, which: int) -> None:
        self._move(ComplaintState.RESOLVED, ComplaintState.OPEN, which)

    def _move(self, before: ComplaintState, after: ComplaintState, which: int, **said: object) -> None:
        cases = self._ids(select(Complaint.id).where(Complaint.state == before).order_by(Complaint.id))
        if cases:
            self.shop.work.write(complaints.move, cases[which % len(cases)], after, self.now, **said)  # type: ignore[arg-type]

    def _book(self, who: int, chance: int) -> None:
        draft = followups.FollowUpDraft(
            self.day + timedelta(days=chance % 20), KINDS[chance % len(KINDS)], self.people[who]
        )
        self.shop.work.write(followups.book, draft, self.now)

    def _finish(self, _who: int, which: int) -> None:
        for one in self._open(which, by_hand=which % 4 == 0):
            self.shop.work.write(followups.finish, one, self.now)

    def _remove(self, _who: int, _which: int) -> None:
        """The one that is due last: of those there could be another soonest."""
        order = (FollowUp.due_on.desc(), FollowUp.identity)
        due = select(FollowUp.id).where(FollowUp.done_at.is_(None), FollowUp.rule.is_not(None)).order_by(*order)
        for one in self._ids(due.limit(1)):
            remove(self.shop.work, one)

    def _postpone(self, _who: int, which: int) -> None:
        for one in self._open(which):
            move(self.shop.work, one, self.day + timedelta(days=1 + which % 5))

    def _open(self, which: int, *, by_hand: bool = False) -> list[int]:
        """One of the open ones, chosen by what it is and not by its number, which other runs give otherwise."""
        rule = FollowUp.rule.is_(None) if by_hand else FollowUp.rule.is_not(None)
        order = (FollowUp.identity, FollowUp.customer_id, FollowUp.due_on, FollowUp.kind)
        found = self._ids(select(FollowUp.id).where(FollowUp.done_at.is_(None), rule).order_by(*order))
        return [found[which % len(found)]] if found else []

    def _bar(self, who: int, barred: int) -> None:
        self._set(self.people[who], "do_not_contact", bool(barred))

    def _tag(self, who: int, _: int) -> None:
        for one in self.people[who : who + 3]:
            self._set(one, "tags", (TAG,))

    def _archive(self, who: int, _: int) -> None:
        self.shop.work.write(customers.archive, self.people[who], at=self.now)

    def _merge(self, kept: int, gone: int) -> None:
        self.shop.work.write(duplicates.merge, self.people[kept], self.people[gone], at=self.now)

    def _new(self, _: int, __: int) -> None:
        draft = customers.CustomerDraft(name="New", birthday=Birthday(self.day.month, min(self.day.day + 2, 28)))
        self.people.append(self.shop.work.write(customers.add, draft, at=self.now)[0])

    def _switch(self, place: int, on: int) -> None:
        row = self.shop.work.read(followups.rules)[place]
        self.shop.work.write(followups.switch_rule, row.id, bool(on), self.day)

    def _set(self, who: int, field: str, value: object) -> None:
        version = self.shop.work.read(customers.card, who, self.day).version
        self.shop.work.write(customers.set_field, who, field, value, version=version)

    def _ids(self, query: object) -> Sequence[int]:
        with Session(self.shop.work.engine) as session:
            return list(session.scalars(query))  # type: ignore[call-overload]
