"""What every customer did up to a day, read once and shared by all that is worked out from it."""

from bisect import bisect_left, bisect_right
from datetime import date
from functools import lru_cache

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.services.customers.families import answering

_DAYS = text("""
SELECT customer_id, shop_day, sum(revenue), sum(returned) FROM sales
WHERE voided_at IS NULL AND customer_id IS NOT NULL AND shop_day <= :until
GROUP BY customer_id, shop_day ORDER BY customer_id, shop_day
""")


class History:
    """One customer's shop days in order, with what was bought and brought back on each, in minor units."""

    __slots__ = ("bought", "days", "returned", "revenue")

    def __init__(self, days: list[date], revenue: list[int], returned: list[int]) -> None:
        self.days, self.revenue, self.returned = days, revenue, returned
        self.bought = [day for day, amount in zip(days, revenue, strict=True) if amount > 0]
        """The purchase days."""

    def sums(self, first: date, last: date) -> tuple[int, int]:
        """Revenue and returns from `first` to `last`, both included."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return sum(self.revenue[low:high]), sum(self.returned[low:high])

    def net(self, first: date, last: date) -> int:
        revenue, returned = self.sums(first, last)
        return revenue - returned

    def purchase_days(self, first: date, last: date) -> int:
        return bisect_right(self.bought, last) - bisect_left(self.bought, first)

    def up_to(self, day: date) -> list[date]:
        """The purchase days up to `day`."""
        return self.bought[: bisect_right(self.bought, day)]


Histories = dict[int, History]
Columns = tuple[list[date], list[int], list[int]]
"""Days, revenue and returns, as a history takes them."""


def histories(session: Session, until: date) -> Histories:
    """By customer, everyone with a sale or a return up to `until`; merged cards count for who answers for them."""
    found: dict[int, Columns] = {}
    card, columns = 0, _columns()
    for who, on, revenue, returned in session.execute(_DAYS, {"until": until.isoformat()}).all():
        if who != card:
            card = who
            columns = found[who] = _columns()
        columns[0].append(_day(on))
        columns[1].append(revenue)
        columns[2].append(returned)
    for merged, owner in merged_cards(session).items():
        if merged in found:
            found[owner] = _united(found.pop(merged), found.get(owner, _columns()))
    return {owner: History(*columns) for owner, columns in found.items()}


def _columns() -> Columns:
    return [], [], []


def _united(some: Columns, others: Columns) -> Columns:
    """Two cards of one family in one history; they may have bought on the same day."""
    days: dict[date, tuple[int, int]] = {}
    for day, revenue, returned in (*zip(*some, strict=True), *zip(*others, strict=True)):
        before = days.get(day, (0, 0))
        days[day] = (before[0] + revenue, before[1] + returned)
    ordered = sorted(days)
    return ordered, [days[day][0] for day in ordered], [days[day][1] for day in ordered]


def merged_cards(session: Session) -> dict[int, int]:
    """Every card that was merged away, with the one that answers for it."""
    cards = session.scalars(select(Customer.id).where(Customer.merged_into.is_not(None)))
    return {card: answering(session, card) for card in list(cards)}


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
