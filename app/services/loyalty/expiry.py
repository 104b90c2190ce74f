"""Letting points end: on the day after their last usable one, whenever it is found out (semantics.md, rule 4)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, case, func, insert, select, text
from sqlalchemy.orm import Session, aliased

from app.domain.loyalty.kinds import PointKind
from app.models.loyalty import PointEntry, PointLot
from app.services.customers.families import for_cards
from app.services.loyalty.posting import day_start
from app.services.settings import settings
from app.storage import journal, plain_sql
from app.storage.unit_of_work import acting_staff

MANY = 500
"""Above so many rows they are written straight through and noted as one batch."""


@dataclass(frozen=True, slots=True)
class Expired:
    """What a day's opening has let go."""

    lots: int
    points: int


def expire(session: Session, day: date) -> Expired:
    """Let every lot end whose last day lies before `day`. Does nothing the second time; cannot be taken back."""
    rows = _due(session, day, None, ZoneInfo(settings(session).timezone))
    if len(rows) > MANY:
        session.connection().execute(insert(PointEntry), rows)
        journal.note_batch(session, PointEntry, {"rows": len(rows), "points": sum(row["points"] for row in rows)})
    else:
        for row in rows:
            journal.post(session, PointEntry, **row)
    journal.not_taken_back(session)
    return Expired(len(rows), -sum(row["points"] for row in rows))


def expire_of(session: Session, cards: Collection[int], day: date, zone: ZoneInfo) -> None:
    """Let the lots of these cards end, before their points are moved."""
    ended = for_cards(_ANY_ENDED, len(cards))
    if plain_sql.value(session, ended, (*cards, day.isoformat())):
        for row in _due(session, day, cards, zone):
            journal.post(session, PointEntry, **row)


_ANY_ENDED = """
SELECT EXISTS (SELECT 1 FROM point_lots
               WHERE customer_id IN ({cards}) AND remaining > 0 AND last_day < ?)
"""
"""As the driver takes it: each sale asks."""


def _ended() -> Select[*tuple[Any, ...]]:
    """Lots that ended before `:day` with what is left of them, when they were last filled, how often they ended."""
    drawn = aliased(PointEntry)
    refilled = func.max(PointEntry.at, func.coalesce(func.max(case((drawn.points > 0, drawn.at))), PointEntry.at))
    ended = func.count().filter(drawn.kind == PointKind.EXPIRE)
    entry = (PointEntry.id, PointEntry.customer_id, PointEntry.sale_id, PointEntry.expires_on)
    return (
        select(*entry, PointLot.remaining, refilled, ended)
        .join(PointLot, PointLot.lot_id == PointEntry.id)
        .outerjoin(drawn, drawn.lot_id == PointEntry.id)
        .where(text("point_lots.remaining > 0"), PointLot.last_day < bindparam("day"))
        .group_by(PointEntry.id)
        .order_by(PointEntry.expires_on, PointEntry.id)
    )


_ENDED = _ended()
_ENDED_OF = _ENDED.where(PointLot.customer_id.in_(bindparam("cards", expanding=True)))


def _due(session: Session, day: date, cards: Collection[int] | None, zone: ZoneInfo) -> list[dict[str, Any]]:
    """One row for each remainder, dated the day after, but never before the lot was opened or refilled."""
    query, bound = (_ENDED, {}) if cards is None else (_ENDED_OF, {"cards": list(cards)})
    staff_id = acting_staff(session)
    return [_row(*found, zone=zone, staff_id=staff_id) for found in session.execute(query, {"day": day, **bound}).all()]


def _row(
    lot_id: int,
    customer_id: int,
    sale_id: int | None,
    last_day: date,
    left: int,
    refilled: datetime,
    ended: int,
    *,
    zone: ZoneInfo,
    staff_id: int,
) -> dict[str, Any]:
    at = day_start(last_day + timedelta(days=1), zone)
    at = max(at, refilled)
    return {
        "customer_id": customer_id,
        "at": at,
        "shop_day": at.astimezone(zone).date(),
        "kind": PointKind.EXPIRE,
        "points": -left,
        "sale_id": sale_id,
        "opens_lot": False,
        "lot_id": lot_id,
        "staff_id": staff_id,
        "reason": "",
        "rate": "",
        "operation_id": f"expire:{lot_id}",
        "ordinal": ended,
    }
