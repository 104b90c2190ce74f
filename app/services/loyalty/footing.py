"""What a customer's standing rests on: the last move and the purchases of the window, read without the years before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.domain.shop import TierWindow
from app.domain.tiers.floors import Floor, floor_on
from app.domain.tiers.history import Move, MoveCause, Purchases, Standing, after_purchase
from app.domain.tiers.keeping import runs_out_on
from app.domain.tiers.rules import Scheme, base_tier, window_start
from app.models.loyalty import TierMove
from app.services.customers.families import for_cards
from app.services.loyalty.floors import floors_by_customer
from app.services.loyalty.tier_moves import INSERT, Laws, Sales, recent_history, refresh, row_of, tell
from app.storage import plain_sql


class LastMove(NamedTuple):
    """The last move that is written down."""

    id: int
    on: date
    to_rank: int
    cause: str
    valid_until: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a customer stands at the end of `day`, and the sales of the windows that matter from then on."""

    day: date
    earned: Standing
    floor: Floor | None
    """What was given by hand and holds on `day`."""
    sales: Sales
    last: LastMove | None
    """None where nothing is written down, or where the footing was worked out anew."""
    settled: bool
    """Whether a purchase of `day` can be counted on top of what is written down."""

    @property
    def moved_today(self) -> bool:
        """Whether a purchase of `day` has moved the tier, or renewed it, already."""
        return self.last is not None and self.last.on == self.day

    def plus(self, net: int, scheme: Scheme) -> "Footing":
        """The footing after one more purchase of `net` minor units on the same day."""
        sales = [*self.sales, (self.day, net)]
        move = self.step(net, scheme)
        earned = self.earned if move is None else Standing(move.to_rank, move.valid_until)
        return replace(self, sales=sales, earned=earned)

    def step(self, net: int, scheme: Scheme) -> Move | None:
        """The move that one more purchase of `net` minor units makes; returns move nobody."""
        if net <= 0:
            return None
        purchases = Purchases([*self.sales, (self.day, net)])
        fit = purchases.fit(scheme.tiers, scheme.window, self.day)
        return after_purchase(self.earned, fit, base_tier(scheme.tiers), scheme.window, self.day)


def footing(session: Session, cards: Sequence[int], day: date, rules: Sequence[Scheme]) -> Footing:
    """The footing of who these cards belong to; `rules` are the shop's, the last of them today's.

    It is read from what is written down; where that says nothing of `day` (an earlier one, or one on which the tier may
    have run out since) it is worked out anew from every purchase.
    """
    rules = [scheme for scheme in rules if scheme.first_day <= day]
    scheme = rules[-1]
    sales = recent_history(session, cards, _first(scheme, day), day)
    written = _written(session, cards, day)
    last = written.last
    if written.by_hand or (last and (last.on > day or (last.due_on is not None and last.due_on <= day))):
        floors = next(iter(floors_by_customer(session, dict.fromkeys(cards, cards[0])).values()), [])
        return Footing(day, _anew(session, cards, day, rules), floor_on(floors, day), sales, None, settled=False)
    earned = Standing(last.to_rank, last.valid_until) if last else Standing(base_tier(scheme.tiers).rank)
    settled = scheme.first_day < day and not written.sold_after and (last is None or _stands_on(last, written, day))
    return Footing(day, earned, None, sales, last, settled=settled)


def _stands_on(last: LastMove, written: "_Written", day: date) -> bool:
    """Whether the last move is of an earlier day, or the one that the purchases of `day` have made."""
    return last.on < day or (written.moves_of_day == 1 and last.cause in BY_PURCHASE)


def count_purchase(
    session: Session, cards: Sequence[int], before: Footing, net: int, rules: Sequence[Scheme], upto: date
) -> None:
    """Write down what a purchase of `net` minor units, posted on the footing's day, does to the tier of these cards.

    `upto` is the day as of which the tier is looked at, where the purchase cannot simply be counted on top.
    """
    if not before.settled or upto > before.day:
        refresh(session, [cards[0]], upto)
        return
    move = before.step(net, rules[-1])
    if move is not None and before.moved_today:
        refresh(session, [cards[0]], upto)
        return
    if move is not None:
        _append(session, cards[0], before.last, move, rules[-1])
    tell(session, cards)


def _append(session: Session, owner: int, last: LastMove | None, move: Move, scheme: Scheme) -> None:
    """Of renewals in a row only the last is kept, and only the last move says when it is due."""
    connection = session.connection()
    if last is not None:
        gone = move.cause is MoveCause.RENEWED and last.cause == MoveCause.RENEWED
        this = TierMove.id == last.id
        connection.execute(delete(TierMove).where(this) if gone else update(TierMove).where(this).values(due_on=None))
    due = None if move.valid_until is None else runs_out_on(move.valid_until, scheme)
    connection.exec_driver_sql(INSERT, row_of(owner, move, due))


BY_PURCHASE = frozenset({MoveCause.REACHED, MoveCause.RENEWED})


class _Written(NamedTuple):
    sold_after: bool
    by_hand: bool
    """Whether anything was ever given by hand."""
    moves_of_day: int
    last: LastMove | None


WRITTEN = """
SELECT EXISTS (SELECT 1 FROM sales WHERE customer_id IN ({cards}) AND shop_day > ? AND voided_at IS NULL),
       EXISTS (SELECT 1 FROM tier_floors WHERE customer_id IN ({cards})),
       (SELECT count(*) FROM tier_moves WHERE customer_id IN ({cards}) AND "on" = ?),
       m.id, m."on", m.to_rank, m.cause, m.valid_until, m.due_on
FROM (SELECT 1) LEFT JOIN (
    SELECT * FROM tier_moves WHERE customer_id IN ({cards}) ORDER BY "on" DESC, id DESC LIMIT 1
) m
"""
"""As the driver takes it: a card is opened with it."""


def _written(session: Session, cards: Sequence[int], day: date) -> _Written:
    on_day = day.isoformat()
    bound = (*cards, on_day, *cards, *cards, on_day, *cards)
    sold_after, by_hand, of_day, key, *move = plain_sql.run(session, for_cards(WRITTEN, len(cards)), bound).fetchone()
    if key is None:
        return _Written(bool(sold_after), bool(by_hand), of_day, None)
    on, rank, cause, until, due = move
    last = LastMove(key, date.fromisoformat(on), rank, cause, _day(until), _day(due))
    return _Written(bool(sold_after), bool(by_hand), of_day, last)


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def _anew(session: Session, cards: Sequence[int], day: date, rules: Sequence[Scheme]) -> Standing:
    laws = Laws(session, day, list(rules))
    history = next((found for _, found, _ in laws.histories(dict.fromkeys(cards, cards[0]))), None)
    moves = laws.moves(history, []) if history else []
    if not moves:
        return Standing(base_tier(rules[-1].tiers).rank)
    return Standing(moves[-1].to_rank, moves[-1].valid_until)


def _first(scheme: Scheme, day: date) -> date:
    """The first day of any window asked for from `day` on; in the grace of a calendar year the year before counts."""
    if scheme.window is TierWindow.CALENDAR:
        return date(day.year - 1, 1, 1)
    return window_start(scheme.window, day)
