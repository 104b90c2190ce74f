"""The moves between tiers, worked out from the sales: a cache, rebuilt for one after a sale, for all by an import."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row, TextClause, delete, select, text
from sqlalchemy.orm import Session

from app.domain.tiers.history import Move
from app.domain.tiers.replay import Replay
from app.domain.tiers.rules import TierRule
from app.models.loyalty import Tier, TierMove
from app.services.customers.families import answered_for, answering
from app.services.settings import settings
from app.storage import journal

Sales = list[tuple[date, int]]
AT_ONCE = 20_000
"""Rows fetched in one go: one by one, a million of them cost twice as much."""

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
ORDER BY s.customer_id
""")
"""What is left of each sale: a return lowers the sale it returns (semantics.md, tiers), an unlinked one its own day."""

SOME = text("""
SELECT s.customer_id, s.shop_day,
       s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END
       - coalesce((SELECT sum(r.returned) FROM sales r WHERE r.returns_id = s.id AND r.voided_at IS NULL), 0),
       s.origin = 'till'
FROM sales s
WHERE s.voided_at IS NULL AND s.customer_id IN (SELECT value FROM json_each(:ids))
ORDER BY s.customer_id
""")
"""The same for a few, without looking at the returns of everyone else."""


INSERT = 'INSERT INTO tier_moves (customer_id, "on", from_rank, to_rank, cause, valid_until) VALUES (?, ?, ?, ?, ?, ?)'
"""As the driver takes it: a shop of 100,000 customers writes three times as many rows at once."""

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
    _rewrite(session, families, replayed(session, families, day))


def refresh_one(session: Session, cards: Collection[int], moves: list[Move]) -> None:
    """Write down the moves of one customer, already worked out; the first card is the one that answers."""
    owner, *_ = cards
    _rewrite(session, dict.fromkeys(cards, owner), [(owner, moves)])


def _rewrite(session: Session, families: dict[int, int] | None, moves: Iterable[tuple[int, list[Move]]]) -> None:
    rows = [_row(owner, move) for owner, theirs in moves for move in theirs]
    _forget(session, families)
    if rows:
        session.connection().exec_driver_sql(INSERT, rows)
    _tell(session, families)


def replayed(session: Session, families: dict[int, int] | None, day: date) -> Iterator[tuple[int, list[Move]]]:
    """The moves the purchases make as of `day`: of everyone who bought, or of these cards and who answers for them."""
    replay = _replay(session, day)
    for owner, history in _sales_by_owner(session, families):
        yield owner, replay.moves(history.sales, history.at_once or ())


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
    at_once: set[date]

    def plus(self, day: date, net: int) -> "History":
        """The same with one more sale at the till."""
        return History([*self.sales, (day, net)], self.at_once | {day})


def history_of(session: Session, cards: Collection[int]) -> History:
    """The sales of these cards together."""
    return _put(_nothing(), _rows(session, SOME, {"ids": str(list(cards))}))


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


def _row(owner: int, move: Move) -> tuple[Any, ...]:
    until = _iso(move.valid_until) if move.valid_until else None
    return (owner, _iso(move.day), move.from_rank, move.to_rank, move.cause.value, until)


def _sales_by_owner(session: Session, families: dict[int, int] | None) -> Iterator[tuple[int, History]]:
    """Each customer's sales. One after the other, so that a million of them are never held at once."""
    if families is None:
        query, bound, owners = ALL, {}, _merged(session)
    else:
        query, bound, owners = SOME, {"ids": str(sorted(families))}, families
    joint: defaultdict[int, History] = defaultdict(_nothing)
    with_others = {*owners, *owners.values()}
    for card, rows in groupby(_rows(session, query, bound), key=itemgetter(0)):
        if card in with_others:
            _put(joint[owners.get(card, card)], rows)
        else:
            yield card, _put(_nothing(), rows)
    yield from joint.items()


def _nothing() -> History:
    return History([], set())


def _put(history: History, rows: Iterable[Row[*tuple[Any, ...]]]) -> History:
    for _, on, net, till in rows:
        day = _day(on)
        history.sales.append((day, net))
        if till:
            history.at_once.add(day)
    return history


def _rows(session: Session, query: TextClause, bound: Mapping[str, Any]) -> Iterator[Row[*tuple[Any, ...]]]:
    for part in session.execute(query, bound).partitions(AT_ONCE):
        yield from part


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
def _iso(day: date) -> str:
    return day.isoformat()


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
