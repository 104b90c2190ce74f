"""P7: a sale posted with lines, points, tier, audit and search, against the rows alone in one FULL transaction."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from app.bootstrap import found_shop, open_shop
from app.services import customers, till
from app.storage.engine import connect
from app.storage.unit_of_work import UnitOfWork
from tests.benchmarks.ratio import Row, in_turn, middle

IDS = ("P7",)
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TIMES = 60
WRITTEN = ("sales", "sale_lines", "point_entries", "tier_moves", "audit_entries", "customer_figures")


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
        written = _written(path, before)
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
    found = {
        table: connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0] for table in WRITTEN
    }
    connection.close()
    return found


def _written(path: Path, before: dict[str, int]) -> dict[str, list[tuple[Any, ...]]]:
    """The very rows one sale wrote."""
    connection = connect(path)
    found = {
        table: connection.execute(f"SELECT * FROM {table} WHERE rowid > ?", (last,)).fetchall()
        for table, last in before.items()
    }
    connection.close()
    return found


def _posting(connection: Any, written: dict[str, list[tuple[Any, ...]]]) -> Callable[[], None]:
    """Writes those rows again under fresh ids, and what makes them unique, each time in a transaction of its own."""
    fresh = count(10**6)

    def post() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table, content in written.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            marks = ", ".join("?" * len(columns))
            for row in content:
                values = dict(zip(columns, row, strict=True))
                values["id"] = next(fresh)
                if values.get("operation_id"):
                    values["operation_id"] = str(next(fresh))
                connection.execute(f"INSERT INTO {table} VALUES ({marks})", tuple(values[name] for name in columns))
        connection.execute("COMMIT")

    return post
