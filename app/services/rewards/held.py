"""What a customer holds besides points, at a glance: for the card, the till and the slip."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.loyalty.lots import spendable
from app.domain.rewards.bonus import Parts
from app.domain.rewards.cards import Covers
from app.domain.rewards.kinds import PlanKind
from app.models.rewards import CardPlan, StampEntry, VisitEntry
from app.services.customers.families import answered_for
from app.services.rewards.coupons import Coupon, coupons_of_cards
from app.services.rewards.purses import BONUS, PRINCIPAL, Pocket, debt_of, lots_of


@dataclass(frozen=True, slots=True)
class CardHeld:
    """Visits or stamps of one card."""

    plan_id: int
    kind: PlanKind
    name: str
    covers: Covers
    left: int
    """That can be used; 0 or more."""
    owed: int
    full: int
    """Stamps that make one free; 1 for a visit."""
    expires_on: date | None
    """Of what ends first."""

    @property
    def times(self) -> int:
        """How many goods it can pay for."""
        return self.left // self.full


@dataclass(frozen=True, slots=True)
class Held:
    """Everything. Stored value in minor units."""

    stored: Parts
    stored_owed: int
    bonus_ends: date | None
    cards: tuple[CardHeld, ...]
    coupons: tuple[Coupon, ...]

    @property
    def anything(self) -> bool:
        return bool(self.stored.total or self.stored_owed or self.cards or self.coupons)


NOTHING = Held(Parts(0, 0), 0, None, (), ())


def held(session: Session, customer_id: int, day: date) -> Held:
    """What a customer and the cards merged into it hold on `day`."""
    return held_by(session, answered_for(session, customer_id), day)


def held_by(session: Session, cards: Collection[int], day: date) -> Held:
    """The same for cards that answer together; nothing for none."""
    if not cards:
        return NOTHING
    (paid, paid_owed, _), (bonus, bonus_owed, ends) = (
        _of(session, pocket, cards, day) for pocket in (PRINCIPAL, BONUS)
    )
    return Held(
        Parts(paid, bonus),
        paid_owed + bonus_owed,
        ends,
        tuple(_cards(session, cards, day)),
        tuple(coupons_of_cards(session, cards, day)),
    )


def _of(session: Session, pocket: Pocket, cards: Collection[int], day: date) -> tuple[int, int, date | None]:
    """What can be spent, or what is owed once all of it is counted against the debt; when the first of it ends."""
    lots, debt = [lot for lot in lots_of(session, pocket, cards) if lot.usable(day)], debt_of(session, pocket, cards)
    ends = min((lot.expires_on for lot in lots if lot.expires_on is not None), default=None)
    owed = max(0, debt - sum(lot.remaining for lot in lots))
    return spendable(lots, day, debt), owed, ends


def _cards(session: Session, cards: Collection[int], day: date) -> list[CardHeld]:
    found = []
    for kind, entry in ((PlanKind.VISITS, VisitEntry), (PlanKind.STAMPS, StampEntry)):
        touched = select(entry.plan_id).where(entry.customer_id.in_(cards))
        for plan in session.scalars(select(CardPlan).where(CardPlan.id.in_(touched)).order_by(CardPlan.id)):
            left, owed, ends = _of(session, Pocket(kind, plan_id=plan.id), cards, day)
            if left or owed:
                found.append(_card(plan, left, owed, ends))
    return found


def _card(plan: CardPlan, left: int, owed: int, ends: date | None) -> CardHeld:
    full = plan.units if plan.kind is PlanKind.STAMPS else 1
    return CardHeld(plan.id, plan.kind, plan.name, covers_of(plan), left, owed, full, ends)


def covers_of(plan: CardPlan) -> Covers:
    """The goods a card counts for."""
    return Covers(plan.category, plan.product_id)
