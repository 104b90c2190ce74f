"""P7: a sale posted with lines, points, tier, audit and search, against the rows alone in one FULL transaction."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.bootstrap import found_shop, open_shop
from app.services import customers, till
from app.services.search import documents
from app.storage.engine import connect
from app.storage.search_index import Entry
from app.storage.unit_of_work import UnitOfWork
from tests.benchmarks.ratio import Row, in_turn, middle

IDS = ("P7",)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TIMES = 60
NEW = ("sales", "sale_lines", "payments", "point_entries", "tier_moves", "audit_entries")
"""The tables a sale adds rows to; lots are kept by triggers, here as there."""
FIGURES = "UPDATE customer_figures SET net = ?, points = ?, last_sale_on = ? WHERE customer_id = ?"
FORGET = "DELETE FROM search_entries WHERE kind = 'customer' AND ref = ? RETURNING id"


class Written(NamedTuple):
    """What one sale leaves in the file: new rows by table, whose figures, and their words for the search."""

    rows: dict[str, Sequence[tuple[Any, ...]]]
    figures: tuple[Any, ...]
    words: Entry


def rows() -> list[Row]:
    """One row: the median of posting a sale of three lines, 200 points used, to somebody with 20 sales behind them."""
    with tempfile.TemporaryDirectory() as folder:
        path, bare = Path(folder) / "ours.shop", Path(folder) / "bare.shop"
        found_shop(path, name="Till", currency="CNY", timezone="Asia/Shanghai", clock=lambda: NOW)
        shop = open_shop(path, clock=lambda: NOW)
        someone, _ = shop.work.write(customers.add, customers.CustomerDraft(name="Joanna Shen"), at=NOW)
        number = count()
        for _ in range(20):
            _sell(shop.work, someone, next(number), 0)
        before = _counts(path)
        _sell(shop.work, someone, next(number), 200)
        with Session(shop.work.engine) as session:
            (words,) = documents.customers(session, [someone])
        written = _written(path, before, words)
        shop.close()
        shutil.copy(path, bare)
        shop, connection = open_shop(path, clock=lambda: NOW), connect(bare)
        floor, ours = in_turn(
            _posting(connection, written), lambda: _sell(shop.work, someone, next(number), 200), TIMES
        )
        connection.close()
        shop.close()
        return [Row("P7", "post a sale", middle(ours), middle(floor), target=3.0, by="wall")]


def _sell(work: UnitOfWork, someone: int, number: int, points: int) -> None:
    lines = tuple(till.TicketLine(None, 1000, units * 10_000) for units in (168, 76, 45))
    ticket = till.Ticket(someone, lines, points=points)
    work.write(till.sell, ticket, operation_id=str(number), at=NOW)


def _counts(path: Path) -> dict[str, int]:
    connection = connect(path)
    found = {table: connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in NEW}
    connection.close()
    return found


def _written(path: Path, before: dict[str, int], words: Entry) -> Written:
    """The very rows one sale wrote."""
    connection = connect(path)
    found = {
        table: connection.execute(f"SELECT * FROM {table} WHERE id > ?", (last,)).fetchall()
        for table, last in before.items()
    }
    figures = "SELECT net, points, last_sale_on, customer_id FROM customer_figures WHERE customer_id = ?"
    kept = connection.execute(figures, (words.ref,)).fetchone()
    connection.close()
    return Written({table: rows for table, rows in found.items() if rows}, kept, words)


def _posting(connection: Any, written: Written) -> Callable[[], None]:
    """Writes all that again, rows under fresh ids and what makes them unique, each time in a transaction of its own."""
    fresh, words = count(10**6), written.words
    inserts = [(*_insert(connection, table), rows) for table, rows in written.rows.items()]

    def post() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, unique, rows in inserts:
            connection.executemany(statement, [_anew(row, unique, fresh) for row in rows])
        connection.execute(FIGURES, written.figures)
        (place,) = connection.execute(FORGET, (words.ref,)).fetchone()
        connection.execute("DELETE FROM search_words WHERE rowid = ?", (place,))
        connection.execute(
            "INSERT INTO search_entries (id, kind, ref) VALUES (?, ?, ?)", (place, "customer", words.ref)
        )
        document = (place, words.whole, words.inner)
        connection.execute('INSERT INTO search_words (rowid, whole, "inner") VALUES (?, ?, ?)', document)
        connection.execute("COMMIT")

    return post


def _insert(connection: Any, table: str) -> tuple[str, list[int]]:
    """The statement, and the places of what must be another in each row."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    unique = [place for place, name in enumerate(columns) if name in ("id", "operation_id")]
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", unique


def _anew(row: tuple[Any, ...], unique: list[int], fresh: Iterator[int]) -> list[Any]:
    values = list(row)
    for place in unique:
        values[place] = next(fresh)
    return values
