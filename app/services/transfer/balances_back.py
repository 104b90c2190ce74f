"""Takes opening balances back: what was used since stays with whom it was brought in for."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from app.services import loyalty, rewards
from app.services.loyalty.adjusting import following
from app.services.transfer.uses import Span

AT_ONCE = 50
_DRAWN = (
    "SELECT operation_id, min(customer_id) AS customer_id, max(EXISTS (SELECT 1 FROM {ledger} d WHERE d.lot_id = e.id "
    "AND d.id > :last AND d.{kind} <> 'expire' GROUP BY d.lot_id HAVING sum(d.{units}) <> 0)) AS used "
    "FROM {ledger} e WHERE e.id BETWEEN :first AND :last AND e.operation_id LIKE 'opening:%' GROUP BY e.operation_id"
)
_LEDGERS: Mapping[str, TextClause] = {
    ledger: text(_DRAWN.replace("{ledger}", ledger).replace("{units}", units).replace("{kind}", kind))
    for ledger, units, kind in (
        ("point_entries", "points", "kind"),
        ("stored_entries", "units", "move"),
        ("visit_entries", "units", "move"),
        ("stamp_entries", "units", "move"),
    )
}
_FLOORS = text(
    "SELECT operation_id, customer_id, id < (SELECT max(id) FROM tier_floors l WHERE l.customer_id = f.customer_id) "
    "AS used FROM tier_floors f WHERE id BETWEEN :first AND :last AND operation_id LIKE 'opening:%' AND tier_code <> ''"
)


def take_balances_back(
    session: Session, spans: Mapping[str, Span], at: datetime, today: date, told: Callable[[], None]
) -> tuple[int, set[int]]:
    """Reverse the balances of an import; how many, and the customers who have used theirs since and keep them.

    `told` is called after every few and may stop it by raising.
    """
    gone, kept = 0, set[int]()
    for count, (ledger, operation, customer, used) in enumerate(list(_brought(session, spans))):
        if count % AT_ONCE == 0:
            told()
        if used:
            kept.add(customer)
            continue
        if ledger == "point_entries":
            loyalty.undo_adjust(session, operation, operation_id=following(operation), at=at)
        elif ledger == "tier_floors":
            _floor(session, operation, customer, at, today)
        else:
            rewards.undo_purse(session, operation, operation_id=following(operation), at=at)
        gone += 1
    session.flush()
    return gone, kept


def _brought(session: Session, spans: Mapping[str, Span]) -> Iterator[tuple[str, str, int, bool]]:
    """Ledger, operation, whose, and whether it was used since."""
    for ledger, statement in {**_LEDGERS, "tier_floors": _FLOORS}.items():
        if ledger in spans:
            first, last = spans[ledger]
            for operation, customer, used in session.connection().execute(statement, {"first": first, "last": last}):
                yield ledger, operation, customer, bool(used)


def _floor(session: Session, done: str, customer: int, at: datetime, today: date) -> None:
    """What held before holds again, where its last day is not over."""
    _, *earlier = loyalty.given_tiers(session, customer, today)
    before = next(iter(earlier), None)
    holds = before is not None and bool(before.code) and (before.until is None or today <= before.until)
    held = (before.code, before.until, before.reason) if before is not None and holds else ("", None, "")
    loyalty.put_given_tier_back(session, customer, *held, operation_id=following(done), at=at)
