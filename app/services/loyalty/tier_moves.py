"""The moves between tiers, worked out from the sales: a cache, rebuilt for one after a sale, for all by an import."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.orm import Session

from app.domain.tiers.history import Move
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import TierRule
from app.models.loyalty import Tier, TierMove
from app.services.customers.families import answered_for, answering
from app.services.settings import settings
from app.storage import journal

Sales = list[tuple[date, int]]

ALL = text("""
SELECT s.customer_id, s.shop_day,
       s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END - coalesce(back.returned, 0),
       s.origin = 'till'
FROM sales s
LEFT JOIN (
    SELECT returns_id, sum(returned) AS returned FROM sales
    WHERE returns_id IS NOT NULL AND voided_at IS NULL GROUP BY returns_id
) back ON back.returns_id = s.id
WHERE s.voided_at IS NULL AND s.customer_id IS NOT NULL
""")
"""What is left of each sale: a return lowers the sale it returns (semantics.md, tiers), an unlinked one its own day."""

SOME = text("""
SELECT s.customer_id, s.shop_day,
       s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END
       - coalesce((SELECT sum(r.returned) FROM sales r WHERE r.returns_id = s.id AND r.voided_at IS NULL), 0),
       s.origin = 'till'
FROM sales s
WHERE s.voided_at IS NULL AND s.customer_id IN (SELECT value FROM json_each(:ids))
""")
"""The same for a few, without looking at the returns of everyone else."""


DUE = text("""
SELECT customer_id FROM tier_moves m
WHERE m.valid_until <= :held AND m.id = (
    SELECT n.id FROM tier_moves n WHERE n.customer_id = m.customer_id ORDER BY n."on" DESC, n.id DESC LIMIT 1
)
""")
"""Whose last tier has held for the last time, with the grace that follows."""


def refresh(session: Session, customer_ids: Collection[int] | None, day: date) -> None:
    """Work the moves of these customers, or of everyone, out anew from their sales as of `day`.

    Imported purchases count from the month end that follows them, those of the till from their own day.
    """
    families = None if customer_ids is None else _families(session, customer_ids)
    _forget(session, families)
    rows = _moves(session, families, day)
    if rows:
        session.connection().execute(insert(TierMove), rows)
    _tell(session, families)


def replayed(session: Session, families: dict[int, int] | None, day: date) -> Iterator[tuple[int, list[Move]]]:
    """The moves the purchases make as of `day`: of everyone who bought, or of these cards and who answers for them."""
    replay = _replay(session, day)
    for owner, sales, at_once in _sales_by_owner(session, families):
        yield owner, replay.moves(sales, at_once)


def run_out(session: Session, day: date) -> int:
    """Look again at everyone whose tier has run out by `day`, grace included; how many that were."""
    held = day - timedelta(days=settings(session).tier_grace_days)
    ids = list(session.scalars(DUE, {"held": held.isoformat()}))
    if ids:
        refresh(session, ids, day)
    return len(ids)


@dataclass(frozen=True, slots=True)
class History:
    """What one customer bought: each sale's day and what is left of it, and the days of the till."""

    sales: Sales
    at_once: frozenset[date]

    def plus(self, day: date, net: int) -> "History":
        """The same with one more sale at the till."""
        return History([*self.sales, (day, net)], self.at_once | {day})


def history_of(session: Session, customer_id: int) -> History:
    """The sales of a customer and the cards merged into it."""
    sales, at_once = [], set()
    for _, on, net, till in session.execute(SOME, {"ids": str(answered_for(session, customer_id))}):
        sales.append((_day(on), net))
        if till:
            at_once.add(_day(on))
    return History(sales, frozenset(at_once))


def _families(session: Session, customer_ids: Iterable[int]) -> dict[int, int]:
    """Every card concerned, with the one that answers for it."""
    owners = {answering(session, customer_id) for customer_id in customer_ids}
    return {card: owner for owner in owners for card in answered_for(session, owner)}


def _forget(session: Session, families: dict[int, int] | None) -> None:
    gone = delete(TierMove)
    if families is None:
        session.connection().execute(gone)
    else:
        for card in families:
            session.connection().execute(gone.where(TierMove.customer_id == card))


def _tell(session: Session, families: dict[int, int] | None) -> None:
    """Whose figures are stale now."""
    book = journal.journal_of(session)
    book.features.add("loyalty")
    if families is None:
        book.all_customers = True
    else:
        book.customers.update(families)


def _moves(session: Session, families: dict[int, int] | None, day: date) -> list[dict[str, Any]]:
    rows = []
    for owner, moves in replayed(session, families, day):
        for move in moves:
            rows.append(
                {
                    "customer_id": owner,
                    "on": move.day,
                    "from_rank": move.from_rank,
                    "to_rank": move.to_rank,
                    "cause": move.cause.value,
                    "valid_until": move.valid_until,
                }
            )
    return rows


def _sales_by_owner(
    session: Session, families: dict[int, int] | None
) -> Iterator[tuple[int, Sales, frozenset[date] | tuple[()]]]:
    if families is None:
        query, bound, owners = ALL, {}, _merged(session)
    else:
        query, bound, owners = SOME, {"ids": str(sorted(families))}, families
    sales: defaultdict[int, Sales] = defaultdict(list)
    at_once: defaultdict[int, set[date]] = defaultdict(set)
    for card, on, net, till in session.execute(query, bound):
        owner, when = owners.get(card, card), _day(on)
        sales[owner].append((when, net))
        if till:
            at_once[owner].add(when)
    for owner, found in sales.items():
        yield owner, found, frozenset(at_once[owner]) if owner in at_once else ()


def _merged(session: Session) -> dict[int, int]:
    cards = session.scalars(text("SELECT id FROM customers WHERE merged_into IS NOT NULL"))
    return {card: answering(session, card) for card in list(cards)}


def _replay(session: Session, day: date) -> Replay:
    shop = settings(session)
    return Replay(_rules(session), shop.tier_window, shop.tier_grace_days, until=day)


def _rules(session: Session) -> list[TierRule]:
    rows = session.execute(select(Tier.code, Tier.rank, Tier.min_amount, Tier.min_days).order_by(Tier.rank))
    return [TierRule(*row) for row in rows]


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
