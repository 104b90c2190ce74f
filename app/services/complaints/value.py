"""What a remedy moves in the other ledgers: points, a coupon, stored value; there and back under its operation."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.complaints import written_number
from app.domain.remedies import RemedyKind
from app.models.complaints import Complaint, ComplaintRemedy
from app.models.rewards import CouponEntry
from app.services.complaints.remedy_cost import RemedyDraft, coupon_kept
from app.services.loyalty.adjusting import adjust, undo_adjust
from app.services.loyalty.posting import posted
from app.services.rewards.by_hand import adjust_purse
from app.services.rewards.issuing import issue, issued, undo_coupons
from app.services.rewards.purses import BONUS
from app.services.rewards.undoing import undo_purse


def give_value(session: Session, case: Complaint, draft: RemedyDraft, operation_id: str, at: datetime) -> int | None:
    """Post what the remedy gives; the id of the coupon, where it is one."""
    customer, reason = case.customer_id, reason_of(case, draft.note)
    if customer is None:
        return None
    match draft.kind:
        case RemedyKind.POINTS:
            adjust(session, customer, draft.points, reason, operation_id=operation_id, at=at)
        case RemedyKind.STORED:
            adjust_purse(session, customer, BONUS, draft.amount, reason, operation_id=operation_id, at=at)
        case RemedyKind.COUPON if draft.coupon_kind_id is not None:
            issue(session, draft.coupon_kind_id, customer, operation_id=operation_id, at=at)
            return session.scalar(select(CouponEntry.id).where(CouponEntry.operation_id == operation_id))
    return None


def take_value_back(session: Session, remedy: ComplaintRemedy, operation_id: str, at: datetime) -> None:
    """Reverse what a remedy posted; a coupon that was withdrawn since is gone already.

    Raises SpentSince when a coupon or the stored value has been used.
    """
    match remedy.kind:
        case RemedyKind.POINTS:
            undo_adjust(session, remedy.operation_id, operation_id=operation_id, at=at)
        case RemedyKind.STORED:
            undo_purse(session, remedy.operation_id, operation_id=operation_id, at=at)
        case RemedyKind.COUPON if not was_withdrawn(session, remedy):
            undo_coupons(session, remedy.operation_id, operation_id=operation_id, at=at)


def give_value_again(
    session: Session, first: ComplaintRemedy, back: ComplaintRemedy, operation_id: str, at: datetime
) -> None:
    """Post again what `first` had given and `back` took away; a coupon that `back` found withdrawn stays so."""
    match first.kind:
        case RemedyKind.POINTS:
            gave = posted(session, first.operation_id)[0]
            adjust(session, gave.customer_id, first.points, gave.reason, operation_id=operation_id, at=first.at)
        case RemedyKind.STORED:
            undo_purse(session, back.operation_id, operation_id=operation_id, at=at)
        case RemedyKind.COUPON if issued(session, back.operation_id):
            undo_coupons(session, back.operation_id, operation_id=operation_id, at=at)


def was_withdrawn(session: Session, remedy: ComplaintRemedy) -> bool:
    """Whether nothing is left of its coupon, and nobody used it."""
    return session.scalar(select(coupon_kept()).where(ComplaintRemedy.id == remedy.id)) == 0


def reason_of(case: Complaint, note: str) -> str:
    """What the other ledger says it is for: the number of the case, and the note."""
    return f"{written_number(case.number)} {note.strip()}".strip()
