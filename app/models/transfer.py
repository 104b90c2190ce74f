"""What was brought in from files: one row a batch, so that it can be told and taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Id, JsonText


class ImportBatch(Base):
    __tablename__ = "import_batches"

    id: Mapped[Id]
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    encoding: Mapped[str] = mapped_column(default="")
    mapping: Mapped[Any] = mapped_column(JsonText, default=dict)
    counts: Mapped[Any] = mapped_column(JsonText, default=dict)
    ranges: Mapped[Any] = mapped_column(JsonText, default=dict)
    """Table → first and last id the batch wrote there, and how far the audit trail had come."""
    undone_at: Mapped[datetime | None]


class ImportChange(Base):
    """What a batch changed in a row that was there before, so that taking the batch back can restore it."""

    __tablename__ = "import_changes"

    id: Mapped[Id]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batches.id"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[int]
    change: Mapped[Any] = mapped_column(JsonText)
    """Column → [before, after], as the file stores them."""


class ImportMapping(Base):
    """How a person mapped a file's columns; a file with the same headers is read the same way next time."""

    __tablename__ = "import_mappings"
    __table_args__ = (UniqueConstraint("kind", "headers"),)

    id: Mapped[Id]
    kind: Mapped[str]
    headers: Mapped[str]
    """SHA-256 of the header cells, in their order."""
    mapping: Mapped[Any] = mapped_column(JsonText)
    used_at: Mapped[datetime]
