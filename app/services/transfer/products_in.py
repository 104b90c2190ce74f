"""Brings in a list of products: known by their code, else by barcode, else by name."""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.formats.tables import Cell
from app.formats.values import Refused, clean_id, parse_price, parse_yes_no, text_of
from app.models.products import Product
from app.models.transfer import ImportChange
from app.services import search
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.columns import Kind, base_field
from app.services.transfer.intake import Tally, no_progress, require_workable, rows_of, undisturbed
from app.services.transfer.outcome import Outcome, Rehearsed, rejection_of
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch
from app.storage.bulk import BulkRows, update_rows

_SAID = ("code", "name", "category", "unit", "price", "cost", "barcode", "other_barcodes", "active")
_EMPTY: dict[str, Any] = dict.fromkeys(_SAID, "") | {"price": 0, "cost": None, "other_barcodes": [], "active": True}
_READ = """
SELECT id, code, name, category, unit, price, cost, barcode, other_barcodes, active FROM products ORDER BY id
"""
_BETWEEN = re.compile(r"[\s,，、;；]+")
_BARCODES = "barcodes"
"""What a row says of them, all in one: the first is the one of the label."""


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
            goods.take(_read(plan, row.cells), tally)
        except Refused as refusal:
            tally.rejections.append(rejection_of(plan, row.line, row.cells, refusal))
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
    column = get("code")
    if column is not None and (words := clean_id(cells[column])):
        said["code"] = words
    cells_of_barcodes = [clean_id(cells[at]) for name, at in plan.columns.items() if base_field(name) == "barcode"]
    if barcodes := [code for cell in cells_of_barcodes for code in _BETWEEN.split(cell) if code]:
        said[_BARCODES] = list(dict.fromkeys(barcodes))
    column = get("active")
    if column is not None and (active := parse_yes_no(cells[column])) is not None:
        said["active"] = active
    for name, field in (("price", "unit_price"), ("cost", "cost")):
        column = get(field)
        if column is not None and (units := parse_price(cells[column])) is not None:
            if units < 0:
                raise Refused("out_of_range", cells[column])
            said[name] = units
    if said and not {"code", _BARCODES, "name"} & said.keys():
        raise Refused("no_name", "")
    return said


class _Goods:
    """Takes the rows one by one; a shop's list of goods is short enough to be kept in mind."""

    def __init__(self, session: Session, batch: int) -> None:
        self._connection, self._batch = session.connection(), batch
        self.products = BulkRows(self._connection, Product, (*_SAID, "batch_id"))
        self._changes = BulkRows(self._connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._rows: dict[int, dict[str, Any]] = {}
        self._by: dict[str, dict[str, int]] = {"code": {}, "barcode": {}, "name": {}}
        self._rewritten: set[int] = set()
        for number, *values in self._connection.exec_driver_sql(_READ):
            row = dict(zip(_SAID, values, strict=True))
            self._remember(
                number, row | {"other_barcodes": json.loads(row["other_barcodes"]), "active": bool(row["active"])}
            )

    def take(self, said: dict[str, Any], tally: Tally) -> None:
        """One row of the file. Raises Refused where one of its barcodes is that of another article."""
        if not said:
            tally.skipped += 1
            return
        number = self._known(said)
        self._settle_barcodes(number, said)
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
            self.products.put((number, *_stored(self._rows[number]), self._batch))
        self.products.flush()
        rows = [(*_stored(self._rows[number]), number) for number in self._rewritten if number < self.products.first]
        update_rows(self._connection, Product, _SAID, rows)
        self._changes.flush()

    def written_ids(self) -> list[int]:
        return sorted({*range(self.products.first, self.products.next), *self._rewritten})

    def _known(self, said: dict[str, Any]) -> int | None:
        """By code where the row has one, else by barcode, else by name."""
        if "code" in said:
            return self._by["code"].get(said["code"])
        if _BARCODES in said:
            return next((known for code in said[_BARCODES] if (known := self._by["barcode"].get(code))), None)
        return self._by["name"].get(said["name"])

    def _settle_barcodes(self, number: int | None, said: dict[str, Any]) -> None:
        """Those of the file come first, in its order; what a scanner read before it goes on reading."""
        barcodes = said.pop(_BARCODES, [])
        for code in barcodes:
            if self._by["barcode"].get(code, number) != number:
                raise Refused("barcode_of_another", code)
        if barcodes:
            row = self._rows[number] if number is not None else _EMPTY
            before = [code for code in (row["barcode"], *row["other_barcodes"]) if code and code not in barcodes]
            said["barcode"], said["other_barcodes"] = barcodes[0], [*barcodes[1:], *before]

    def _remember(self, number: int, row: dict[str, Any]) -> None:
        self._rows[number] = row
        for key in ("code", "name"):
            if row[key]:
                self._by[key].setdefault(row[key], number)
        for code in filter(None, (row["barcode"], *row["other_barcodes"])):
            self._by["barcode"].setdefault(code, number)

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


def _stored(row: dict[str, Any]) -> tuple[Any, ...]:
    """The values of a row as the file keeps them."""
    kept = row | {"other_barcodes": json.dumps(row["other_barcodes"], ensure_ascii=False), "active": int(row["active"])}
    return tuple(kept[name] for name in _SAID)
