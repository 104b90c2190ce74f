"""How often people come, and who has stayed away for longer than they usually do (semantics.md, RFM, Pareto, rates)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.segments import silence
from app.models.customers import CustomerFigures

_DAYS = (
    "SELECT customer_id, group_concat(shop_day, ' ') FROM ("
    "SELECT DISTINCT customer_id, shop_day FROM sales "
    "WHERE customer_id IS NOT NULL AND revenue > 0 AND voided_at IS NULL ORDER BY customer_id, shop_day"
    ") GROUP BY customer_id"
)
"""One pass over the index of the sales: windows over a million of them take five times as long."""

_OWNERS = (
    "SELECT id, merged_into FROM customers WHERE merged_into IS NOT NULL "
    "UNION SELECT merged_into, merged_into FROM customers WHERE merged_into IS NOT NULL"
)
"""Cards merged away and the ones that answer for them: their purchase days are one person's."""


def silent(session: Session, today: date) -> tuple[int, ...]:
    """Who has been away for longer than max(14, 2 × their median gap) days, the last seen first.

    Reads every sale: ask for it later, not while a person waits.
    """
    return tuple(key for key, away, limit in _away(session, today) if away > limit)


def gone_silent(session: Session, first: date, today: date) -> tuple[int, ...]:
    """Of those silent `today`, whose silence began on `first` or later, the last seen first. As slow as `silent`."""
    ago = (today - first).days + 1
    return tuple(key for key, away, limit in _away(session, today) if limit < away <= limit + ago)


def _away(session: Session, today: date) -> Iterator[tuple[int, int, float]]:
    """Each buyer, the last seen first, with the days since and how many they may stay away."""
    own = dict(_gaps(session))
    shop = silence.shop_median(own.values())
    query = (
        select(CustomerFigures.customer_id, CustomerFigures.last_sale_on)
        .where(CustomerFigures.hidden.is_(False), CustomerFigures.last_sale_on < today)
        .order_by(CustomerFigures.last_sale_on.desc(), CustomerFigures.customer_id.desc())
    )
    for key, last in session.execute(query):
        if last is not None:
            yield key, (today - last).days, silence.silent_after(own.get(key, ()), shop)


def _gaps(session: Session) -> Iterator[tuple[int, list[int]]]:
    """Each buyer's days between one purchase day and the next."""
    owners = {row[0]: row[1] for row in session.connection().exec_driver_sql(_OWNERS)}
    joint: defaultdict[int, set[int]] = defaultdict(set)
    for customer, days in session.connection().exec_driver_sql(_DAYS):
        numbers = [_number(day) for day in days.split(" ")]
        if customer in owners:
            joint[owners[customer]].update(numbers)
        else:
            yield customer, _between(numbers)
    for customer, together in joint.items():
        yield customer, _between(sorted(together))


def _between(days: Sequence[int]) -> list[int]:
    return [later - earlier for earlier, later in pairwise(days)]


@lru_cache(maxsize=1 << 14)
def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()
