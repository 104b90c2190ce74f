"""Brings in a list of products: known by their code, else by barcode, else by name."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.formats.tables import Cell
from app.formats.values import Refused, clean_id, parse_price, text_of
from app.models.products import Product
from app.models.transfer import ImportChange
from app.services import search
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.columns import Kind
from app.services.transfer.intake import Tally, no_progress, require_workable, rows_of, undisturbed
from app.services.transfer.outcome import Outcome, Rehearsed, Rejection
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch
from app.storage.bulk import BulkRows, update_rows

_SAID = ("code", "name", "category", "unit", "price", "cost", "barcode")
_EMPTY: dict[str, Any] = dict.fromkeys(_SAID, "") | {"price": 0, "cost": None}
_READ = "SELECT id, code, name, category, unit, price, cost, barcode FROM products ORDER BY id"


@undisturbed()
def import_products(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in a list of products, whole or not at all; what the file does not say of a known one stays.

    Raises ColumnsMissing, FileRefused; Rehearsed at the end of a dry run.
    """
    require_workable(plan)
    batch = open_batch(session, plan, at)
    goods, tally, table = _Goods(session, batch), Tally(), reopened(plan)
    for row in rows_of(table, plan.rows, progress):
        if row.problem is not None:
            tally.refuse(row)
            continue
        try:
            said = _read(plan, row.cells)
        except Refused as refusal:
            column = next((plan.header(c) for c in plan.columns.values() if row.cells[c] == refusal.value), "")
            tally.rejections.append(Rejection(row.line, refusal.code, column, text_of(refusal.value)))
            continue
        goods.take(said, tally)
    goods.flush()
    outcome = Outcome(
        Kind.PRODUCTS,
        batch,
        tally.created,
        tally.updated,
        tally.unchanged,
        tally.skipped,
        tuple(tally.rejections),
        {str(oddity): count for oddity, count in table.warnings.items()},
    )
    if rehearse:
        raise Rehearsed(outcome)
    search.index_products(session, goods.written_ids())
    close_batch(session, outcome, (goods.products,), (Product,), undo_batch)
    return outcome


def _read(plan: Plan, cells: Sequence[Cell]) -> dict[str, Any]:
    """What a row says of one product; nothing for a row without a word. Raises Refused."""
    get = plan.columns.get
    said: dict[str, Any] = {}
    for name in ("name", "category", "unit"):
        column = get(name)
        if column is not None and (words := text_of(cells[column])):
            said[name] = words
    for name in ("code", "barcode"):
        column = get(name)
        if column is not None and (words := clean_id(cells[column])):
            said[name] = words
    for name, field in (("price", "unit_price"), ("cost", "cost")):
        column = get(field)
        if column is not None and (units := parse_price(cells[column])) is not None:
            if units < 0:
                raise Refused("out_of_range", cells[column])
            said[name] = units
    if said and not {"code", "barcode", "name"} & said.keys():
        raise Refused("no_name", "")
    return said


class _Goods:
    """Takes the rows one by one; a shop's list of goods is short enough to be kept in mind."""

    def __init__(self, session: Session, batch: int) -> None:
        self._connection, self._batch = session.connection(), batch
        self.products = BulkRows(self._connection, Product, (*_SAID, "active", "batch_id"))
        self._changes = BulkRows(self._connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._rows: dict[int, dict[str, Any]] = {}
        self._by: dict[str, dict[str, int]] = {"code": {}, "barcode": {}, "name": {}}
        self._rewritten: set[int] = set()
        for number, *values in self._connection.exec_driver_sql(_READ):
            self._remember(number, dict(zip(_SAID, values, strict=True)))

    def take(self, said: dict[str, Any], tally: Tally) -> None:
        """One row of the file."""
        if not said:
            tally.skipped += 1
            return
        number = self._known(said)
        if number is None:
            row = _EMPTY | said
            row["code"] = row["code"] or row["barcode"] or row["name"]
            row["name"] = row["name"] or row["code"]
            self._remember(self.products.take_id(), row)
            tally.created += 1
        elif self._fill(number, said):
            tally.updated += 1
        else:
            tally.unchanged += 1

    def flush(self) -> None:
        for number in range(self.products.first, self.products.next):
            self.products.put((number, *self._rows[number].values(), 1, self._batch))
        self.products.flush()
        rows = [(*self._rows[number].values(), number) for number in self._rewritten if number < self.products.first]
        update_rows(self._connection, Product, _SAID, rows)
        self._changes.flush()

    def written_ids(self) -> list[int]:
        return sorted({*range(self.products.first, self.products.next), *self._rewritten})

    def _known(self, said: dict[str, Any]) -> int | None:
        """By code where the row has one, else by barcode, else by name."""
        key = next(key for key in ("code", "barcode", "name") if key in said)
        return self._by[key].get(said[key])

    def _remember(self, number: int, row: dict[str, Any]) -> None:
        self._rows[number] = row
        for key, known in self._by.items():
            if row[key]:
                known.setdefault(row[key], number)

    def _fill(self, number: int, said: dict[str, Any]) -> bool:
        row = self._rows[number]
        news = {column: value for column, value in said.items() if row[column] != value}
        if not news:
            return False
        if number < self.products.first:
            change = {column: [row[column], value] for column, value in news.items()}
            kept = json.dumps(change, ensure_ascii=False)
            self._changes.add(self._batch, Product.__tablename__, number, kept)
            self._rewritten.add(number)
        row.update(news)
        self._remember(number, row)
        return True
