"""Writes sales, goods, contacts, complaints and points out, one line each, in the words a person reads."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, currency, line_amount
from app.formats.case_history import write_history
from app.formats.code_words import word
from app.formats.header_titles import TITLES, title
from app.formats.tables import Cell
from app.services.complaints.standing import STANDS
from app.services.settings import settings
from app.services.transfer.out.files import Progress, Written
from app.services.transfer.out.tables import counted, portions, write_table

_SALES = """
SELECT l.id, s.number AS bill, s.at, coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone,
       w.name AS staff, coalesce(p.code, '') AS code,
       coalesce(nullif(l.description, ''), p.name, '') AS goods, l.quantity, coalesce(p.unit, '') AS unit,
       l.unit_price, l.amount, l.discount, s.payment
FROM sale_lines l JOIN sales s ON s.id = l.sale_id JOIN staff w ON w.id = s.staff_id
LEFT JOIN customers c ON c.id = s.customer_id LEFT JOIN products p ON p.id = l.product_id
WHERE l.id > ?1 AND s.voided_at IS NULL AND (?2 IS NULL OR s.id IN (SELECT value FROM json_each(?2)))
ORDER BY l.id LIMIT ?3
"""
_SALES_COUNT = """
SELECT count(*) FROM sale_lines l JOIN sales s ON s.id = l.sale_id
WHERE s.voided_at IS NULL AND (?1 IS NULL OR s.id IN (SELECT value FROM json_each(?1)))
"""
_PRODUCTS = """
SELECT id, code, name, category, unit, price, cost, active,
       trim(barcode || coalesce((SELECT group_concat(' ' || value, '') FROM json_each(other_barcodes)), '')) AS barcodes
FROM products
WHERE id > ?1 AND (?2 IS NULL OR id IN (SELECT value FROM json_each(?2))) ORDER BY id LIMIT ?3
"""
_CONTACTS = """
SELECT i.id, i.at, coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone,
       w.name AS staff, i.channel, i.direction, i.purpose, i.reached, i.summary, i.noticed, i.objection, i.reply,
       i.reply_worked, i.demonstrated, i.quoted
FROM interactions i JOIN staff w ON w.id = i.staff_id JOIN customers c ON c.id = i.customer_id
WHERE i.id > ?1 AND (?2 IS NULL OR i.id IN (SELECT value FROM json_each(?2))) ORDER BY i.id LIMIT ?3
"""
_COMPLAINTS = f"""
SELECT k.id, k.number AS case_number, k.opened_at, coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone,
       w.name AS staff, k.category, k.severity, k.channel, k.words, k.wish, k.remedy,
       k.state, k.satisfaction, coalesce(a.name, '') AS assignee, coalesce(p.name, '') AS goods, k.root_cause,
       coalesce((SELECT name FROM complaint_causes WHERE code = k.root_cause), '') AS cause_name, k.prevention,
       (SELECT json_group_array(json_array(r.kind, r.points, r.note) ORDER BY r.at, r.id) FROM complaint_remedies r
        LEFT JOIN sales s ON s.id = r.return_id LEFT JOIN coupon_entries t ON t.id = r.coupon_id
        WHERE r.complaint_id = k.id AND r.reverses_id IS NULL AND s.voided_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM complaint_remedies b WHERE b.reverses_id = r.id)
        AND coalesce(t.units + (SELECT sum(units) FROM coupon_entries WHERE lot_id = t.id AND move = 'withdraw'), 1)
        <> 0) AS remedies,
       (SELECT max(e.at) FROM complaint_events e WHERE e.complaint_id = k.id AND e.state = 'resolved'
        AND {STANDS}) AS resolved_at,
       (SELECT json_group_array(json_array(e.at, e.state, e.note) ORDER BY e.at, e.id) FROM complaint_events e
        WHERE e.complaint_id = k.id AND {STANDS}) AS history
FROM complaints k JOIN staff w ON w.id = k.staff_id LEFT JOIN customers c ON c.id = k.customer_id
LEFT JOIN staff a ON a.id = k.assignee_id LEFT JOIN products p ON p.id = k.product_id
WHERE k.id > ?1 AND (?2 IS NULL OR k.id IN (SELECT value FROM json_each(?2))) ORDER BY k.id LIMIT ?3
"""  # noqa: S608
_POINTS = """
SELECT e.id, e.at, coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone,
       w.name AS staff, e.kind, e.points, e.expires_on, e.reason, coalesce(s.number, '') AS bill
