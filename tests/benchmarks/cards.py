"""P3: the card of somebody with 500 bills, beside the bare statements that read the same, and painted."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from typing import Any

from app.bootstrap import Shop
from app.services import customers
from tests.benchmarks.ratio import Row, p95, seconds
from tests.benchmarks.shops import TODAY, clock, shop_of

IDS = ("P3",)
SIZE, TIMES, HEAVY = 100_000, 100, 1
PAGE = 20
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
    """The services, and the card painted."""
    shop = shop_of(size)
    try:
        return [_services(shop), _painted(shop)]
    finally:
        shop.close()


def _services(shop: Shop) -> Row:
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        floor = seconds(lambda: [raw.execute(statement, (HEAVY,)).fetchall() for statement in BARE], TIMES)

    def ours() -> None:
        shop.work.read(customers.opened, HEAVY, TODAY, limit=PAGE)

    ours()
    taken = seconds(ours, TIMES)
    return Row("P3", "a card with 500 sales: the services, p95", p95(taken), p95(floor), target=3)


def _painted(shop: Shop) -> Row:
    from PySide6.QtWidgets import QApplication

    from app.views.customers.screen import CustomersScreen
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway

    app = QApplication.instance() or QApplication([])
    gateway = Gateway(shop.work)
    screen = CustomersScreen(Desk(gateway, clock))
    screen.resize(1190, 690)
    screen.show()
    gateway.close()
    QApplication.processEvents()
    others = iter(range(2, 1000))

    def open_card() -> None:
        screen.show_customer(HEAVY)
        screen.grab()

    taken = []
    for _ in range(30):
        screen.show_customer(next(others))
        taken += seconds(open_card)
    screen.close()
    assert app is not None
    return Row("P3", "the same card opened and painted, p95", p95(taken), limit=0.050)
