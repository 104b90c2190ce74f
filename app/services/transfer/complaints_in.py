"""Brings in a log of complaints: what was said, how bad, in which state each case is, and when it got there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.complaints import ComplaintState, Severity, StateChange, last_opened, on_the_spot, reopenings
from app.domain.text import comparison_key
from app.formats.case_history import read_history
from app.formats.code_words import WORDS, code_of
from app.formats.tables import Cell
from app.formats.values import Refused, clean_id, parse_whole
from app.models.complaints import Complaint, ComplaintEvent
from app.services import search
from app.services.complaints.drafts import ANSWERS
from app.services.transfer.entries import Entry, Key, bring_entries
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import no_progress
from app.services.transfer.outcome import Outcome
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.who_and_when import stored_moment, utc_text
from app.storage.bulk import BulkRows, update_rows

_THERE = text("SELECT id, identity, number, shop_day, state, satisfaction, on_the_spot FROM complaints")
_PASSED = text("""
SELECT state, at, takes_back_id IS NOT NULL OR EXISTS (SELECT 1 FROM complaint_events b WHERE b.takes_back_id = e.id)
FROM complaint_events e WHERE complaint_id = :id ORDER BY at, id
""")
_GOODS = text("SELECT id, name, code FROM products ORDER BY id")
_CAUSES = text("SELECT code, name FROM complaint_causes ORDER BY id")
_NUMBER = re.compile(r"(?i)(?:c-)?0*([1-9]\d{0,8})")
_PATHS = {
    ComplaintState.OPEN: (),
    ComplaintState.WAITING: (ComplaintState.WAITING,),
    ComplaintState.RESOLVED: (ComplaintState.RESOLVED,),
    ComplaintState.CLOSED: (ComplaintState.RESOLVED, ComplaintState.CLOSED),
}
"""The states a case has passed through after it was opened."""
_COLUMNS = (
    *("number", "customer_id", "opened_at", "shop_day", "staff_id", "category", "severity", "channel", "words"),
    *("wish", "remedy", "on_the_spot", "state", "satisfaction", "identity", "version"),
    *("product_id", "assignee_id", "root_cause", "prevention"),
)


def import_complaints(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in a list of complaints, whole or not at all. As `bring_entries` in all else."""
    return bring_entries(session, plan, Cases, at=at, rehearse=rehearse, progress=progress)


