"""Brings in follow-ups: what is to be done for whom and when, from a table or a calendar."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.followups import PURPOSE_OF, FollowUpKind, FollowUpPurpose
from app.formats.code_words import code_of
from app.formats.dates import parse_moment, parse_time
from app.formats.tables import Cell
from app.formats.values import Refused, parse_yes_no
from app.models.followups import FollowUp
from app.services.transfer.entries import Entry, Key, bring_entries
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import no_progress
from app.services.transfer.outcome import Outcome
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.repeating_in import Repeating, Task
from app.services.transfer.who_and_when import NOON, utc_text
from app.storage.bulk import BulkRows

_THERE = text(
    "SELECT id, created_at, identity, series_id, occurs_on, customer_id, due_on, coalesce(due_at, ''), kind, text "
    "FROM followups"
)
_UID = re.compile(r"followup-(\d+-\d{8}T\d{6})@regulars")
_COLUMNS = (
    *("customer_id", "due_on", "due_at", "kind", "purpose", "text", "staff_id", "created_at", "done_at", "done_by"),
    *("uid", "identity", "series_id", "occurs_on", "version"),
)


def import_followups(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in follow-ups, whole or not at all. As `bring_entries` in all else.

    What comes again and again becomes a series, with what its calendar says differs from the rule; one that is over
    comes once, on its last day.
    """
    return bring_entries(session, plan, Tasks, at=at, rehearse=rehearse, progress=progress)


class Tasks:
    """Reads and writes follow-ups."""

    table = FollowUp

    def __init__(self, session: Session, cells: EntryCells, _batch: int) -> None:
        self._cells, connection = cells, session.connection()
        self._rows = BulkRows(connection, FollowUp, _COLUMNS)
        self._repeating = Repeating(connection, cells, self._rows)
        self._there: list[tuple[str | None, Key]] = []
        self._ours: dict[str, Key] = {}
        for number, made, identity, series, occurs_on, *said in connection.execute(_THERE):
            self._there.append((identity, tuple(said)))
            self._ours[f"{number}-{datetime.fromisoformat(made):%Y%m%dT%H%M%S}"] = tuple(said)
            if series is not None:
                self._there.append((None, ("day", series, occurs_on)))

    def read(self, cells: Sequence[Cell]) -> Entry | None:
        """Raises Refused."""
        read = self._cells
        if read.is_empty(cells):
            return None
        uid = read.line("uid", cells)
        if code_of("done", read.line("state", cells)) == "off":
            self._repeating.call_off(cells, uid)
            return None
        who = read.who(cells)
        kind = read.code("followup", FollowUpKind, "kind", cells, FollowUpKind.OTHER)
        words = "\n".join(part for name in ("subject", "note") if (part := read.text(name, cells)))
        if who is None and not words:
            raise Refused("nothing_to_do", "")
        first, hour = self._due(cells)
        due, coming = self._repeating.read(cells, uid, first)
        done, staff = self._done(due, cells), read.staff(cells)
        coming = None if done else coming
        values: dict[str, Any] = {
            "due_on": due.isoformat(),
            "due_at": None if hour is None else hour.isoformat(timespec="minutes"),
            "kind": kind.value,
            "purpose": read.code("purpose", FollowUpPurpose, "purpose", cells, PURPOSE_OF[kind]).value,
            "text": words,
            "staff_id": staff,
            "created_at": utc_text(read.at),
            "done_at": done,
            "done_by": staff if done else None,
            "uid": uid or None,
        }
        told = (*(who or ("", "", "")), first.isoformat(), str(hour or ""), kind, words)
        day = f"\x1f{coming.day_of_series}" if coming and coming.day_of_series else ""
        return Entry(f"uid\x1f{uid}{day}" if uid else "\x1f".join(told), who, Task(values, coming))

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """For the same person on the same day at the same hour, in the same words."""
        return [*self._there, *self._repeating.there()]

    def key(self, entry: Entry, customer: int | None) -> Key | None:
        """One this program has written into a calendar is known by its UID, whenever it is due by now."""
        task: Task = entry.values
        held, uid = task.values, task.values["uid"] or ""
        own = _UID.fullmatch(uid)
        if own and own[1] in self._ours:
            return self._ours[own[1]]
        if task.coming is not None and (task.coming.repeat is not None or self._repeating.key(uid, task.coming)):
            return self._repeating.key(uid, task.coming)
        return (customer, held["due_on"], held["due_at"] or "", held["kind"], held["text"])

    def add(self, entry: Entry, customer: int | None, identity: str) -> None:
        task: Task = entry.values
        if task.coming is None:
            self._rows.add(customer, *task.values.values(), identity, None, None, 1)
        else:
            self._repeating.take(task, customer, identity)

    def renew(self, _entry: Entry, _known: str | Key) -> None:
        """One that is there stays as it is."""

    def written(self) -> Sequence[BulkRows]:
        return (*self._repeating.written(), self._rows)

    def index(self) -> None:
        """A follow-up is found by its day and on the card of whom it is for; the days of series are written now, when
        everything that differs from their rules is known."""
        self._repeating.write()

    def _due(self, cells: Sequence[Cell]) -> tuple[date, time | None]:
        read = self._cells
        cell = read.cell("due_on", cells)
        local = read.moment("due_on", cells)
        if local is None:
            raise Refused("no_date", cell)
        hour = parse_time(read.cell("due_at", cells))
        if hour is None and isinstance(parse_moment(cell, read.order), datetime):
            hour = local.time().replace(second=0, microsecond=0)
        return local.date(), hour

    def _done(self, due: date, cells: Sequence[Cell]) -> str | None:
        """When it was done; where only "done" stands there, the day it was due, and never later than now."""
        read = self._cells
        moment = read.moment("done_on", cells)
        if moment is None:
            said = code_of("done", read.line("state", cells))
            if not said or not parse_yes_no(said):
                return None
            moment = datetime.combine(due, NOON, tzinfo=read.zone)
        return utc_text(min(moment, read.at))
