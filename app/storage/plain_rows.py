"""New rows of a table by the driver's own statement: what a posting writes dozens of, at a fifth of a flush's cost."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

from app.models.base import Base, UtcMoment
from app.storage import plain_sql

Store = Callable[[Any], Any]


class PlainRows:
    """Writes rows of one mapped class. Values are Python's own; what is not given has its default."""

    def __init__(self, kind: type[Base]) -> None:
        columns = {each.key: each.columns[0] for each in inspect(kind).column_attrs}
        self._defaults = {key: _default(column) for key, column in columns.items()}
        self._moments = [key for key, column in columns.items() if isinstance(column.type, UtcMoment)]
        self._in_order = itemgetter(*columns)
        stores = [(place, _store(column)) for place, column in enumerate(columns.values())]
        self._stores = [(place, store) for place, store in stores if store is not None]
        names = ", ".join(f'"{column.name}"' for column in columns.values())
        marks = ", ".join("?" * len(columns))
        self._statement = f'INSERT INTO "{kind.__tablename__}" ({names}) VALUES ({marks})'

    def whole(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A row with a value for each of its columns, as the file will give it back."""
        row = {key: given.get(key, default) for key, default in self._defaults.items()}
        for key in self._moments:
            row[key] = settled(row[key])
        return row

    def add(self, session: Session, row: Mapping[str, Any]) -> int:
        """Write a whole row; its id."""
        return int(plain_sql.run(session, self._statement, self._stored(row)).lastrowid)

    def add_all(self, session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write whole rows at once."""
        plain_sql.run_each(session, self._statement, [self._stored(row) for row in rows])

    def _stored(self, row: Mapping[str, Any]) -> list[Any]:
        values = list(self._in_order(row))
        for place, store in self._stores:
            values[place] = store(values[place])
        return values


@cache
def plain_rows(kind: type[Base]) -> PlainRows:
    """The one writer of a mapped class."""
    return PlainRows(kind)


def settled(value: Any) -> Any:
    """As the file will give it back: moments are kept to the millisecond."""
    if isinstance(value, datetime):
        return value.replace(microsecond=value.microsecond // 1000 * 1000)
    return value


def _default(column: Any) -> Any:
    """Where it is a plain value: those of the ledgers are."""
    return column.default.arg if column.default is not None and column.default.is_scalar else None


def _store(column: Any) -> Store | None:
    store: Store | None = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return store


_DIALECT = sqlite.dialect()
