"""FUP1: the day's list at 100,000 customers, by the service beside the bare statements, and painted after a start."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import json
from datetime import date, timedelta
from typing import Any

from app.__main__ import collect_seldom
from app.bootstrap import Shop
from app.domain.followups import week_end
from app.services import followups
from tests.benchmarks.ratio import Row, in_turn, middle, spent
from tests.benchmarks.shops import TODAY, clock, shop_of

IDS = ("FUP1",)
SIZE, TIMES = 100_000, 15

OPEN = (
    "SELECT f.id, f.customer_id, f.due_on, f.due_at, f.kind, f.purpose, f.text, s.name FROM followups f "
    "JOIN staff s ON s.id = f.staff_id WHERE f.done_at IS NULL AND f.due_on <= ? ORDER BY f.due_on, f.due_at, f.id"
)
PEOPLE = (
    "SELECT c.id, c.name, f.tier_rank, f.net, f.points, f.last_sale_on FROM customers c "
    "JOIN customer_figures f ON f.customer_id = c.id WHERE c.id IN (SELECT value FROM json_each(?))"
)
SPENT = (
    "SELECT customer_id, SUM(revenue - returned) FROM sales WHERE customer_id IN (SELECT value FROM json_each(?)) "
    "AND shop_day > ? AND voided_at IS NULL GROUP BY customer_id"
)
CASES = (
    "SELECT e.complaint_id, e.at, e.state FROM complaint_events e JOIN complaints c ON c.id = e.complaint_id "
    "WHERE c.state <> 'closed' ORDER BY e.at, e.id"
)
DAYS = (
    "SELECT DISTINCT customer_id, shop_day FROM sales WHERE customer_id IN (SELECT value FROM json_each(?)) "
    "AND revenue > 0 AND voided_at IS NULL ORDER BY customer_id, shop_day"
)


def rows(size: int = SIZE) -> list[Row]:
    """The service against its floor, and what a person waits for: from making the screen to its last paint."""
    shop = shop_of(size)
    try:
        return [_service(shop), _painted(shop)]
    finally:
        shop.close()


def _service(shop: Shop) -> Row:
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        found: list[int] = []

        def bare() -> None:
            """The same rows, people, spending, rhythms and open cases, read and not yet put together."""
            listed = raw.execute(OPEN, (f"{week_end(TODAY)}",)).fetchall()
            who = json.dumps(sorted({row[1] for row in listed}))
            quiet = json.dumps(sorted({row[1] for row in listed if row[4] in ("reorder", "silence", "thanks")}))
            raw.execute(PEOPLE, (who,)).fetchall()
            raw.execute(SPENT, (who, f"{_year_ago()}")).fetchall()
            raw.execute(DAYS, (quiet,)).fetchall()
            raw.execute(CASES).fetchall()

        def ours() -> None:
            found[:] = [len(shop.work.read(followups.today, TODAY, clock()).rows)]

        ours()
        floor, taken = in_turn(bare, ours, TIMES)
    note = f"{found[0]} rows"
    return Row("FUP1", "Today's list, service", middle(taken), middle(floor), limit=0.1, note=note)


def _year_ago() -> date:
    return TODAY - timedelta(days=365)


def _painted(shop: Shop) -> Row:
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from app.views.today.screen import TodayScreen
    from tests.benchmarks.painting import painted, program

    app = program()
    collect_seldom()
    taken = []
    for _ in range(TIMES):
        gateway = Gateway(shop.work)
        desk = Desk(gateway, clock)
        made: list[TodayScreen] = []

        def start(desk: Desk = desk, made: list[TodayScreen] = made) -> None:
            screen = TodayScreen(desk)
            made.append(screen)
            screen.resize(1190, 700)
            screen.show()
            screen.repaint()

        taken += spent(start)
        painted(lambda: None)
        gateway.close()
        made[0].close()
        made[0].deleteLater()
    assert app is not None
    return Row("FUP1", "Today's list after a start, painted", middle(taken), limit=0.1)
