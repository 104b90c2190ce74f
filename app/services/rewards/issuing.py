"""Handing coupons out: to one customer, in a batch of codes for whoever bears them, or because of an occasion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import ShopError
from app.domain.rewards.codes import new_code
from app.domain.rewards.coupons import Validity
from app.domain.rewards.kinds import Move, Occasion
from app.domain.rewards.refusals import SpentSince
from app.domain.selling import AT_THE_COUNTER
from app.models.rewards import CouponEntry, CouponKind
from app.models.sales import Sale
from app.services.customers.families import answered_for, answering
from app.services.customers.selling import may_sell
from app.services.loyalty.adjusting import NothingToMove, following, moment
from app.services.settings import settings
from app.storage import journal, plain_sql
from app.storage.unit_of_work import acting_staff

MOST = 2000
"""Codes of one batch."""
MANY = 100
"""Above so many codes they are written straight through and noted as one batch."""


KINDS = "SELECT id FROM coupon_kinds WHERE occasion = ? AND archived_at IS NULL ORDER BY id"
REFERRER = "SELECT referrer_id FROM customers WHERE id = ?"
"""As the driver takes them: each sale asks."""


class BadBatch(ShopError):
    """A batch has from 1 to so many codes. Numbers: most."""


class CouponOver(ShopError):
    """The days within which a kind can be used are over, or it was put away."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One act of handing out: under which operation, when, on which shop day."""

    operation_id: str
    at: datetime
    day: date
    sale_id: int | None = None


@dataclass(frozen=True, slots=True)
class Gift:
    """A coupon for an occasion that comes round: `when` tells this time from the next."""

    kind: CouponKind
    customer_id: int
    when: str
    since: date
    """The days it can be used are counted from here."""

    @property
    def occasion(self) -> str:
        return f"{self.kind.occasion}:{self.kind.id}:{self.customer_id}:{self.when}"


def issue(session: Session, kind_id: int, customer_id: int, *, operation_id: str, at: datetime) -> str:
    """Give one customer a coupon; its code. The same operation id again issues nothing and gives the same code.

    Raises CouponOver.
    """
    if not issued(session, operation_id):
        owner = answering(session, customer_id)
        hand_out(session, session.get_one(CouponKind, kind_id), owner, _act(session, operation_id, at))
        journal.taken_back_by(session, undo_coupons, operation_id, operation_id=following(operation_id))
    return issued(session, operation_id)[0]


def issue_batch(session: Session, kind_id: int, count: int, *, operation_id: str, at: datetime) -> list[str]:
    """Make so many codes for whoever bears them. The same operation id again makes none and gives the same codes.

    Raises BadBatch or CouponOver.
    """
    if not 1 <= count <= MOST:
        raise BadBatch(most=MOST)
    if not issued(session, operation_id):
        kind, act = session.get_one(CouponKind, kind_id), _act(session, operation_id, at)
        _write(session, [_row(session, kind, None, act, ordinal) for ordinal in range(count)])
        journal.taken_back_by(session, undo_coupons, operation_id, operation_id=following(operation_id))
    return issued(session, operation_id)


def give_each(session: Session, gifts: Sequence[Gift], *, operation_id: str, at: datetime) -> None:
    """Hand out a coupon for each of these. Raises CouponOver."""
    act = _act(session, operation_id, at)
    rows = [
        _row(session, gift.kind, gift.customer_id, act, ordinal, since=gift.since) | {"occasion": gift.occasion}
        for ordinal, gift in enumerate(gifts)
    ]
    if rows:
        _write(session, rows)
        journal.taken_back_by(session, undo_coupons, operation_id, operation_id=following(operation_id))


def _write(session: Session, rows: list[dict[str, Any]]) -> None:
    if len(rows) > MANY:
        session.connection().execute(insert(CouponEntry), rows)
        journal.note_batch(session, CouponEntry, {"rows": len(rows)})
    else:
        session.add_all(CouponEntry(**row) for row in rows)
        session.flush()


