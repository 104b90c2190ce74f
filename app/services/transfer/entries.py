"""Brings in a log, whatever it is of: contacts, complaints, follow-ups; the same row again adds nothing."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from sqlalchemy.orm import Session

from app.formats.tables import Cell, Row
from app.formats.values import Refused
from app.models.base import Base
from app.models.customers import Customer
from app.models.transfer import ImportChange
from app.services.settings import settings
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import (
    Tally,
    index_changed_customers,
    index_new_customers,
    require_workable,
    rows_of,
    undisturbed,
)
from app.services.transfer.outcome import Outcome, Rehearsed
from app.services.transfer.people import Buyers
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.put_away import PutAway
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch
from app.services.transfer.who_and_when import Buyer, utc_text
from app.services.transfer.whose import Whose
from app.storage.bulk import BulkRows

DIGEST = 16


Key = tuple[Any, ...]


class Entry(NamedTuple):
    """A row of a log. `said`: what makes it the same one when it comes again; `values` are for whoever writes it."""

    said: str
    who: Buyer | None
    values: Any


class Log(Protocol):
    """What an import must know of one kind of log."""

    @property
    def table(self) -> type[Base]: ...

    def read(self, cells: Sequence[Cell]) -> Entry | None:
        """The entry of a row, None where nothing stands in it. Raises Refused."""

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """What the shop holds already: identity, and what makes two entries say the same."""

    def key(self, entry: Entry, customer: int | None) -> Key | None:
        """The same of an entry of the file, None where it is like no other."""

    def add(self, entry: Entry, customer: int | None, identity: str) -> None:
        """Queue a new one."""

    def renew(self, entry: Entry, known: str | Key) -> dict[str, Any] | None:
        """A row the shop knows, by its identity or its key, has come again; what that changes in it, if anything.

        Of each column what stood there and what stands there now, and under "id" which row it is.
        """

    def written(self) -> Sequence[BulkRows]:
        """Parents before their children."""

    def index(self) -> None:
        """Make what is new findable."""


Make = Callable[[Session, EntryCells, int], Log]


@undisturbed()
def bring_entries(
    session: Session, plan: Plan, make: Make, *, at: datetime, rehearse: bool, progress: Progress
) -> Outcome:
    """Bring a log in, whole or not at all. Raises ColumnsMissing, DateOrderUnknown, FileRefused; Rehearsed."""
    require_workable(plan)
    batch = open_batch(session, plan, at)
    intake = _Intake(session, plan, make, batch, at)
    table = reopened(plan)
    for row in rows_of(table, plan.rows, progress):
        intake.take(row)
    intake.settle()
    outcome = intake.outcome({str(oddity): count for oddity, count in table.warnings.items()})
    if rehearse:
        raise Rehearsed(outcome)
    progress(plan.rows, plan.rows)
    intake.index()
    close_batch(session, outcome, intake.written(), (Customer, intake.log.table), undo_batch)
    return outcome


class _Intake:
    """The running import of one log."""

    def __init__(self, session: Session, plan: Plan, make: Make, batch: int, at: datetime) -> None:
        self._session, self._plan, self._batch, self.tally = session, plan, batch, Tally()
        self.cells = EntryCells(session, plan, at)
        self.log = make(session, self.cells, batch)
        self._buyers = Buyers(session, batch, utc_text(at), settings(session).phone_region)
        self._whose = Whose(session, self._buyers)
        self._put_away = PutAway(session, batch)
        there = list(self.log.there())
        self._known = {identity: key for identity, key in there if identity}
        self._alike = Counter(key for _, key in there)
        self._seen: Counter[str] = Counter()
        self._renewed: list[tuple[int, str]] = []

    def take(self, row: Row) -> None:
        """One row, to one of the five ends."""
        if row.problem is not None:
            self.tally.refuse(row)
            return
        try:
            entry = self.log.read(row.cells)
            if entry is None:
                self.tally.skipped += 1
                return
            self._enter(entry)
        except Refused as refusal:
            self.tally.rejections.append(self.cells.blame(row.line, row.cells, refusal))
        if any(rows.is_full for rows in self.log.written()):
            self._flush()

    def settle(self) -> None:
        self._flush()
        changes = BulkRows(self._session.connection(), ImportChange, ("batch_id", "table_name", "row_id", "change"))
        self._put_away.show(changes)
        for number, change in self._renewed:
            changes.add(self._batch, self.log.table.__tablename__, number, change)
        changes.flush()

    def index(self) -> None:
        customers = self._buyers.customers
        index_new_customers(self._session, range(customers.first, customers.next))
        index_changed_customers(self._session, sorted(self._put_away.met))
        self.log.index()

    def written(self) -> Iterator[BulkRows]:
        yield from self._buyers.written()
        yield from self.log.written()

    def outcome(self, warnings: dict[str, int]) -> Outcome:
        """What came of it."""
        tally, made = self.tally, len(self._buyers.customers)
        told = warnings | {code: count for code, count in self.cells.notes.items() if count}
        if made:
            told["customers_made"] = made
        ends = (tally.created, tally.updated, tally.unchanged, tally.skipped, tuple(tally.rejections))
        return Outcome(self._plan.kind, self._batch, *ends, told)

    def _enter(self, entry: Entry) -> None:
        """Equal rows of one file are told apart by their ordinal, so that they stay, and are known again.

        A row that no file has brought, and says what the shop says already, is one of its own come back.
        """
        ordinal = self._seen[entry.said]
        said = f"{entry.said}\x1f{ordinal}".encode("utf-8", "surrogatepass")
        identity = blake2b(said, digest_size=DIGEST).hexdigest()
        known = self._known.get(identity)
        if known is not None:
            self._seen[entry.said] += 1
            self._alike[known] -= 1
            self._come_again(entry, identity)
            return
        customer = None if entry.who is None else self._whose.id_of(entry.who)
        self._seen[entry.said] += 1
        if customer is not None:
            self._put_away.meet(customer)
        key = self.log.key(entry, customer)
        if key is not None and self._alike[key] > 0:
            self._alike[key] -= 1
            self._come_again(entry, key)
            return
        self.log.add(entry, customer, identity)
        self.tally.created += 1

    def _come_again(self, entry: Entry, known: str | Key) -> None:
        change = self.log.renew(entry, known)
        if change is None:
            self.tally.unchanged += 1
            return
        self.tally.updated += 1
        self._renewed.append((change.pop("id"), json.dumps(change)))

    def _flush(self) -> None:
        for rows in self.written():
            rows.flush()
