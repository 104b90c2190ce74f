"""Brings in what comes again and again: a series for a rule, a row for each day, and what differs from the rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.recurrence import Repeat, RuleUnmovable, RuleUnreadable, days_of, read_rule, written_days
from app.domain.recurrence_moved import moved
from app.formats.ics_counted import SAID, Counted, read_counted
from app.formats.ics_repeat import Moment, Repeated, read_repeated
from app.formats.tables import Cell
from app.models.followup_series import FollowUpGap, FollowUpSeries
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.who_and_when import utc_text
from app.storage.bulk import BulkRows

_THERE = text("SELECT id, created_at, identity, uid FROM followup_series")
_GAPS = text("SELECT series_id, occurs_on FROM followup_gaps")
_OURS = "@regulars"
_COLUMNS = (
    *(
        "rule",
        "after_done_days",
        "first_on",
        "since",
        "until_on",
        "times",
        "customer_id",
        "due_at",
        "kind",
        "purpose",
        "text",
        "staff_id",
    ),
    *("created_at", "uid", "identity", "version"),
)
_LOOKED_THROUGH = timedelta(days=366 * 60)
"""Days looked through for the last of a rule that is over."""
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """What a row says of how it comes again, in days of the shop: a rule, or the day of one it stands for."""

    repeat: Repeat | None
    first: date
    since: date
    without: frozenset[date] = frozenset()
    besides: frozenset[date] = frozenset()
    done: tuple[tuple[date, datetime], ...] = ()
    day_of_series: date | None = None
    counted: Counted | None = None
    """The series it belongs to, which counts from what was done."""


class Task(NamedTuple):
    """A follow-up of a file: its columns, and how it comes again."""

    values: dict[str, Any]
    coming: Coming | None


class _Made(NamedTuple):
    series: int
    task: Task
    customer: int | None


class Repeating:
    """Gathers the rules and the exceptions of a file, in whatever order they stand, and writes them at its end."""

    def __init__(self, connection: Connection, cells: EntryCells, rows: BulkRows) -> None:
        self._cells, self._rows = cells, rows
        self._today = cells.at.astimezone(cells.zone).date()
        self._series = BulkRows(connection, FollowUpSeries, _COLUMNS)
        self._gaps = BulkRows(connection, FollowUpGap, ("series_id", "occurs_on"))
        self._there: list[tuple[str | None, Key]] = []
        self._known: dict[str, int] = {}
        for number, made, identity, uid in connection.execute(_THERE):
            self._there.append((identity, ("series", number)))
            self._known[f"series-{number}-{datetime.fromisoformat(made):%Y%m%dT%H%M%S}{_OURS}"] = number
            if uid:
                self._known[uid] = number
        self._there += [(None, ("day", series, day)) for series, day in connection.execute(_GAPS)]
        self._made: dict[str, _Made] = {}
        self._apart: list[tuple[Task, int | None, str]] = []
        self._called_off: dict[str, set[date]] = {}

    def there(self) -> Iterable[tuple[str | None, Key]]:
        """The series of the shop, and the days taken out of them."""
        return self._there

    def read(self, cells: Sequence[Cell], uid: str, due: date) -> tuple[date, Coming | None]:
        """The day a row is due, and how it comes again; of a rule that is over its last day, and nothing more."""
        said = self._said(cells)
        if said.counted:
            return due, self._counted(said.counted, due)
        if said.instead_of is not None:
            return due, Coming(None, due, due, day_of_series=self._day(said.instead_of))
        if not said.rule:
            return due, None
        try:
            return self._ruled(said, self._begins(cells, due), uid, due)
        except (RuleUnreadable, RuleUnmovable):
            self._cells.notes["repeats_unread"] += 1
            return due, None

    def call_off(self, cells: Sequence[Cell], uid: str) -> None:
        """A day of a rule that was called off is taken out of it."""
        day = self._said(cells).instead_of
        if day is not None and uid:
            self._called_off.setdefault(uid, set()).add(self._day(day))

    def key(self, uid: str, coming: Coming) -> Key | None:
        """A series of the shop, or a day of one, is known by what its calendar calls it."""
        series = self._known.get(coming.counted.uid if coming.counted else uid)
        if series is None:
            return None
        if coming.day_of_series is not None:
            return ("day", series, coming.day_of_series.isoformat())
        return ("series", series)

    def take(self, task: Task, customer: int | None, identity: str) -> None:
        """Keep a rule, or what stands for a day of one, until the file is read."""
        coming, values = task.coming, task.values
        assert coming is not None
        if coming.repeat is None:
            self._apart.append((task, customer, identity))
            return
        repeat = coming.repeat
        until = repeat.until.isoformat() if repeat.until else None
        ruled = (repeat.rule, None, coming.first.isoformat(), coming.since.isoformat(), until, repeat.times)
        said = [values[name] for name in ("due_at", "kind", "purpose", "text", "staff_id", "created_at", "uid")]
        number = self._series.add(*ruled, customer, *said, identity, 1)
        self._made[values["uid"] or f"#{number}"] = _Made(number, task, customer)

    def written(self) -> Sequence[BulkRows]:
        """Series before their days."""
        return (self._series, self._gaps)

    def write(self) -> None:
        """The days of each series, and those that stand for one of them."""
        instead: dict[tuple[int, date], tuple[Task, int | None, str]] = {}
        for task, customer, identity in self._apart:
            day = task.coming.day_of_series if task.coming else None
            if task.coming and task.coming.counted:
                self._add_counted(task, task.coming.counted, customer, identity)
                continue
            uid = task.values["uid"] or ""
            made = self._made.get(uid)
            series = made.series if made else self._known.get(uid)
            if series is None or day is None or (series, day) in instead:
                self._rows.add(customer, *task.values.values(), identity, None, None, 1)
            elif made is None:
                self._rows.add(customer, *task.values.values(), identity, series, day.isoformat(), 1)
            else:
                instead[series, day] = (task, customer, identity)
        for uid, made in self._made.items():
            self._write_series(made, self._called_off.get(uid, set()), instead)
        for rows in (*self.written(), self._rows):
            rows.flush()

    def _add_counted(self, task: Task, counted: Counted, customer: int | None, identity: str) -> None:
        """With the first of its events comes the series: how it counts, and what of it was done or taken out."""
        values = task.values
        if counted.uid not in self._known:
            until = counted.until.isoformat() if counted.until else None
            how = (None, counted.after_done, counted.first.isoformat(), counted.since.isoformat(), until, counted.times)
            said = [counted.said.get(name) for name in SAID]
            made = (values["staff_id"], values["created_at"], counted.uid, None, 1)
            number = self._known[counted.uid] = self._series.add(*how, customer, *said, *made)
            for one in counted.done:
                at = {"due_on": one.due.isoformat(), "done_at": utc_text(one.at), "done_by": values["staff_id"]}
                done = {**values, **counted.said, **one.said, **at, "uid": None}
                self._rows.add(customer, *done.values(), None, number, one.on.isoformat(), 1)
            for day in counted.gaps:
                self._gaps.add(number, day.isoformat())
        series = self._known[counted.uid]
        self._rows.add(customer, *values.values(), identity, series, counted.on.isoformat(), 1)

    def _write_series(
        self, made: _Made, called_off: set[date], instead: dict[tuple[int, date], tuple[Task, int | None, str]]
    ) -> None:
        coming = made.task.coming
        assert coming is not None and coming.repeat is not None
        own = {day for series, day in instead if series == made.series}
        gone, done = (coming.without | called_off) - own, dict(coming.done)
        ruled = written_days(coming.repeat, coming.first, coming.since, self._today)
        besides = {day for day in coming.besides if day >= coming.since}
        for day in sorted({*ruled, *besides, *done, *own} - gone):
            task, customer, identity = instead.get((made.series, day), (None, made.customer, None))
            values = dict(task.values) if task else {**made.task.values, "uid": None, "due_on": day.isoformat()}
            if day in done:
                values |= {"done_at": utc_text(done[day]), "done_by": values["staff_id"]}
            self._rows.add(customer, *values.values(), identity, made.series, day.isoformat(), 1)
        for day in sorted(gone):
            self._gaps.add(made.series, day.isoformat())

    # what a row says

    def _said(self, cells: Sequence[Cell]) -> Repeated:
        try:
            return read_repeated(self._cells.text("recurrence", cells))
        except ValueError:
            self._cells.notes["repeats_unread"] += 1
            return Repeated()

    def _counted(self, words: str, due: date) -> Coming | None:
        """Raises nothing: what cannot be read comes once."""
        try:
            counted = read_counted(words)
            for said in (counted.said, *(one.said for one in counted.done)):
                FollowUpKind(str(said.get("kind") or counted.said["kind"]))
                FollowUpPurpose(str(said.get("purpose") or counted.said["purpose"]))
        except ValueError:
            self._cells.notes["repeats_unread"] += 1
            return None
        return Coming(None, due, due, day_of_series=counted.on, counted=counted)

    def _begins(self, cells: Sequence[Cell], due: date) -> datetime | date:
        """By the clock of its own calendar, which is what the rule counts by."""
        cell = self._cells.cell("due_on", cells)
        return cell if isinstance(cell, date) else due

    def _ruled(self, said: Repeated, start: datetime | date, uid: str, due: date) -> tuple[date, Coming | None]:
        repeat = read_rule(said.rule, start)
        there = start.date() if isinstance(start, datetime) else start
        if there != due:  # in another part of the world it is another day
            until = repeat.until + (due - there) if repeat.until else None
            repeat = replace(repeat, rule=moved(repeat.rule, there, there, due), until=until)
        ours = bool(said.done or said.since) or uid.endswith(_OURS)
        besides = {self._day(day) for day in said.besides}
        if due not in days_of(repeat, due, due):
            besides.add(due)
        without = frozenset(self._day(day) for day in said.without)
        if not ours and not self._to_come(repeat, due, besides, without):
            self._cells.notes["repeats_over"] += 1
            return max({due, *days_of(repeat, due, self._today)} - without, default=due), None
        since = said.since or (due if ours else max(due, self._today))
        done = tuple(sorted(said.done.items()))
        return due, Coming(repeat, due, since, without, frozenset(besides), done)

    def _to_come(self, repeat: Repeat, first: date, besides: set[date], without: frozenset[date]) -> bool:
        """Whether any day of it is today or later."""
        later: Iterator[date] = (day for day in besides if day >= self._today and day not in without)
        if next(later, None) is not None:
            return True
        ruled = days_of(repeat, first, max(first, self._today) + _LOOKED_THROUGH)
        return next((day for day in ruled if day >= self._today and day not in without), None) is not None

    def _day(self, moment: Moment) -> date:
        """The shop's day of a moment of another calendar."""
        if not isinstance(moment, datetime):
            return moment
        return moment.astimezone(self._cells.zone).date() if moment.tzinfo else moment.date()
