"""Brings in a log of contacts: who was spoken to, when, how, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.interactions import Channel, Direction, Purpose
from app.formats.code_words import WORDS, code_of
from app.formats.tables import Cell
from app.formats.values import Refused
from app.models.interactions import Interaction
from app.services.transfer.entries import Entry, Key, bring_entries
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import no_progress
from app.services.transfer.outcome import Outcome
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.who_and_when import stored_moment
from app.storage.bulk import BulkRows

_THERE = text("SELECT identity, customer_id, substr(at, 1, 19), channel, direction, summary FROM interactions")
_COLUMNS = (
    *("customer_id", "at", "shop_day", "staff_id", "channel", "direction", "purpose", "reached", "summary"),
    *("noticed", "objection", "reply", "reply_worked", "demonstrated", "quoted", "identity", "version"),
)


def import_interactions(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in a list of contacts, whole or not at all. As `bring_entries` in all else."""
    return bring_entries(session, plan, Contacts, at=at, rehearse=rehearse, progress=progress)


class Contacts:
    """Reads and writes contacts."""

    table = Interaction

    def __init__(self, session: Session, cells: EntryCells, _batch: int) -> None:
        self._cells, connection = cells, session.connection()
        self._rows = BulkRows(connection, Interaction, _COLUMNS)
        self._connection = connection

    def read(self, cells: Sequence[Cell]) -> Entry | None:
        """Raises Refused."""
        read = self._cells
        if read.is_empty(cells):
            return None
        who = read.who(cells)
        if who is None:
            raise Refused("no_customer", "")
        when = read.cell("moment", cells)
        moment = stored_moment(read.moment("moment", cells, "time"), when, read.years)
        channel = read.code("channel", Channel, "channel", cells, Channel.CALL)
        direction = read.code("direction", Direction, "direction", cells, Direction.OUT)
        summary, reached, worked = read.text("note", cells), read.yes("reached", cells), read.yes("reply_worked", cells)
        noticed = code_of("noticed", read.line("noticed", cells))
        values: dict[str, Any] = {
            "at": moment.at,
            "shop_day": moment.day,
            "staff_id": read.staff(cells),
            "channel": channel.value,
            "direction": direction.value,
            "purpose": read.code("purpose", Purpose, "purpose", cells, Purpose.CARE).value,
            "reached": int(reached is not False),
            "summary": summary,
            "noticed": noticed if noticed in WORDS["noticed"] else None,
            "objection": read.text("objection", cells),
            "reply": read.text("reply", cells),
            "reply_worked": None if worked is None else int(worked),
            "demonstrated": read.line("demonstrated", cells),
            "quoted": read.line("quoted", cells),
        }
        return Entry("\x1f".join((*who, moment.at, channel, direction, summary)), who, values)

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """With the same person in the same second, in the same words."""
        return ((identity, tuple(key)) for identity, *key in self._connection.execute(_THERE))

    def key(self, entry: Entry, customer: int | None) -> Key:
        held = entry.values
        return customer, held["at"][:19], held["channel"], held["direction"], held["summary"]

    def add(self, entry: Entry, customer: int | None, identity: str) -> None:
        self._rows.add(customer, *entry.values.values(), identity, 1)

    def renew(self, _entry: Entry, _known: str | Key) -> None:
        """One that is there stays as it is."""

    def written(self) -> Sequence[BulkRows]:
        return (self._rows,)

    def index(self) -> None:
        """A contact is found on the card of whom it was with."""
