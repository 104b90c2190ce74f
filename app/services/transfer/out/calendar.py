"""Follow-ups as events of a calendar: single ones, and series with what differs from their rule.

What counts from the day it was done is no rule: each that is to do is a single event, which tells its series besides.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection

from app.domain.recurrence import Repeat, days_of
from app.formats.code_words import word
from app.formats.ics_counted import SAID as WORDS
from app.formats.ics_counted import Counted, DoneDay
from app.formats.ics_out import Appointment
from app.formats.ics_repeat import done_text
from app.services.transfer.out.files import Progress
from app.services.transfer.out.tables import portions

SAID = (*WORDS, "number")
"""What makes a follow-up of a series say something else than the series does."""
_WHO = """
       coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone
"""
_ROWS = """
SELECT f.id, f.due_on, f.due_at, f.kind, f.purpose, f.text, f.created_at, f.done_at, f.version, f.uid, f.series_id,
       f.occurs_on, f.customer_id, f.series_id IN (SELECT id FROM followup_series WHERE rule IS NULL) AS counted, {who}
FROM followups f LEFT JOIN customers c ON c.id = f.customer_id
WHERE {which}
""".replace("{who}", _WHO)
_OPEN = _ROWS.replace(
    "{which}",
    """f.id > ?1 AND f.done_at IS NULL AND (?2 IS NULL OR f.id IN (SELECT value FROM json_each(?2)))
  AND (?2 IS NOT NULL OR f.series_id IS NULL OR f.series_id IN (SELECT id FROM followup_series WHERE rule IS NULL))
ORDER BY f.id LIMIT ?3""",
)
_OF_SERIES = _ROWS.replace("{which}", "f.series_id = ? ORDER BY f.occurs_on")
_COUNTED = """
SELECT id, after_done_days, first_on, since, until_on, times, due_at, kind, purpose, text, created_at, uid, customer_id
FROM followup_series WHERE id = ?
"""
_SERIES = """
SELECT s.id, s.rule, s.first_on, s.since, s.until_on, s.times, s.due_at, s.kind, s.purpose, s.text, s.created_at,
       s.version, s.uid, {who}
FROM followup_series s LEFT JOIN customers c ON c.id = s.customer_id
WHERE s.rule IS NOT NULL AND EXISTS (SELECT 1 FROM followups WHERE series_id = s.id AND done_at IS NULL)
ORDER BY s.id
""".replace("{who}", _WHO)
_COUNT = (
    "SELECT count(*) FROM followups WHERE done_at IS NULL AND (?1 IS NULL OR id IN (SELECT value FROM json_each(?1)))"
)
_GAPS = "SELECT occurs_on FROM followup_gaps WHERE series_id = ? ORDER BY occurs_on"


def appointments(
    connection: Connection,
    ids: Collection[int] | None,
    total: int,
    language: str,
    *,
    reminds: bool,
    progress: Progress,
) -> Iterator[Appointment]:
    """The events of all follow-ups that are to do; chosen ones are each an event of its own, of a series or not."""
    if ids is None:
        for series in connection.exec_driver_sql(_SERIES).all():
            for one in _of_series(connection, series, language):
                yield replace(one, reminds=reminds)
    for row in portions(connection, _OPEN, ids, total, progress):
        event = _event(row, _uid("followup", row), language)
        if row.counted and ids is None:
            event = replace(event, own={**event.own, "series": _counted(connection, row)})
        yield replace(event, reminds=reminds)


def _of_series(connection: Connection, series: Any, language: str) -> Iterator[Appointment]:
    """The rule, then each follow-up that was moved, reworded or brought in besides."""
    rows = connection.exec_driver_sql(_OF_SERIES, (series.id,)).all()
    repeat = Repeat(series.rule, until=_day(series.until_on), times=series.times)
    first, at = date.fromisoformat(series.first_on), _hour(series.due_at)
    known = {date.fromisoformat(row.occurs_on) for row in rows}
    ruled = set(days_of(repeat, first, max(known)))
    done = {date.fromisoformat(row.occurs_on): row.done_at for row in rows if row.done_at}
    uid = _uid("series", series)
    own = {
        "done": done_text({day: datetime.fromisoformat(moment) for day, moment in done.items()}),
        "since": series.since if series.since != series.first_on else "",
    }
    master = _event(series, uid, language)
    yield replace(
        master,
        repeat=repeat,
        without=_gaps(connection, series.id),
        besides=sorted(known - ruled),
        own={**master.own, **own},
    )
    for row in rows:
        if row.due_on != row.occurs_on or any(getattr(row, name) != getattr(series, name) for name in SAID):
            yield replace(_event(row, uid, language), instead_of=(date.fromisoformat(row.occurs_on), at))


def _counted(connection: Connection, row: Any) -> str:
    """The whole of a series that counts from what was done; nothing where this one is for somebody else."""
    series = connection.exec_driver_sql(_COUNTED, (row.series_id,)).one()
    if series.customer_id != row.customer_id:
        return ""
    rows = connection.exec_driver_sql(_OF_SERIES, (series.id,)).all()
    counted = Counted(
        uid=_uid("series", series),
        on=date.fromisoformat(row.occurs_on),
        after_done=series.after_done_days,
        until=_day(series.until_on),
        times=series.times,
        first=date.fromisoformat(series.first_on),
        since=date.fromisoformat(series.since),
        said={name: getattr(series, name) for name in WORDS},
        gaps=tuple(_gaps(connection, series.id)),
        done=tuple(_done(one, series) for one in rows if one.done_at),
    )
    return counted.text()


def _done(row: Any, series: Any) -> DoneDay:
    other = {name: getattr(row, name) for name in WORDS if getattr(row, name) != getattr(series, name)}
    on, due = date.fromisoformat(row.occurs_on), date.fromisoformat(row.due_on)
    return DoneDay(on, due, datetime.fromisoformat(row.done_at), other)


def _gaps(connection: Connection, series_id: int) -> list[date]:
    return [date.fromisoformat(day) for (day,) in connection.exec_driver_sql(_GAPS, (series_id,))]


def _event(row: Any, uid: str, language: str) -> Appointment:
    """A follow-up by its own day, or a series by its first."""
    kind = word("followup", row.kind, language)
    day = row.due_on if hasattr(row, "due_on") else row.first_on
    return Appointment(
        uid=uid,
        on=date.fromisoformat(day),
        at=_hour(row.due_at),
        title=f"{kind}: {row.who}" if row.who else row.text or kind,
        text="\n".join(filter(None, (row.text, row.phone))),
        category=kind,
        stamp=datetime.fromisoformat(row.created_at),
        sequence=row.version - 1,
        own={
            "customer_id": row.number,
            "customer_name": row.who,
            "phone": row.phone,
            "kind": row.kind,
            "purpose": row.purpose,
            "text": row.text,
        },
    )


def _uid(kind: str, row: Any) -> str:
    """Of one that another calendar brought, what it is called there: so that it is known again."""
    made = f"{kind}-{row.id}-{datetime.fromisoformat(row.created_at):%Y%m%dT%H%M%S}@regulars"
    of_a_rule = getattr(row, "series_id", None) is not None and not row.counted
    return made if row.uid is None or of_a_rule else str(row.uid)


def _hour(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def count_open(connection: Connection, ids: Collection[int] | None) -> int:
    """How many rows will be looked at, for the bar."""
    chosen = None if ids is None else json.dumps(sorted(ids))
    return int(connection.exec_driver_sql(_COUNT, (chosen,)).scalar_one())
