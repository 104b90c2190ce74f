"""Takes opening balances back: what was used since stays with whom it was brought in for."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import TextClause, select, text
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.loyalty import PointEntry, TierFloor
from app.models.rewards import PurseEntry, StampEntry, StoredEntry, VisitEntry
from app.services import loyalty, rewards
from app.services.loyalty.adjusting import following
from app.services.loyalty.carrying import take_points_back
from app.services.loyalty.floors import bring_tier
from app.services.rewards.by_hand import take_purse_back
from app.services.transfer.balances_known import kin, owing
from app.services.transfer.uses import Span
from app.storage import journal

AT_ONCE = 500
_DRAWN = (
    "SELECT min(e.id) AS first, count(*) AS rows, operation_id, min(customer_id) AS customer_id, "
    "max(EXISTS (SELECT 1 FROM {ledger} d WHERE d.lot_id = e.id)) AS drawn, "
    "max(EXISTS (SELECT 1 FROM {ledger} d WHERE d.lot_id = e.id "
    "AND d.id > :last AND d.{kind} <> 'expire' GROUP BY d.lot_id HAVING sum(d.{units}) <> 0)) AS used "
    "FROM {ledger} e WHERE e.id BETWEEN :first AND :last AND e.operation_id LIKE 'opening:%' GROUP BY e.operation_id"
)
_LEDGERS: Mapping[type[Base], TextClause] = {
    ledger: text(_DRAWN.replace("{ledger}", ledger.__tablename__).replace("{units}", units).replace("{kind}", kind))
    for ledger, units, kind in (
        (PointEntry, "points", "kind"),
        (StoredEntry, "units", "move"),
        (VisitEntry, "units", "move"),
        (StampEntry, "units", "move"),
    )
}
_FLOORS = text(
    "SELECT id, (SELECT count(*) FROM tier_floors l WHERE l.customer_id = f.customer_id) AS rows, operation_id, "
    "customer_id, 0, id < (SELECT max(id) FROM tier_floors l WHERE l.customer_id = f.customer_id) AS used "
    "FROM tier_floors f WHERE id BETWEEN :first AND :last AND operation_id LIKE 'opening:%' AND tier_code <> ''"
)


class _Brought(NamedTuple):
    """One balance: its first row, of how many, and whether anything was drawn from it, or used since."""

    row: int
    rows: int
    operation: str
    customer: int
    drawn: bool
    used: bool


def take_balances_back(
    session: Session, spans: Mapping[str, Span], at: datetime, today: date, told: Callable[[], None]
) -> tuple[int, set[int]]:
    """Reverse the balances of an import; how many, and the customers who have used theirs since and keep them.

    `told` is called after every few and may stop it by raising.
    """
    gone, kept, together = 0, set[int](), kin(session)
    asked: Mapping[type[Base], TextClause] = {**_LEDGERS, TierFloor: _FLOORS}
    with journal.told_as_one(session):
        for ledger, statement in asked.items():
            if ledger.__tablename__ not in spans:
                continue
            first, last = spans[ledger.__tablename__]
            bound = {"first": first, "last": last}
            brought = [_Brought(*row) for row in session.connection().execute(statement, bound)]
            kept |= {each.customer for each in brought if each.used}
            known = together | (set() if ledger is TierFloor else owing(session, ledger))
            for begin in range(0, len(brought), AT_ONCE):
                told()
                going = [each for each in brought[begin : begin + AT_ONCE] if not each.used]
                alone = [each for each in going if each.customer in known or each.drawn or each.rows > 1]
                _take_each(session, ledger, alone, at, today)
                _take_untouched(session, ledger, set(going) - set(alone), at)
                gone += len(going)
    return gone, kept


def _take_each(session: Session, ledger: type[Base], brought: Iterable[_Brought], at: datetime, today: date) -> None:
    """Reverse these as any posting is, asking what is held and owed."""
    for each in brought:
        back = following(each.operation)
        if ledger is PointEntry:
            loyalty.undo_adjust(session, each.operation, operation_id=back, at=at)
        elif ledger is TierFloor:
            _floor(session, each.operation, each.customer, at, today)
        else:
            rewards.undo_purse(session, each.operation, operation_id=back, at=at)


def _take_untouched(session: Session, ledger: type[Base], brought: Collection[_Brought], at: datetime) -> None:
    """Reverse these of which nothing has gone, of customers who owe nothing and have one card: a row each."""
    if ledger is TierFloor:
        for each in sorted(brought):
            bring_tier(session, each.customer, "", None, "", operation_id=following(each.operation), at=at)
        return
    numbers = [each.row for each in brought]
    query = select(ledger).where(ledger.__table__.c.id.in_(numbers)).order_by(ledger.__table__.c.id)
    for lot in session.scalars(query).all():
        if isinstance(lot, PointEntry):
            take_points_back(session, lot, operation_id=following(lot.operation_id), at=at)
        elif isinstance(lot, PurseEntry):
            take_purse_back(session, lot, operation_id=following(lot.operation_id), at=at)


def _floor(session: Session, done: str, customer: int, at: datetime, today: date) -> None:
    """What held before holds again, where its last day is not over."""
    _, *earlier = loyalty.given_tiers(session, customer, today)
    before = next(iter(earlier), None)
    holds = before is not None and bool(before.code) and (before.until is None or today <= before.until)
    held = (before.code, before.until, before.reason) if before is not None and holds else ("", None, "")
    loyalty.put_given_tier_back(session, customer, *held, operation_id=following(done), at=at)
