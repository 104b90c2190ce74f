"""Which sale a returned product came from where nothing says it: the newest earlier one that still holds it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


class GoodsLine(NamedTuple):
    """One imported line of a customer that counts: it has a product, a quantity and a price."""

    id: int
    sale_id: int
    at: datetime
    product_id: int
    quantity: int
    """Thousandths; below 0: brought back."""
    import_no: int
    """Which import brought it: a later one never changes what an earlier one found."""

    @property
    def is_back(self) -> bool:
        return self.quantity < 0


class Match(NamedTuple):
    """`quantity` thousandths of the line `sold` came back with the line `back`; found by the import `import_no`."""

    back: GoodsLine
    sold: GoodsLine
    quantity: int
    import_no: int


@dataclass(frozen=True, slots=True)
class Matching:
    matches: tuple[Match, ...]
    """In the order of the imports that found them, then of the returns."""
    unmatched: frozenset[int]
    """Returned lines for which the shop does not hold the whole quantity."""


def match_returns(lines: Iterable[GoodsLine]) -> Matching:
    """Find for each returned line of one customer the sold lines it brings back.

    Import after import, the returns in the order of their moments: each takes from the customer's newest sale of that
    product that is not later than itself, then from the next older one. What finds no sale is tried again when a later
    import brings older sales. The answer for what is there does not change with what comes after.
    """
    by_product: defaultdict[int, list[GoodsLine]] = defaultdict(list)
    for line in lines:
        by_product[line.product_id].append(line)
    matches: list[Match] = []
    unmatched: set[int] = set()
    for goods in by_product.values():
        if any(line.is_back for line in goods):
            matches += _matches_of(goods, unmatched)
    return Matching(tuple(sorted(matches, key=_found_in_order)), frozenset(unmatched))


def _found_in_order(match: Match) -> tuple[int, datetime, int]:
    return match.import_no, match.back.at, match.back.id


def _matches_of(goods: Sequence[GoodsLine], unmatched: set[int]) -> Iterator[Match]:
    """The matches of one product; its returns that stay open are added to `unmatched`."""
    open_quantity = {line.id: abs(line.quantity) for line in goods}
    known: list[GoodsLine] = []
    for number in sorted({line.import_no for line in goods}):
        known = [line for line in known if open_quantity[line.id]]
        known = sorted([*known, *(line for line in goods if line.import_no == number)], key=_by_moment)
        yield from _matches_now(known, open_quantity, number)
    unmatched.update(line.id for line in goods if line.is_back and open_quantity[line.id])


def _by_moment(line: GoodsLine) -> tuple[datetime, bool, int, int]:
    """At the same moment what was sold comes before what came back."""
    return line.at, line.is_back, line.sale_id, line.id


def _matches_now(known: Sequence[GoodsLine], open_quantity: dict[int, int], number: int) -> Iterator[Match]:
    held: list[GoodsLine] = []
    for line in known:
        if line.quantity > 0:
            held.append(line)
            continue
        while held and open_quantity[line.id]:
            sold = held[-1]
            part = min(open_quantity[sold.id], open_quantity[line.id])
            open_quantity[sold.id] -= part
            open_quantity[line.id] -= part
            yield Match(line, sold, part, number)
            if not open_quantity[sold.id]:
                held.pop()