def undo_coupons(session: Session, done: str, *, operation_id: str, at: datetime | None = None) -> None:
    """Take back the coupons that were handed out, or hand them out again; `at` is the moment of the act if not given.

    Raises NothingToMove when there are none, SpentSince when one of them was used.
    """
    rows = list(
        session.scalars(select(CouponEntry).where(CouponEntry.operation_id == done).order_by(CouponEntry.ordinal))
    )
    if not rows:
        raise NothingToMove
    if not issued(session, operation_id):
        turn_round(session, rows, _act(session, operation_id, at or moment(session)))
        journal.taken_back_by(session, undo_coupons, operation_id, operation_id=following(operation_id))


def withdraw_coupon(session: Session, coupon_id: int, reason: str, *, operation_id: str, at: datetime) -> str:
    """Take one coupon back, with what is left of it; the operation. The same operation id again takes nothing.

    Raises NothingToMove when nothing is left.
    """
    if issued(session, operation_id):
        return operation_id
    coupon = session.get_one(CouponEntry, coupon_id)
    left = uses_left(session, [coupon_id])[coupon_id]
    if left <= 0:
        raise NothingToMove
    act = _act(session, operation_id, at)
    session.add(_entry(session, coupon, Move.WITHDRAW, -left, act, reason=reason.strip()))
    journal.taken_back_by(session, undo_coupons, operation_id, operation_id=following(operation_id))
    return operation_id


def turn_round(session: Session, rows: Sequence[CouponEntry], act: Issue, *, leave_used: bool = False) -> None:
    """Reverse rows on the same coupons. Of one handed out and used meanwhile what is left goes, if it may be left so.

    A use that came back with goods and has been used again cannot go a second time; what ended, or was withdrawn, is
    gone already, and what it was used for does not bring it back. Raises SpentSince otherwise.
    """
    left = uses_left(session, {row.lot_id or row.id for row in rows})
    for ordinal, row in enumerate(reversed(rows)):
        coupon = row if row.lot_id is None else session.get_one(CouponEntry, row.lot_id)
        units = -row.units
        if units < -left[coupon.id]:
            if not leave_used or not (row.opens_lot or -units - left[coupon.id] <= _ended(session, coupon.id)):
                raise SpentSince
            units = -left[coupon.id]
        elif units > 0:
            gone = 0 if row.move is Move.WITHDRAW else _ended(session, coupon.id)
            units = min(units, coupon.units - left[coupon.id] - gone)
        if units:
            move = Move.WITHDRAW if row.opens_lot else row.move
            session.add(
                _entry(session, coupon, move, units, act, ordinal=ordinal, worth=-row.worth, by=row.customer_id)
            )
            left[coupon.id] += units
    session.flush()


def hand_out(
    session: Session, kind: CouponKind, customer_id: int | None, act: Issue, *, occasion: str | None = None
) -> CouponEntry:
    """Write one coupon; the operation's rows are numbered on. Raises CouponOver."""
    taken = select(func.count()).where(CouponEntry.operation_id == act.operation_id)
    row = _row(session, kind, customer_id, act, session.scalars(taken).one())
    coupon = CouponEntry(**row | {"occasion": occasion})
    session.add(coupon)
    session.flush()
    return coupon


def issue_after_sale(session: Session, sale: Sale) -> list[str]:
    """What a sale at the till brings: coupons for the next visit, and one for whoever brought a first-time buyer.

    Nobody with an open complaint is asked to come again; a thank-you that was earned is not selling, and is given.
    """
    if sale.customer_id is None or sale.operation_id is None:
        return []
    act = Issue(sale.operation_id, sale.at, sale.shop_day, sale.id)
    buyer, codes = answering(session, sale.customer_id), []
    fitting = [kind for kind in kinds_on(session, Occasion.NEXT_VISIT) if sale.revenue >= max(1, kind.from_amount)]
    if fitting and may_sell(session, buyer, AT_THE_COUNTER).allowed:
        for kind in fitting:
            codes += _once(session, kind, buyer, f"next_visit:{kind.id}:{sale.operation_id}", act)
    referrer: int | None = plain_sql.value(session, REFERRER, (buyer,))
    if referrer is not None and sale.revenue > 0 and _bought_first(session, buyer, sale.id):
        for kind in kinds_on(session, Occasion.REFERRAL):
            _once(session, kind, answering(session, referrer), f"referral:{kind.id}:{buyer}", act)
    return codes


