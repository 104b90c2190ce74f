"""Reads one row of a file of sales: what was sold, when, to whom; a cell that cannot be read refuses the row."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from hashlib import blake2b
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, divide_half_up, line_amount
from app.domain.names import display
from app.domain.phones import normalise
from app.formats.dates import parse_moment, parse_time
from app.formats.tables import Cell
from app.formats.values import (
    Refused,
    clean_id,
    parse_money,
    parse_phones,
    parse_price,
    parse_quantity,
    text_of,
)
from app.services.transfer.outcome import Rejection
from app.services.transfer.reading import Plan

NOON = time(12)
DIGEST = 16
MOST_MOMENTS = 100_000
FIRST_YEAR = 1970


def utc_text(moment: datetime) -> str:
    """A moment with a zone as the file stores it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class Buyer(NamedTuple):
    """Who bought, as the file says it: the number of the old system, else a name and a phone (as a key)."""

    external_id: str
    name: str
    phone: str


class Moment(NamedTuple):
    """A moment as the file stores it: UTC text, shop day, and the local minute by which lines are known again."""

    at: str
    day: str
    minute: str


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


class LineReader:
    """Reads rows by the columns of a plan, in the shop's time zone and currency."""

    def __init__(self, plan: Plan, zone: ZoneInfo, minor_digits: int, region: str, last_year: int) -> None:
        get = plan.columns.get
        self._plan, self._zone, self._digits, self._region = plan, zone, minor_digits, region
        self._years = range(FIRST_YEAR, last_year + 1)
        self._invoice, self._moment, self._time = get("invoice"), get("moment"), get("time")
        self._customer, self._name, self._phone = get("customer_id"), get("customer_name"), get("phone")
        self._code, self._description = get("product_code"), get("description")
        self._quantity, self._price, self._amount = get("quantity"), get("unit_price"), get("amount")
        self._payment = get("payment")
        self._moments: dict[Cell, Moment] = {}
        self._amounts: dict[tuple[int, int], int] = {}

    def read(self, cells: Sequence[Cell]) -> Line:
        """Raises Refused when a cell cannot be read; `blame` then says which."""
        invoice = "" if self._invoice is None else clean_id(cells[self._invoice])
        moment = self._when(cells)
        buyer = self._buyer(cells)
        description = "" if self._description is None else text_of(cells[self._description])
        code = "" if self._code is None else clean_id(cells[self._code])
        quantity, price, amount, discount, told = self._worth(cells)
        is_return = quantity < 0 or invoice[:1] == "C"
        if is_return:
            quantity, amount, discount = -abs(quantity), -abs(amount) + discount, 0
        if invoice:
            known_by = number = invoice
        else:
            number = ""
            known_by = "@" + ("" if buyer is None else "|".join(buyer))
        said = f"{known_by}\x1f{code or description}\x1f{quantity}\x1f{told}\x1f{moment.minute}"
        return Line(
            number,
            f"{known_by}\x1f{moment.day}" if invoice else f"{known_by}|{moment.at}\x1f{moment.day}",
            buyer,
            moment,
            code or description,
            description,
            quantity,
            price,
            amount,
            discount,
            is_return,
            "" if self._payment is None else text_of(cells[self._payment]),
            blake2b(said.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest(),
        )

    def blame(self, line: int, cells: Sequence[Cell], refusal: Refused) -> Rejection:
        """The row refused, with the column whose cell it was."""
        column = next((self._plan.header(c) for c in self._plan.columns.values() if cells[c] == refusal.value), "")
        return Rejection(line, refusal.code, column, text_of(refusal.value))

    def _worth(self, cells: Sequence[Cell]) -> tuple[int, int, int, int, object]:
        """Quantity, unit price, amount, discount, and what of it belongs to the line's identity.

        Price times quantity is the amount. An amount that stands beside them and is smaller was paid after a discount;
        a larger one is the total of the bill. Without a price the amount gives it by division.
        """
        quantity = None if self._quantity is None else parse_quantity(cells[self._quantity])
        if quantity is None:
            quantity = QUANTITY_UNITS
        price = None if self._price is None else parse_price(cells[self._price])
        paid = None if self._amount is None else parse_money(cells[self._amount], self._digits)
        if paid is not None and paid < 0 < quantity:
            quantity = -quantity
        if price is None and paid is not None:
            return quantity, self._divided(paid, quantity), paid if quantity else 0, 0, f"={paid}"
        price = price or 0
        worth = self._amounts.get((quantity, price))
        if worth is None:
            worth = line_amount(quantity, price, self._digits)
            if len(self._amounts) < MOST_MOMENTS:
                self._amounts[quantity, price] = worth
        discount = max(abs(worth) - abs(paid), 0) if paid is not None else 0
        return quantity, price, worth, discount, price

    def _divided(self, paid: int, quantity: int) -> int:
        """The unit price that makes this amount."""
        scale = PRICE_UNITS * QUANTITY_UNITS
        return divide_half_up(abs(paid) * scale, 10**self._digits * abs(quantity)) if quantity else 0

    def _buyer(self, cells: Sequence[Cell]) -> Buyer | None:
        number = "" if self._customer is None else clean_id(cells[self._customer])
        name = "" if self._name is None else display(text_of(cells[self._name]))
        phone = ""
        if self._phone is not None:
            phones = parse_phones(cells[self._phone])
            phone = phones[0] if phones else ""
        if number:
            return Buyer(number, name, phone)
        return Buyer("", name, normalise(phone, self._region).key if phone else "") if name or phone else None

    def _when(self, cells: Sequence[Cell]) -> Moment:
        if self._moment is None:
            raise Refused("not_a_date", "")
        cell = cells[self._moment]
        if self._time is not None:
            return self._settled(cell, cells[self._time])
        found = self._moments.get(cell)
        if found is None:
            found = self._settled(cell, None)
            if len(self._moments) >= MOST_MOMENTS:
                self._moments.clear()
            self._moments[cell] = found
        return found

    def _settled(self, cell: Cell, hour: Cell) -> Moment:
        read = parse_moment(cell, self._plan.date_order)
        if read is None:
            raise Refused("no_date", cell)
        if not isinstance(read, datetime):
            read = datetime.combine(read, parse_time(hour) or NOON)
        if read.year not in self._years:
            raise Refused("out_of_range", cell)
        local = read.astimezone(self._zone) if read.tzinfo else read.replace(tzinfo=self._zone)
        return Moment(
            utc_text(local),
            local.date().isoformat(),
            local.replace(tzinfo=None).isoformat(timespec="minutes"),
        )
