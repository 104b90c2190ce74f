"""How much was bought meanwhile: what so many complaints are held against."""

from collections.abc import Hashable
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services.complaints.learning.days import Days

_BY_DAY = text("""
SELECT shop_day, count(*) FROM sales
WHERE shop_day BETWEEN :first AND :last AND revenue > 0 AND voided_at IS NULL GROUP BY shop_day
""")
_OF_GOODS = text("""
SELECT l.product_id, count(DISTINCT l.sale_id) FROM sales s JOIN sale_lines l ON l.sale_id = s.id
WHERE s.shop_day BETWEEN :first AND :last AND s.revenue > 0 AND s.voided_at IS NULL AND l.amount > 0
AND l.product_id IN (SELECT DISTINCT product_id FROM complaints WHERE shop_day BETWEEN :first AND :last)
GROUP BY l.product_id
""")
_BY_STAFF = text("""
SELECT staff_id, count(*) FROM sales
WHERE shop_day BETWEEN :first AND :last AND revenue > 0 AND voided_at IS NULL GROUP BY staff_id
""")


class Purchases:
    """How many there were on each of some days."""

    def __init__(self, session: Session, days: Days) -> None:
        rows = session.execute(_BY_DAY, days.bound)
        self._by_day = {date.fromisoformat(day): many for day, many in rows}

    def within(self, days: Days) -> int:
        return sum(many for day, many in self._by_day.items() if days.holds(day))


def bought_of_goods(session: Session, days: Days) -> dict[Hashable, int]:
    """By article that somebody complained of on these days: how many purchases held it."""
    return {row[0]: row[1] for row in session.execute(_OF_GOODS, days.bound)}


def sold_by_staff(session: Session, days: Days) -> dict[Hashable, int]:
    """By member of staff: how many purchases they sold."""
    return {row[0]: row[1] for row in session.execute(_BY_STAFF, days.bound)}
