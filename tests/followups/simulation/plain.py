"""The tables of a shop as plain rows, read past everything of ours but the file."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlcipher3 import dbapi2

ZONE = ZoneInfo("Asia/Shanghai")
Row = dict[str, Any]


@dataclass
class World:
    """What is in the file now."""

    tables: dict[str, list[Row]]
    settings: dict[str, Any]

    def __getitem__(self, name: str) -> list[Row]:
        return self.tables[name]


TABLES = {
    "customers": "SELECT * FROM customers",
    "sales": "SELECT id, customer_id, at, shop_day, revenue, returned, staff_id FROM sales WHERE voided_at IS NULL",
    "contacts": "SELECT customer_id, shop_day, reached, demonstrated, quoted, objection FROM interactions",
    "cases": "SELECT id, customer_id FROM complaints WHERE customer_id IS NOT NULL",
    "events": "SELECT id, complaint_id, at, state, takes_back_id FROM complaint_events ORDER BY at, id",
    "points": "SELECT id, customer_id, shop_day, points, opens_lot, lot_id, expires_on FROM point_entries",
    "moves": 'SELECT id, customer_id, "on", to_rank FROM tier_moves',
    "tiers": "SELECT code, rank FROM tiers",
    "tags": "SELECT customer_id, name FROM customer_tags",
    "staff": "SELECT id, role, active FROM staff ORDER BY id",
    "rules": "SELECT * FROM followup_rules",
    "followups": "SELECT * FROM followups ORDER BY id",
}


class Reader:
    """Reads the file over a connection of its own."""

    def __init__(self, path: Path) -> None:
        self._connection = dbapi2.connect(str(path))
        self._connection.row_factory = dbapi2.Row

    def world(self) -> World:
        found = {
            name: [dict(zip(row.keys(), tuple(row), strict=True)) for row in self._connection.execute(query)]
            for name, query in TABLES.items()
        }
        said = self._connection.execute("SELECT key, value FROM shop_settings")
        return World(found, dict(map(tuple, said)))

    def followups(self) -> list[Row]:
        rows = self._connection.execute("SELECT * FROM followups ORDER BY id")
        return [dict(zip(row.keys(), tuple(row), strict=True)) for row in rows]

    def close(self) -> None:
        self._connection.close()


def day(text: str) -> date:
    return date.fromisoformat(text)


def day_of(moment: str) -> date:
    """The day in the shop of a moment as the file keeps it."""
    return datetime.fromisoformat(moment).astimezone(ZONE).date()


def by(rows: list[Row], key: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found
