"""Brings in a list of customers: finds who is known, fills what the file says, makes the rest."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.formats.values import Refused
from app.models.customers import Customer
from app.services.settings import settings
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.card_more import MoreReader
from app.services.transfer.cards import Card, CardReader
from app.services.transfer.columns import Kind
from app.services.transfer.contact_own import OwnReader
from app.services.transfer.contacts import ContactReader, Shrink
from app.services.transfer.intake import (
    Tally,
    index_changed_customers,
    index_new_customers,
    no_progress,
    require_workable,
    rows_of,
    undisturbed,
)
from app.services.transfer.known_by import KnownBy
from app.services.transfer.outcome import Outcome, Rehearsed, Rejection
from app.services.transfer.people_in import People
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch

CHUNK = 1_000


@undisturbed()
def import_customers(
    session: Session,
    plan: Plan,
    *,
    at: datetime,
    rehearse: bool = False,
    progress: Progress = no_progress,
    shrink: Shrink | None = None,
    known_by: KnownBy | str = KnownBy.AUTO,
) -> Outcome:
    """Bring in a list of customers, whole or not at all; every row ends as one of five and keeps its reason.

    A person is found by the number of the old system, else by name and phone together; what the file does not say
    stays; `known_by` says otherwise. `shrink` makes pictures of contact cards small enough to be kept.
    Raises ColumnsMissing, DateOrderUnknown, FileRefused; Rehearsed at the end of a dry run.
    """
    require_workable(plan)
    shop = settings(session)
    batch = open_batch(session, plan, at)
    people, tally = People(session, batch, at, KnownBy(known_by)), Tally()
    more = MoreReader(session, plan, at)
    source = (
        ContactReader(plan, shop.phone_region, OwnReader(session, at), shrink)
        if plan.contacts
        else ListReader(plan, CardReader(plan, ZoneInfo(shop.timezone), shop.phone_region, at, more))
    )
    chunk: list[Card] = []
    for found in source.read(progress):
        if isinstance(found, Rejection):
            tally.rejections.append(found)
        elif found is None:
            tally.skipped += 1
        else:
            chunk.append(found)
        if len(chunk) >= CHUNK:
            people.take(chunk, tally)
            chunk.clear()
    people.take(chunk, tally)
    people.settle(tally)
    outcome = Outcome(
        Kind.CUSTOMERS,
        batch,
        tally.created,
        tally.updated,
        tally.unchanged,
        tally.skipped,
        tuple(sorted(tally.rejections, key=lambda one: one.line)),
        source.warnings | {code: count for code, count in tally.notes.items() if count},
    )
    if rehearse:
        raise Rehearsed(outcome)
    progress(plan.rows, plan.rows)
    index_new_customers(session, range(people.customers.first, people.customers.next))
    index_changed_customers(session, sorted(people.changed))
    progress(plan.rows, plan.rows)
    close_batch(session, outcome, people.written(), (Customer,), undo_batch)
    return outcome


class ListReader:
    """Reads the rows of a plan's file."""

    def __init__(self, plan: Plan, reader: CardReader) -> None:
        self._table, self._total, self._reader = reopened(plan), plan.rows, reader

    @property
    def warnings(self) -> dict[str, int]:
        return {str(oddity): count for oddity, count in self._table.warnings.items()}

    def read(self, progress: Progress) -> Iterator[Card | Rejection | None]:
        """The person of every row, why there is none, or None for a row that says nothing."""
        for row in rows_of(self._table, self._total, progress):
            if row.problem is not None:
                yield Rejection(row.line, str(row.problem))
                continue
            try:
                card = self._reader.read(row.cells)
            except Refused as refusal:
                yield self._reader.blame(row.line, row.cells, refusal)
                continue
            if card is not None:
                card.line = row.line
            yield card
