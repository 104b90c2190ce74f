"""What is done to put a case right: each remedy with what it cost, and what it moves in the other ledgers.

A remedy and what it moves are posted under one operation, so that doing it twice posts once, and that taking it back
takes everything back.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.errors import ShopError
from app.domain.remedies import MOVES_VALUE, RemedyKind
from app.domain.staff import Role
from app.domain.text import one_line
from app.models.complaints import Complaint, ComplaintRemedy
from app.models.products import Product
from app.models.rewards import CouponEntry
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.complaints.remedy_cost import RemedyDraft, counted, coupon_kept, kept_cost, remedy_cost
from app.services.complaints.value import give_value, give_value_again, take_value_back
from app.services.customers.families import answered_for, answering
from app.services.loyalty.adjusting import NothingToMove, following, moment
from app.services.permissions import NotAllowed
from app.services.settings import settings
from app.services.till.days import day_of
from app.storage import journal
from app.storage.unit_of_work import acting_staff


class NobodyToGive(ShopError):
    """Points, coupons and stored value are somebody's: a case without a name has nobody to give them to."""


class NothingGivenYet(ShopError):
    """A remedy says how many points, which coupon, how much, or which return. Numbers: kind (its code)."""


class ReturnNotThere(ShopError):
    """No return of the till, one that was taken back, or one that another case tells of already."""


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One remedy of a case; money in minor units."""

    id: int
    at: datetime
    staff: str
    kind: RemedyKind
    cost: int
    note: str
    points: int
    coupon: str
    """The code of the coupon."""
    return_number: str
    product: str
    taken_back: bool
    return_taken_back: bool
    """The till took the return back since: the money was not paid after all, and the cost does not count."""
    withdrawn: bool
    """Its coupon was withdrawn unused among the rewards, and cost nothing."""

    @property
    def counts(self) -> bool:
        """Whether it stands: nothing took it back."""
        return not (self.taken_back or self.return_taken_back or self.withdrawn)


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return of the till; `money` in minor units is what went back."""

    id: int
    number: str
    shop_day: date
    money: int


def give_remedy(session: Session, complaint_id: int, draft: RemedyDraft, *, operation_id: str, at: datetime) -> int:
    """Put a case right in one way; returns the id of the remedy. The same operation id again posts nothing.

    Points go to whoever answers for the case's customer, as do coupons and stored value.
    Raises NobodyToGive, NothingGivenYet, ReturnNotThere, NotAllowed for a clerk who would give value away, or what the
    other ledgers raise.
    """
    done = _posted(session, operation_id)
    if done is not None:
        return done.id
    case = session.get_one(Complaint, complaint_id)
    _check(session, case, draft)
    coupon_id = give_value(session, case, draft, operation_id, at)
    remedy = ComplaintRemedy(
        complaint_id=complaint_id,
        at=at,
        shop_day=day_of(settings(session), at),
        staff_id=acting_staff(session),
        kind=draft.kind,
        cost=remedy_cost(session, draft) if draft.cost is None else max(0, draft.cost),
        note=one_line(draft.note),
        points=draft.points if draft.kind is RemedyKind.POINTS else 0,
        coupon_id=coupon_id,
        return_id=draft.return_id if draft.kind is RemedyKind.REFUND else None,
        product_id=draft.product_id if draft.kind is RemedyKind.REPLACEMENT else None,
        operation_id=operation_id,
    )
    session.add(remedy)
    session.flush()
    journal.taken_back_by(session, undo_remedy, operation_id, operation_id=following(operation_id))
    return remedy.id


def take_back_remedy(session: Session, remedy_id: int, *, operation_id: str, at: datetime) -> None:
    """Take one remedy back, with what it moved. Raises NothingToMove when it is taken back already."""
    undo_remedy(session, session.get_one(ComplaintRemedy, remedy_id).operation_id, operation_id=operation_id, at=at)


def undo_remedy(session: Session, done: str, *, operation_id: str, at: datetime | None = None) -> None:
    """Take a remedy back by rows that reverse it; taken back itself, the remedy stands again.

    Raises NothingToMove when there is none under that operation id or it is taken back already, SpentSince when its
    coupon was used, ReturnNotThere when a refund would stand again whose return is gone or told of elsewhere.
    """
    row = _posted(session, done)
    if row is None:
        raise NothingToMove
    if _posted(session, operation_id) is not None:
        return
    turned = or_(ComplaintRemedy.reverses_id == row.id, ComplaintRemedy.restores_id == row.id)
    if session.scalar(select(ComplaintRemedy.id).where(turned)) is not None:
        raise NothingToMove
    _require_role(session, row.kind)
    when = at or moment(session)
    first = row if row.reverses_id is None else session.get_one(ComplaintRemedy, row.reverses_id)
    if row is first:
        take_value_back(session, row, operation_id, when)
    else:
        if first.kind is RemedyKind.REFUND:
            _check_return(session, first.return_id)
        give_value_again(session, first, row, operation_id, when)
    session.add(_turned(session, first, row, operation_id, when))
    session.flush()
    journal.taken_back_by(session, undo_remedy, operation_id, operation_id=following(operation_id))


