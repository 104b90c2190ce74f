"""Letting bonuses, visits, stamps and coupons end, the day after their last usable one (points ledger rule 4)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, case, func, insert, inspect, select
from sqlalchemy.orm import Session, aliased

from app.domain.rewards.kinds import Move
from app.models.rewards import CouponEntry, PurseEntry, StampEntry, StoredEntry, VisitEntry
from app.services import loyalty
from app.services.loyalty.opening import Progress
from app.services.loyalty.posting import day_start
from app.services.settings import settings
from app.storage import journal
from app.storage.unit_of_work import acting_staff

MANY = 500
"""Above so many rows they are written straight through and noted as one batch."""
ALL: tuple[type[PurseEntry], ...] = (StoredEntry, VisitEntry, StampEntry, CouponEntry)
_KEPT = ("customer_id", "part", "plan_id", "kind_id")


def open_day(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> int:
    """Open the shop day: points, tiers, and then cards and coupons that ended before `day`; how many of the last.

    Does nothing the second time, and cannot be taken back. `progress` may raise Cancelled; then nothing is done.
    """
    loyalty.open_day(session, day, progress=progress)
    zone = ZoneInfo(settings(session).timezone)
    gone = sum(_expire(session, ledger, day, zone) for ledger in ALL)
    journal.not_taken_back(session)
    return gone


def _expire(session: Session, ledger: type[PurseEntry], day: date, zone: ZoneInfo) -> int:
    rows = _due(session, ledger, day, None, zone)
    if len(rows) > MANY:
        session.connection().execute(insert(ledger), rows)
        journal.note_batch(session, ledger, {"rows": len(rows)})
    else:
        session.add_all(ledger(**row) for row in rows)
        session.flush()
    return len(rows)


def expire_of(session: Session, ledger: type[PurseEntry], cards: Collection[int], day: date, zone: ZoneInfo) -> None:
    """Let the lots of these cards end, before anything of them is moved."""
    session.add_all(ledger(**row) for row in _due(session, ledger, day, cards, zone))
    session.flush()


def _due(
    session: Session, ledger: type[PurseEntry], day: date, cards: Collection[int] | None, zone: ZoneInfo
) -> list[dict[str, Any]]:
    """One row for each remainder, dated the day after, but never before the lot was opened or refilled."""
    query = _ended(ledger)
    if cards is not None:
        query = query.where(ledger.customer_id.in_(cards))
    staff = acting_staff(session)
    return [
        _row(lot, units, refilled, times, zone, staff, worth_left(session, lot))
        for lot, units, refilled, times in session.execute(query, {"day": day}).all()
    ]


@cache
def _ended(ledger: type[PurseEntry]) -> Select[PurseEntry, int, datetime, int]:
    """Lots that ended before `day` with something left: put together once, which takes longer than asking it."""
    drawn = aliased(ledger)
    filled = func.max(ledger.at, func.coalesce(func.max(case((drawn.units > 0, drawn.at))), ledger.at))
    ended = func.count().filter(drawn.move == Move.EXPIRE)
    left = ledger.units + func.coalesce(func.sum(drawn.units), 0)
    return (
        select(ledger, left, filled, ended)
        .outerjoin(drawn, drawn.lot_id == ledger.id)
        .where(ledger.opens_lot, ledger.expires_on < bindparam("day"))
        .group_by(ledger.id)
        .having(left > 0)
        .order_by(ledger.expires_on, ledger.id)
    )


def worth_left(session: Session, lot: PurseEntry) -> int:
    """What the visits left on a lot were paid with, in minor units; nothing for what has no worth of its own."""
    if not isinstance(lot, VisitEntry):
        return 0
    moved = select(func.coalesce(func.sum(VisitEntry.worth), 0)).where(
        (VisitEntry.id == lot.id) | (VisitEntry.lot_id == lot.id)
    )
    return session.scalars(moved).one()


def _row(
    lot: PurseEntry,
    left: int,
    refilled: datetime,
    ended: int,
    zone: ZoneInfo,
    staff: int,
    worth: int,
) -> dict[str, Any]:
    assert lot.expires_on is not None
    at = max(day_start(lot.expires_on + timedelta(days=1), zone), refilled)
    names = {column.key for column in inspect(type(lot)).column_attrs}
    row = {
        **{name: getattr(lot, name) for name in _KEPT if name in names},
        "at": at,
        "shop_day": at.astimezone(zone).date(),
        "move": Move.EXPIRE,
        "units": -left,
        "opens_lot": False,
        "lot_id": lot.id,
        "staff_id": staff,
        "reason": "",
        "operation_id": f"expire:{lot.id}",
        "ordinal": ended,
    }
    if isinstance(lot, VisitEntry):
        row["worth"] = -worth
    return row
