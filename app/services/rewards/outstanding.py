"""What the shop owes on cards: stored value, visits and stamps that can still be used, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import Part, PlanKind
from app.models.customers import Customer
from app.models.rewards import CardPlan, PurseEntry
from app.services.rewards.purses import Pocket


@dataclass(frozen=True, slots=True)
class CardOwed:
    """What is out of one purse: in minor units for stored value and for `worth`, else in visits or stamps."""

    pocket: Pocket
    name: str
    """Of the card; empty for stored value."""
    people: int
    units: int
    worth: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds how much of a purse."""

    customer_id: int
    name: str
    units: int
    worth: int
    expires_on: date | None
    """Of what ends first."""


def cards_outstanding(session: Session, day: date) -> list[CardOwed]:
    """What customers can still use, purse by purse: stored value first, then visits, then stamps."""
    owed = [_stored(session, part, day) for part in Part]
    for kind in (PlanKind.VISITS, PlanKind.STAMPS):
        for plan in session.scalars(select(CardPlan).where(CardPlan.kind == kind).order_by(CardPlan.name, CardPlan.id)):
            pocket = Pocket(kind, plan_id=plan.id)
            owed.append(_sum(pocket, plan.name, holders(session, pocket, day)))
    return owed


def _stored(session: Session, part: Part, day: date) -> CardOwed:
    pocket = Pocket(PlanKind.STORED, part)
    return _sum(pocket, "", holders(session, pocket, day))


def _sum(pocket: Pocket, name: str, people: Sequence[Holder]) -> CardOwed:
    return CardOwed(pocket, name, len(people), sum(one.units for one in people), sum(one.worth for one in people))


def holders(session: Session, pocket: Pocket, day: date) -> list[Holder]:
    """Whoever holds something of a purse on `day`, those with the most first."""
    entry = pocket.ledger
    lots = _lots(entry, pocket, day).subquery()
    card, shown = aliased(Customer), aliased(Customer)
    units = func.sum(lots.c.left)
    query = (
        select(shown.id, shown.name, units, func.sum(lots.c.worth), func.min(lots.c.expires_on))
        .select_from(lots)
        .join(card, card.id == lots.c.customer_id)
        .join(shown, shown.id == func.coalesce(card.merged_into, card.id))
        .group_by(shown.id)
        .order_by(units.desc(), shown.id)
    )
    return [Holder(*row) for row in session.execute(query)]


def _lots(entry: type[PurseEntry], pocket: Pocket, day: date) -> Select[*tuple[Any, ...]]:
    """The lots of a purse with something left on `day`, and what that is worth."""
    drawn = aliased(entry)
    moved = (
        select(drawn.lot_id, func.sum(drawn.units).label("units"), func.sum(_worth(pocket, drawn)).label("worth"))
        .where(drawn.lot_id.is_not(None), *pocket.among(drawn))
        .group_by(drawn.lot_id)
        .subquery()
    )
    left = entry.units + func.coalesce(moved.c.units, 0)
    return (
        select(
            entry.customer_id,
            entry.expires_on,
            left.label("left"),
            (_worth(pocket, entry) + func.coalesce(moved.c.worth, 0)).label("worth"),
        )
        .outerjoin(moved, moved.c.lot_id == entry.id)
        .where(
            entry.opens_lot,
            left > 0,
            (entry.expires_on.is_(None)) | (entry.expires_on >= day),
            *pocket.among(entry),
        )
    )


def _worth(pocket: Pocket, row: Any) -> Any:
    """What a row is worth in money: stored value is money, visits carry theirs, stamps have none."""
    return {PlanKind.STORED: row.units, PlanKind.VISITS: getattr(row, "worth", None), PlanKind.STAMPS: literal(0)}[
        pocket.kind
    ]
