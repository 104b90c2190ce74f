"""Who changed what, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

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


def count(session: Session) -> int:
    """How many rows the trail has."""
    return session.scalar(select(func.count(AuditEntry.id))) or 0
