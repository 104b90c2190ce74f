"""Reads one row of a file of sales: what was sold, when, to whom; a cell that cannot be read refuses the row."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, divide_half_up, line_amount
from app.formats.tables import Cell
from app.formats.values import (
    Refused,
    clean_id,
    parse_money,
    parse_price,
    parse_quantity,
    text_of,
)
from app.services.transfer.outcome import Rejection, rejection_of
from app.services.transfer.plan import Plan
from app.services.transfer.who_and_when import Buyer, Moment, buyer_of, local_moment, stored_moment

DIGEST = 16
MOST_KEPT = 50_000
FIRST_YEAR = 1970


class Line(NamedTuple):
    """One line. `key` finds its sale again; `identity` the line, before its ordinal among equals."""

    invoice: str
    key: str
    buyer: Buyer | None
    moment: Moment
    code: str
    description: str
    quantity: int
    price: int
    amount: int
    discount: int
    is_return: bool
    payment: str
    identity: bytes


class _Bill(NamedTuple):
    """What the lines of one sale have in common."""

    invoice: str
    key: str
    known_by: str
    buyer: Buyer | None
    moment: Moment
    payment: str


class _Worth(NamedTuple):
    """Quantity, unit price, amount and discount of a line, and what of it belongs to the line's identity."""

    quantity: int
    price: int
    amount: int
    discount: int
    told: str


class LineReader:
    """Reads rows by the columns of a plan, in the shop's time zone and currency.

    Lines of one sale follow each other, and goods and their prices come again: what was read once is kept for a while.
    """

    def __init__(self, plan: Plan, zone: ZoneInfo, minor_digits: int, region: str, last_year: int) -> None:
        self._plan, self._zone, self._digits, self._region = plan, zone, minor_digits, region
        self._years = range(FIRST_YEAR, last_year + 1)
        self._bill_cells = self._getter("invoice", "moment", "time", "customer_id", "customer_name", "phone", "payment")
        self._goods_cells = self._getter("product_code", "description")
        self._worth_cells = self._getter("quantity", "unit_price", "amount")
        self._bill: tuple[tuple[Cell, ...], _Bill] | None = None
        self._goods: dict[tuple[Cell, ...], tuple[str, str]] = {}
        self._worths: dict[tuple[Cell, ...], _Worth] = {}

    def read(self, cells: Sequence[Cell]) -> Line:
        """Raises Refused when a cell cannot be read; `blame` then says which."""
        invoice, key, known_by, buyer, moment, payment = self._bill_of(self._bill_cells(cells))
        goods_cells = self._goods_cells(cells)
        goods = self._goods.get(goods_cells)
        if goods is None:
            goods = self._goods[goods_cells] = _goods_of(*goods_cells)
        worth_cells = self._worth_cells(cells)
        worth = self._worths.get(worth_cells)
        if worth is None:
            worth = self._worths[worth_cells] = self._worth_of(*worth_cells)
            self._forget()
        quantity, price, amount, discount, told = worth
        is_return = quantity < 0 or invoice[:1] == "C"
        if is_return:
            quantity, amount, discount = -abs(quantity), -abs(amount) + discount, 0
        said = f"{known_by}\x1f{goods[0]}\x1f{quantity}\x1f{told}\x1f{moment.minute}"
        digest = blake2b(said.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()
        return Line(
            invoice,
            key,
            buyer,
            moment,
            goods[0],
            goods[1],
            quantity,
            price,
            amount,
            discount,
            is_return,
            payment,
            digest,
        )

    def blame(self, line: int, cells: Sequence[Cell], refusal: Refused) -> Rejection:
        """The row refused, with the column whose cell it was."""
        return rejection_of(self._plan, line, cells, refusal)

    def _getter(self, *names: str) -> Callable[[Sequence[Cell]], tuple[Cell, ...]]:
        """Takes the cells of these fields out of a row; None for a field the file does not have."""
        places = [self._plan.columns.get(name) for name in names]
        if None not in places:
            return itemgetter(*places)
        return lambda cells: tuple([None if place is None else cells[place] for place in places])

    def _forget(self) -> None:
        if len(self._worths) + len(self._goods) > MOST_KEPT:
            self._worths.clear()
            self._goods.clear()

    def _bill_of(self, cells: tuple[Cell, ...]) -> _Bill:
        if self._bill is None or self._bill[0] != cells:
            self._bill = cells, self._read_bill(*cells)
        return self._bill[1]

    def _read_bill(
        self, invoice: Cell, when: Cell, hour: Cell, customer: Cell, name: Cell, phone: Cell, payment: Cell
    ) -> _Bill:
        number = clean_id(invoice)
        moment = stored_moment(local_moment(when, hour, self._plan.date_order, self._zone), when, self._years)
        buyer = buyer_of(customer, name, phone, self._region)
        known_by = number or "@" + ("" if buyer is None else "|".join(buyer))
        key = f"{known_by}\x1f{moment.day}" if number else f"{known_by}|{moment.at}\x1f{moment.day}"
        return _Bill(number, key, known_by, buyer, moment, text_of(payment))

    def _worth_of(self, quantity_cell: Cell, price_cell: Cell, amount_cell: Cell) -> _Worth:
        """Price times quantity is the amount.

        An amount that stands beside them and is smaller was paid after a discount; a larger one is the total of the
        bill. Without a price the amount gives it by division.
        """
        quantity = parse_quantity(quantity_cell)
        if quantity is None:
            quantity = QUANTITY_UNITS
        price, paid = parse_price(price_cell), parse_money(amount_cell, self._digits)
        if paid is not None and paid < 0 < quantity:
            quantity = -quantity
        if price is None and paid is not None:
            amount = -abs(paid) if quantity < 0 else abs(paid) if quantity else 0
            return _Worth(quantity, self._divided(paid, quantity), amount, 0, f"={paid}")
        price = price or 0
        worth = line_amount(quantity, price, self._digits)
        discount = max(abs(worth) - abs(paid), 0) if paid is not None else 0
        return _Worth(quantity, price, worth, discount, str(price))

    def _divided(self, paid: int, quantity: int) -> int:
        """The unit price that makes this amount."""
        scale = PRICE_UNITS * QUANTITY_UNITS
        return divide_half_up(abs(paid) * scale, 10**self._digits * abs(quantity)) if quantity else 0


def _goods_of(code: Cell, description: Cell) -> tuple[str, str]:
    """The code of a product and its description; the one stands for the other where it is missing."""
    words = text_of(description)
    return clean_id(code) or words, words
