"""A case that came with what was given at once: logged, posted and taken back as one act."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.services.complaints.remedies import give_remedy, undo_remedy
from app.services.complaints.remedy_cost import RemedyDraft
from app.services.loyalty.adjusting import following
from app.services.undo import put_back
from app.storage import journal
from app.storage.journal import RowChange


def give_along(
    session: Session, complaint_id: int, given: Sequence[RemedyDraft], *, operation_id: str, at: datetime
) -> None:
    """Give these within the act that logged the case: whatever it wrote before goes back with them, or nothing does.

    Raises what `give_remedy` raises.
    """
    if not given:
        return
    session.flush()
    written, operations = tuple(journal.journal_of(session).rows), []
    for place, draft in enumerate(given):
        operations.append(f"{operation_id}:{place}")
        give_remedy(session, complaint_id, draft, operation_id=operations[-1], at=at)
    journal.taken_back_by(session, undo_settled, written, tuple(operations))


def undo_settled(session: Session, written: Sequence[RowChange], operations: Sequence[str]) -> None:
    """Take back what was given, then the case itself. Raises ChangedSince, SpentSince or NothingToMove."""
    turned = _turn(session, tuple(reversed(operations)))
    gone = _put_back(session, written)
    journal.taken_back_by(session, redo_settled, gone, turned)


def redo_settled(session: Session, gone: Sequence[RowChange], operations: Sequence[str]) -> None:
    """Bring the case again, then what was given."""
    written = _put_back(session, gone)
    turned = _turn(session, tuple(reversed(operations)))
    journal.taken_back_by(session, undo_settled, written, turned)


def _turn(session: Session, operations: Sequence[str]) -> tuple[str, ...]:
    turned = tuple(following(operation) for operation in operations)
    for operation, again in zip(operations, turned, strict=True):
        undo_remedy(session, operation, operation_id=again)
    return turned


def _put_back(session: Session, rows: Sequence[RowChange]) -> tuple[RowChange, ...]:
    """The rows this wrote in its turn."""
    session.flush()
    before = len(journal.journal_of(session).rows)
    put_back(session, rows)
    session.flush()
    return tuple(journal.journal_of(session).rows[before:])
