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
from app.formats.recurrence import next_date
from app.formats.tables import Cell
from app.formats.values import Refused, parse_yes_no
from app.models.followups import FollowUp
from app.services.transfer.entries import Entry, Key, bring_entries
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import no_progress
from app.services.transfer.outcome import Outcome
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.who_and_when import NOON, utc_text
from app.storage.bulk import BulkRows

_THERE = text("SELECT id, created_at, identity, customer_id, due_on, coalesce(due_at, ''), kind, text FROM followups")
_UID = re.compile(r"followup-(\d+-\d{8}T\d{6})@regulars")
_COLUMNS = (
    *("customer_id", "due_on", "due_at", "kind", "purpose", "text", "staff_id", "created_at", "done_at", "done_by"),
    *("identity", "version"),
)


def import_followups(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in follow-ups, whole or not at all. As `bring_entries` in all else.

    What comes again and again is brought in once, on its next day: a follow-up of this program has one day.
    """
    return bring_entries(session, plan, Tasks, at=at, rehearse=rehearse, progress=progress)


class Tasks:
    """Reads and writes follow-ups."""

    table = FollowUp

    def __init__(self, session: Session, cells: EntryCells, _batch: int) -> None:
        self._cells, connection = cells, session.connection()
        self._rows = BulkRows(connection, FollowUp, _COLUMNS)
        self._there: list[tuple[str | None, Key]] = []
        self._ours: dict[str, Key] = {}
        for number, made, identity, *said in connection.execute(_THERE):
            self._there.append((identity, tuple(said)))
            self._ours[f"{number}-{datetime.fromisoformat(made):%Y%m%dT%H%M%S}"] = tuple(said)

    def read(self, cells: Sequence[Cell]) -> Entry | None:
        """Raises Refused."""
        read = self._cells
        if read.is_empty(cells) or code_of("done", read.line("state", cells)) == "off":
            return None
        who, uid = read.who(cells), read.line("uid", cells)
        kind = read.code("followup", FollowUpKind, "kind", cells, FollowUpKind.OTHER)
        words = "\n".join(part for name in ("subject", "note") if (part := read.text(name, cells)))
        if who is None and not words:
            raise Refused("nothing_to_do", "")
        first, hour = self._due(cells)
        due = self._next(first, cells)
        done = self._done(due, cells)
        staff = read.staff(cells)
        values: dict[str, Any] = {
            "due_on": due.isoformat(),
            "due_at": None if hour is None else hour.isoformat(),
            "kind": kind.value,
            "purpose": read.code("purpose", FollowUpPurpose, "purpose", cells, PURPOSE_OF[kind]).value,
            "text": words,
            "staff_id": staff,
            "created_at": utc_text(read.at),
            "done_at": done,
            "done_by": staff if done else None,
            "uid": uid,
        }
        told = (*(who or ("", "", "")), first.isoformat(), str(hour or ""), kind, words)
        return Entry(f"uid\x1f{uid}" if uid else "\x1f".join(told), who, values)

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """For the same person on the same day at the same hour, in the same words."""
        return self._there

    def key(self, entry: Entry, customer: int | None) -> Key:
        """One this program has written into a calendar is known by its UID, whenever it is due by now."""
        held, own = entry.values, _UID.fullmatch(entry.values["uid"])
        ours = self._ours.get(own[1]) if own else None
        return ours or (customer, held["due_on"], held["due_at"] or "", held["kind"], held["text"])

    def add(self, entry: Entry, customer: int | None, identity: str) -> None:
        values = dict(entry.values)
        del values["uid"]
        self._rows.add(customer, *values.values(), identity, 1)

    def written(self) -> Sequence[BulkRows]:
        return (self._rows,)

    def index(self) -> None:
        """A follow-up is found by its day and on the card of whom it is for."""

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

    def _next(self, first: date, cells: Sequence[Cell]) -> date:
        read = self._cells
        rule = read.line("recurrence", cells)
        if not rule:
            return first
        read.notes["repeats_once"] += 1
        return next_date(rule, first, read.at.astimezone(read.zone).date())

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
