"""P12 of P7: the same sale in a shop of a thousand customers and in one of a hundred thousand, each time to another."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random

from app.bootstrap import open_shop
from app.services import till
from tests.benchmarks.ratio import Row, in_turn, middle
from tests.benchmarks.shops import SEED, clock, shop_of

IDS = ("P12",)
FEW, MANY, TIMES = 1_000, 100_000, 100


def rows() -> list[Row]:
    with _selling_in(FEW) as few, _selling_in(MANY) as many:
        floor, ours = in_turn(few, many, TIMES)
    what = f"post a sale among {MANY:,} customers, beside {FEW:,}"
    return [Row("P12", what, middle(ours), middle(floor), target=2.0)]


@contextmanager
def _selling_in(size: int) -> Iterator[Callable[[], object]]:
    """Posts a sale of three lines to somebody, in a copy of the shop of so many."""
    made = shop_of(size)
    made.close()
    with tempfile.TemporaryDirectory() as folder:
        shop = open_shop(Path(shutil.copy(made.path, Path(folder) / "shop.shop")), clock=clock)
        someone, number = Random(SEED), count()
        lines = tuple(till.TicketLine(None, 1000, units * 10_000) for units in (168, 76, 45))

        def sell() -> object:
            ticket = till.Ticket(someone.randint(2, size), lines)
            return shop.work.write(till.sell, ticket, operation_id=f"sale {next(number)}", at=clock())

        try:
            yield sell
        finally:
            shop.close()
