"""Coupons on a ticket: what each takes off, and why one cannot be used."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.rewards.coupons import taken_off
from app.domain.rewards.refusals import BillBelow, CouponTwice
from app.domain.shop import ShopSettings
from app.services.rewards.coupons import Coupon, check_usable, coupon
from app.services.rewards.written import money
from app.services.till.buyer import Buyer
from app.services.till.pieces import Piece


@dataclass(frozen=True, slots=True)
class CouponUsed:
    """A coupon on a bill, and what it takes off in minor units."""

    coupon: Coupon
    off: int


def with_coupons(
    session: Session, pieces: Sequence[Piece], codes: Sequence[str], buyer: Buyer | None, shop: ShopSettings, day: date
) -> tuple[list[Piece], tuple[CouponUsed, ...], ShopError | None]:
    """The pieces once these coupons have been used, each on what those before it left; or why one cannot be used."""
    parted, used, problem = list(pieces), list[CouponUsed](), None
    cards = buyer.cards if buyer else ()
    for code in codes:
        try:
            found = coupon(session, code)
            if any(found.kind_id == other.coupon.kind_id for other in used):
                raise CouponTwice
            check_usable(session, found, cards, day)
            off = off_each(found, parted, shop)
        except ShopError as refusal:
            problem = problem or refusal
            continue
        parted = [replace(piece, coupon=piece.coupon + part) for piece, part in zip(parted, off, strict=True)]
        used.append(CouponUsed(found, sum(off)))
    return parted, tuple(used), problem


def off_each(found: Coupon, pieces: Sequence[Piece], shop: ShopSettings) -> list[int]:
    """What a coupon takes off each piece. Raises CouponFitsNothing or BillBelow."""
    places = [at for at, piece in enumerate(pieces) if piece.plan_id is None]
    try:
        parts = taken_off(found.terms, [pieces[at].goods for at in places])
    except BillBelow as below:
        raise BillBelow(least=money(shop, below.numbers["least"])) from None
    off = dict(zip(places, parts, strict=True))
    return [off.get(at, 0) for at in range(len(pieces))]
