"""New rows of a table by the driver's own statement: what a posting writes dozens of, at a fifth of a flush's cost."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import sqlite

from app.models.base import Base
from app.storage import plain_sql


class _Column(NamedTuple):
    key: str
    name: str
    default: Any
    stored: Callable[[Any], Any] | None


class PlainRows:
    """Writes rows of one mapped class. Values are Python's own; what is not given has its default."""

    def __init__(self, kind: type[Base]) -> None:
        mapper = inspect(kind)
        self._columns = [_column(each.key, each.columns[0]) for each in mapper.column_attrs]
        names = ", ".join(f'"{column.name}"' for column in self._columns)
        marks = ", ".join("?" * len(self._columns))
        self._statement = f'INSERT INTO "{kind.__tablename__}" ({names}) VALUES ({marks})'

    def whole(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A row with a value for each of its columns."""
        return {column.key: given.get(column.key, column.default) for column in self._columns}

    def add(self, connection: Connection, row: Mapping[str, Any]) -> int:
        """Write a whole row; its id."""
        return int(plain_sql.run(connection, self._statement, self._stored(row)).lastrowid)

    def add_all(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write whole rows at once."""
        plain_sql.run_each(connection, self._statement, [self._stored(row) for row in rows])

    def _stored(self, row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(
            row[column.key] if column.stored is None else column.stored(row[column.key]) for column in self._columns
        )


@cache
def plain_rows(kind: type[Base]) -> PlainRows:
    """The one writer of a mapped class."""
    return PlainRows(kind)


def _column(key: str, column: Any) -> _Column:
    """A column whose default is a plain value: those of the ledgers are."""
    default = column.default.arg if column.default is not None and column.default.is_scalar else None
    stored = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return _Column(key, column.name, default, stored)


_DIALECT = sqlite.dialect()