def remedies(session: Session, complaint_id: int) -> list[RemedyRow]:
    """What was done about a case, the first first; those that were taken back stay among them."""
    back, returned = aliased(ComplaintRemedy), aliased(Sale)
    query = (
        select(
            ComplaintRemedy.id,
            ComplaintRemedy.at,
            Staff.name,
            ComplaintRemedy.kind,
            ComplaintRemedy.cost,
            ComplaintRemedy.note,
            ComplaintRemedy.points,
            func.coalesce(CouponEntry.code, ""),
            func.coalesce(returned.number, ""),
            func.coalesce(Product.name, ""),
            back.id.is_not(None),
            returned.voided_at.is_not(None),
            coupon_kept() == 0,
        )
        .join(Staff, Staff.id == ComplaintRemedy.staff_id)
        .outerjoin(back, back.reverses_id == ComplaintRemedy.id)
        .outerjoin(CouponEntry, CouponEntry.id == ComplaintRemedy.coupon_id)
        .outerjoin(returned, returned.id == ComplaintRemedy.return_id)
        .outerjoin(Product, Product.id == ComplaintRemedy.product_id)
        .where(ComplaintRemedy.complaint_id == complaint_id, ComplaintRemedy.reverses_id.is_(None))
        .order_by(ComplaintRemedy.at, ComplaintRemedy.id)
    )
    rows: Any = session.execute(query)
    return [RemedyRow(*row) for row in rows]


def returns_to_tell(session: Session, complaint_id: int) -> list[ReturnRow]:
    """Returns that a refund of this case may be: of its sale or its customer, standing, and told of by no case yet."""
    case = session.get_one(Complaint, complaint_id)
    return untold_returns(session, case.customer_id, case.sale_id)


def untold_returns(session: Session, customer_id: int | None, sale_id: int | None) -> list[ReturnRow]:
    """The same for a case that is only being written; the newest first."""
    family = answered_for(session, answering(session, customer_id)) if customer_id is not None else []
    mine = or_(Sale.customer_id.in_(family), and_(Sale.returns_id == sale_id, Sale.returns_id.is_not(None)))
    query = (
        select(Sale.id, Sale.number, Sale.shop_day, -Sale.total)
        .where(mine, Sale.voided_at.is_(None), Sale.returned > 0, Sale.total < 0, ~_told_of(Sale.id).exists())
        .order_by(Sale.at.desc(), Sale.id.desc())
        .limit(20)
    )
    return [ReturnRow(*row) for row in session.execute(query)]


def cost_of(session: Session, complaint_id: int) -> int:
    """What putting a case right has cost so far, in minor units."""
    of_case = select(func.sum(kept_cost())).where(ComplaintRemedy.complaint_id == complaint_id)
    return session.scalar(counted(of_case)) or 0


def _check(session: Session, case: Complaint, draft: RemedyDraft) -> None:
    _require_role(session, draft.kind)
    if draft.kind in MOVES_VALUE and case.customer_id is None:
        raise NobodyToGive
    wanted = {
        RemedyKind.POINTS: draft.points > 0,
        RemedyKind.COUPON: draft.coupon_kind_id is not None,
        RemedyKind.STORED: draft.amount > 0,
        RemedyKind.REFUND: draft.return_id is not None,
    }
    if not wanted.get(draft.kind, True):
        raise NothingGivenYet(kind=draft.kind.value)
    if draft.kind is RemedyKind.REFUND:
        _check_return(session, draft.return_id)


def _check_return(session: Session, return_id: int | None) -> None:
    back = session.get(Sale, return_id)
    if back is None or back.voided_at is not None or back.returned <= 0:
        raise ReturnNotThere
    if session.scalar(_told_of(back.id).limit(1)) is not None:
        raise ReturnNotThere


def _told_of(return_id: Any) -> Select[int]:
    """The remedies that stand and tell of a return."""
    reversing = aliased(ComplaintRemedy)
    return select(ComplaintRemedy.id).where(
        ComplaintRemedy.return_id == return_id,
        ComplaintRemedy.reverses_id.is_(None),
        ~select(reversing.id).where(reversing.reverses_id == ComplaintRemedy.id).exists(),
    )


def _require_role(session: Session, kind: RemedyKind) -> None:
    if kind in MOVES_VALUE and not session.info["role"].covers(Role.MANAGER):
        raise NotAllowed(needs=Role.MANAGER)


def _posted(session: Session, operation_id: str) -> ComplaintRemedy | None:
    return session.scalar(select(ComplaintRemedy).where(ComplaintRemedy.operation_id == operation_id))


def _turned(
    session: Session, first: ComplaintRemedy, row: ComplaintRemedy, operation_id: str, at: datetime
) -> ComplaintRemedy:
    """The row that takes `row` back, or the remedy again where `row` took it back."""
    sign = -1 if row is first else 1
    return ComplaintRemedy(
        complaint_id=first.complaint_id,
        at=at if row is first else first.at,
        shop_day=day_of(settings(session), at) if row is first else first.shop_day,
        staff_id=acting_staff(session) if row is first else first.staff_id,
        kind=first.kind,
        cost=sign * first.cost,
        note=first.note if row is not first else "",
        points=sign * first.points,
        coupon_id=first.coupon_id,
        return_id=first.return_id,
        product_id=first.product_id,
        operation_id=operation_id,
        reverses_id=first.id if row is first else None,
        restores_id=None if row is first else row.id,
    )
