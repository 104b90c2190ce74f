"""P4: jumping anywhere in the list of everyone, sorted by any figure, painted; and what that takes of memory.

Painted means: from the move of the scroll bar, with the rows that are read, to the last paint event of the list, into
the window's backing store.
"""

import os
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import Any

from app.bootstrap import Shop
from app.services import customers
from app.services.customers import Order, SortBy
from tests.benchmarks.ratio import Row, in_turn, p95, spent
from tests.benchmarks.shops import clock, shop_of

IDS = ("P4",)
SIZE, PAGE, JUMPS = 100_000, 60, 12


def rows(size: int = SIZE) -> list[Row]:
    """A page by the service beside the statement on the index, and a jump painted."""
    shop = shop_of(size)
    try:
        return [_page(shop), _jump(shop)]
    finally:
        shop.close()


def _places(number: int) -> list[tuple[SortBy, bool, int]]:
    rng = Random(11)
    return [(by, down, rng.randrange(max(1, number - PAGE))) for by in SortBy for down in (True, False) for _ in "123"]


def _page(shop: Shop) -> Row:
    places = _places(shop.work.read(customers.count))
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection

        def bare(by: SortBy, down: bool, offset: int) -> None:
            way = "DESC" if down else "ASC"
            raw.execute(
                f"SELECT customer_id FROM customer_figures WHERE hidden = 0 ORDER BY {by.value} {way}, "
                f"customer_id {way} LIMIT {PAGE} OFFSET {offset}"
            ).fetchall()

        def ours(by: SortBy, down: bool, offset: int) -> None:
            shop.work.read(customers.page, Order(by, down), offset=offset, limit=PAGE)

        floor, taken = [], []
        for place in places:
            first, second = in_turn(lambda p=place: bare(*p), lambda p=place: ours(*p), 1)  # type: ignore[misc]
            floor += first
            taken += second
    return Row("P4", "a page anywhere, sorted by any figure, p95", p95(taken), p95(floor))


def _jump(shop: Shop) -> Row:
    from PySide6.QtWidgets import QScrollBar

    from app.views.customers.people_list import PeopleList
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.painting import painted, program

    app = program()
    gateway = Gateway(shop.work)
    people = PeopleList(Desk(gateway, clock))
    people.resize(296, 690)
    people.show()
    people.reload()
    gateway.close()
    painted(lambda: None)
    taken, held, rng = [], 0, Random(3)
    for by in SortBy:
        people.show_in(Order(by, descending=True))
        bar = people.list.verticalScrollBar()
        for _ in range(JUMPS):
            value = rng.randrange(bar.maximum())

            def jump(value: int = value, bar: QScrollBar = bar) -> None:
                bar.setValue(value)

            taken += spent(lambda: painted(jump))
            held = max(held, people.model.pages_held)
    people.close()
    assert app is not None
    return Row("P4", "a jump in the list, painted, p95", p95(taken), limit=0.016, note=f"{held} pages held at most")
