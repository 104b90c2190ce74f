"""What an import that earns asks the shop: the bills it brought or made longer, the lines its returns may match."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.loyalty.matching import GoodsLine
from app.models.loyalty import PointEntry
from app.models.sales import SaleLine
from app.storage.bulk import BulkRows

_BUYERS = text(
    "SELECT DISTINCT customer_id FROM sales WHERE id BETWEEN :first AND :last AND customer_id IS NOT NULL "
    "UNION SELECT customer_id FROM sales WHERE customer_id IS NOT NULL AND id IN (SELECT value FROM json_each(:longer))"
)
_LONGER = text("SELECT id, customer_id FROM sales WHERE id IN (SELECT value FROM json_each(:longer))")
# The plus keeps the file from being walked from bill to bill: it is asked by customer.
_BILLS = text(
    "SELECT id, customer_id, at, shop_day, revenue, counted_lines > 0 FROM sales "
    "WHERE +id BETWEEN :first AND :last AND customer_id IN (SELECT value FROM json_each(:cards))"
)
_OLD_BILLS = text(
    "SELECT id, customer_id, at, shop_day FROM sales "
    "WHERE customer_id IS NOT NULL AND id IN (SELECT value FROM json_each(:bills))"
)
_OLD_LINES = text(
    "SELECT sale_id, id, amount - discount FROM sale_lines WHERE is_return = 0 AND quantity > 0 AND unit_price > 0 "
    "AND sale_id IN (SELECT value FROM json_each(:bills))"
)
_RETURNERS = text(
    "SELECT DISTINCT customer_id FROM sales WHERE returned > 0 AND origin = 'import' AND voided_at IS NULL "
    "AND customer_id IN (SELECT value FROM json_each(:cards))"
)
_LINES = text(
    "SELECT l.id, l.sale_id, s.customer_id, s.at, s.shop_day, l.product_id, l.quantity, l.amount - l.discount "
    "FROM sales s JOIN sale_lines l ON l.sale_id = s.id "
    "WHERE s.customer_id IN (SELECT value FROM json_each(:cards)) AND s.origin = 'import' AND s.voided_at IS NULL "
    "AND l.unit_price > 0 AND l.quantity <> 0"
)
_SPANS = text("SELECT ranges FROM import_batches WHERE id < :batch AND kind = 'sales' ORDER BY id")
_LINE_SPAN, _POINT_SPAN = SaleLine.__tablename__, PointEntry.__tablename__


class PastBill(NamedTuple):
    """A bill of the running import: what its lines that earn come to in minor units, and whether there is one."""

    id: int
    customer_id: int
    at: datetime
    day: date
    base: int
    counts: bool


class PastLine(NamedTuple):
    """A line that counts, or was brought back; its base in minor units."""

    goods: GoodsLine | None
    """None where the file names no product."""
    id: int
    sale_id: int
    customer_id: int
    at: datetime
    day: date
    quantity: int
    base: int
    earns: bool
    import_no: int


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Where the lines of one import of sales begin, and whether past sales earned with it."""

    first: int
    earns: bool


class PastBills:
    """Reads for some customers at a time. `longer` are bills that were there before and got lines now."""

    def __init__(self, session: Session, batch: int, sales: BulkRows, lines: BulkRows, longer: Collection[int]) -> None:
        self._connection = session.connection()
        self._sales = {"first": sales.first, "last": sales.next - 1}
        self.imports = self._imports(batch, lines.first)
        self._firsts = [found.first for found in self.imports]
        self._longer = sorted(longer)
        self._longer_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, card in self._connection.execute(_LONGER, {"longer": json.dumps(self._longer)}):
            self._longer_of[card].append(number)

    @property
    def this_import(self) -> int:
        return len(self.imports) - 1

    def buyers(self) -> list[int]:
        """The cards of everyone whose bill is in the import."""
        bound = {**self._sales, "longer": json.dumps(self._longer)}
        return list(self._connection.scalars(_BUYERS, bound))

    def bills(self, cards: Collection[int]) -> Iterator[PastBill]:
        """The bills of the import that belong to these cards."""
        bound = {**self._sales, "cards": json.dumps(list(cards))}
        for number, card, at, day, base, counts in self._connection.execute(_BILLS, bound):
            yield PastBill(number, card, datetime.fromisoformat(at), date.fromisoformat(day), base, bool(counts))
        yield from self._longer_bills([number for card in cards for number in self._longer_of.get(card, ())])

    def returners(self, cards: Collection[int]) -> set[int]:
        """Whose cards have returned lines in the shop that came with an import."""
        return set(self._connection.scalars(_RETURNERS, {"cards": json.dumps(list(cards))}))

    def lines(self, cards: Collection[int]) -> Iterator[PastLine]:
        """Every line of these cards that counts or was brought back, of this import and those before."""
        for row in self._connection.execute(_LINES, {"cards": json.dumps(list(cards))}):
            yield self._line(*row)

    def _line(self, number: int, sale: int, card: int, at: str, day: str, product: int | None, *rest: Any) -> PastLine:
        quantity, base = rest
        moment, nth = datetime.fromisoformat(at), self._import_of(number)
        goods = None if product is None else GoodsLine(number, sale, moment, product, quantity, nth)
        earns = self.imports[nth].earns
        return PastLine(goods, number, sale, card, moment, date.fromisoformat(day), quantity, base, earns, nth)

    def _longer_bills(self, numbers: Collection[int]) -> Iterator[PastBill]:
        """What earns on a bill that was there before: the lines of those imports that earned."""
        if not numbers:
            return
        bound, bases = {"bills": json.dumps(list(numbers))}, defaultdict[int, list[int]](list)
        for sale, line, base in self._connection.execute(_OLD_LINES, bound):
            if self.imports[self._import_of(line)].earns:
                bases[sale].append(base)
        for number, card, at, day in self._connection.execute(_OLD_BILLS, bound):
            found = bases[number]
            yield PastBill(number, card, datetime.fromisoformat(at), date.fromisoformat(day), sum(found), bool(found))

    def _import_of(self, line: int) -> int:
        """The place of the import that brought a line: the last that began before it."""
        return bisect_right(self._firsts, line) - 1

    def _imports(self, batch: int, first_line: int) -> list[LineSpan]:
        """The imports of sales whose lines are there, the running one last.

        The ids of lines that were taken back are given again: where an import began is where all before it end.
        """
        found: list[LineSpan] = []
        for span in (*self._earlier_imports(batch), LineSpan(first_line, earns=True)):
            while found and found[-1].first >= span.first:
                found.pop()
            found.append(span)
        return found

    def _earlier_imports(self, batch: int) -> Iterator[LineSpan]:
        for ranges in self._connection.scalars(_SPANS, {"batch": batch}).all():
            held = json.loads(ranges)
            if _LINE_SPAN in held:
                yield LineSpan(held[_LINE_SPAN][0], _POINT_SPAN in held)
