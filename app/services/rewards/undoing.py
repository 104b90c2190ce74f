"""Taking back what was posted to purses, and doing it again: reversing rows, never a change (rule 10)."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from app.services.loyalty.adjusting import NothingToMove, following, moment
from app.services.rewards.posting import Posting, posted
from app.services.settings import settings
from app.storage import journal


def undo_purse(session: Session, done: str, *, operation_id: str, at: datetime | None = None) -> None:
    """Take an operation on purses back; taken back itself, the operation stands again. `at` is the moment of the act.

    Raises NothingToMove when there is none under that operation id, SpentSince when what it brought has been used.
    """
    rows = posted(session, done)
    if not rows:
        raise NothingToMove
    if not posted(session, operation_id):
        first = rows[0]
        posting = Posting(
            session,
            settings(session),
            first.customer_id,
            operation_id,
            at or moment(session),
            sale_id=first.sale_id,
            reason=first.reason,
        )
        posting.reverse(rows)
        can_be_undone(session, operation_id)


def can_be_undone(session: Session, operation_id: str) -> None:
    """Say how the running operation on purses is taken back."""
    service: Callable[..., None] = undo_purse
    journal.taken_back_by(session, service, operation_id, operation_id=following(operation_id))
