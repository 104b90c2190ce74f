"""The full-text index: one document a customer, product or complaint, its rowid the order of last touch.

`whole` holds the tokens a record begins with, `inner` every proper suffix of them, so that any run of characters is
the prefix of a token. A touched document gets a new, highest rowid: the most recent first is then the index's own
order, and a one-letter query over a hundred thousand people stays under a millisecond. Hidden records (an archived
card) get rowids below 0, so that they come last without being asked about. `whole` also holds the mark of the record's
kind: a few goods among many people are then found without looking at the people.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.storage import plain_sql

CREATE = (
    "CREATE TABLE search_entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref INTEGER NOT NULL, "
    "UNIQUE (kind, ref)) STRICT",
    "CREATE VIRTUAL TABLE search_words USING fts5(whole, inner, content='', contentless_delete=1, "
    "detail='column', prefix='1 2 3 4', tokenize=\"unicode61 remove_diacritics 0\")",
)
ENDS = """
SELECT min(coalesce((SELECT min(id) FROM search_entries), 0), 0),
       max(coalesce((SELECT max(id) FROM search_entries), 0), 0)
"""
"""The two asked at once would read the whole table: SQLite finds either alone at its end."""
KIND_MARKS = {"product": "\ue001", "complaint": "\ue002"}
"""Private-use characters nobody types; customers, who are most of the records, carry none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be found under which words: `kind` customer, product or complaint; `ref` its id."""

    kind: str
    ref: int
    whole: str
    inner: str
    hidden: bool = False


def put(connection: Connection, entries: Sequence[Entry]) -> None:
    """Replace the documents of these records; later in the sequence means more recent."""
    for kind in dict.fromkeys(entry.kind for entry in entries):
        remove(connection, kind, [entry.ref for entry in entries if entry.kind == kind])
    append(connection, entries)


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add documents of records that have none yet: what a first import uses."""
    if not entries:
        return
    low, top = plain_sql.run(connection, ENDS).fetchone()
    documents, records = [], []
    for entry in entries:
        low, top = (low - 1, top) if entry.hidden else (low, top + 1)
        number = low if entry.hidden else top
        records.append((number, entry.kind, entry.ref))
        documents.append((number, f"{KIND_MARKS.get(entry.kind, '')} {entry.whole}", entry.inner))
    plain_sql.run_each(connection, "INSERT INTO search_entries (id, kind, ref) VALUES (?, ?, ?)", records)
    plain_sql.run_each(connection, 'INSERT INTO search_words (rowid, whole, "inner") VALUES (?, ?, ?)', documents)


def remove(connection: Connection, kind: str, refs: Collection[int]) -> None:
    """Forget these records."""
    gone = plain_sql.rows(
        connection,
        "DELETE FROM search_entries WHERE kind = ? AND ref IN (SELECT value FROM json_each(?)) RETURNING id",
        (kind, json.dumps(list(refs))),
    )
    if gone:
        plain_sql.run_each(connection, "DELETE FROM search_words WHERE rowid = ?", gone)


def clear(connection: Connection) -> None:
    """Forget everything, before it is built anew."""
    connection.exec_driver_sql("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_entries")


def find(connection: Connection, expression: str, kind: str, limit: int) -> list[tuple[int, bool]]:
    """The records of a kind that match an FTS5 expression, the most recently touched first: id, and whether hidden."""
    mark = KIND_MARKS.get(kind)
    rows = connection.exec_driver_sql(
        "SELECT e.ref, e.id < 0 FROM search_words w JOIN search_entries e ON e.id = w.rowid "
        "WHERE search_words MATCH ? AND e.kind = ? ORDER BY w.rowid DESC LIMIT ?",
        (f'{expression} AND "{mark}"' if mark else expression, kind, limit),
    )
    return [(row[0], bool(row[1])) for row in rows]


def held(connection: Connection, kind: str) -> set[int]:
    """The ids of every record of a kind that has a document: what `check` compares."""
    rows = connection.exec_driver_sql("SELECT ref FROM search_entries WHERE kind = ?", (kind,))
    return {row[0] for row in rows}
