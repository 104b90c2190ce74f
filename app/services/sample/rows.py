"""Rows on their way into the file: collected by table, written many at a time, parents before children."""

from collections import Counter
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from app.models.every import Base
from app.storage.journal import note_batch

MANY = 50_000
"""Rows held back before they are written."""
_ORDER = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}


class Rows:
    """Collects rows as dictionaries and notes in the audit trail, once for each table, how many there were."""

    def __init__(self) -> None:
        self._waiting: dict[type[Base], list[dict[str, Any]]] = {}
        self._held = 0
        self.counts: Counter[type[Base]] = Counter()

    def add(self, kind: type[Base], /, **row: Any) -> None:
        """Hold a row back; rows of one table must all name the same columns."""
        self._waiting.setdefault(kind, []).append(row)
        self.counts[kind] += 1
        self._held += 1

    @property
    def full(self) -> bool:
        return self._held >= MANY

    def write(self, session: Session) -> None:
        """Write what waits."""
        for kind in sorted(self._waiting, key=lambda kind: _ORDER[kind.__tablename__]):
            table = kind.__table__
            assert isinstance(table, Table)
            session.connection().execute(insert(table), self._waiting[kind])
        self._waiting.clear()
        self._held = 0

    def note(self, session: Session) -> None:
        """Leave one audit row a table."""
        for kind, count in self.counts.items():
            note_batch(session, kind, {"rows": count})
