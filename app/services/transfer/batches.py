"""The row that stands for one import: opened before the first row, closed with its counts, told and undone by it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.models.audit import AuditEntry
from app.models.base import Base
from app.models.staff import Staff
from app.models.transfer import ImportBatch
from app.services.transfer.columns import Kind
from app.services.transfer.outcome import Outcome
from app.services.transfer.plan import Plan
from app.services.transfer.reading import sha256
from app.services.transfer.remembered import remember
from app.storage import journal
from app.storage.bulk import BulkRows, highest_id
from app.storage.unit_of_work import acting_staff

AUDIT = "audit_entries"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as it is listed: its number, what came in, from where, and whether it was taken back."""

    id: int
    kind: Kind
    file_name: str
    at: datetime
    staff: str
    counts: Mapping[str, int]
    undone_at: datetime | None


def batches(session: Session, limit: int = 50) -> list[BatchRow]:
    """The imports, the latest first."""
    query = (
        select(
            ImportBatch.id,
            ImportBatch.kind,
            ImportBatch.file_name,
            ImportBatch.at,
            Staff.name,
            ImportBatch.counts,
            ImportBatch.undone_at,
        )
        .join(Staff, Staff.id == ImportBatch.staff_id)
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    )
    return [BatchRow(id_, Kind(kind), *rest) for id_, kind, *rest in session.execute(query)]


def open_batch(session: Session, plan: Plan, at: datetime) -> int:
    """A row for the import that now begins; its number."""
    result = session.connection().execute(
        insert(ImportBatch).values(
            kind=plan.kind.value,
            file_name=plan.path.name,
            sha256=sha256(plan.path),
            at=at,
            staff_id=acting_staff(session),
            encoding=plan.encoding,
            mapping={field: plan.header(column) for field, column in plan.columns.items()},
        )
    )
    remember(session, plan, at)
    (number,) = result.inserted_primary_key or (0,)
    return int(number)


def close_batch(
    session: Session,
    outcome: Outcome,
    written: Iterable[BulkRows],
    touched: Iterable[type[Base]],
    way_back: Callable[..., Any],
    *,
    spans: Mapping[str, tuple[int, int]] | None = None,
) -> None:
    """Keep what was done and how it is taken back; one row in the audit trail stands for all of it.

    `spans`: what was written otherwise, table → first and last id.
    """
    counts = {
        "created": outcome.created,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "skipped": outcome.skipped,
        "rejected": outcome.rejected,
    }
    ranges: dict[str, Any] = {rows.table: rows.span for rows in written if rows.span} | dict(spans or {})
    journal.note_batch(session, ImportBatch, {"batch": outcome.batch, **counts})
    ranges[AUDIT] = highest_id(session.connection(), AuditEntry)
    session.connection().execute(
        update(ImportBatch).where(ImportBatch.id == outcome.batch).values(counts=counts, ranges=ranges)
    )
    journal.journal_of(session).features.update(kind.feature() for kind in touched)
    journal.taken_back_by(session, way_back, outcome.batch)
