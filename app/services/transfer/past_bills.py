"""What an import that earns asks the shop: the bills it brought or made longer, the lines its returns may match."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services.sales.past_lines import Imports, LineSpan, PastLine, past_lines, spans_before
from app.storage.bulk import BulkRows

_BUYERS = text(
    "SELECT DISTINCT customer_id FROM sales WHERE id BETWEEN :first AND :last AND customer_id IS NOT NULL "
    "UNION SELECT customer_id FROM sales WHERE customer_id IS NOT NULL AND id IN (SELECT value FROM json_each(:longer))"
)
_LONGER = text("SELECT id, customer_id FROM sales WHERE id IN (SELECT value FROM json_each(:longer))")
# The plus keeps the file from being walked from bill to bill: it is asked by customer.
_BILLS = text(
    "SELECT s.id, s.customer_id, s.at, s.shop_day, l.product_id, l.amount - l.discount "
    "FROM sales s JOIN sale_lines l ON l.sale_id = s.id "
    "WHERE +s.id BETWEEN :first AND :last AND s.customer_id IN (SELECT value FROM json_each(:cards)) "
    "AND l.is_return = 0 AND l.quantity > 0 AND l.unit_price > 0 ORDER BY s.id"
)
_OLD_BILLS = text(
    "SELECT id, customer_id, at, shop_day FROM sales "
    "WHERE customer_id IS NOT NULL AND id IN (SELECT value FROM json_each(:bills))"
)
_OLD_LINES = text(
    "SELECT sale_id, id, product_id, amount - discount FROM sale_lines "
    "WHERE is_return = 0 AND quantity > 0 AND unit_price > 0 AND sale_id IN (SELECT value FROM json_each(:bills))"
)
_RETURNERS = text(
    "SELECT DISTINCT customer_id FROM sales WHERE returned > 0 AND origin = 'import' AND voided_at IS NULL "
    "AND customer_id IN (SELECT value FROM json_each(:cards))"
)


class PastBill(NamedTuple):
    """A bill of the running import with its lines that earn: their products, None where there is none, and their bases
    in minor units."""

    id: int
    customer_id: int
    at: datetime
    day: date
    products: tuple[int | None, ...]
    bases: tuple[int, ...]


class PastBills:
    """Reads for some customers at a time. `longer` are bills that were there before and got lines now."""

    def __init__(self, session: Session, batch: int, sales: BulkRows, lines: BulkRows, longer: Collection[int]) -> None:
        self._connection = session.connection()
        self._sales = {"first": sales.first, "last": sales.next - 1}
        self.imports = Imports((*spans_before(self._connection, batch), LineSpan(lines.first, earns=True)))
        self._longer = sorted(longer)
        self._longer_of: defaultdict[int, list[int]] = defaultdict(list)
        for number, card in self._connection.execute(_LONGER, {"longer": json.dumps(self._longer)}):
            self._longer_of[card].append(number)

    @property
    def this_import(self) -> int:
        return len(self.imports.spans) - 1

    def buyers(self) -> list[int]:
        """The cards of everyone whose bill is in the import."""
        bound = {**self._sales, "longer": json.dumps(self._longer)}
        return list(self._connection.scalars(_BUYERS, bound))

    def bills(self, cards: Collection[int]) -> Iterator[PastBill]:
        """The bills of the import that belong to these cards."""
        bound = {**self._sales, "cards": json.dumps(list(cards))}
        for (number, card, at, day), lines in groupby(
            self._connection.execute(_BILLS, bound), key=itemgetter(0, 1, 2, 3)
        ):
            yield _bill(number, card, at, day, [(product, base) for *_, product, base in lines])
        yield from self._longer_bills([number for card in cards for number in self._longer_of.get(card, ())])

    def returners(self, cards: Collection[int]) -> set[int]:
        """Whose cards have returned lines in the shop that came with an import."""
        return set(self._connection.scalars(_RETURNERS, {"cards": json.dumps(list(cards))}))

    def lines(self, cards: Collection[int]) -> Iterator[PastLine]:
        """Every line of these cards that counts or was brought back, of this import and those before."""
        return past_lines(self._connection, self.imports, cards)

    def _longer_bills(self, numbers: Collection[int]) -> Iterator[PastBill]:
        """What earns on a bill that was there before: the lines of those imports that earned."""
        if not numbers:
            return
        bound, lines = {"bills": json.dumps(list(numbers))}, defaultdict[int, list[tuple[int | None, int]]](list)
        for sale, line, product, base in self._connection.execute(_OLD_LINES, bound):
            if self.imports.earns(line):
                lines[sale].append((product, base))
        for number, card, at, day in self._connection.execute(_OLD_BILLS, bound):
            yield _bill(number, card, at, day, lines[number])


def _bill(number: int, card: int, at: str, day: str, lines: Sequence[tuple[int | None, int]]) -> PastBill:
    products, bases = tuple(product for product, _ in lines), tuple(base for _, base in lines)
    return PastBill(number, card, datetime.fromisoformat(at), date.fromisoformat(day), products, bases)
