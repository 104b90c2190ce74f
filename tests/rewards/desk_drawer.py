"""A drawer of cards to try the ledgers on: what the till does with them, one act at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.domain.rewards.bonus import Parts
from app.domain.rewards.cards import last_day
from app.domain.rewards.kinds import PlanKind
from app.models.rewards import CardPlan
from app.models.sales import Sale
from app.services import customers, permissions, rewards, till
from app.services.rewards import carrying
from app.services.rewards.coupons import check_usable, give_back_coupons, use
from app.services.rewards.issuing import Issue, undo_coupons
from app.services.rewards.posting import Posting
from app.services.rewards.purses import Pocket
from app.services.rewards.stored import give_back_to, load, pay
from app.services.rewards.undoing import can_be_undone
from app.services.settings import settings
from app.storage import journal
from app.storage.unit_of_work import Changes, UnitOfWork

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def _post(
    session: Session, customer: int, operation_id: str, at: datetime, act: Callable[[Posting], Any], sale: int | None
) -> Any:
    posting = Posting(session, settings(session), customer, operation_id, at, sale_id=sale)
    answer = act(posting)
    can_be_undone(session, operation_id)
    return answer


def top_up(session: Session, customer: int, paid: int, bonus: int, months: int, operation_id: str, at: datetime) -> Any:
    def act(posting: Posting) -> None:
        load(posting, paid, bonus, bonus_until=last_day(posting.day, months or None))

    return _post(session, customer, operation_id, at, act, None)


def pay_with(session: Session, customer: int, amount: int, sale: int, operation_id: str, at: datetime) -> Any:
    return _post(session, customer, operation_id, at, lambda posting: pay(posting, amount), sale)


def bring_back(session: Session, customer: int, amount: int, sale: int, operation_id: str, at: datetime) -> Any:
    return _post(session, customer, operation_id, at, lambda posting: give_back_to(posting, sale, amount), sale)


def carry(session: Session, customer: int, plan: int, what: str, number: int, operation_id: str, at: datetime) -> Any:
    """Visits or stamps: sell, stamp, use, take or give."""
    card = session.get_one(CardPlan, plan)
    acts: dict[str, Callable[[Posting], Any]] = {
        "sell": lambda posting: carrying.sell_visits(posting, card, number),
        "stamp": lambda posting: carrying.stamp(posting, card, number),
        "visit": lambda posting: carrying.use_visits(posting, card, number),
        "free": lambda posting: carrying.use_stamps(posting, card, number),
    }
    return _post(session, customer, operation_id, at, acts[what], None)


def carry_back(session: Session, customer: int, plan: int, what: str, n: int, sale: int, op: str, at: datetime) -> Any:
    card = session.get_one(CardPlan, plan)
    pocket = Pocket(card.kind, plan_id=plan)
    acts: dict[str, Callable[[Posting], Any]] = {
        "visit": lambda posting: carrying.use_visits(posting, card, n),
        "stamp": lambda posting: carrying.stamp(posting, card, n),
        "give": lambda posting: carrying.give_units_back(posting, pocket, sale, n),
        "take": lambda posting: carrying.take_stamps_back(posting, card, sale, n),
    }
    return _post(session, customer, op, at, acts[what], sale)


def use_coupon(session: Session, code: str, customer: int | None, sale: int, operation_id: str, at: datetime) -> None:
    found = rewards.coupon(session, code)
    day = session.get_one(Sale, sale).shop_day if sale else at.date()
    check_usable(session, found, [customer] if customer else [], day)
    use(session, found, customer, 500, Issue(operation_id, at, day, sale or None))
    journal.taken_back_by(session, undo_coupons, operation_id, operation_id=f"{operation_id}~1")


def coupons_back(session: Session, sale: int, operation_id: str, at: datetime) -> int:
    given = give_back_coupons(session, sale, Issue(operation_id, at, at.date(), sale))
    journal.not_taken_back(session)
    return given


OWN = (top_up, pay_with, bring_back, carry, carry_back, use_coupon, coupons_back)


def allow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the acts of this module pass the permission table, as the till's service would."""
    for act in OWN:
        monkeypatch.setitem(permissions.NEEDS, f"tests.{act.__name__}", permissions.CLERK)


@dataclass
class Drawer:
    work: UnitOfWork
    now: datetime = MORNING
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def day(self) -> date:
        return self.now.date()

    def operation(self) -> str:
        return f"operation-{next(self._numbers)}"

    def person(self, name: str = "Joanna Shen") -> int:
        return self.work.write(customers.add, customers.CustomerDraft(name=name), at=self.now)[0]

    def sale(self, someone: int | None, units: int = 100) -> int:
        line = till.TicketLine(None, 1000, units * 10_000)
        done, _ = self.work.write(till.sell, till.Ticket(someone, (line,)), operation_id=self.operation(), at=self.now)
        return done.sale_id

    def plan(self, kind: PlanKind, units: int, **more: Any) -> int:
        return self.work.write(rewards.add_plan, rewards.PlanDraft(kind, f"{kind} {units}", units=units, **more))[0]

    def act(self, service: Callable[..., Any], *args: Any) -> tuple[Any, Changes]:
        return self.work.write(service, *args, self.operation(), self.now)

    def top_up(self, someone: int, paid: int, bonus: int = 0, months: int = 0) -> Changes:
        return self.act(top_up, someone, paid, bonus, months)[1]

    def pay(self, someone: int, amount: int, sale: int | None = None) -> Parts:
        parts: Parts = self.act(pay_with, someone, amount, sale or self.sale(someone))[0]
        return parts

    def stored(self, someone: int) -> tuple[int, int]:
        held = self.work.read(rewards.stored, someone, self.day)
        return held.principal, held.bonus

    def back(self, changes: Changes) -> Changes:
        """Walk the way back that a write has left."""
        way = changes.taken_back_by
        assert way is not None
        return self.work.write(way.service, *way.args, **way.named)[1]
