"""The moves between tiers, worked out from the sales: a cache, rebuilt for one after a sale, for all by an import."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.domain.months import month_end
from app.domain.tiers.floors import Floor, changes_on, with_floors
from app.domain.tiers.history import Move
from app.domain.tiers.keeping import runs_out_on
from app.domain.tiers.replay import Look, Replay
from app.domain.tiers.rules import Scheme, base_tier
from app.models.loyalty import TierMove
from app.models.transfer import ImportBatch
from app.services.customers.families import answered_for, answering, for_cards
from app.services.loyalty.floors import floors_by_customer
from app.services.loyalty.schemes import schemes
from app.services.settings import settings
from app.storage import journal, plain_sql

Sales = list[tuple[date, int]]
Progress = Callable[[int, int], None]
AT_ONCE = 20_000
"""Rows fetched in one go: one by one, a million of them cost twice as much."""

ALL = """
SELECT s.customer_id, s.shop_day,
       s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END - coalesce(back.returned, 0),
       s.origin = 'till', s.batch_id
FROM sales s
LEFT JOIN (
    SELECT returns_id, sum(returned) AS returned FROM sales
    WHERE returns_id IS NOT NULL AND voided_at IS NULL GROUP BY returns_id
) back ON back.returns_id = s.id
WHERE s.voided_at IS NULL AND s.customer_id IS NOT NULL
ORDER BY s.customer_id
"""
"""What is left of each sale: a return lowers the sale it returns (semantics.md, tiers), an unlinked one its own day."""

SOME = """
SELECT s.customer_id, s.shop_day,
       s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END
       - coalesce((SELECT sum(r.returned) FROM sales r WHERE r.returns_id = s.id AND r.voided_at IS NULL), 0),
       s.origin = 'till', s.batch_id
FROM sales s
WHERE s.voided_at IS NULL AND s.customer_id IN (SELECT value FROM json_each(:ids))
ORDER BY s.customer_id
"""
"""The same for a few, without looking at the returns of everyone else."""

RECENT = """
SELECT shop_day, sum(max(net, 0)), sum(min(net, 0)) FROM (
    SELECT s.shop_day,
           s.revenue - CASE WHEN s.returns_id IS NULL THEN s.returned ELSE 0 END - coalesce(back.returned, 0) AS net
    FROM sales s LEFT JOIN (
        SELECT returns_id, sum(returned) AS returned FROM sales
        WHERE customer_id IN ({cards}) AND returns_id IS NOT NULL AND voided_at IS NULL GROUP BY returns_id
    ) back ON back.returns_id = s.id
    WHERE s.voided_at IS NULL AND s.customer_id IN ({cards}) AND s.shop_day BETWEEN ? AND ?
) GROUP BY shop_day
"""
"""As the driver takes it: a card is opened with it. A return stands on the card of the sale it returns."""

INSERT = (
    'INSERT INTO tier_moves (customer_id, "on", from_rank, to_rank, cause, valid_until, due_on) '
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
"""As the driver takes it: a shop of 100,000 customers writes three times as many rows at once."""

DUE = select(TierMove.customer_id).where(TierMove.due_on.is_not(None))


@dataclass(frozen=True, slots=True)
class History:
    """What one customer bought: each sale's day and what is left of it, and when each purchase is looked at.

    A purchase at the till is looked at on its day, an imported one on the month end that follows, or on the day of the
    import where that comes first.
    """

    sales: Sales = field(default_factory=list)
    looks: set[Look] = field(default_factory=set)


def refresh(
    session: Session,
    customer_ids: Collection[int] | None,
    day: date,
    *,
    progress: Progress = lambda done, total: None,
) -> None:
    """Work the moves of these customers, or of everyone, out anew from their sales as of `day`.

    `progress` hears how many customers are done and may raise Cancelled; then nothing is changed.
    """
    families = None if customer_ids is None else families_of(session, customer_ids)
    rows = [row for theirs in _rows_of(session, families, day, progress) for row in theirs]
    _forget(session, families)
    plain_sql.run_each(session, INSERT, rows)
    tell(session, families)


def _rows_of(
    session: Session, families: dict[int, int] | None, day: date, progress: Progress
) -> Iterator[list[tuple[Any, ...]]]:
    laws = Laws(session, day)
    for owner, moves, floors in laws.everyone(families, progress):
        due = laws.due(moves, floors)
        rows = [row_of(owner, move) for move in moves]
        if due is not None and rows:
            rows[-1] = (*rows[-1][:-1], _iso(due))
        yield rows


def replayed(
    session: Session,
    families: dict[int, int] | None,
    day: date,
    *,
    progress: Progress = lambda done, total: None,
) -> Iterator[tuple[int, list[Move]]]:
    """The moves made as of `day`: of everyone who bought or was given a tier, or of these cards and their owners."""
    for owner, moves, _ in Laws(session, day).everyone(families, progress):
        yield owner, moves


class Laws:
    """The shop's rules as of a day, ready to be laid over what customers bought and were given."""

    def __init__(self, session: Session, day: date, rules: list[Scheme] | None = None) -> None:
        self._session, self.day = session, day
        self.schemes = schemes(session) if rules is None else rules
        self._replay = Replay(self.schemes, until=day)
        self._base = base_tier(self.schemes[-1].tiers).rank

    def everyone(
        self, families: dict[int, int] | None, progress: Progress = lambda done, total: None
    ) -> Iterator[tuple[int, list[Move], list[Floor]]]:
        """Each customer with their moves and what they were given by hand."""
        for owner, history, floors in self.histories(families, progress):
            yield owner, self.moves(history, floors), floors

    def histories(
        self, families: dict[int, int] | None, progress: Progress = lambda done, total: None
    ) -> Iterator[tuple[int, History, list[Floor]]]:
        """Each customer with what they bought and were given."""
        given = floors_by_customer(self._session, families)
        for owner, history in _sales_by_owner(self._session, families, progress):
            yield owner, history, given.pop(owner, [])
        for owner, floors in given.items():
            yield owner, History(), floors

    def moves(self, history: History, floors: list[Floor]) -> list[Move]:
        """The moves of one customer."""
        earned = self._replay.moves(history.sales, history.looks)
        return with_floors(earned, floors, self._base, self.day) if floors else earned

    def due(self, moves: list[Move], floors: list[Floor]) -> date | None:
        """The day on which the last of these moves changes without a purchase."""
        if floors:
            ends = changes_on(None, floors, self.day)
            held = [move.valid_until for move in moves[-1:] if move.valid_until is not None]
            outs = [runs_out_on(until, self.schemes[-1]) for until in held]
            return min([day for day in (ends, *outs) if day is not None], default=None)
        until = moves[-1].valid_until if moves else None
        return None if until is None else runs_out_on(until, self.schemes[-1])


