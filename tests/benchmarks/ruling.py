"""The rules of follow-ups over a hundred thousand customers: a first run, and the run of the day after it."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop
from app.services import followups
from app.services.customers.figures import BORN
from tests.benchmarks.ratio import Row, in_turn, middle, spent
from tests.benchmarks.shops import SEED, TODAY, clock, copy_of

IDS = ("F5",)
PEOPLE, DAYS = 100_000, 5
FLOOR = (
    "SELECT customer_id, max(shop_day), count(DISTINCT shop_day) FROM sales WHERE revenue > 0 AND voided_at IS NULL "
    "AND customer_id IS NOT NULL GROUP BY customer_id",
    "SELECT c.id, f.last_sale_on, f.last_contact_on FROM customers c JOIN customer_figures f ON f.customer_id = c.id "
    "WHERE c.archived_at IS NULL AND c.do_not_contact = 0",
    "SELECT customer_id, expires_on, sum(points) FROM point_entries WHERE opens_lot = 1 AND expires_on "
    "BETWEEN '2026-11-25' AND '2026-12-10' GROUP BY customer_id, expires_on",
    "SELECT customer_id, shop_day, sum(revenue) FROM sales WHERE shop_day BETWEEN '2026-11-10' AND '2026-11-20' "
    "GROUP BY customer_id, shop_day",
)
"""The reading without which none of it can be known."""


def rows() -> list[Row]:
    with copy_of(PEOPLE) as shop:
        _prepare(shop)
        (first,) = spent(lambda: _run(shop, 0))
        days = iter(range(1, 2 * DAYS))
        floor, ours = in_turn(lambda: _floor(shop), lambda: _run(shop, next(days)), DAYS)
        switched_on = TODAY + timedelta(days=DAYS + 1)
        for row in shop.work.read(followups.rules):
            shop.work.write(followups.switch_rule, row.id, True, switched_on)
        (all_first,) = spent(lambda: _run(shop, next(days)))
        all_floor, all_ours = in_turn(lambda: _floor(shop), lambda: _run(shop, next(days)), DAYS - 2)
        (seen,) = spent(lambda: shop.work.read(followups.preview_rules, TODAY + timedelta(days=2 * DAYS)))
        made = f"{followups_made(shop)} follow-ups in all"
    return [
        Row("F5", "the rules of a new shop, 100,000 customers, first run", first, limit=2.0),
        Row("F5", "the run of the day after", middle(ours), middle(floor), limit=2.0),
        Row("F5", "every rule and cadence on, their first run", all_first, limit=2.0, note=made),
        Row("F5", "the run of the day after", middle(all_ours), middle(all_floor), limit=2.0),
        Row("F5", "what each of the eleven rules would bring", seen),
    ]


def followups_made(shop: Shop) -> int:
    with Session(shop.work.engine) as session:
        return int(session.scalar(text("SELECT count(*) FROM followups WHERE rule IS NOT NULL")) or 0)


def _prepare(shop: Shop) -> None:
    """Birthdays for everybody, a quarter by the moon, and a lot of points for each bill of the last year."""
    rng = Random(SEED)
    born = [(1 + rng.randrange(12), 1 + rng.randrange(28), int(n % 4 == 0), n) for n in range(1, PEOPLE + 1)]
    with Session(shop.work.engine) as session:
        connection = session.connection()
        connection.exec_driver_sql(
            "UPDATE customers SET birth_month = ?, birth_day = ?, birth_lunar = ? WHERE id = ?", born
        )
        connection.exec_driver_sql(
            f"UPDATE customer_figures SET born = (SELECT {BORN} FROM customers c WHERE c.id = customer_id)"
        )
        connection.exec_driver_sql(
            "INSERT INTO point_entries (customer_id, at, shop_day, kind, points, sale_id, opens_lot, expires_on, "
            "staff_id, reason, rate, operation_id, ordinal) "
            "SELECT customer_id, at, shop_day, 'earn', 1 + total / 100, id, 1, "
            "date(shop_day, 'start of month', '+13 months', '-1 day'), 1, '', '', 'bench-' || id, 0 FROM sales "
            "WHERE customer_id IS NOT NULL AND shop_day >= '2025-11-01'"
        )
        session.commit()


def _run(shop: Shop, after: int) -> None:
    day = TODAY + timedelta(days=after)
    shop.work.write(followups.run_rules, day, at=datetime.combine(day, clock().timetz()))


def _floor(shop: Shop) -> None:
    with Session(shop.work.engine) as session:
        for statement in FLOOR:
            session.connection().exec_driver_sql(statement).all()
