"""What each person on a list is worth to the shop (domain/followup_priority): tier, the last year, points in hand."""

import json
from collections import Counter
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.followup_priority import Standing
from app.domain.money import currency
from app.models.loyalty import Tier
from app.services.customers import CustomerRow, tier_marks
from app.services.customers.families import answered_each
from app.services.settings import settings

YEAR = timedelta(days=365)
SCALE_UNITS = 6_000
"""Where no tier asks for an amount: what makes a VIP in a new shop, in units of currency (semantics.md)."""
_SPENT = (
    "SELECT customer_id, SUM(revenue - returned) FROM sales "
    "WHERE customer_id IN (SELECT value FROM json_each(?)) AND shop_day > ? AND voided_at IS NULL GROUP BY customer_id"
)


class Standings:
    """Made for one list on one day."""

    def __init__(self, session: Session, people: Collection[CustomerRow], today: date) -> None:
        shop = settings(session)
        unit = 10 ** currency(shop.currency).digits
        self._ranks = sorted(tier_marks(session))
        self._scale = session.scalar(select(func.max(Tier.min_amount))) or SCALE_UNITS * unit
        self._point = unit / shop.points_worth
        self._spent = _spent(session, [who.id for who in people], today - YEAR)

    def of(self, who: CustomerRow | None) -> Standing:
        """Of somebody on the list; nobody in particular is worth no more than a stranger."""
        if who is None:
            return Standing()
        below = sum(rank < who.tier.rank for rank in self._ranks)
        points = int(max(0, who.points) * self._point)
        return Standing(below, max(0, len(self._ranks) - 1), self._spent[who.id], points, self._scale)


def _spent(session: Session, ids: Collection[int], after: date) -> Counter[int]:
    """What each bought since, less what came back, with the cards that were merged into theirs."""
    owners = answered_each(session, ids)
    spent: Counter[int] = Counter()
    rows = session.connection().exec_driver_sql(_SPENT, (json.dumps(list(owners)), after.isoformat())).all()
    for card, net in rows:
        spent[owners[card]] += net
    return spent
