"""Points brought along from an old system: a lot with the last day it had there."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.loyalty.kinds import PointKind
from app.models.loyalty import PointEntry
from app.services.customers.families import answering
from app.services.loyalty.adjusting import NothingToMove, ReasonMissing, following, undo_adjust
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.posting import Posting, posted
from app.services.settings import settings
from app.storage import journal


def open_points(
    session: Session,
    customer_id: int,
    points: int,
    reason: str,
    *,
    expires_on: date | None = None,
    operation_id: str,
    at: datetime,
) -> str:
    """Bring along what a customer held before; the operation it was posted under.

    What is owed here is paid out of it first (rule 6). `expires_on` is its last usable day; without one it ends as what
    is earned today does. The same operation id again posts nothing. Raises NothingToMove, ReasonMissing.
    """
    if points <= 0:
        raise NothingToMove
    if not reason.strip():
        raise ReasonMissing
    if not posted(session, operation_id):
        owner = answering(session, customer_id)
        posting = Posting(session, settings(session), owner, operation_id, at, reason=reason.strip())
        expire_of(session, posting.cards, posting.day, posting.zone)
        posting.bring_lot(PointKind.ADJUST, points, expires_on)
        journal.taken_back_by(session, undo_adjust, operation_id, operation_id=following(operation_id))
    return operation_id


def bring_points(
    session: Session,
    customer_id: int,
    points: int,
    reason: str,
    *,
    expires_on: date | None = None,
    operation_id: str,
    at: datetime,
) -> None:
    """The same, among many, for somebody who never had points and has no other card, under an operation never used."""
    posting = Posting.among_many(session, settings(session), customer_id, operation_id, at, reason)
    posting.bring_lot(PointKind.ADJUST, points, expires_on, owed=0)


def take_points_back(session: Session, lot: PointEntry, *, operation_id: str, at: datetime) -> None:
    """Take back what was brought to somebody with one card and no debt, nothing of which has gone."""
    posting = Posting.among_many(session, settings(session), lot.customer_id, operation_id, at, lot.reason)
    posting.close_untouched(lot)
