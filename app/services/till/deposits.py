"""Cards sold at the till: money taken ahead. No revenue until it is used, so it earns no points and moves no tier."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.rewards.cards import last_day
from app.domain.rewards.kinds import PlanKind
from app.domain.rewards.refusals import CardNeedsCustomer
from app.models.rewards import CardPlan
from app.models.sales import Sale, SaleLine
from app.services.rewards.carrying import sell_visits
from app.services.rewards.posting import Posting
from app.services.rewards.stored import load
from app.services.till.ticket import CardSale
from app.storage import journal

ONE = 1000


class BadTopUp(ShopError):
    """A top-up is an amount above 0; of the cards, only those on offer are sold."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """A card on the bill: what is paid for it, in minor units, and what comes with it."""

    plan_id: int | None
    kind: PlanKind
    name: str
    """Of the card; empty for a top-up of any amount."""
    paid: int
    bonus: int = 0
    visits: int = 0


def deposits(
    session: Session, cards: Sequence[CardSale], *, known: bool
) -> tuple[tuple[Deposit, ...], ShopError | None]:
    """What these cards cost and bring; or why one cannot be sold. `known`: whether a customer is on the ticket."""
    found, problem = list[Deposit](), None
    for card in cards:
        try:
            if not known:
                raise CardNeedsCustomer
            found.append(_deposit(session, card))
        except ShopError as refusal:
            problem = problem or refusal
    return tuple(found), problem


def _deposit(session: Session, card: CardSale) -> Deposit:
    if card.plan_id is None:
        if not card.amount or card.amount < 0:
            raise BadTopUp
        return Deposit(None, PlanKind.STORED, "", card.amount)
    plan = session.get_one(CardPlan, card.plan_id)
    if plan.kind is PlanKind.STAMPS or plan.archived_at is not None:
        raise BadTopUp
    paid = plan.price if card.amount is None else card.amount
    return Deposit(plan.id, plan.kind, plan.name, paid, plan.bonus, plan.units)


def post_line(session: Session, sale: Sale, deposit: Deposit) -> None:
    """Post a card as a line of the bill, at the price that was paid."""
    journal.post(
        session,
        SaleLine,
        sale_id=sale.id,
        description=deposit.name,
        quantity=ONE,
        unit_price=0,
        amount=deposit.paid,
        deposit=True,
        plan_id=deposit.plan_id,
    )


def hand_over(session: Session, found: Sequence[Deposit], posting: Posting) -> None:
    """Post what the cards bring."""
    for deposit in found:
        plan = session.get_one(CardPlan, deposit.plan_id) if deposit.plan_id is not None else None
        if plan is None:
            load(posting, deposit.paid, 0)
        elif plan.kind is PlanKind.VISITS:
            sell_visits(posting, plan, deposit.paid)
        else:
            until = last_day(posting.day, plan.months)
            load(posting, deposit.paid, deposit.bonus, bonus_until=until, plan_id=plan.id)
