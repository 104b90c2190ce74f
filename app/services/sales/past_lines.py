"""The lines that imports brought: which import each came with, whether it earns, and what of it came back."""

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from app.domain.loyalty.matching import GoodsLine
from app.models.loyalty import PointEntry
from app.models.sales import SaleLine

_LINES = text(
    "SELECT l.id, l.sale_id, s.customer_id, s.at, s.shop_day, l.product_id, l.quantity, l.amount - l.discount, "
    "coalesce((SELECT -sum(b.quantity) FROM sale_lines b JOIN sales r ON r.id = b.sale_id "
    "WHERE b.returns_line_id = l.id AND r.voided_at IS NULL), 0) "
    "FROM sales s JOIN sale_lines l ON l.sale_id = s.id "
    "WHERE s.customer_id IN (SELECT value FROM json_each(:cards)) AND s.origin = 'import' AND s.voided_at IS NULL "
    "AND l.unit_price > 0 AND l.quantity <> 0"
)
_SPANS = text("SELECT ranges FROM import_batches WHERE id < :before AND kind = 'sales' ORDER BY id")
_EVERY = 1 << 62
_LINE_SPAN, _POINT_SPAN = SaleLine.__tablename__, PointEntry.__tablename__


class PastLine(NamedTuple):
    """A line that counts, or was brought back; its base in minor units."""

    goods: GoodsLine | None
    """None where the file names no product; what came back at the till is not to be matched any more."""
    id: int
    sale_id: int
    customer_id: int
    at: datetime
    day: date
    quantity: int
    base: int
    back: int
    """Thousandths that came back at the till."""
    earns: bool
    import_no: int


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Where the lines of one import of sales begin, and whether past sales earned with it."""

    first: int
    earns: bool


class Imports:
    """The imports of sales whose lines are there, in their order.

    The ids of lines that were taken back are given again: where an import began is where all before it end.
    """

    def __init__(self, spans: Iterable[LineSpan]) -> None:
        self.spans: list[LineSpan] = []
        for span in spans:
            while self.spans and self.spans[-1].first >= span.first:
                self.spans.pop()
            self.spans.append(span)
        self._firsts = [span.first for span in self.spans]

    def number_of(self, line: int) -> int:
        """The place of the import that brought a line: the last that began before it."""
        return bisect_right(self._firsts, line) - 1

    def earns(self, line: int) -> bool:
        """Whether a line came with points; one that no import brought was sold here, and does."""
        number = self.number_of(line)
        return number < 0 or self.spans[number].earns


def spans_before(connection: Connection, batch: int = _EVERY) -> Iterator[LineSpan]:
    """The imports of sales before a batch; all of them where none is named."""
    for ranges in connection.scalars(_SPANS, {"before": batch}).all():
        held = json.loads(ranges)
        if _LINE_SPAN in held:
            yield LineSpan(held[_LINE_SPAN][0], _POINT_SPAN in held)


def past_lines(connection: Connection, imports: Imports, cards: Collection[int]) -> Iterator[PastLine]:
    """Every imported line of these cards that counts or was brought back."""
    for row in connection.execute(_LINES, {"cards": json.dumps(list(cards))}):
        yield _line(imports, *row)


def _line(
    imports: Imports, number: int, sale: int, card: int, at: str, day: str, product: int | None, *rest: Any
) -> PastLine:
    quantity, base, back = rest
    moment, nth = datetime.fromisoformat(at), imports.number_of(number)
    goods = None if product is None else GoodsLine(number, sale, moment, product, quantity - back, nth)
    earns = imports.spans[nth].earns
    return PastLine(goods, number, sale, card, moment, date.fromisoformat(day), quantity, base, back, earns, nth)
