"""Follows what was paid in ahead and the coupons row by row, from the file alone, as the auditor follows points."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from tests.loyalty.machine.auditor import require
from tests.loyalty.machine.books import Books

STORED = (
    "SELECT id, customer_id, part, shop_day, move, units, sale_id, opens_lot, lot_id, expires_on "
    "FROM stored_entries WHERE id > ? ORDER BY id"
)
COUPONS = (
    "SELECT id, customer_id, 'coupon', shop_day, move, units, sale_id, opens_lot, lot_id, expires_on "
    "FROM coupon_entries WHERE id > ? ORDER BY id"
)
COUPON = "coupon"
Picture = tuple[dict[tuple[str, int], int], dict[tuple[str, int], int]]


class Row(NamedTuple):
    """One movement of a purse: minor units, or uses of a coupon."""

    id: int
    customer: int | None
    part: str
    day: date
    move: str
    units: int
    sale: int | None
    opens_lot: bool
    lot: int | None
    expires: date | None


@dataclass
class Lot:
    opened: Row
    left: int


class PurseAuditor:
    """What is left in each lot of stored value, of which coupon, and who owes what."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.lots: dict[tuple[str, int], Lot] = {}
        """By kind of ledger ("stored", "coupon") and number of its row."""
        self.loose: defaultdict[tuple[str, int], int] = defaultdict(int)
        """By part and card, what moved without a lot: below 0 it is owed."""
        self.sales: defaultdict[int, dict[str, int]] = defaultdict(lambda: {"stored": 0, COUPON: 0})
        """By sale, what it took from either and was not put back: 0 or less, or what has ended of what was put back."""
        self.given: defaultdict[tuple[int, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
        """By sale and kind of ledger, what it put back into which lot."""
        self.ended: defaultdict[tuple[str, int], int] = defaultdict(int)
        """By kind of ledger and lot, what was let go at its end."""
        self.family: Mapping[int, frozenset[int]] = {}
        self._last = {STORED: 0, COUPONS: 0}

    def take_in(self, family: Mapping[int, frozenset[int]]) -> list[Row]:
        """The new rows, added to the accounts, each held against what any row must keep."""
        self.family, taken = family, []
        for query in (STORED, COUPONS):
            for found in self.books.all(query, self._last[query]):
                row = _row(*found)
                self._last[query] = row.id
                self._add(row)
                taken.append(row)
        return taken

    def _add(self, row: Row) -> None:
        require(row.units != 0, 1, f"{row} moves nothing")
        ledger = COUPON if row.part == COUPON else "stored"
        if row.sale is not None and row.move in ("spend", "give_back"):
            self.sales[row.sale][ledger] += row.units
            lot_filled = row.id if row.opens_lot else row.lot
            if row.move == "give_back" and row.units > 0 and lot_filled is not None:
                self.given[row.sale, ledger][lot_filled] += row.units
        if row.move == "expire" and row.lot is not None:
            self.ended[ledger, row.lot] -= row.units
        if row.opens_lot:
            self.lots[ledger, row.id] = Lot(row, row.units)
            return
        if row.lot is None:
            assert row.customer is not None
            self.loose[row.part, row.customer] += row.units
            return
        lot = self.lots[ledger, row.lot]
        stranger = ledger == "stored" and lot.opened.customer not in self._answering(row)
        require(row.move == "correct" or not stranger, 11, f"{row} draws on the lot of a stranger")
        lot.left += row.units
        require(0 <= lot.left <= lot.opened.units, 0, f"{row} leaves {lot.left} of {lot.opened}")
        ended = lot.opened.expires is not None and lot.opened.expires < row.day
        require(row.move != "spend" or row.units > 0 or not ended, 4, f"{row} spends what has ended: {lot.opened}")

    def _answering(self, row: Row) -> frozenset[int]:
        assert row.customer is not None
        return self.family[row.customer]

    def picture(self) -> Picture:
        """What is left in each lot, and what moved without one."""
        lots = {key: lot.left for key, lot in self.lots.items() if lot.left}
        return lots, {key: units for key, units in self.loose.items() if units}

    def whole(self, picture: Picture) -> int:
        """Money in lots less what is owed."""
        lots = sum(left for (ledger, _), left in picture[0].items() if ledger == "stored")
        return lots + sum(picture[1].values())

    def held(self, card: int, part: str, day: date) -> int:
        """What these cards can spend of a part."""
        mine = self.family[card]
        alive = (
            lot.left
            for (ledger, _), lot in self.lots.items()
            if ledger == "stored"
            and lot.opened.part == part
            and lot.opened.customer in mine
            and (lot.opened.expires is None or lot.opened.expires >= day)
        )
        return max(0, sum(alive) + sum(self.loose[part, each] for each in mine))

    def all_is_well(self, cards: Iterable[int], over: Iterable[int]) -> None:
        """`over` are the sales that were taken back, or of which everything came back: they keep nothing.

        A return taken back leaves what has ended of what it gave: gone already, it is not taken twice (rule 10). The
        sale taken back after it gives that once more, into lots that have ended too.
        """
        for card in cards:
            for part in ("principal", "bonus"):
                rest = sum(self.loose[part, each] for each in self.family[card])
                require(rest <= 0, 6, f"card {card} holds {rest} of {part} without a lot")
        for sale, net in self.sales.items():
            for ledger, units in net.items():
                most = self._ended_of_what_was_given(sale, ledger) if units > 0 else 0
                require(units <= most, 7, f"sale {sale} gave back more than it took: {net}")
        for sale in over:
            if sale in self.sales:
                require(min(self.sales[sale].values()) >= 0, 7, f"sale {sale} keeps {self.sales[sale]}")

    def _ended_of_what_was_given(self, sale: int, ledger: str) -> int:
        return sum(min(units, self.ended[ledger, lot]) for lot, units in self.given[sale, ledger].items())


def _row(
    number: int, customer: int | None, part: str, day: str, move: str, units: int, sale: int | None, *rest: Any
) -> Row:
    opens, lot, expires = rest
    last = None if expires is None else date.fromisoformat(expires)
    return Row(number, customer, part, date.fromisoformat(day), move, units, sale, bool(opens), lot, last)
