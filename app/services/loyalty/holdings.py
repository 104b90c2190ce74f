"""What a customer holds: lots with what is left of them, and what is owed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.loyalty.lots import Lot, spendable
from app.models.loyalty import PointEntry
from app.services.customers.families import answered_for, for_cards
from app.storage import plain_sql


@dataclass(frozen=True, slots=True)
class Holding:
    """Every lot with something left, in the order in which they are spent, and the debt (0 or more points)."""

    lots: tuple[Lot, ...]
    debt: int

    @property
    def balance(self) -> int:
        """Everything but the debt: what the ledger adds up to, pending points included."""
        return sum(lot.remaining for lot in self.lots) - self.debt

    def balance_on(self, day: date) -> int:
        """The same less what has ended before `day`, though the ledger may say so only later (rule 4)."""
        return self.balance - sum(lot.remaining for lot in self.lots if lot.past(day))

    def spendable(self, day: date) -> int:
        return spendable(self.lots, day, self.debt)

    def pending(self, day: date) -> int:
        return sum(lot.remaining for lot in self.lots if lot.pending(day))

    def expiring(self, day: date, by: date) -> int:
        """Usable points whose last day is `by` or earlier."""
        ending = (lot for lot in self.lots if lot.usable(day) and lot.expires_on is not None and lot.expires_on <= by)
        return sum(lot.remaining for lot in ending)


_LOTS = """
SELECT lot_id, remaining, usable_from, last_day, at FROM point_lots
WHERE customer_id IN ({cards}) AND remaining > 0 ORDER BY last_day, at, lot_id
"""
_SUMS = """
SELECT min(lot_id), sum(remaining), usable_from, last_day, min(at) FROM point_lots
WHERE customer_id IN ({cards}) AND remaining > 0
GROUP BY last_day, usable_from ORDER BY last_day, 5, 1
"""
_USABLE = """
SELECT lot_id, remaining, usable_from, last_day, at FROM point_lots
WHERE customer_id IN ({cards}) AND remaining > 0 AND last_day >= ? AND usable_from <= ?
ORDER BY last_day, at, lot_id
"""
_OWED = """
SELECT coalesce(sum(points), 0) FROM point_entries
WHERE customer_id IN ({cards}) AND lot_id IS NULL AND opens_lot = 0
"""
"""As the driver takes them: they are asked on every keystroke at the till."""


def holding(session: Session, customer_id: int) -> Holding:
    """What a customer and the cards merged into it hold."""
    return holding_of(session, answered_for(session, customer_id))


def holding_of(session: Session, cards: Collection[int]) -> Holding:
    """What these cards hold together."""
    return Holding(tuple(lots_of(session, cards)), debt_of(session, cards))


def summed_holding(session: Session, cards: Collection[int]) -> Holding:
    """The same with the lots that begin and end together as one: what the till shows needs no more."""
    return Holding(tuple(_read(session, _SUMS, cards)), debt_of(session, cards))


def lots_of(session: Session, cards: Collection[int]) -> list[Lot]:
    """The lots of these cards with something left, in spending order."""
    return _read(session, _LOTS, cards)


def lots_to_pay(session: Session, cards: Collection[int], points: int, day: date) -> list[Lot]:
    """The first lots in spending order that hold so many points on `day`; all usable ones where they hold less."""
    found: list[Lot] = []
    usable = for_cards(_USABLE, len(cards))
    rows = plain_sql.run(session, usable, (*cards, day.isoformat(), day.isoformat()))
    for row in rows:
        found.append(_lot(*row))
        points -= found[-1].remaining
        if points <= 0:
            break
    rows.close()
    return found


def debt_of(session: Session, cards: Collection[int]) -> int:
    """What these cards owe: less than nothing without a lot (semantics.md, rule 6)."""
    owed: int = plain_sql.value(session, for_cards(_OWED, len(cards)), tuple(cards))
    return max(0, -owed)


def _read(session: Session, query: str, cards: Collection[int]) -> list[Lot]:
    rows = plain_sql.rows(session, for_cards(query, len(cards)), tuple(cards))
    return [_lot(*row) for row in rows]


def _lot(number: int, remaining: int, usable_from: str, last_day: str, at: str) -> Lot:
    last = date.fromisoformat(last_day)
    ends = None if last == date.max else last
    return Lot(number, remaining, date.fromisoformat(usable_from), ends, datetime.fromisoformat(at))


def balance(session: Session, customer_id: int) -> int:
    """The sum of the ledger: what is held, pending points included, less what is owed."""
    query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.customer_id.in_(answered_for(session, customer_id))
    )
    return session.scalars(query).one()
