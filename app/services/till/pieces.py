"""The lines of a ticket as cards and coupons part them: what a visit or a full punch card pays for stands by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.money import QUANTITY_UNITS
from app.domain.rewards.cards import cheapest_free, part_of, whole_units
from app.domain.rewards.coupons import Goods
from app.domain.rewards.kinds import PlanKind
from app.domain.rewards.refusals import CardFitsNothing, CardNeedsCustomer, NotEnoughOnCard
from app.models.rewards import CardPlan
from app.services.rewards.held import covers_of
from app.services.rewards.purses import stamps, usable_of, visits
from app.services.rewards.visit_worth import visit_worth
from app.services.till.buyer import Buyer
from app.services.till.pricing import Priced
from app.services.till.ticket import CardUse, TicketLine


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the ticket, or the part of it that a card pays for."""

    place: int
    """Of the line on the ticket, from 0."""
    line: TicketLine
    cost: Priced
    name: str
    unit: str
    unit_price: int
    category: str
    plan_id: int | None = None
    """The card that pays for it."""
    card_off: int = 0
    """What the card takes off beyond what its visits were paid with."""
    coupon: int = 0
    """What coupons take off."""

    @property
    def open(self) -> int:
        """What a discount or points may still be laid on, in minor units."""
        return 0 if self.plan_id is not None else self.cost.price - self.coupon

    @property
    def goods(self) -> Goods:
        return Goods(self.line.product_id, self.category, self.line.quantity, self.open)


def covered(
    session: Session, pieces: Sequence[Piece], uses: Sequence[CardUse], buyer: Buyer | None, day: date
) -> tuple[list[Piece], ShopError | None]:
    """The pieces once these cards have paid for the cheapest of what they count for; or why one cannot."""
    parted, problem = list(pieces), None
    for use in uses:
        try:
            parted = _cover(session, parted, use, buyer, day)
        except ShopError as refusal:
            problem = problem or refusal
    return parted, problem


def _cover(session: Session, pieces: list[Piece], use: CardUse, buyer: Buyer | None, day: date) -> list[Piece]:
    if buyer is None:
        raise CardNeedsCustomer
    plan = session.get_one(CardPlan, use.plan_id)
    covers, goods = covers_of(plan), [piece.goods for piece in pieces]
    taken = [
        units if piece.plan_id is not None else 0
        for piece, units in zip(pieces, whole_units(covers, goods), strict=True)
    ]
    units = cheapest_free(covers, goods, use.times, taken)
    if sum(units) < use.times:
        raise CardFitsNothing(most=sum(units))
    worths = _worths(session, plan, units, buyer, day)
    return [
        part
        for piece, count, worth in zip(pieces, units, worths, strict=True)
        for part in _part(piece, count, plan.id, worth)
    ]


def _worths(session: Session, plan: CardPlan, units: Sequence[int], buyer: Buyer, day: date) -> list[int]:
    """What the visits for each piece were paid with, in minor units; stamps were paid with nothing."""
    if plan.kind is PlanKind.STAMPS:
        short = sum(units) * plan.units - usable_of(session, stamps(plan.id), buyer.cards, day)
        if short > 0:
            raise NotEnoughOnCard(short_by=short)
        return [0] * len(units)
    short = sum(units) - usable_of(session, visits(plan.id), buyer.cards, day)
    if short > 0:
        raise NotEnoughOnCard(short_by=short)
    so_far, worths = 0, []
    for count in units:
        before, so_far = so_far, so_far + count
        worths.append(
            visit_worth(session, plan.id, buyer.cards, day, so_far)
            - visit_worth(session, plan.id, buyer.cards, day, before)
        )
    return worths


def _part(piece: Piece, count: int, plan_id: int, worth: int) -> list[Piece]:
    """What the card pays for by itself, then the rest of the line."""
    if not count:
        return [piece]
    quantity = piece.line.quantity
    amount, price = part_of(piece.cost.amount, count, quantity), part_of(piece.cost.price, count, quantity)
    units = min(quantity, count * QUANTITY_UNITS)
    paid = replace(
        piece,
        line=replace(piece.line, quantity=units),
        cost=Priced(amount, amount - price, piece.cost.by),
        plan_id=plan_id,
        card_off=max(0, price - worth),
    )
    if units == quantity:
        return [paid]
    rest = Priced(piece.cost.amount - amount, piece.cost.saved - (amount - price), piece.cost.by)
    return [paid, replace(piece, line=replace(piece.line, quantity=quantity - units), cost=rest)]