def run_out(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> int:
    """Look again at everyone whose tier changes by `day` without a purchase; how many that were."""
    ids = list(session.scalars(DUE.where(TierMove.due_on <= day)))
    if ids:
        refresh(session, ids, day, progress=progress)
    return len(ids)


def recent_history(session: Session, cards: Collection[int], first: date, last: date) -> Sales:
    """The sales of these cards from `first` to `last`, both included: what is left of them, summed up by day.

    What brought back more than there was stands apart, so that a day with a purchase is known as one.
    """
    bound = (*cards, *cards, first.isoformat(), last.isoformat())
    rows = plain_sql.rows(session, for_cards(RECENT, len(cards)), bound)
    return [(_day(on), net) for on, *nets in rows for net in nets if net]


def families_of(session: Session, customer_ids: Iterable[int]) -> dict[int, int]:
    """Every card concerned, with the one that answers for it."""
    owners = {answering(session, customer_id) for customer_id in customer_ids}
    return {card: owner for owner in owners for card in answered_for(session, owner)}


def tell(session: Session, families: Collection[int] | None) -> None:
    """Whose figures are stale now."""
    book = journal.journal_of(session)
    book.features.add("loyalty")
    if families is None:
        book.all_customers = True
    else:
        book.figures.update(families)


def row_of(owner: int, move: Move, due: date | None = None) -> tuple[Any, ...]:
    """A move as the driver takes it."""
    until = _iso(move.valid_until) if move.valid_until else None
    due_on = _iso(due) if due else None
    return (owner, _iso(move.day), move.from_rank, move.to_rank, move.cause.value, until, due_on)


def _forget(session: Session, families: dict[int, int] | None) -> None:
    if families is None:
        plain_sql.run(session, "DELETE FROM tier_moves")
    else:
        plain_sql.run_each(session, "DELETE FROM tier_moves WHERE customer_id = ?", [(card,) for card in families])


def _sales_by_owner(
    session: Session, families: dict[int, int] | None, progress: Progress
) -> Iterator[tuple[int, History]]:
    """Each customer's sales. One after the other, so that a million of them are never held at once."""
    if families is None:
        query, bound, owners = ALL, {}, _merged(session)
        total = session.scalars(text("SELECT count(*) FROM customers")).one()
    else:
        query, bound, owners = SOME, {"ids": str(sorted(families))}, families
        total = len(families)
    brought = _brought(session)
    joint: defaultdict[int, History] = defaultdict(History)
    with_others = {*owners, *owners.values()}
    for done, (card, rows) in enumerate(groupby(_rows(session, query, bound), key=itemgetter(0))):
        if done % 500 == 0:
            progress(done, total)
        if card in with_others:
            _put(joint[owners.get(card, card)], rows, brought)
        else:
            yield card, _put(History(), rows, brought)
    yield from joint.items()
    progress(total, total)


def _put(history: History, rows: Iterable[tuple[Any, ...]], brought: Mapping[int | None, date]) -> History:
    sales, looks = history.sales, history.looks
    for _, on, net, till, batch in rows:
        day = _day(on)
        sales.append((day, net))
        if net > 0:
            looks.add((day, day if till else _looked_at(day, brought.get(batch))))
    return history


@lru_cache(maxsize=1 << 14)
def _looked_at(day: date, brought: date | None) -> date:
    """When an imported purchase is looked at; `brought` is the day of its import, where that is known."""
    end = month_end(day)
    return end if brought is None else min(end, max(day, brought))


def _brought(session: Session) -> dict[int | None, date]:
    """The shop day of every import."""
    zone = ZoneInfo(settings(session).timezone)
    return {batch: at.astimezone(zone).date() for batch, at in session.execute(select(ImportBatch.id, ImportBatch.at))}


def _rows(session: Session, query: str, bound: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    session.flush()
    cursor = plain_sql.run(session, query, bound)
    while part := cursor.fetchmany(AT_ONCE):
        yield from part


def _merged(session: Session) -> dict[int, int]:
    cards = session.scalars(text("SELECT id FROM customers WHERE merged_into IS NOT NULL"))
    return {card: answering(session, card) for card in list(cards)}


@lru_cache(maxsize=1 << 14)
def _iso(day: date) -> str:
    return day.isoformat()


@lru_cache(maxsize=1 << 14)
def _day(iso: str) -> date:
    return date.fromisoformat(iso)
