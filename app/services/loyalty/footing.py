"""What a customer's standing rests on: the last move and the purchases of the window, read without the years before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.domain.shop import TierWindow
from app.domain.tiers.floors import Floor, floor_on
from app.domain.tiers.history import Move, MoveCause, Purchases, Standing, after_purchase
from app.domain.tiers.keeping import runs_out_on
from app.domain.tiers.rules import Scheme, base_tier, window_start
from app.models.loyalty import TierMove
from app.models.sales import Sale
from app.services.loyalty.floors import floors_by_customer
from app.services.loyalty.tier_moves import INSERT, Laws, Sales, recent_history, refresh, row_of, tell


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
    floors = next(iter(floors_by_customer(session, dict.fromkeys(cards, cards[0])).values()), [])
    last = _last(session, cards)
    if floors or (last and (last.on > day or (last.due_on is not None and last.due_on <= day))):
        return Footing(day, _anew(session, cards, day, rules), floor_on(floors, day), sales, None, settled=False)
    earned = Standing(last.to_rank, last.valid_until) if last else Standing(base_tier(scheme.tiers).rank)
    fresh = (last is None or last.on < day) and scheme.first_day < day
    return Footing(day, earned, None, sales, last, settled=fresh and not _sold_after(session, cards, day))


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


def _last(session: Session, cards: Sequence[int]) -> LastMove | None:
    query = (
        select(TierMove.id, TierMove.on, TierMove.to_rank, TierMove.cause, TierMove.valid_until, TierMove.due_on)
        .where(TierMove.customer_id.in_(cards))
        .order_by(TierMove.on.desc(), TierMove.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else LastMove(*row)


def _sold_after(session: Session, cards: Sequence[int], day: date) -> bool:
    last = select(func.max(Sale.shop_day)).where(Sale.customer_id.in_(cards), Sale.voided_at.is_(None))
    return (session.scalar(last) or day) > day


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
