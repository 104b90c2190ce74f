"""The sales of an import: found again by their key, made where they are new, their sums kept right."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models.sales import Sale, SaleLine, SaleOrigin
from app.models.transfer import ImportChange
from app.services.transfer.goods import Goods
from app.services.transfer.lines import Line
from app.services.transfer.sums import renew_sums
from app.storage.bulk import BulkRows, update_rows
from app.storage.unit_of_work import acting_staff

_KNOWN = text(
    "SELECT id, invoice, shop_day, customer_id FROM sales WHERE origin = 'import' AND voided_at IS NULL ORDER BY id"
)
_ANY_LINE = text("SELECT 1 FROM sale_lines WHERE identity IS NOT NULL LIMIT 1")
CHUNK = 1_000
_SALE_COLUMNS = (
    "number",
    "invoice",
    "customer_id",
    "at",
    "shop_day",
    "payment",
    "gross",
    "discount",
    "revenue",
    "returned",
    "counted_lines",
    "total",
    "staff_id",
    "origin",
    "points_used",
    "points_value",
    "points_earned",
    "batch_id",
)
_LINE_COLUMNS = (
    "sale_id",
    "product_id",
    "description",
    "quantity",
    "unit_price",
    "amount",
    "discount",
    "points_value",
    "is_return",
    "identity",
)


class _Open:
    """A sale that began in the running chunk and is not written yet."""

    __slots__ = ("counted", "customer", "discount", "gross", "line", "returned")

    def __init__(self, line: Line, customer: int | None) -> None:
        self.line, self.customer = line, customer
        self.gross = self.discount = self.returned = self.counted = 0

    def add(self, line: Line) -> None:
        if line.is_return:
            self.returned -= line.amount
        elif line.quantity > 0 and line.price > 0:
            self.gross += line.amount
            self.discount += line.discount
            self.counted += 1


class Bills:
    """Takes the lines of a file chunk by chunk."""

    def __init__(self, session: Session, batch: int, goods: Goods) -> None:
        self._session, self._batch, self._goods = session, batch, goods
        self._staff = acting_staff(session)
        connection = session.connection()
        self.sales = BulkRows(connection, Sale, _SALE_COLUMNS)
        self.lines = BulkRows(connection, SaleLine, _LINE_COLUMNS)
        self.changes = BulkRows(connection, ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._by_key: dict[str, tuple[int, int | None]] = {}
        for number, invoice, day, customer in connection.execute(_KNOWN):
            key = f"{invoice}\x1f{day}"
            if key in self._by_key:
                key = f"{key}\x1f{customer}"
            self._by_key[key] = (number, customer)
        self._had_lines = connection.execute(_ANY_LINE).first() is not None
        self._open: dict[int, _Open] = {}
        self._longer: set[int] = set()
        self._given: dict[int, int] = {}
        self.revenue = self.returned = 0

    @property
    def longer(self) -> list[int]:
        """The sales that were there before the import and got lines by it."""
        return [sale for sale in self._longer if sale < self.sales.first]

    def known(self, identities: Sequence[bytes]) -> set[bytes]:
        """Which of these lines (at most a chunk) are in the shop already."""
        if not self._had_lines:
            return set()
        query = select(SaleLine.identity).where(SaleLine.identity.in_(identities))
        return {found for found in self._session.connection().scalars(query) if found is not None}

    def seen_again(self, line: Line, customer: int | None) -> bool:
        """A line that is known: whether it says now whose sale it was, which nobody knew before."""
        found = self._by_key.get(line.key)
        if customer is None or found is None or found[1] is not None:
            return False
        self._give(line.key, found[0], customer)
        return True

    def add(self, line: Line, identity: bytes, customer: int | None) -> None:
        """Take a new line in."""
        sale = self._sale_of(line, customer)
        product = self._goods.id_of(line.code, line.description) if line.code else None
        words = line.description
        if product is not None:
            self._goods.note(product, words, line.price, line.moment.at)
            words = self._goods.own_words(product, words)
        kept = (sale, product, words, line.quantity, line.price, line.amount, line.discount, 0, int(line.is_return))
        self.lines.add(*kept, identity)
        if line.is_return:
            self.returned -= line.amount
        elif line.quantity > 0 and line.price > 0:
            self.revenue += line.amount - line.discount

    def flush(self) -> None:
        """Write the chunk. Customers and goods are written before."""
        for number, sale in self._open.items():
            self.sales.put((number, *self._row(number, sale)))
        self._open.clear()
        self.sales.flush()
        self.lines.flush()

    def settle(self) -> None:
        """Renew the sums of sales that went on after their chunk, or after their first import."""
        update_rows(
            self._session.connection(), Sale, ("customer_id",), [(who, sale) for sale, who in self._given.items()]
        )
        renew_sums(self._session, self._longer)
        self.changes.flush()
        self._by_key.clear()

    def _row(self, number: int, sale: _Open) -> tuple[Any, ...]:
        line, revenue = sale.line, sale.gross - sale.discount
        shown = line.invoice or f"{line.moment.day[5:7]}{line.moment.day[8:]}-i{number}"
        return (
            shown,
            line.key.partition("\x1f")[0],
            sale.customer,
            line.moment.at,
            line.moment.day,
            line.payment,
            sale.gross,
            sale.discount,
            revenue,
            sale.returned,
            sale.counted,
            revenue - sale.returned,
            self._staff,
            SaleOrigin.IMPORT.value,
            0,
            0,
            0,
            self._batch,
        )

    def _sale_of(self, line: Line, customer: int | None) -> int:
        key = line.key
        found = self._by_key.get(key)
        if found is not None and customer is not None and found[1] not in (None, customer):
            key = f"{key}\x1f{customer}"  # two buyers under one number: two sales
            found = self._by_key.get(key)
        if found is None:
            number = self.sales.take_id()
            self._by_key[key] = (number, customer)
            self._open[number] = _Open(line, customer)
        else:
            number = found[0]
            if customer is not None and found[1] is None:
                self._give(key, number, customer)
        opened = self._open.get(number)
        if opened is None:
            self._longer.add(number)
        else:
            opened.add(line)
        return number

    def _give(self, key: str, number: int, customer: int) -> None:
        """An anonymous sale whose buyer is now said."""
        self._by_key[key] = (number, customer)
        if number in self._open:
            self._open[number].customer = customer
            return
        self._given[number] = customer
        if number < self.sales.first:
            self.changes.add(self._batch, Sale.__tablename__, number, f'{{"customer_id": [null, {customer}]}}')
