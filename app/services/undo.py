"""Takes a write back by putting its rows back as they were, unless somebody has touched them since.

Rows of a history that cannot be edited are taken back by further rows; they go only with the whole they are a part of.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.models.base import Base
from app.storage import journal
from app.storage.journal import RowChange
from app.storage.unit_of_work import acting_staff

Name = tuple[Any, ...]
"""A row: its table and its key."""


class ChangedSince(ShopError):
    """A row was changed after the act that is to be taken back; nothing was done."""


def put_back(session: Session, changes: Sequence[RowChange]) -> None:
    """Undo `changes`, the last first. The hook notes this write too, which is what redo takes back.

    Raises ChangedSince when a row is no longer as the act left it, or others point at it by now: a bill at its buyer.
    """
    try:
        _walk_back(session, changes)
    except IntegrityError as error:
        raise ChangedSince from error


def _walk_back(session: Session, changes: Sequence[RowChange]) -> None:
    going = {(change.kind.__tablename__, *change.key) for change in changes if change.before is None}
    for change in reversed(changes):
        if change.after is None:
            session.add(change.kind(**dict(change.before or {})))
        elif not change.kind.append_only:
            _revert(session, change, change.after, going)
        elif _whole(change.kind, change.after) not in going:
            _cancel(session, change)
        session.flush()


def _revert(session: Session, change: RowChange, after: Any, going: Collection[Name]) -> None:
    row = session.get(change.kind, change.key)
    if row is None or not _still(row, change):
        raise ChangedSince(table=change.kind.__tablename__)
    if change.before is None:
        _let_histories_go(session, change, going)
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


def _whole(kind: type[Base], image: Mapping[str, Any]) -> Name:
    """The row that one of a history is a part of."""
    if not kind.part_of:
        return ("", None)
    (key,) = kind.__table__.c[kind.part_of].foreign_keys
    return key.column.table.name, image[kind.part_of]


def _let_histories_go(session: Session, change: RowChange, going: Collection[Name]) -> None:
    """The database takes a history away with the whole; here it is noted, so that redo can bring it again.

    Raises ChangedSince when one went on since the act: what was taken back since does not count.
    """
    table = change.kind.__tablename__
    for kind in (mapper.class_ for mapper in Base.registry.mappers if mapper.class_.part_of):
        (key,) = kind.__table__.c[kind.part_of].foreign_keys
        if key.column.table.name != table:
            continue
        rows = _rows(session, kind, change.key[0])
        if any((kind.__tablename__, row.id) not in going for row in _standing(rows)):
            raise ChangedSince(table=kind.__tablename__)
        gone = [RowChange(kind, (row.id,), journal.image(row), None) for row in reversed(rows)]
        journal.note_rows(session, gone)
        for row in rows:
            session.expunge(row)


def _cancel(session: Session, change: RowChange) -> None:
    """By another row, which says so; a row that takes one back is itself taken back by that one coming again.

    Raises ChangedSince when the history went on since the act.
    """
    kind, after, column = change.kind, dict(change.after or {}), change.kind.cancelled_by
    rows = _rows(session, kind, after[kind.part_of])
    if any(row.id > change.key[0] for row in _standing(rows)):
        raise ChangedSince(table=kind.__tablename__)
    again = next((row for row in rows if row.id == after[column]), None)
    if again is not None:
        values = journal.image(again)
    else:
        moment = max(journal.journal_of(session).at, after["at"])
        values = {**after, "at": moment, "staff_id": acting_staff(session), column: change.key[0]}
    del values["id"]
    session.add(kind(**values))


def _rows(session: Session, kind: type[Base], whole: Any) -> list[Any]:
    """All of one history, oldest first."""
    columns = kind.__table__.c
    return list(session.scalars(select(kind).where(columns[kind.part_of] == whole).order_by(columns["id"])))


def _standing(rows: Sequence[Any]) -> list[Any]:
    """Those of a history that are not taken back and take nothing back."""
    backs = [getattr(row, type(row).cancelled_by) for row in rows]
    return [row for row, back in zip(rows, backs, strict=True) if back is None and row.id not in backs]