class Cases:
    """Reads and writes cases with the history their state tells of."""

    table = Complaint

    def __init__(self, session: Session, cells: EntryCells, _batch: int) -> None:
        self._session, self._cells, connection = session, cells, session.connection()
        self._rows = BulkRows(connection, Complaint, _COLUMNS)
        self._events = BulkRows(connection, ComplaintEvent, ("complaint_id", "at", "state", "staff_id", "note"))
        self._there = connection.execute(_THERE).all()
        self._taken = {row.number for row in self._there}
        self._known: dict[str | Key, Any] = {(row.number, row.shop_day): row for row in self._there}
        self._known |= {row.identity: row for row in self._there if row.identity}
        self._goods = _by_word(connection.execute(_GOODS)) if cells.has("goods") else {}
        self._causes = _by_word(connection.execute(_CAUSES)) if cells.has("root_cause") else {}
        self._moved: list[tuple[Any, ...]] = []
        self._last = max(self._taken, default=0)

    def read(self, cells: Sequence[Cell]) -> Entry | None:
        """Raises Refused."""
        read = self._cells
        if read.is_empty(cells):
            return None
        when = read.cell("moment", cells)
        opened = read.moment("moment", cells, "time")
        moment = stored_moment(opened, when, read.years)
        assert opened is not None
        category, words = self._about(cells)
        if not words:
            raise Refused("nothing_said", "")
        state = self._state(cells)
        number, who = clean_id(read.cell("number", cells)), read.who(cells)
        values: dict[str, Any] = {
            "number": number,
            "opened_at": moment.at,
            "shop_day": moment.day,
            "staff_id": read.staff(cells),
            "category": category,
            "severity": read.code("severity", Severity, "severity", cells, Severity.MINOR).value,
            "channel": code_of("channel", read.line("channel", cells)),
            "words": words,
            "wish": read.line("demand", cells),
            "remedy": read.line("resolution", cells),
            "satisfaction": self._answer(cells),
            **self._later(cells),
            **self._steps(cells, opened, state),
        }
        known_by = number or "\x1f".join((*(who or ("", "", "")), moment.at, words))
        return Entry(f"{known_by}\x1f{moment.day}", who, values)

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """A case is the one of its number and its day."""
        return ((row.identity, (row.number, row.shop_day)) for row in self._there)

    def key(self, entry: Entry, customer: int | None) -> Key | None:
        number = _own_number(entry.values["number"])
        return None if number is None else (number, entry.values["shop_day"])

    def add(self, entry: Entry, customer: int | None, identity: str) -> None:
        """The number of the file stays where it is a free one; else it is told in the history of the case."""
        held = dict(entry.values)
        passed, notes, said = held.pop("passed"), held.pop("notes"), held.pop("number")
        spot = _spot(passed, told=held.pop("told"))
        number = _own_number(said)
        note = ""
        if number is None or number in self._taken:
            number, note = self._last + 1, said
        self._taken.add(number)
        self._last = max(self._last, number)
        satisfaction = held.pop("satisfaction")
        later = [held.pop(name) for name in ("product_id", "assignee_id", "root_cause", "prevention")]
        case = self._rows.add(
            number, customer, *held.values(), spot, passed[-1].state.value, satisfaction, identity, 1, *later
        )
        notes[0] = " ".join(filter(None, (note, notes[0])))
        for change, words in zip(passed, notes, strict=True):
            self._events.add(case, utc_text(change.at), change.state.value, held["staff_id"], words)

    def renew(self, entry: Entry, known: str | Key) -> dict[str, Any] | None:
        """A known case goes on to where a later file says it is, by steps with the days of that file.

        It never goes back: what was done in the shop since stands. What the history knows already adds nothing, even
        where the case was opened again afterwards.
        """
        case = self._known[known]
        history = self._history(case.id)
        steps = _steps_ahead(ComplaintState(case.state), history, entry.values["passed"])
        if not steps:
            return None
        answer, state = entry.values["satisfaction"], steps[-1].state
        spot = _spot([*history, *steps], told=entry.values["told"]) or case.on_the_spot
        for step in steps:
            self._events.add(case.id, utc_text(step.at), step.state.value, entry.values["staff_id"], "")
        change: dict[str, Any] = {"id": case.id, "state": [case.state, state.value]}
        if answer is not None and answer != case.satisfaction:
            change["satisfaction"] = [case.satisfaction, answer]
        if spot != case.on_the_spot:
            change["on_the_spot"] = [case.on_the_spot, spot]
        self._moved.append((state.value, case.satisfaction if answer is None else answer, spot, case.id))
        return change

    def _history(self, case: int) -> list[StateChange]:
        """The events of a case that stand, in order."""
        rows = self._session.connection().execute(_PASSED, {"id": case}).all()
        standing = enumerate((at, state) for state, at, gone in rows if not gone)
        return [StateChange(datetime.fromisoformat(at), ComplaintState(state), n) for n, (at, state) in standing]

    def written(self) -> Sequence[BulkRows]:
        return self._rows, self._events

    def index(self) -> None:
        update_rows(self._session.connection(), Complaint, ("state", "satisfaction", "on_the_spot"), self._moved)
        search.index_complaints(self._session, range(self._rows.first, self._rows.next))

    def _about(self, cells: Sequence[Cell]) -> tuple[str, str]:
        """The category, and all that the file says in words; a category without words stands for them."""
        read = self._cells
        kind = read.line("kind", cells)
        heads = [words for name in ("subject", "detail") if (words := read.line(name, cells))]
        parts = [part for part in (" · ".join(heads), read.text("text", cells)) if part]
        return code_of("category", kind) or "other", "\n".join(parts) or kind

    def _later(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """What was found out later. Goods and causes the shop does not know are left out and counted."""
        read = self._cells
        goods, cause = read.line("goods", cells), read.line("root_cause", cells)
        product = self._goods.get(comparison_key(goods))
        code = self._causes.get(comparison_key(cause)) or code_of("cause", cause)
        known = code in WORDS["cause"] or code in self._causes.values()
        read.notes["words_unknown"] += bool(goods and product is None) + bool(cause and not known)
        return {
            "product_id": product,
            "assignee_id": read.person("assignee", cells),
            "root_cause": code if known else "",
            "prevention": read.text("prevention", cells),
        }

    def _state(self, cells: Sequence[Cell]) -> ComplaintState:
        """ "Closed with explanation" is closed; a case with a day of resolving and no state is resolved."""
        read = self._cells
        said = read.line("state", cells)
        first = said.split(" ")[0]
        for words in (said, first):
            if (code := code_of("state", words)) in WORDS["state"]:
                return ComplaintState(code)
        read.notes["words_unknown"] += bool(said)
        return ComplaintState.RESOLVED if read.text("resolved_on", cells) else ComplaintState.OPEN

    def _passed(self, cells: Sequence[Cell], opened: datetime, state: ComplaintState) -> Iterator[StateChange]:
        """When it is not told when a case was resolved, the day it was answered stands for it, else the first day."""
        read = self._cells
        moved = read.moment("resolved_on", cells) or read.moment("answered_on", cells) or opened
        yield StateChange(opened, ComplaintState.OPEN)
        for later in _PATHS[state]:
            yield StateChange(max(moved, opened), later)

    def _steps(self, cells: Sequence[Cell], opened: datetime, state: ComplaintState) -> dict[str, Any]:
        """The whole history where the file tells it and agrees with itself, as our own does; else what can be said."""
        told = read_history(self._cells.text("history", cells), self._cells.zone)
        if told and told[-1][0].state is state and abs(told[0][0].at - opened) < timedelta(seconds=1):
            steps = [step for step, _ in told]
            notes = [note for _, note in told]
            return {"opened_at": utc_text(steps[0].at), "passed": steps, "notes": notes, "told": True}
        steps = list(self._passed(cells, opened, state))
        return {"passed": steps, "notes": [""] * len(steps), "told": False}

    def _answer(self, cells: Sequence[Cell]) -> int | None:
        cell = self._cells.cell("satisfaction", cells)
        answer = parse_whole(cell)
        if answer is not None and answer not in ANSWERS:
            raise Refused("out_of_range", cell)
        return answer


def _steps_ahead(
    state: ComplaintState, history: Sequence[StateChange], passed: Sequence[StateChange]
) -> list[StateChange]:
    """How a case in this state comes to where the file ends; none where that is no further, or known, or out of date.

    A file from before the shop opened the case again knows nothing of that, and does not settle it.
    """
    lanes, last = list(ComplaintState), passed[-1]
    if lanes.index(last.state) <= lanes.index(state):
        return []
    if any(step.state is last.state and step.at >= last.at for step in history):
        return []
    if reopenings(history) and last.at < last_opened(history):
        return []
    beyond = takewhile(lambda step: lanes.index(step.state) > lanes.index(state), reversed(passed))
    newest = max(step.at for step in history)
    return [StateChange(max(step.at, newest), step.state) for step in beyond][::-1]


def _spot(passed: Sequence[StateChange], *, told: bool) -> int:
    """Whether a case was solved on the spot. Where its moment is not `told`, that of the opening stands for it."""
    return int(on_the_spot(passed) and (told or passed[-1].at > passed[0].at))


def _by_word(rows: Iterable[Any]) -> dict[str, Any]:
    """The rows' first column by their words; the first row of a word counts."""
    known: dict[str, Any] = {}
    for key, *words in rows:
        for word in filter(None, words):
            known.setdefault(comparison_key(word), key)
    return known


def _own_number(said: str) -> int | None:
    """The number of a case as this program keeps it: 234, C-0234; None for any other way of counting."""
    found = _NUMBER.fullmatch(said)
    return int(found[1]) if found else None
