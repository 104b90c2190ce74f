"""What a merge changed, row by row, as JSON that lies with it for years; and putting those rows back.

Put back is only what still is as the merge left it: an edit made since then is the later word.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, inspect, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from app.models.base import Base
from app.storage.journal import RowChange

_DIALECT = sqlite.dialect()
Stored = dict[str, Any]
OWN_WORDS = frozenset({"label", "typed"})
"""Two rows that differ in these alone say the same: how a phone is written, what an address is for."""


def written(changes: Iterable[RowChange]) -> list[Stored]:
    """The changes as JSON, in their order."""
    return [
        {
            "table": change.kind.__tablename__,
            "key": list(change.key),
            "before": _stored(change.kind, change.before),
            "after": _stored(change.kind, change.after),
        }
        for change in changes
    ]


def images(session: Session, kinds: Sequence[type[Base]], customer_id: int) -> dict[str, list[Stored]]:
    """Every row these tables hold of one card, as JSON."""
    return {kind.__tablename__: _rows_of(session, kind, customer_id) for kind in kinds}


def put_back(session: Session, changes: Sequence[Stored]) -> None:
    """Take these changes back, the last first."""
    kinds = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    for change in reversed(changes):
        kind, key = kinds[change["table"]], tuple(change["key"])
        before, after = _read(kind, change["before"]), _read(kind, change["after"])
        if before is None:
            _take_away(session, kind, after or {})
        elif after is None:
            _bring_back(session, kind, key, before)
        else:
            _revert(session.get(kind, key), kind, before, after)
        session.flush()


def _rows_of(session: Session, kind: type[Base], customer_id: int) -> list[Stored]:
    table = _table(kind)
    owner = table.c["id" if table.name == "customers" else "customer_id"]
    rows = session.execute(select(table).where(owner == customer_id).order_by(*table.primary_key)).mappings()
    return [_stored(kind, dict(row)) or {} for row in rows]


def _take_away(session: Session, kind: type[Base], made: Mapping[str, Any]) -> None:
    """A row that came with the merge goes, wherever an edit has put it; one that says something else now stays."""
    own = {"id", *OWN_WORDS}
    told = [_table(kind).c[name] == value for name, value in made.items() if name not in own]
    for row in session.scalars(select(kind).where(*told)).all():
        session.delete(row)


def _bring_back(session: Session, kind: type[Base], key: tuple[Any, ...], before: Mapping[str, Any]) -> None:
    if session.get(kind, key) is None:
        session.add(kind(**before))


def _revert(row: Base | None, kind: type[Base], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    version = inspect(kind).version_id_col
    for name, value in before.items():
        if row is None or value == after[name] or (version is not None and name == version.key):
            continue
        if getattr(row, name) == after[name]:
            setattr(row, name, value)


def _stored(kind: type[Base], image: Mapping[str, Any] | None) -> Stored | None:
    if image is None:
        return None
    columns = _table(kind).c
    return {name: _out(columns[name], value) for name, value in image.items()}


def _read(kind: type[Base], image: Stored | None) -> Stored | None:
    if image is None:
        return None
    columns = _table(kind).c
    return {name: _in(columns[name], value) for name, value in image.items() if name in columns}


def _out(column: Column[Any], value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return column.type.process_bind_param(value, _DIALECT) if isinstance(column.type, TypeDecorator) else value


def _in(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, TypeDecorator):
        return column.type.process_result_value(value, _DIALECT)
    return bytes.fromhex(value) if column.type.python_type is bytes and value is not None else value


def _table(kind: type[Base]) -> Table:
    table = kind.__table__
    assert isinstance(table, Table)
    return table
