"""P3: the card of somebody with 500 bills, beside the bare statements that read the same, and painted; a long timeline.

Painted means: from the choice of the customer, with all that is read, to the last paint event of what that changed on
the screen of customers (list, head, figures, timeline, facts), into the window's backing store.
"""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.bootstrap import Shop
from app.services import customers
from tests.benchmarks.ratio import Row, in_turn, middle, p95, spent
from tests.benchmarks.shops import TODAY, clock, long_timelines, shop_of

IDS = ("P3",)
SIZE, TIMES, HEAVY = 100_000, 100, 1
PAGE, SHORT, LONG = 20, 50, 5_000
BARE = (
    "SELECT * FROM customers WHERE id = ?",
    "SELECT * FROM customer_phones WHERE customer_id = ?",
    "SELECT * FROM customer_emails WHERE customer_id = ?",
    "SELECT * FROM customer_addresses WHERE customer_id = ?",
    "SELECT * FROM customer_tags WHERE customer_id = ?",
    "SELECT * FROM customer_figures WHERE customer_id = ?",
    "SELECT * FROM customer_dates WHERE customer_id = ?",
    "SELECT * FROM custom_values WHERE customer_id = ?",
    "SELECT * FROM field_checks WHERE customer_id = ?",
    "SELECT * FROM consents WHERE customer_id = ? ORDER BY at DESC LIMIT 20",
    "SELECT * FROM customer_relations WHERE customer_id = ?1 OR other_id = ?1",
    "SELECT a.*, q.text FROM script_answers a JOIN script_questions q ON q.id = a.question_id WHERE customer_id = ? "
    "ORDER BY shop_day DESC LIMIT 20",
    "SELECT shop_day, sum(revenue - returned) FROM sales WHERE customer_id = ? AND voided_at IS NULL "
    "GROUP BY shop_day ORDER BY shop_day",
    "SELECT * FROM complaints WHERE customer_id = ? AND state <> 'closed'",
    "SELECT f.*, s.name FROM pinned_facts f JOIN staff s ON s.id = f.staff_id WHERE customer_id = ? ORDER BY at DESC",
    "SELECT * FROM sales WHERE customer_id = ? AND voided_at IS NULL ORDER BY shop_day DESC, at DESC LIMIT 20",
    "SELECT * FROM interactions WHERE customer_id = ? ORDER BY at DESC LIMIT 20",
    "SELECT * FROM complaints WHERE customer_id = ? ORDER BY opened_at DESC LIMIT 20",
    "SELECT * FROM followups WHERE customer_id = ? AND done_at IS NOT NULL ORDER BY done_at DESC LIMIT 20",
    "SELECT min(id), sum(points) FROM point_entries WHERE customer_id = ? AND sale_id IS NULL "
    "GROUP BY operation_id, kind",
    'SELECT * FROM tier_moves WHERE customer_id = ? ORDER BY "on" DESC LIMIT 20',
    "SELECT l.*, p.name FROM sale_lines l LEFT JOIN products p ON p.id = l.product_id WHERE l.sale_id IN "
    "(SELECT id FROM sales WHERE customer_id = ? ORDER BY shop_day DESC LIMIT 20)",
    "SELECT (SELECT count(*) FROM sales WHERE customer_id = ?1 AND voided_at IS NULL), "
    "(SELECT count(*) FROM interactions WHERE customer_id = ?1), "
    "(SELECT count(*) FROM complaints WHERE customer_id = ?1), "
    "(SELECT count(*) FROM followups WHERE customer_id = ?1 AND done_at IS NOT NULL), "
    "(SELECT count(*) FROM consents WHERE customer_id = ?1), "
    "(SELECT count(*) FROM script_answers WHERE customer_id = ?1 AND interaction_id IS NULL), "
    "(SELECT count(*) FROM (SELECT 1 FROM point_entries WHERE customer_id = ?1 GROUP BY operation_id, kind)), "
    "(SELECT count(*) FROM tier_moves WHERE customer_id = ?1)",
)


def rows(size: int = SIZE) -> list[Row]:
    """The services, the card painted, and the timelines."""
    shop = shop_of(size)
    try:
        found = [_services(shop), _painted(shop)]
    finally:
        shop.close()
    return [*found, _timelines()]


def _services(shop: Shop) -> Row:
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection

        def floor() -> None:
            for statement in BARE:
                raw.execute(statement, (HEAVY,)).fetchall()

        def ours() -> None:
            shop.work.read(customers.opened, HEAVY, TODAY, limit=PAGE)

        in_turn(floor, ours, 5)
        bare, taken = in_turn(floor, ours, TIMES)
    return Row("P3", "a card with 500 sales: the services, p95", p95(taken), p95(bare), target=3)


def _painted(shop: Shop) -> Row:
    from app.views.customers.screen import CustomersScreen
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.painting import left_over, painted, program

    app = program()
    gateway = Gateway(shop.work)
    screen = CustomersScreen(Desk(gateway, clock))
    screen.resize(1190, 690)
    screen.show()
    gateway.close()
    painted(lambda: None)
    taken = []
    for other in range(2, 42):
        painted(lambda who=other: screen.show_customer(who))  # type: ignore[misc]
        taken += spent(lambda: painted(lambda: screen.show_customer(HEAVY)))
    screen.show_customer(2)
    late = left_over(lambda: screen.show_customer(HEAVY))
    screen.close()
    assert app is not None
    return Row("P3", "the same card opened and painted, p95", p95(taken), limit=0.050, note=f"{late} paints left")


def _timelines() -> Row:
    """A card of 5,000 entries opens as fast as one of 50: only the first page of either is read."""
    with tempfile.TemporaryDirectory() as folder:
        shop = long_timelines(Path(folder) / "timelines.shop", (SHORT, LONG))

        def opening(someone: int) -> Callable[[], object]:
            return lambda: shop.work.read(customers.opened, someone, TODAY, limit=PAGE)

        in_turn(opening(1), opening(2), 5)
        few, many = in_turn(opening(1), opening(2), TIMES)
        shop.close()
    what = f"a timeline of {LONG:,} entries opened, beside one of {SHORT}"
    return Row("P3", what, middle(many), middle(few), target=1.5)
