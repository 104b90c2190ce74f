"""Points given or taken by hand, with a reason, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.loyalty.kinds import PointKind
from app.services.customers.families import answering
from app.services.loyalty.expiry import expire_of
from app.services.loyalty.holdings import balance
from app.services.loyalty.posting import Posting, posted
from app.services.settings import settings
from app.storage import journal


class ReasonMissing(ShopError):
    """Points moved by hand need a reason."""


class NothingToMove(ShopError):
    """Zero points, or an operation that was never posted or is taken back already."""


class TooManyPoints(ShopError):
    """More than anybody means to give. Numbers: most."""


MOST_BY_HAND = 10**9
"""A number as long as a barcode was scanned, not meant."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    operation_id: str
    customer_id: int
    points: int
    balance: int


def adjust(
    session: Session, customer_id: int, points: int, reason: str, *, operation_id: str, at: datetime
) -> Adjusted:
    """Give (above 0) or take (below 0) points. What is given writes a debt off first, the rest opens a lot (rule 6).

    The same operation id again posts nothing and gives the same answer.
    Raises NothingToMove, TooManyPoints, ReasonMissing, or NotEnoughPoints when more is taken than is held.
    """
    owner = answering(session, customer_id)
    if not posted(session, operation_id):
        _check(points, reason)
        posting = Posting(session, settings(session), owner, operation_id, at, reason=reason.strip())
        _post(session, points, posting)
        journal.taken_back_by(session, undo_adjust, operation_id, operation_id=following(operation_id))
    return Adjusted(operation_id, owner, points, balance(session, owner))


def undo_adjust(session: Session, adjusted: str, *, operation_id: str, at: datetime | None = None) -> Adjusted:
    """Take an adjustment back by reversing rows on the same lots (rule 10); `at` is the moment of the act if not given.

    Raises NothingToMove when there is none under that operation id.
    """
    rows = posted(session, adjusted)
    if not rows or rows[0].kind is not PointKind.ADJUST:
        raise NothingToMove
    points, first = sum(row.points for row in rows), rows[0]
    if not posted(session, operation_id):
        posting = Posting(
            session, settings(session), first.customer_id, operation_id, at or moment(session), reason=first.reason
        )
        expire_of(session, posting.cards, posting.day, posting.zone)
        posting.reverse(rows)
        again = {"operation_id": following(operation_id), "at": first.at}
        journal.taken_back_by(session, adjust, first.customer_id, points, first.reason, **again)
    return Adjusted(operation_id, first.customer_id, -points, balance(session, first.customer_id))


def _check(points: int, reason: str) -> None:
    if points == 0:
        raise NothingToMove
    if points > MOST_BY_HAND:
        raise TooManyPoints(most=MOST_BY_HAND)
    if not reason.strip():
        raise ReasonMissing


def _post(session: Session, points: int, posting: Posting) -> None:
    expire_of(session, posting.cards, posting.day, posting.zone)
    if points < 0:
        posting.take(PointKind.ADJUST, -points)
        return
    forgiven = min(points, posting.debt())
    if forgiven:
        posting.write_off(forgiven)
    if points > forgiven:
        posting.open_lot(PointKind.ADJUST, points - forgiven)


def following(operation_id: str) -> str:
    """A fresh operation id for taking back, or doing again, what was posted under this one."""
    base, _, count = operation_id.rpartition("~")
    return f"{base}~{int(count) + 1}" if base and count.isdigit() else f"{operation_id}~1"


def moment(session: Session) -> datetime:
    """When the running act is done: a way back is kept ready long before anyone walks it."""
    return journal.journal_of(session).at
