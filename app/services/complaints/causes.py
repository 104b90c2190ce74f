"""What complaints come from: the list a cause is chosen from, in the shop's own order and words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.remedies import CAUSES
from app.domain.text import one_line
from app.models.complaints import ComplaintCause
from app.services.settings.ordered import in_order, is_taken, next_place, put_at, put_away


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
    kind = ComplaintCause
    query = in_order(kind, kind.id, kind.code, kind.name, kind.archived_at, away=away)
    return [CauseRow(*row) for row in session.execute(query)]


def add_cause(session: Session, name: str) -> int:
    """A new cause at the end; returns its id. Raises CauseNeedsAName, CauseNameTaken."""
    cause = ComplaintCause(code=uuid4().hex, position=next_place(session, ComplaintCause))
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
    put_at(session, ComplaintCause, cause_id, place)


def archive_cause(session: Session, cause_id: int, *, at: datetime) -> None:
    """Offer a cause no longer; the cases it was said of keep it."""
    put_away(session, ComplaintCause, cause_id, at)


def unarchive_cause(session: Session, cause_id: int) -> None:
    """Offer a cause again."""
    put_away(session, ComplaintCause, cause_id, None)


def _checked(session: Session, name: str, cause: ComplaintCause) -> str:
    words = one_line(name)
    if not words and cause.code not in CAUSES:
        raise CauseNeedsAName
    if words and is_taken(session, ComplaintCause.name, words, cause.id):
        raise CauseNameTaken
    return words
