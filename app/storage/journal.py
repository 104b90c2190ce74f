"""The one hook every write passes: it notes each changed row, leaves the audit trail, and remembers what undo needs.

Rows written through mapped objects are noted one by one; bulk statements are noted as one entry each kind and table; an
import notes its batch. Tables marked `cache` are rebuilt from others and pass unnoticed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, event, inspect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import set_committed_value

from app.models.base import Base
from app.storage.plain_rows import plain_rows, settled


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after: `before` is None for a new row, `after` for one that was deleted."""

    kind: type[Base]
    key: tuple[Any, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class TakenBackBy:
    """The service that takes a write back, with its arguments."""

    service: Callable[..., Any]
    args: tuple[Any, ...] = ()
    named: Mapping[str, Any] = field(default_factory=dict)


class NotReversible(RuntimeError):
    """A write touched a ledger or many rows at once and did not say how it is taken back: a bug."""


LONGEST_BYTES = 64
"""Longer ones (a photo) stand in the trail by their digest."""


@cache
def _depth() -> dict[str, int]:
    """Parents before children, so that undo, which goes backwards, takes the children away first.

    Asked before the first flush of any write: its foreign keys point at tables that only the whole schema knows.
    """
    from app.models import every

    return {table.name: depth for depth, table in enumerate(every.Base.metadata.sorted_tables)}


class Journal:
    """What one transaction has changed so far. Lives in `session.info["journal"]`."""

    def __init__(self, action: str, staff_id: int, at: datetime) -> None:
        self.action, self.staff_id, self.at = action, staff_id, at
        self.rows: list[RowChange] = []
        self.bulk: dict[tuple[str, str], int] = {}
        self.trail: list[dict[str, Any]] = []
        """Audit rows that are still to be written."""
        self.told_as_one = False
        """Whether the rows being written are told of by the one audit row of their batch."""
        self.features: set[str] = set()
        self.customers: set[int] = set()
        self.figures: set[int] = set()
        """Customers of whom a figure is to be worked out anew, though nothing was written about them."""
        self.all_customers = False
        self.taken_back_by: TakenBackBy | None = None
        self.irreversible = False
        self.files: list[str] = []
        """Stored names of files that go with what is forgotten, once it is committed."""
        self.forgets = False
        """Whether the write took somebody out for good: undo steps go, and the file is written anew after it."""

    def note(self, change: RowChange) -> None:
        self.rows.append(change)
        self.features.add(change.kind.feature())
        for image in (change.before, change.after):
            if image is not None:
                owner = image.get("id") if change.kind.__tablename__ == "customers" else image.get("customer_id")
                if owner is not None:
                    self.customers.add(owner)

    def note_bulk(self, kind: type[Base], verb: str, count: int) -> None:
        self.features.add(kind.feature())
        key = (kind.__tablename__, verb)
        self.bulk[key] = self.bulk.get(key, 0) + count

    def require_way_back(self) -> None:
        """Raises NotReversible when undo could not take this back."""
        unsafe = self.bulk or any(_needs_its_own_way(change.kind) for change in self.rows)
        if unsafe and self.taken_back_by is None and not self.irreversible:
            raise NotReversible(self.action)


def _needs_its_own_way(kind: type[Base]) -> bool:
    """Rows of a ledger, unless a plain further row takes one back; a posting has an operation of its own for that."""
    return kind.append_only and (not kind.cancelled_by or "operation_id" in kind.__table__.c)


def journal_of(session: Session) -> Journal:
    journal: Journal = session.info["journal"]
    return journal


def taken_back_by(session: Session, service: Callable[..., Any], *args: Any, **named: Any) -> None:
    """Say how the running write is taken back, where putting the rows back as they were is not the way."""
    journal_of(session).taken_back_by = TakenBackBy(service, args, named)


def not_taken_back(session: Session) -> None:
    """Say that the running write cannot be taken back (an import's undo, a day's opening)."""
    journal_of(session).irreversible = True


def note_batch(session: Session, kind: type[Base], counts: Mapping[str, int]) -> None:
    """Leave one audit row for rows written straight through the connection, as an import does."""
    journal = journal_of(session)
    journal.features.add(kind.feature())
    journal.all_customers = True
    _write(session, journal, [_entry(journal, kind.__tablename__, None, "batch", dict(counts))])


@contextmanager
def told_as_one(session: Session) -> Iterator[None]:
    """Leave no audit row for each row written inside: the batch they belong to has one (`note_batch`)."""
    journal = journal_of(session)
    journal.told_as_one = True
    try:
        yield
        session.flush()
    finally:
        journal.told_as_one = False


def note_rows(session: Session, changes: Sequence[RowChange]) -> None:
    """Note rows that the database itself takes along with the one they are a part of."""
    journal = journal_of(session)
    for change in changes:
        journal.note(change)
    _write(session, journal, [_told(journal, change) for change in changes])


def note_act(session: Session, kind: type[Base], facts: Mapping[str, Any]) -> None:
    """Leave one audit row for an act that changed no row, as an export does."""
    journal = journal_of(session)
    _write(session, journal, [_entry(journal, kind.__tablename__, None, "batch", dict(facts))])


def put(session: Session, *rows: Base) -> None:
    """Write new rows at once and note them, as adding and flushing them would, but without their becoming part of the
    session: what a posting writes is not loaded again by it. What they point at is written already; each has its id.
    """
    for row in rows:
        written = _put(session, type(row), row.__dict__)
        for key in written.keys() - row.__dict__.keys():
            set_committed_value(row, key, written[key])


def post(session: Session, kind: type[Base], /, **values: Any) -> int:
    """The same for one row of which nothing is wanted but its id: no object of the mapper is made for it."""
    number: int = _put(session, kind, values)["id"]
    return number


def _put(session: Session, kind: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    journal, writer = journal_of(session), plain_rows(kind)
    row = writer.whole(values)
    row["id"] = writer.add(session, row)
    change = RowChange(kind, (row["id"],), None, row)
    journal.note(change)
    if not journal.told_as_one:
        journal.trail.append(_told(journal, change))
    return row


class WritingSession(Session):
    """A session whose every write is noted in this journal."""

    def __init__(self, engine: Engine, journal: Journal) -> None:
        _depth()
        super().__init__(engine, expire_on_commit=False)
        self.info["journal"] = journal


def close(session: Session) -> None:
    """Write the audit rows of the bulk statements, just before the commit."""
    journal = journal_of(session)
    entries = [
        _entry(journal, table, None, verb, {"rows": count}) for (table, verb), count in sorted(journal.bulk.items())
    ]
    _write(session, journal, entries)


def _after_flush(session: Session, _context: UOWTransaction) -> None:
    journal = journal_of(session)
    changes = [change for change in _changes(session) if not change.kind.cache]
    for change in changes:
        journal.note(change)
    if not journal.told_as_one:
        _write(session, journal, [_told(journal, change) for change in changes])


def _changes(session: Session) -> list[RowChange]:
    found = [RowChange(type(row), _key(row), None, image(row)) for row in session.new]
    for row in session.dirty:
        before = _before(row)
        if before:
            after = image(row)
            found.append(RowChange(type(row), _key(row), {**after, **before}, after))
    found += [RowChange(type(row), _key(row), {**image(row), **_before(row)}, None) for row in session.deleted]
    depth = _depth()
    return sorted(found, key=lambda change: depth[change.kind.__tablename__])


def image(row: Base) -> dict[str, Any]:
    """What stands in a row, as the file will give it back."""
    state = inspect(row)
    return {attribute.key: settled(state.dict.get(attribute.key)) for attribute in state.mapper.column_attrs}


def _before(row: Base) -> dict[str, Any]:
    state = inspect(row)
    changed = {}
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if history.deleted:
            changed[attribute.key] = settled(history.deleted[0])
        elif history.added and state.persistent and attribute.key in state.committed_state:
            changed[attribute.key] = None
    return changed


def _key(row: Base) -> tuple[Any, ...]:
    return tuple(inspect(row).mapper.primary_key_from_instance(row))


def _verb(change: RowChange) -> str:
    return "insert" if change.before is None else "delete" if change.after is None else "update"


def _difference(change: RowChange) -> dict[str, list[Any]]:
    before, after = change.before or {}, change.after or {}
    if not before:
        return {name: [None, _plain(value)] for name, value in after.items() if value is not None}
    return {
        name: [_plain(before.get(name)), _plain(after.get(name))]
        for name in (after or before)
        if before.get(name) != after.get(name)
    }


_PLAIN = frozenset({int, str, bool, float, type(None)})


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex() if len(value) <= LONGEST_BYTES else f"sha256:{sha256(value).hexdigest()}"
    return value


def _told(journal: Journal, change: RowChange) -> dict[str, Any]:
    row_id = "/".join(map(str, change.key))
    return _entry(journal, change.kind.__tablename__, row_id, _verb(change), _difference(change))


def _entry(journal: Journal, table: str, row_id: str | None, kind: str, change: Any) -> dict[str, Any]:
    return {
        "at": journal.at,
        "staff_id": journal.staff_id,
        "action": journal.action,
        "table_name": table,
        "row_id": row_id,
        "kind": kind,
        "change": change,
    }


def _write(session: Session, journal: Journal, entries: list[dict[str, Any]]) -> None:
    # Here, and not above: a window begins by reading.
    from app.models.audit import AuditEntry

    waiting = [*journal.trail, *entries]
    journal.trail.clear()
    if waiting:
        writer = plain_rows(AuditEntry)
        writer.add_all(session, [writer.whole(entry) for entry in waiting])


def _on_statement(state: ORMExecuteState) -> Any:
    if not (state.is_insert or state.is_update or state.is_delete):
        return None
    mapper = state.bind_mapper
    if mapper is None or mapper.class_.cache:
        return None
    verb = "insert" if state.is_insert else "update" if state.is_update else "delete"
    result = state.invoke_statement()
    journal_of(state.session).note_bulk(mapper.class_, f"bulk {verb}", max(getattr(result, "rowcount", 0), 0))
    journal_of(state.session).all_customers = True
    return result


# The class is listened to, once: to listen to each session would cost a tenth of a sale.
event.listen(WritingSession, "after_flush", _after_flush)
event.listen(WritingSession, "do_orm_execute", _on_statement)
