"""All rows of a table as the file stores them, read out and put in: what an open archive is made of."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite

from app.models.every import Base

AT_ONCE = 2_000


def kept_tables() -> list[Table]:
    """Every table but the caches, which are worked out from these; the pointed at before what points."""
    caches = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if mapper.class_.cache}
    return [table for table in Base.metadata.sorted_tables if table.name not in caches]


def stored_as(table: Table) -> list[str]:
    """TEXT, INTEGER or BLOB for each column, in order."""
    return [column.type.compile(dialect=sqlite.dialect()) for column in table.columns]


def count(connection: Connection, table: Table) -> int:
    return int(connection.exec_driver_sql(f'SELECT count(*) FROM "{table.name}"').scalar_one())


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """The rows in the order of the file, a portion at a time."""
    found = connection.exec_driver_sql(f'SELECT {_names(table)} FROM "{table.name}" ORDER BY rowid')
    for portion in found.partitions(AT_ONCE):
        yield from portion


def clear(connection: Connection) -> None:
    """Empty a new file of what every new file holds. The database itself refuses this of a ledger with rows."""
    for table in reversed(kept_tables()):
        connection.exec_driver_sql(f'DELETE FROM "{table.name}"')


def put(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows under the ids they carry; what they point at may come later in the same transaction."""
    if rows:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        marks = ", ".join("?" * len(table.columns))
        statement = f'INSERT INTO "{table.name}" ({_names(table)}) VALUES ({marks})'
        connection.exec_driver_sql(statement, [tuple(row) for row in rows])


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)
