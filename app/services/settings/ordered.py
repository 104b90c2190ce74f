"""Short lists that the shop puts into its own order, and whose rows are put away rather than dropped.

`kind` is a mapped class with `position`, and with `archived_at` or, for ways to pay, `active`.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.domain.text import comparison_key

Kind = type[Any]


def in_order(kind: Kind, *columns: Any, away: bool) -> Select[Any]:
    """The query of these columns (without any, of whole rows) in the shop's order.

    The rows put away only when asked for, last.
    """
    query = select(*(columns or (kind,))).order_by(_is_away(kind), kind.position, kind.id)
    return query if away else query.where(~_is_away(kind))


def next_place(session: Session, kind: Kind, *among: ColumnElement[bool]) -> int:
    """Where a new row stands: at the end of those for which `among` holds."""
    last: int | None = session.scalar(select(func.max(kind.position)).where(*among))
    return 0 if last is None else last + 1


def put_at(session: Session, kind: Kind, key: int, place: int, *among: ColumnElement[bool]) -> None:
    """Let a row stand at this place (from 0) among those in use."""
    moved = session.get_one(kind, key)
    others = [row for row in session.scalars(in_order(kind, away=False).where(*among)) if row is not moved]
    others.insert(max(0, min(place, len(others))), moved)
    for position, row in enumerate(others):
        row.position = position


def put_away(session: Session, kind: Kind, key: int, at: datetime | None) -> None:
    """Offer a row no longer, or with no moment again."""
    session.get_one(kind, key).archived_at = at


def is_taken(session: Session, name: InstrumentedAttribute[str], words: str, but: int | None) -> bool:
    """Whether another row than `but`, used or put away, is called so, however it is written."""
    others = session.scalars(select(name).where(name.class_.id != (but or 0)))
    return comparison_key(words) in map(comparison_key, others)


def _is_away(kind: Kind) -> ColumnElement[bool]:
    away: ColumnElement[bool] = ~kind.active if hasattr(kind, "active") else kind.archived_at.is_not(None)
    return away
