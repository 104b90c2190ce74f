"""A short list that the shop puts into its own order, and whose rows are put away rather than dropped."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.complaints import ComplaintCategory, ComplaintCause

Kind = type[ComplaintCause] | type[ComplaintCategory]


def in_order(kind: Kind, *columns: Any, away: bool) -> Any:
    """The query of these columns in the shop's order; the rows put away only when asked for, last."""
    query = select(*columns).order_by(kind.archived_at.is_not(None), kind.position, kind.id)
    return query if away else query.where(kind.archived_at.is_(None))


def next_place(session: Session, kind: Kind) -> int:
    """Where a new row stands: at the end."""
    last = session.scalar(select(func.max(kind.position)))
    return 0 if last is None else last + 1


def put_at(session: Session, kind: Kind, key: int, place: int) -> None:
    """Let a row stand at this place (from 0) among those in use."""
    moved: Any = session.get_one(kind, key)
    others = [row for row in session.scalars(in_order(kind, kind, away=False)) if row is not moved]
    others.insert(max(0, min(place, len(others))), moved)
    for position, row in enumerate(others):
        row.position = position


def put_away(session: Session, kind: Kind, key: int, at: datetime | None) -> None:
    """Offer a row no longer, or with no moment again."""
    row: Any = session.get_one(kind, key)
    row.archived_at = at
