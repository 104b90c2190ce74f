"""Takes words out of a shop file for good: out of tables that only grow, out of pages given back, out of the log.

A row that is deleted leaves its bytes in the page, in the free list, in the write-ahead log and in the segments of the
search index. `shred` writes the file anew, so that none of them holds anything a reader of the tables would not find.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from app.storage.engine import connect

_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid"
_ENTRIES = """
SELECT id, row_id, change FROM audit_entries WHERE table_name = ?1 AND row_id IN (
    SELECT value FROM json_each(?2) UNION
    SELECT e.row_id FROM audit_entries e, json_each(?3) c, json_each(json_extract(e.change, '$.' || c.value)) v
    WHERE e.table_name = ?1 AND e.row_id IS NOT NULL AND v.value IN (SELECT value FROM json_each(?4))
) ORDER BY row_id, id
"""
_BATCHES = "SELECT id, change FROM audit_entries WHERE row_id IS NULL AND action IN (SELECT value FROM json_each(?))"

Change = dict[str, Any]


@contextmanager
def guards_lifted(connection: Connection) -> Iterator[None]:
    """While inside, tables that only grow may be changed. The guards are back at the end, letter for letter.

    All in the running transaction: what goes wrong inside takes the lifting back too. Every trigger goes and comes
    again, so that they stand in the file in the order they stood in.
    """
    triggers = connection.exec_driver_sql(_TRIGGERS).all()
    for name, _ in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, sql in triggers:
        connection.exec_driver_sql(sql)


def entries_of(
    connection: Connection, table: str, owners: Collection[str], ids: Collection[int], keys: Collection[object]
) -> list[tuple[int, Change]]:
    """What the trail says about rows of `table` that belong, or belonged, to one of `ids`: entry and change.

    `owners` are the columns that say whose a row is, `keys` the rows that are theirs now. An id of a row may have been
    given twice: what the trail says of it while it was somebody else's is left out.
    """
    asked = (table, *(json.dumps(list(one)) for one in ([str(key) for key in keys], owners, ids)))
    found: dict[str, list[tuple[int, Change]]] = {}
    for entry, row, change in connection.exec_driver_sql(_ENTRIES, asked):
        found.setdefault(row, []).append((entry, json.loads(change)))
    now = {str(key) for key in keys}
    return [told for row, entries in found.items() for told in _theirs(entries, owners, set(ids), row in now)]


def _theirs(
    entries: Sequence[tuple[int, Change]], owners: Collection[str], ids: set[int], now: bool
) -> Iterator[tuple[int, Change]]:
    """An entry that names no owner belongs to whom the one before it named, else to whom the next one names."""
    named = [_named(change, owners) for _, change in entries]
    for at, told in enumerate(entries):
        before = next((mark for mark in reversed(named[: at + 1]) if mark), None)
        after = next((mark for mark in named[at:] if mark), None)
        mark = before or after
        if now if mark is None else bool(mark & ids):
            yield told


def _named(change: Change, owners: Collection[str]) -> set[Any]:
    values = (value for owner in owners for value in change.get(owner) or ())
    return {value for value in values if value is not None}


def batches_of(connection: Connection, actions: Collection[str]) -> list[tuple[int, Change]]:
    """What the trail says about acts on many rows at once, by the names of their services."""
    rows = connection.exec_driver_sql(_BATCHES, (json.dumps(list(actions)),))
    return [(entry, json.loads(change)) for entry, change in rows]


def without_values(change: Change, columns: Collection[str]) -> Change:
    """A change that still says which columns it touched, and no longer what stood in these."""
    return {name: [None, None] if name in columns else value for name, value in change.items()}


def rewrite_trail(connection: Connection, changes: Mapping[int, Change]) -> None:
    """Let entries of the trail say this; who did what to which row and when stays. Only inside `guards_lifted`."""
    rows = [(json.dumps(change, ensure_ascii=False, sort_keys=True), entry) for entry, change in changes.items()]
    if rows:
        connection.exec_driver_sql("UPDATE audit_entries SET change = ? WHERE id = ?", rows)


def shred(path: Path) -> bool:
    """Write the file anew and empty its log; False when another window is using it, and traces may be left."""
    connection = connect(path)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("INSERT INTO search_words (search_words) VALUES ('optimize')")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except dbapi2.OperationalError:
        return False
    finally:
        connection.close()
    return not busy
