"""What a customer holds: lots with what is left of them, and what is owed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.lots import Lot, spendable, spending_order
from app.models.loyalty import PointEntry
from app.services.customers.families import answered_for


@dataclass(frozen=True, slots=True)
class Holding:
    """Every lot with something left, in the order in which they are spent, and the debt (0 or more points)."""

    lots: tuple[Lot, ...]
    debt: int

    @property
    def balance(self) -> int:
        """Everything but the debt: what the ledger adds up to, pending points included."""
        return sum(lot.remaining for lot in self.lots) - self.debt

    def spendable(self, day: date) -> int:
        return spendable(self.lots, day, self.debt)

    def pending(self, day: date) -> int:
        return sum(lot.remaining for lot in self.lots if lot.pending(day))

    def expiring(self, day: date, by: date) -> int:
        """Usable points whose last day is `by` or earlier."""
        ending = (lot for lot in self.lots if lot.usable(day) and lot.expires_on is not None and lot.expires_on <= by)
        return sum(lot.remaining for lot in ending)


def _lots() -> Select[*tuple[Any, ...]]:
    drawn = aliased(PointEntry)
    taken = select(func.sum(drawn.points)).where(drawn.lot_id == PointEntry.id).correlate(PointEntry)
    left = (PointEntry.points + func.coalesce(taken.scalar_subquery(), 0)).label("left")
    usable_from = func.coalesce(PointEntry.available_from, PointEntry.shop_day)
    return select(PointEntry.id, left, usable_from, PointEntry.expires_on, PointEntry.at).where(
        PointEntry.customer_id.in_(bindparam("cards", expanding=True)), PointEntry.opens_lot, left > 0
    )


_LOTS = _lots()
"""Built once: asked on every keystroke at the till, building it would cost more than running it."""
_OWED = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
    PointEntry.customer_id.in_(bindparam("cards", expanding=True)),
    PointEntry.lot_id.is_(None),
    PointEntry.opens_lot.is_(False),
)


def holding(session: Session, customer_id: int) -> Holding:
    """What a customer and the cards merged into it hold."""
    return holding_of(session, answered_for(session, customer_id))


def holding_of(session: Session, cards: Collection[int]) -> Holding:
    """What these cards hold together."""
    return Holding(tuple(lots_of(session, cards)), debt_of(session, cards))


def lots_of(session: Session, cards: Collection[int]) -> list[Lot]:
    """The lots of these cards with something left, in spending order."""
    found = [Lot(*row) for row in session.execute(_LOTS, {"cards": list(cards)})]
    return sorted(found, key=spending_order)


def debt_of(session: Session, cards: Collection[int]) -> int:
    """What these cards owe: less than nothing without a lot (semantics.md, rule 6)."""
    return max(0, -session.execute(_OWED, {"cards": list(cards)}).scalar_one())


def balance(session: Session, customer_id: int) -> int:
    """The sum of the ledger: what is held, pending points included, less what is owed."""
    query = select(func.coalesce(func.sum(PointEntry.points), 0)).where(
        PointEntry.customer_id.in_(answered_for(session, customer_id))
    )
    return session.scalars(query).one()
