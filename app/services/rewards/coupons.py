"""Coupons as they are found, judged and used: by code at the till, or among what a customer holds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.codes import read_code
from app.domain.rewards.coupons import CouponTerms
from app.domain.rewards.kinds import Move, Occasion
from app.domain.rewards.refusals import (
    CouponExpired,
    CouponLimit,
    CouponMistyped,
    CouponNeedsCustomer,
    CouponNotTheirs,
    CouponNotYet,
    CouponUnknown,
    CouponUsed,
    CouponWithdrawn,
)
from app.models.customers import Customer
from app.models.rewards import CouponEntry, CouponKind
from app.services.customers.families import answered_for
from app.services.rewards.issuing import Issue
from app.services.rewards.written import day as written
from app.storage.unit_of_work import acting_staff


@dataclass(frozen=True, slots=True)
class Coupon:
    """One coupon, what it gives and how it stands. Money in minor units."""

    id: int
    code: str
    kind_id: int
    name: str
    occasion: Occasion
    terms: CouponTerms
    customer_id: int | None
    customer: str
    issued_on: date
    first: date
    last: date | None
    left: int
    """Uses; 0 once it is used up, expired or taken back."""
    used_on: date | None
    withdrawn: bool
    per_customer: int | None


def coupon(session: Session, typed: str) -> Coupon:
    """The coupon behind a code as it was typed or scanned. Raises CouponMistyped or CouponUnknown."""
    code = read_code(typed)
    if code is None:
        raise CouponMistyped
    found = _read(session, _query().where(CouponEntry.code == code))
    if not found:
        raise CouponUnknown
    return found[0]


def coupons_held(session: Session, customer_id: int, day: date) -> list[Coupon]:
    """The coupons given to a customer that can be used on `day` or later, those that end first at the top."""
    theirs = answered_for(session, customer_id)
    return coupons_of_cards(session, theirs, day)


def coupons_of_cards(session: Session, cards: Collection[int], day: date) -> list[Coupon]:
    """The same for cards that answer together."""
    query = _query().where(CouponEntry.customer_id.in_(cards))
    open_ones = [one for one in _read(session, query) if one.left > 0 and (one.last is None or one.last >= day)]
    return sorted(open_ones, key=lambda one: (one.last or date.max, one.id))


def coupons_of_kind(session: Session, kind_id: int, *, offset: int = 0, limit: int = 100) -> list[Coupon]:
    """The coupons of a kind, the newest first."""
    query = _query().where(CouponEntry.kind_id == kind_id)
    return _read(session, query.order_by(CouponEntry.id.desc()).offset(offset).limit(limit))


def count_coupons(session: Session, kind_id: int) -> int:
    """How many coupons of a kind were ever handed out."""
    return session.scalars(select(func.count()).where(CouponEntry.kind_id == kind_id, CouponEntry.opens_lot)).one()


def check_usable(session: Session, found: Coupon, cards: Collection[int], day: date) -> None:
    """Refuse a coupon that these cards (none: an anonymous buyer) cannot use on `day`.

    Raises CouponWithdrawn, CouponUsed, CouponExpired, CouponNotYet, CouponNeedsCustomer, CouponNotTheirs or
    CouponLimit, the first that applies.
    """
    if found.withdrawn and found.left <= 0:
        raise CouponWithdrawn
    if found.last is not None and found.last < day:
        raise CouponExpired(on=written(found.last))
    if found.left <= 0:
        raise CouponUsed(on=written(found.used_on))
    if found.first > day:
        raise CouponNotYet(day=written(found.first))
    if found.customer_id is not None and found.customer_id not in cards:
        raise CouponNotTheirs if cards else CouponNeedsCustomer
    if found.per_customer is not None:
        if not cards:
            raise CouponNeedsCustomer
        if _used_by(session, found.kind_id, cards) >= found.per_customer:
            raise CouponLimit(most=found.per_customer)


def use(session: Session, found: Coupon, customer_id: int | None, worth: int, act: Issue) -> None:
    """Note one use that took `worth` minor units off; `check_usable` was asked before in the same transaction."""
    taken = select(func.count()).where(CouponEntry.operation_id == act.operation_id)
    session.add(
        CouponEntry(
            customer_id=customer_id,
            kind_id=found.kind_id,
            at=act.at,
            shop_day=act.day,
            move=Move.SPEND,
            units=-1,
            worth=-worth,
            lot_id=found.id,
            sale_id=act.sale_id,
            staff_id=acting_staff(session),
            operation_id=act.operation_id,
            ordinal=session.scalars(taken).one(),
        )
    )
    session.flush()


def codes_used(session: Session, sale_id: int) -> list[str]:
    """The codes of the coupons a sale was posted with, in the order of use."""
    lot = aliased(CouponEntry)
    query = (
        select(lot.code)
        .join(CouponEntry, CouponEntry.lot_id == lot.id)
        .where(CouponEntry.sale_id == sale_id, CouponEntry.move == Move.SPEND, CouponEntry.units < 0)
        .order_by(CouponEntry.id)
    )
    return [code or "" for code in session.scalars(query)]


@dataclass(frozen=True, slots=True)
class BillCoupon:
    """A coupon that a bill was paid with, or that it brought its buyer."""

    name: str
    code: str
    used: bool
    took_off: int
    """Minor units; 0 where it was brought."""
    last: date | None


def coupons_of_bill(session: Session, sale_id: int, buyer: int | None) -> list[BillCoupon]:
    """The coupons used on a bill, in that order, then those it brought its buyer."""
    lot = aliased(CouponEntry)
    number = func.coalesce(CouponEntry.lot_id, CouponEntry.id)
    theirs = answered_for(session, buyer) if buyer is not None else []
    query = (
        select(CouponKind.name, lot.code, CouponEntry.move, -CouponEntry.worth, lot.expires_on)
        .join(lot, lot.id == number)
        .join(CouponKind, CouponKind.id == CouponEntry.kind_id)
        .where(
            CouponEntry.sale_id == sale_id,
            or_(
                and_(CouponEntry.move == Move.SPEND, CouponEntry.units < 0),
                and_(CouponEntry.move == Move.ISSUE, CouponEntry.opens_lot, CouponEntry.customer_id.in_(theirs)),
            ),
        )
        .order_by(CouponEntry.opens_lot, CouponEntry.id)
    )
    return [
        BillCoupon(name, code or "", move is Move.SPEND, off, last)
        for name, code, move, off, last in session.execute(query)
    ]


def give_back_coupons(session: Session, sale_id: int, act: Issue) -> int:
    """Coupons used on a sale can be used again once everything of it came back; how many."""
    lot = CouponEntry.lot_id
    query = (
        select(lot, CouponEntry.customer_id, func.sum(CouponEntry.units), func.sum(CouponEntry.worth))
        .where(CouponEntry.sale_id == sale_id, CouponEntry.move.in_((Move.SPEND, Move.GIVE_BACK)))
        .group_by(lot, CouponEntry.customer_id)
        .having(func.sum(CouponEntry.units) < 0)
    )
    given = 0
    first = session.scalars(select(func.count()).where(CouponEntry.operation_id == act.operation_id)).one()
    for lot_id, customer, units, worth in session.execute(query).all():
        found = session.get_one(CouponEntry, lot_id)
        session.add(
            CouponEntry(
                customer_id=customer,
                kind_id=found.kind_id,
                at=act.at,
                shop_day=act.day,
                move=Move.GIVE_BACK,
                units=-units,
                worth=-worth,
                lot_id=lot_id,
                sale_id=sale_id,
                staff_id=acting_staff(session),
                operation_id=act.operation_id,
                ordinal=first + given,
            )
        )
        given += 1
    session.flush()
    return given


def _used_by(session: Session, kind_id: int, cards: Collection[int]) -> int:
    query = select(func.coalesce(func.sum(CouponEntry.units), 0)).where(
        CouponEntry.kind_id == kind_id,
        CouponEntry.customer_id.in_(cards),
        CouponEntry.move.in_((Move.SPEND, Move.GIVE_BACK)),
    )
    return -session.scalars(query).one()


@cache
def _query() -> Select[*tuple[Any, ...]]:
    """All coupons: put together once, which takes longer than asking it."""
    drawn = aliased(CouponEntry)
    moved = select(func.coalesce(func.sum(drawn.units), 0)).where(drawn.lot_id == CouponEntry.id)
    used = select(func.max(drawn.shop_day)).where(drawn.lot_id == CouponEntry.id, drawn.move == Move.SPEND)
    gone = select(func.coalesce(func.sum(drawn.units), 0)).where(
        drawn.lot_id == CouponEntry.id, drawn.move == Move.WITHDRAW
    )
    return (
        select(
            CouponEntry,
            CouponKind,
            func.coalesce(Customer.name, ""),
            CouponEntry.units + moved.scalar_subquery(),
            used.scalar_subquery(),
            gone.scalar_subquery(),
        )
        .join(CouponKind, CouponKind.id == CouponEntry.kind_id)
        .outerjoin(Customer, Customer.id == CouponEntry.customer_id)
        .where(CouponEntry.opens_lot)
    )


def _read(session: Session, query: Select[*tuple[Any, ...]]) -> list[Coupon]:
    return [_coupon(*row) for row in session.execute(query)]


def _coupon(lot: CouponEntry, kind: CouponKind, customer: str, left: int, used: date | None, gone: int) -> Coupon:
    return Coupon(
        lot.id,
        lot.code or "",
        kind.id,
        kind.name,
        kind.occasion,
        terms_of(kind),
        lot.customer_id,
        customer,
        lot.shop_day,
        lot.available_from or lot.shop_day,
        lot.expires_on,
        left,
        used,
        gone < 0,
        kind.per_customer,
    )


def terms_of(kind: CouponKind) -> CouponTerms:
    """What coupons of a kind give."""
    return CouponTerms(kind.benefit, kind.amount, kind.product_id, kind.min_bill, tuple(kind.categories))
