"""Rows written straight through the connection by the thousand, under ids given beforehand: what an import uses."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.models.base import Base

LOT = 4_000


class BulkRows:
    """New rows of one table. Values are given as the file stores them; whoever uses it leaves the audit row itself.

    The transaction holds the write lock, so the ids from the highest on are ours alone.
    """

    def __init__(self, connection: Connection, kind: type[Base], columns: Sequence[str]) -> None:
        self._connection, self.table = connection, kind.__tablename__
        names = ", ".join(f'"{name}"' for name in ("id", *columns))
        marks = ", ".join("?" * (len(columns) + 1))
        self._statement = f'INSERT INTO "{self.table}" ({names}) VALUES ({marks})'
        self.first = self.next = highest_id(connection, kind) + 1
        self._waiting: list[tuple[Any, ...]] = []

    def __len__(self) -> int:
        return self.next - self.first

    def take_id(self) -> int:
        """An id for a row that is added later."""
        found = self.next
        self.next += 1
        return found

    def add(self, *values: Any) -> int:
        """Queue a row; its id."""
        found = self.take_id()
        self._waiting.append((found, *values))
        return found

    def put(self, row: tuple[Any, ...]) -> None:
        """Queue a row that begins with an id taken before."""
        self._waiting.append(row)

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= LOT

    def flush(self) -> None:
        """Write what is queued. Parents are flushed before their children."""
        if self._waiting:
            self._connection.exec_driver_sql(self._statement, self._waiting)
            self._waiting = []

    @property
    def span(self) -> tuple[int, int] | None:
        """The first and the last id given."""
        return (self.first, self.next - 1) if len(self) else None


def highest_id(connection: Connection, kind: type[Base]) -> int:
    """The highest id of a table, 0 while it is empty."""
    statement = f'SELECT coalesce(max(id), 0) FROM "{kind.__tablename__}"'
    return int(connection.exec_driver_sql(statement).scalar_one())


def update_rows(
    connection: Connection, kind: type[Base], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Set these columns of many rows; each tuple holds the new values and, last, the id."""
    if rows:
        settings = ", ".join(f'"{name}" = ?' for name in columns)
        connection.exec_driver_sql(f'UPDATE "{kind.__tablename__}" SET {settings} WHERE id = ?', list(rows))
