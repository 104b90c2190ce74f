"""The full-text index: one document a customer, product or complaint, its rowid the order of last touch.

`whole` holds the tokens a record begins with, `inner` every proper suffix of them, so that any run of characters is the
prefix of a token. A touched document gets a new, highest rowid: the most recent first is then the index's own order, and
a one-letter query over a hundred thousand people stays under a millisecond.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

CREATE = (
    "CREATE TABLE search_entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref INTEGER NOT NULL, "
    "UNIQUE (kind, ref)) STRICT",
    "CREATE VIRTUAL TABLE search_words USING fts5(whole, inner, content='', contentless_delete=1, "
    "detail='column', prefix='1 2 3 4', tokenize=\"unicode61 remove_diacritics 0\")",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be found under which words: `kind` customer, product or complaint; `ref` its id."""

    kind: str
    ref: int
    whole: str
    inner: str


def put(connection: Connection, entries: Sequence[Entry]) -> None:
    """Replace the documents of these records; later in the sequence means more recent."""
    if not entries:
        return
    remove(connection, [(entry.kind, entry.ref) for entry in entries])
    append(connection, entries)


def append(connection: Connection, entries: Sequence[Entry]) -> None:
    """Add documents of records that have none yet: what a first import uses."""
    top = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM search_entries").scalar_one()
    numbered = list(enumerate(entries, top + 1))
    connection.exec_driver_sql(
        "INSERT INTO search_entries (id, kind, ref) VALUES (?, ?, ?)", [(n, e.kind, e.ref) for n, e in numbered]
    )
    connection.exec_driver_sql(
        "INSERT INTO search_words (rowid, whole, inner) VALUES (?, ?, ?)", [(n, e.whole, e.inner) for n, e in numbered]
    )


def remove(connection: Connection, records: Iterable[tuple[str, int]]) -> None:
    """Forget these records."""
    for kind, ref in records:
        found = connection.execute(
            text("DELETE FROM search_entries WHERE kind = :kind AND ref = :ref RETURNING id"),
            {"kind": kind, "ref": ref},
        ).scalar()
        if found is not None:
            connection.execute(text("DELETE FROM search_words WHERE rowid = :id"), {"id": found})


def clear(connection: Connection, kind: str) -> None:
    """Forget every record of a kind, before it is built anew."""
    connection.execute(
        text("DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_entries WHERE kind = :kind)"),
        {"kind": kind},
    )
    connection.execute(text("DELETE FROM search_entries WHERE kind = :kind"), {"kind": kind})


def find(connection: Connection, expression: str, kind: str | None, limit: int) -> list[tuple[str, int]]:
    """(kind, ref) of the documents matching an FTS5 expression, the most recently touched first."""
    rows = connection.execute(
        text(
            "SELECT e.kind, e.ref FROM search_words w JOIN search_entries e ON e.id = w.rowid "
            "WHERE search_words MATCH :expression AND (:kind IS NULL OR e.kind = :kind) ORDER BY w.rowid DESC LIMIT :limit"
        ),
        {"expression": expression, "kind": kind, "limit": limit},
    )
    return [(row[0], row[1]) for row in rows]
