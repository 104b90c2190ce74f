"""What complaints come from: the list a cause is chosen from, in the shop's own order and words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.remedies import CAUSES
from app.domain.text import comparison_key, one_line
from app.models.complaints import ComplaintCause


class CauseNeedsAName(ShopError):
    """A cause is called by a word."""


class CauseNameTaken(ShopError):
    """Another cause, used or put away, is called so."""


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One cause; `name` is empty for a shipped one that the shop calls as everyone does."""

    id: int
    code: str
    name: str
    archived_at: datetime | None


def found_causes(session: Session) -> None:
    """What a new shop chooses from."""
    session.add_all(ComplaintCause(code=code, position=place) for place, code in enumerate(CAUSES))


def causes(session: Session, *, away: bool = False) -> list[CauseRow]:
    """The causes in their order; those put away only when asked for, last."""
    query = select(ComplaintCause.id, ComplaintCause.code, ComplaintCause.name, ComplaintCause.archived_at).order_by(
        ComplaintCause.archived_at.is_not(None), ComplaintCause.position, ComplaintCause.id
    )
    if not away:
        query = query.where(ComplaintCause.archived_at.is_(None))
    return [CauseRow(*row) for row in session.execute(query)]


def add_cause(session: Session, name: str) -> int:
    """A new cause at the end; returns its id. Raises CauseNeedsAName, CauseNameTaken."""
    last = session.scalar(select(func.max(ComplaintCause.position)))
    cause = ComplaintCause(code=uuid4().hex, position=0 if last is None else last + 1)
    cause.name = _checked(session, name, cause)
    session.add(cause)
    session.flush()
    return cause.id


def rename_cause(session: Session, cause_id: int, name: str) -> None:
    """Call a cause otherwise; an empty name gives a shipped one its usual word.

    Raises CauseNeedsAName, CauseNameTaken.
    """
    cause = session.get_one(ComplaintCause, cause_id)
    cause.name = _checked(session, name, cause)


def move_cause(session: Session, cause_id: int, place: int) -> None:
    """Let a cause stand at this place (from 0) among those in use."""
    moved = session.get_one(ComplaintCause, cause_id)
    order = ComplaintCause.position, ComplaintCause.id
    used = select(ComplaintCause).where(ComplaintCause.archived_at.is_(None)).order_by(*order)
    others = [cause for cause in session.scalars(used) if cause is not moved]
    others.insert(max(0, min(place, len(others))), moved)
    for position, cause in enumerate(others):
        cause.position = position


def archive_cause(session: Session, cause_id: int, *, at: datetime) -> None:
    """Offer a cause no longer; the cases it was said of keep it."""
    session.get_one(ComplaintCause, cause_id).archived_at = at


def unarchive_cause(session: Session, cause_id: int) -> None:
    """Offer a cause again."""
    session.get_one(ComplaintCause, cause_id).archived_at = None


def _checked(session: Session, name: str, cause: ComplaintCause) -> str:
    words = one_line(name)
    if not words and cause.code not in CAUSES:
        raise CauseNeedsAName
    others = session.scalars(select(ComplaintCause.name).where(ComplaintCause.id != (cause.id or 0)))
    if words and comparison_key(words) in {comparison_key(other) for other in others}:
        raise CauseNameTaken
    return words