FROM point_entries e JOIN staff w ON w.id = e.staff_id JOIN customers c ON c.id = e.customer_id
LEFT JOIN sales s ON s.id = e.sale_id
WHERE e.id > ?1 AND (?2 IS NULL OR e.id IN (SELECT value FROM json_each(?2))) ORDER BY e.id LIMIT ?3
"""
_PRODUCTS_COUNT = "SELECT count(*) FROM products WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))"
_CONTACTS_COUNT = "SELECT count(*) FROM interactions WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))"
_COMPLAINTS_COUNT = "SELECT count(*) FROM complaints WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))"
_POINTS_COUNT = "SELECT count(*) FROM point_entries WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))"


class _Maker:
    """Makes the cells of a row, in the order of the titles of its kind."""

    def __init__(self, session: Session, language: str) -> None:
        shop = settings(session)
        self._language = language
        self._zone, self._digits = ZoneInfo(shop.timezone), currency(shop.currency).digits

    def sale(self, row: Any) -> Sequence[Cell]:
        """The amount is what was paid before points; where price times quantity does not make it, there is no price."""
        paid = row.amount - row.discount
        whole = line_amount(row.quantity, row.unit_price, self._digits) == row.amount
        price = Decimal(row.unit_price) / PRICE_UNITS if whole else None
        quantity = Decimal(row.quantity) / QUANTITY_UNITS
        goods = (row.code, row.goods, quantity, row.unit, price, self._money(paid))
        return (row.bill, self._moment(row.at), *_who(row), *goods, row.payment, row.staff)

    def product(self, row: Any) -> Sequence[Cell]:
        cost = None if row.cost is None else Decimal(row.cost) / PRICE_UNITS
        price = Decimal(row.price) / PRICE_UNITS
        active = self._yes_no(row.active)
        return row.code, row.name, row.category, row.unit, price, cost, row.barcodes, active

    def contact(self, row: Any) -> Sequence[Cell]:
        how = (self._word("channel", row.channel), self._word("direction", row.direction))
        why = (self._word("purpose", row.purpose), self._yes_no(row.reached), row.summary)
        noticed = (self._word("noticed", row.noticed), row.objection, row.reply, self._yes_no(row.reply_worked))
        return (self._moment(row.at), *_who(row), *how, *why, *noticed, row.demonstrated, row.quoted, row.staff)

    def complaint(self, row: Any) -> Sequence[Cell]:
        about = (self._word("category", row.category), self._word("severity", row.severity))
        told = (self._word("channel", row.channel), row.words, row.wish, row.remedy, self._word("state", row.state))
        events = ((datetime.fromisoformat(at), state, note) for at, state, note in json.loads(row.history))
        history = write_history(events, self._zone, self._language)
        ended = (self._moment(row.resolved_at), row.satisfaction, history)
        cause = row.cause_name or self._word("cause", row.root_cause)
        given = "\n".join(self._given(*one) for one in json.loads(row.remedies))
        later = (row.goods, row.assignee, cause, row.prevention, given)
        return (str(row.case_number), self._moment(row.opened_at), *_who(row), *about, *told, *ended, row.staff, *later)

    def _given(self, kind: str, points: int, note: str) -> str:
        """One remedy that stands: what it was, how many points, and the note."""
        return " · ".join(filter(None, (self._word("remedy", kind), str(points or ""), note)))

    def points(self, row: Any) -> Sequence[Cell]:
        ends = date.fromisoformat(row.expires_on) if row.expires_on else None
        moved = (self._word("points", row.kind), row.points, ends, row.reason, row.bill)
        return (self._moment(row.at), *_who(row), *moved, row.staff)

    def _word(self, group: str, code: str | None) -> str:
        return word(group, code, self._language) if code else ""

    def _yes_no(self, value: int | None) -> str:
        return "" if value is None else self._word("yes_no", "yes" if value else "no")

    def _money(self, minor: int) -> Decimal:
        return Decimal(minor).scaleb(-self._digits)

    def _moment(self, stored: str | None) -> datetime | None:
        """In the shop's own time, to the second; a spreadsheet knows no zones."""
        if not stored:
            return None
        return datetime.fromisoformat(stored).astimezone(self._zone).replace(tzinfo=None, microsecond=0)


def _who(row: Any) -> tuple[Cell, Cell, Cell]:
    return row.number, row.who, row.phone


@dataclass(frozen=True, slots=True)
class Ledger:
    """How one kind is read: its rows portion by portion, how many there are, and the cells of each."""

    rows: str
    count: str
    cells: Callable[[_Maker, Any], Sequence[Cell]]


LEDGERS: Mapping[str, Ledger] = {
    "sales": Ledger(_SALES, _SALES_COUNT, _Maker.sale),
    "products": Ledger(_PRODUCTS, _PRODUCTS_COUNT, _Maker.product),
    "interactions": Ledger(_CONTACTS, _CONTACTS_COUNT, _Maker.contact),
    "complaints": Ledger(_COMPLAINTS, _COMPLAINTS_COUNT, _Maker.complaint),
    "points": Ledger(_POINTS, _POINTS_COUNT, _Maker.points),
}
"""Of sales the lines of those that stand (a returned one has a quantity and an amount below 0), of goods the retired
ones too, of points every movement."""


def export_ledger(
    session: Session, kind: str, path: Path, ids: Collection[int] | None, language: str, progress: Progress
) -> Written:
    """Write these rows of a kind, or all. As `export_table` in all else."""
    maker, ledger = _Maker(session, language), LEDGERS[kind]
    connection = session.connection()
    total = counted(connection, ledger.count, ids)
    rows = (ledger.cells(maker, row) for row in portions(connection, ledger.rows, ids, total, progress))
    headers = [title(kind, field, language) for field in TITLES[kind]]
    return write_table(kind, path, word("kind", kind, language), headers, rows)
