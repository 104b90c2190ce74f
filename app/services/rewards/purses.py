"""The purses of a customer: which ledger each is kept in, its lots, and what is owed to it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.lots import Lot, spendable, spending_order
from app.domain.rewards.kinds import Part, PlanKind
from app.models.rewards import PurseEntry, StampEntry, StoredEntry, VisitEntry

LEDGERS: Mapping[PlanKind, type[PurseEntry]] = MappingProxyType(
    {PlanKind.STORED: StoredEntry, PlanKind.VISITS: VisitEntry, PlanKind.STAMPS: StampEntry}
)


@dataclass(frozen=True, slots=True)
class Pocket:
    """One purse of its own: a part of the stored value, or the visits or stamps of one card."""

    kind: PlanKind
    part: Part | None = None
    plan_id: int | None = None

    @property
    def ledger(self) -> type[PurseEntry]:
        return LEDGERS[self.kind]

    @property
    def scope(self) -> dict[str, Any]:
        """What each row of it says."""
        return {"part": self.part} if self.kind is PlanKind.STORED else {"plan_id": self.plan_id}

    def holds(self, entry: PurseEntry) -> bool:
        return all(getattr(entry, name) == value for name, value in self.scope.items())

    def among(self, entry: Any) -> Iterable[ColumnElement[bool]]:
        """The condition that an entry of the ledger is of this purse."""
        return [getattr(entry, name) == value for name, value in self.scope.items()]


PRINCIPAL = Pocket(PlanKind.STORED, Part.PRINCIPAL)
BONUS = Pocket(PlanKind.STORED, Part.BONUS)


def visits(plan_id: int) -> Pocket:
    return Pocket(PlanKind.VISITS, plan_id=plan_id)


def stamps(plan_id: int) -> Pocket:
    return Pocket(PlanKind.STAMPS, plan_id=plan_id)


def pocket_of(entry: PurseEntry) -> Pocket:
    """The purse a row belongs to."""
    if isinstance(entry, StoredEntry):
        return Pocket(PlanKind.STORED, entry.part)
    if isinstance(entry, VisitEntry):
        return visits(entry.plan_id)
    assert isinstance(entry, StampEntry)
    return stamps(entry.plan_id)


def lots_of(session: Session, pocket: Pocket, cards: Collection[int]) -> list[Lot]:
    """The lots of a purse with something left, in spending order, on any of these cards."""
    found = session.execute(_lots(pocket.kind), {"cards": list(cards), **pocket.scope})
    return sorted((Lot(*row) for row in found), key=spending_order)


def debt_of(session: Session, pocket: Pocket, cards: Collection[int]) -> int:
    """What these cards owe to a purse: less than nothing without a lot (semantics.md, points ledger rule 6)."""
    return max(0, -session.scalars(_owed(pocket.kind), {"cards": list(cards), **pocket.scope}).one())


@cache
def _lots(kind: PlanKind) -> Select[int, int, date, date | None, datetime]:
    """Of any purse of a kind and any `cards`: put together once, which takes ten times as long as asking it."""
    entry = LEDGERS[kind]
    drawn = aliased(entry)
    taken = select(func.sum(drawn.units)).where(drawn.lot_id == entry.id).correlate(entry)
    left = (entry.units + func.coalesce(taken.scalar_subquery(), 0)).label("left")
    usable = func.coalesce(entry.available_from, entry.shop_day)
    return select(entry.id, left, usable, entry.expires_on, entry.at).where(entry.opens_lot, left > 0, *_of(kind))


@cache
def _owed(kind: PlanKind) -> Select[int]:
    entry = LEDGERS[kind]
    return select(func.coalesce(func.sum(entry.units), 0)).where(entry.lot_id.is_(None), ~entry.opens_lot, *_of(kind))


def _of(kind: PlanKind) -> Iterable[ColumnElement[bool]]:
    """The condition that an entry is on one of the `cards` and of the purse whose scope is bound with them."""
    entry = LEDGERS[kind]
    scope = [getattr(entry, name) == bindparam(name) for name in Pocket(kind).scope]
    return [entry.customer_id.in_(bindparam("cards", expanding=True)), *scope]


def usable_of(session: Session, pocket: Pocket, cards: Collection[int], day: date) -> int:
    """What can be spent on `day`: lots that have not ended, less what is owed, never below 0."""
    return spendable(lots_of(session, pocket, cards), day, debt_of(session, pocket, cards))


def left_of(session: Session, entry: type[PurseEntry], lot_id: int) -> int:
    """What is left of one lot."""
    query = select(func.coalesce(func.sum(entry.units), 0)).where((entry.id == lot_id) | (entry.lot_id == lot_id))
    return session.scalars(query).one()
