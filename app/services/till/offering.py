"""What of all the buyer holds applies to this ticket: coupons, visits, full punch cards, stored value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.money import QUANTITY_UNITS
from app.domain.rewards.bonus import Parts, payable
from app.domain.rewards.coupons import Goods, taken_off
from app.domain.rewards.refusals import BillBelow, CouponTwice
from app.domain.shop import ShopSettings
from app.domain.shop_rules import bonus_rule
from app.services.rewards.coupons import Coupon, check_usable
from app.services.rewards.held import CardHeld, held_by
from app.services.rewards.written import money
from app.services.settings import settings
from app.services.till.bill import Bill, BillLine
from app.services.till.days import day_of
from app.services.till.ticket import Ticket

NOTHING = Parts(0, 0)


@dataclass(frozen=True, slots=True)
class CouponOffer:
    """A coupon the buyer holds: what it takes off this ticket in minor units, or why it cannot."""

    coupon: Coupon
    used: bool
    off: int = 0
    why: ShopError | None = None


@dataclass(frozen=True, slots=True)
class CardOffer:
    """A card the buyer holds: for how many goods of this ticket it is used, and for how many it could be."""

    card: CardHeld
    used: int
    most: int


@dataclass(frozen=True, slots=True)
class Offers:
    """Stored value in minor units: what is held, and the most of it that can pay for this ticket."""

    coupons: tuple[CouponOffer, ...] = ()
    cards: tuple[CardOffer, ...] = ()
    stored: Parts = NOTHING
    payable: int = 0

    @property
    def any(self) -> bool:
        return bool(self.coupons or self.cards or self.stored.total)


def offers(session: Session, bill: Bill, ticket: Ticket, *, at: datetime) -> Offers:
    """What the buyer holds and what of it applies; nothing for nobody. Changes nothing.

    `bill` is what the ticket comes to at this moment.
    """
    if bill.buyer is None:
        return Offers()
    shop = settings(session)
    day = day_of(shop, at)
    held = held_by(session, bill.buyer.cards, day)
    used = {each.coupon.id: each.off for each in bill.coupons}
    return Offers(
        tuple(_coupon(session, found, bill, used, shop, day) for found in held.coupons),
        tuple(_card(card, bill, ticket) for card in held.cards if card.left),
        held.stored,
        min(payable(held.stored, bonus_rule(shop)), bill.due - bill.deposited),
    )


def _coupon(
    session: Session, found: Coupon, bill: Bill, used: dict[int, int], shop: ShopSettings, day: date
) -> CouponOffer:
    if found.id in used:
        return CouponOffer(found, True, used[found.id])
    try:
        if any(each.coupon.kind_id == found.kind_id for each in bill.coupons):
            raise CouponTwice
        assert bill.buyer is not None
        check_usable(session, found, bill.buyer.cards, day)
        return CouponOffer(found, False, sum(taken_off(found.terms, _goods(bill.lines))))
    except BillBelow as below:
        return CouponOffer(found, False, why=BillBelow(least=money(shop, below.numbers["least"])))
    except ShopError as refusal:
        return CouponOffer(found, False, why=refusal)


def _goods(lines: Sequence[BillLine]) -> list[Goods]:
    """The lines as a further coupon would find them."""
    return [
        Goods(line.product_id, line.category, line.quantity, line.price - line.coupon)
        for line in lines
        if line.plan_id is None
    ]


def _card(card: CardHeld, bill: Bill, ticket: Ticket) -> CardOffer:
    used = sum(use.times for use in ticket.uses if use.plan_id == card.plan_id)
    fitting = [line for line in bill.lines if card.covers.counts(line.product_id, line.category)]
    free = sum(line.quantity // QUANTITY_UNITS for line in fitting if line.plan_id in (None, card.plan_id))
    return CardOffer(card, used, min(card.times, free))
