"""Who changed what, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry
from app.models.staff import Staff


@dataclass(frozen=True, slots=True)
class TrailRow:
    id: int
    at: datetime
    staff: str
    action: str
    table: str
    row_id: str | None
    kind: str
    change: Any


_NEWEST_FIRST = (
    select(
        AuditEntry.id,
        AuditEntry.at,
        Staff.name,
        AuditEntry.action,
        AuditEntry.table_name,
        AuditEntry.row_id,
        AuditEntry.kind,
        AuditEntry.change,
    )
    .join(Staff, Staff.id == AuditEntry.staff_id)
    .order_by(AuditEntry.id.desc())
)


def trail(session: Session, *, offset: int = 0, limit: int = 100) -> list[TrailRow]:
    """The acts of everyone, newest first."""
    return [TrailRow(*row) for row in session.execute(_NEWEST_FIRST.offset(offset).limit(limit))]


def last_change(session: Session, table: str, row_id: int) -> TrailRow | None:
    """The last act that changed this very row; None where the trail knows of none."""
    query = _NEWEST_FIRST.where(AuditEntry.table_name == table, AuditEntry.row_id == str(row_id))
    row = session.execute(query.limit(1)).one_or_none()
    return TrailRow(*row) if row else None


class TrailEnd(NamedTuple):
    """An entry that was the last one of the trail: it stays for good, unless a copy from before it is brought back."""

    id: int
    at: datetime
    action: str
    table: str
    row_id: str | None


_ENDS = select(AuditEntry.id, AuditEntry.at, AuditEntry.action, AuditEntry.table_name, AuditEntry.row_id)


def goes_on(session: Session, end: TrailEnd | None) -> tuple[bool, TrailEnd | None]:
    """Whether the trail still holds what was its end once, and where it ends now (None: nowhere, nothing was done).

    Where it does not, a copy was brought back in between, and numbers of rows may name others than they did.
    """
    last = session.execute(_ENDS.order_by(AuditEntry.id.desc()).limit(1)).one_or_none()
    held = end is None or session.execute(_ENDS.where(AuditEntry.id == end.id)).one_or_none() == end
    return held, TrailEnd(*last) if last else None


def count(session: Session) -> int:
    """How many rows the trail has."""
    return session.scalar(select(func.count(AuditEntry.id))) or 0
