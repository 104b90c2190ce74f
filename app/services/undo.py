"""Takes a write back by putting its rows back as they were, unless somebody has touched them since."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.base import Base
from app.storage.journal import RowChange


class ChangedSince(ShopError):
    """A row was changed after the act that is to be taken back; nothing was done."""


def put_back(session: Session, changes: Sequence[RowChange]) -> None:
    """Undo `changes`, the last first. The hook notes this write too, which is what redo takes back.

    Raises ChangedSince when a row is no longer as the act left it.
    """
    for change in reversed(changes):
        if change.after is None:
            session.add(change.kind(**dict(change.before or {})))
        else:
            _revert(session, change, change.after)
        session.flush()


def _revert(session: Session, change: RowChange, after: Any) -> None:
    row = session.get(change.kind, change.key)
    if row is None or not _still(row, change):
        raise ChangedSince(table=change.kind.__tablename__)
    if change.before is None:
        session.delete(row)
        return
    for name, value in change.before.items():
        if value != after.get(name) and name != _version(change.kind):
            setattr(row, name, value)


def _still(row: Base, change: RowChange) -> bool:
    """Whether the columns the act wrote still hold what it wrote (a new row: all of them)."""
    after, before = change.after or {}, change.before
    version = _version(change.kind)
    written = [name for name in after if name != version and (before is None or before.get(name) != after[name])]
    return all(getattr(row, name) == after[name] for name in written)


def _version(kind: type[Base]) -> str:
    column = inspect(kind).version_id_col
    return "" if column is None else str(column.key)
