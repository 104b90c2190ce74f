"""P8, tiers: everyone's by new rules and over all years, beside the statement of today's; and one sale more."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.bootstrap import Shop
from app.domain.tiers.rules import Scheme
from app.services import loyalty
from app.services.loyalty.footing import count_purchase, footing
from app.services.loyalty.new_rules import lay_new_rules
from app.services.loyalty.schemes import schemes
from tests.benchmarks.ratio import Row, in_turn, middle, p95, spent
from tests.benchmarks.shops import TODAY, shop_of

IDS = ("P8",)
SIZE, ROUNDS, SALES, HEAVY = 100_000, 3, 40, 1
VIP, LOWERED = 600_000, 500_000
"""What the shop asks for, and from today on."""
TODAYS_TIERS = """
SELECT CASE WHEN net >= ? THEN 2 WHEN days >= 1 THEN 1 ELSE 0 END AS rank, count(*) FROM (
    SELECT s.customer_id, sum(s.revenue - coalesce(back.returned, 0)) AS net, count(DISTINCT s.shop_day) AS days
    FROM sales s LEFT JOIN (
        SELECT returns_id, sum(returned) AS returned FROM sales
        WHERE returns_id IS NOT NULL AND voided_at IS NULL GROUP BY returns_id
    ) back ON back.returns_id = s.id
    WHERE s.voided_at IS NULL AND s.customer_id IS NOT NULL AND s.shop_day BETWEEN ? AND ?
    GROUP BY s.customer_id
) GROUP BY rank
"""


def rows(size: int = SIZE) -> list[Row]:
    """Wholly, and after one sale to somebody with 500 bills behind them."""
    shop = shop_of(size)
    try:
        return [_by_new_rules(shop), _wholly(shop), _standing(shop), _one_more(shop)]
    finally:
        shop.close()


def _by_new_rules(shop: Shop) -> Row:
    """Fewer money for a tier from today on: everyone is looked at, and whoever moves is moved."""
    with Session(shop.work.engine) as session:
        session.info["journal"] = _Book()
        loyalty.refresh(session, None, TODAY)
        rules = schemes(session)[-1]
        asked = [replace(tier, min_amount=tier.min_amount and LOWERED) for tier in rules.tiers]
        begin = replace(rules, tiers=asked, first_day=TODAY)
        raw: Any = session.connection().connection.driver_connection
        floor, ours = in_turn(lambda: _todays(raw, LOWERED), lambda: _laid(session, begin), ROUNDS)
        note = f"{len(session.info['journal'].figures):,} move, and are written"
        session.rollback()
    return Row("P8", "tiers of 100,000 customers by new rules", middle(ours), middle(floor), target=1.5, note=note)


def _laid(session: Session, rules: Scheme) -> None:
    with session.begin_nested() as undone:
        lay_new_rules(session, rules)
        undone.rollback()


def _wholly(shop: Shop) -> Row:
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        floor, ours = in_turn(lambda: _todays(raw, VIP), lambda: _refreshed(shop), ROUNDS)
    note = "all moves of all years; the floor knows only today's"
    return Row("P8", "tiers of 100,000 customers, a million sales", middle(ours), middle(floor), target=1.5, note=note)


def _todays(raw: Any, asked: int) -> Any:
    return raw.execute(TODAYS_TIERS, (asked, str(TODAY - timedelta(days=364)), str(TODAY))).fetchall()


def _refreshed(shop: Shop) -> None:
    """Worked out and written, then left as it was."""
    with Session(shop.work.engine) as session:
        session.info["journal"] = _Book()
        loyalty.refresh(session, None, TODAY)
        session.rollback()


class _Book:
    """What a refresh tells of whose figures are stale."""

    def __init__(self) -> None:
        self.features: set[str] = set()
        self.figures: set[int] = set()
        self.all_customers = False


def _standing(shop: Shop) -> Row:
    shop.work.read(loyalty.standing, HEAVY, TODAY)
    taken = spent(lambda: shop.work.read(loyalty.standing, HEAVY, TODAY), 100)
    return Row("P8", "the standing of somebody with 500 bills, p95", p95(taken), limit=0.005)


def _one_more(shop: Shop) -> Row:
    """What a sale adds to the tier: read where they stand, count it, write it down, and leave it as it was."""
    taken = spent(lambda: _counted(shop), SALES)
    return Row("P8", "the tier of somebody with 500 bills after one more, p95", p95(taken), limit=0.020)


def _counted(shop: Shop) -> None:
    with Session(shop.work.engine) as session:
        session.info["journal"] = _Book()
        rules = schemes(session)
        before = footing(session, [HEAVY], TODAY, rules)
        count_purchase(session, [HEAVY], before, 900_000, rules, TODAY)
        session.rollback()
