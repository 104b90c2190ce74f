"""The trail of who changed what: written by the one hook in `app.storage.journal`, read by the owner."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, JsonText


class AuditEntry(Base):
    """One row changed by one act, or one bulk statement (`row_id` absent). Never changed, never deleted."""

    __tablename__ = "audit_entries"
    __table_args__ = (Index("ix_audit_entries_row", "table_name", "row_id"),)
    append_only = True

    id: Mapped[Id]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    action: Mapped[str]
    """The service that acted, as `feature.verb`."""
    table_name: Mapped[str]
    row_id: Mapped[str | None]
    kind: Mapped[str]
    """insert, update, delete or batch."""
    change: Mapped[Any] = mapped_column(JsonText)
    """Column → [before, after]; for a batch what it counted."""
