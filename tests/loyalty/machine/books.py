"""The books as they lie in the file: read by plain SQL, so that the auditor shares no code with what it audits."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlcipher3 import dbapi2

ROWS = (
    "SELECT id, customer_id, at, shop_day, kind, points, sale_id, opens_lot, lot_id, available_from, expires_on, "
    "operation_id FROM point_entries WHERE id > ? ORDER BY id"
)
LINES = (
    "SELECT id, quantity, amount, discount, points_value FROM sale_lines WHERE sale_id = ? AND NOT deposit ORDER BY id"
)


class Row(NamedTuple):
    """One row of the ledger."""

    id: int
    customer: int
    at: str
    day: date
    kind: str
    points: int
    sale: int | None
    opens_lot: bool
    lot: int | None
    available: date | None
    expires: date | None
    operation: str


class Line(NamedTuple):
    """One line of a bill: thousandths and minor units."""

    id: int
    quantity: int
    amount: int
    discount: int
    points_value: int

    @property
    def base(self) -> int:
        return self.amount - self.discount - self.points_value


class Books:
    """Reads a shop file beside the program that writes it."""

    def __init__(self, path: str) -> None:
        self.raw = dbapi2.connect(path)
        self._last = 0

    def close(self) -> None:
        self.raw.close()

    def fresh(self) -> Iterator[Row]:
        """The rows written since the last look."""
        for found in self.raw.execute(ROWS, (self._last,)).fetchall():
            number, customer, at, day, kind, points, sale, opens, lot, usable, last, operation = found
            self._last = number
            yield Row(
                number, customer, at, date.fromisoformat(day), kind, points, sale, bool(opens), lot,
                _day(usable), _day(last), operation,
            )  # fmt: skip

    def lines(self, sale: int) -> list[Line]:
        return [Line(*found) for found in self.raw.execute(LINES, (sale,))]

    def one(self, query: str, *values: Any) -> Any:
        return self.raw.execute(query, values).fetchone()

    def all(self, query: str, *values: Any) -> list[Any]:
        return list(self.raw.execute(query, values).fetchall())


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