def _bought_first(session: Session, buyer: int, sale_id: int) -> bool:
    """Whether nothing is left of anything they bought before: what came back whole was no purchase."""
    back = aliased(Sale)
    came_back = select(func.coalesce(func.sum(back.returned), 0)).where(
        back.returns_id == Sale.id, back.voided_at.is_(None)
    )
    before = select(Sale.id).where(
        Sale.customer_id.in_(answered_for(session, buyer)),
        Sale.voided_at.is_(None),
        Sale.revenue > came_back.scalar_subquery(),
    )
    return session.scalar(before.where(Sale.id != sale_id).limit(1)) is None


def kinds_on(session: Session, occasion: Occasion) -> list[CouponKind]:
    """The kinds handed out on an occasion."""
    found = plain_sql.values(session, KINDS, (occasion.value,))
    return [session.get_one(CouponKind, number) for number in found]


def _once(session: Session, kind: CouponKind, customer_id: int, occasion: str, act: Issue) -> list[str]:
    """One coupon for one occasion; none where there is one that was not taken back."""
    drawn = aliased(CouponEntry)
    withdrawn = select(func.coalesce(func.sum(drawn.units), 0)).where(
        drawn.lot_id == CouponEntry.id, drawn.move == Move.WITHDRAW
    )
    there = select(CouponEntry.id).where(CouponEntry.occasion == occasion, withdrawn.scalar_subquery() == 0)
    if session.scalar(there.limit(1)) is not None:
        return []
    coupon = hand_out(session, kind, customer_id, act, occasion=occasion)
    return [coupon.code or ""]


def issued(session: Session, operation_id: str) -> list[str]:
    """The codes handed out by an operation, in their order."""
    query = select(CouponEntry.code).where(CouponEntry.operation_id == operation_id).order_by(CouponEntry.ordinal)
    return [code or "" for code in session.scalars(query)]


def uses_left(session: Session, coupons: Any) -> dict[int, int]:
    """How often each of these coupons can still be used."""
    lot = func.coalesce(CouponEntry.lot_id, CouponEntry.id)
    query = select(lot, func.sum(CouponEntry.units)).where(lot.in_(coupons)).group_by(lot)
    return {number: left for number, left in session.execute(query)}  # noqa: C416


def _ended(session: Session, coupon_id: int) -> int:
    """How many uses of a coupon have ended with its last day, or were withdrawn."""
    query = select(func.coalesce(func.sum(CouponEntry.units), 0)).where(
        CouponEntry.lot_id == coupon_id, CouponEntry.move.in_((Move.EXPIRE, Move.WITHDRAW))
    )
    return -session.scalars(query).one()


def _act(session: Session, operation_id: str, at: datetime) -> Issue:
    return Issue(operation_id, at, at.astimezone(ZoneInfo(settings(session).timezone)).date())


def _row(
    session: Session, kind: CouponKind, customer_id: int | None, act: Issue, ordinal: int, *, since: date | None = None
) -> dict[str, Any]:
    first, last = Validity(kind.days, kind.first, kind.last).window(since or act.day)
    if kind.archived_at is not None or (last is not None and last < first):
        raise CouponOver
    return {
        "customer_id": customer_id,
        "kind_id": kind.id,
        "code": new_code(),
        "at": act.at,
        "shop_day": act.day,
        "move": Move.ISSUE,
        "units": kind.uses,
        "opens_lot": True,
        "available_from": first,
        "expires_on": last,
        "sale_id": act.sale_id,
        "staff_id": acting_staff(session),
        "operation_id": act.operation_id,
        "ordinal": ordinal,
    }


def _entry(
    session: Session,
    coupon: CouponEntry,
    move: Move,
    units: int,
    act: Issue,
    *,
    ordinal: int = 0,
    worth: int = 0,
    reason: str = "",
    by: int | None = None,
) -> CouponEntry:
    """A movement of a coupon that is out."""
    return CouponEntry(
        customer_id=by if by is not None else coupon.customer_id,
        kind_id=coupon.kind_id,
        at=act.at,
        shop_day=act.day,
        move=move,
        units=units,
        worth=worth,
        lot_id=coupon.id,
        sale_id=act.sale_id,
        staff_id=acting_staff(session),
        reason=reason,
        operation_id=act.operation_id,
        ordinal=ordinal,
    )
