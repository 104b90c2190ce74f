"""What every customer did up to a day, read once and shared by all that is worked out from it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

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


def histories(session: Session, until: date) -> Histories:
    """By customer, everyone with a sale or a return up to `until`; merged cards count for who answers for them."""
    owners = merged_cards(session)
    found: dict[int, list[tuple[date, int, int]]] = {}
    every = session.execute(_DAYS, {"until": until.isoformat()}).all()
    for card, rows in groupby(every, itemgetter(0)):
        days = [(_day(day), revenue, returned) for _, day, revenue, returned in rows]
        owner = owners.get(card, card)
        found[owner] = sorted(found[owner] + days) if owner in found else days
    return {owner: History(*map(list, zip(*_by_day(days), strict=True))) for owner, days in found.items()}


def merged_cards(session: Session) -> dict[int, int]:
    """Every card that was merged away, with the one that answers for it."""
    cards = session.scalars(select(Customer.id).where(Customer.merged_into.is_not(None)))
    return {card: answering(session, card) for card in list(cards)}


def _by_day(rows: list[tuple[date, int, int]]) -> Iterator[tuple[date, int, int]]:
    """One row a day: two cards of one family may have bought on the same day."""
    for day, same in groupby(rows, itemgetter(0)):
        first, *more = same
        yield (day, first[1] + sum(r[1] for r in more), first[2] + sum(r[2] for r in more)) if more else first


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
