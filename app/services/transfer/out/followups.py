"""Writes follow-ups out: a table, or a calendar for a phone."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.formats.code_words import word
from app.formats.header_titles import TITLES, title
from app.formats.tables import Cell
from app.services.settings import settings
from app.services.transfer.out.files import Progress, Written, fitting_ending, unfinished
from app.services.transfer.out.tables import counted, no_progress, portions, write_table

KIND = "followups"
_ROWS = """
SELECT f.id, f.due_on, f.due_at, f.kind, f.purpose, f.text, f.created_at, f.done_at, f.version, w.name AS staff,
       coalesce(c.external_id, '') AS number, coalesce(c.name, '') AS who,
       coalesce((SELECT typed FROM customer_phones WHERE customer_id = c.id ORDER BY id LIMIT 1), '') AS phone
FROM followups f JOIN staff w ON w.id = f.staff_id LEFT JOIN customers c ON c.id = f.customer_id
WHERE f.id > ?1 AND (?2 IS NULL OR f.id IN (SELECT value FROM json_each(?2))) ORDER BY f.id LIMIT ?3
"""
_COUNT = "SELECT count(*) FROM followups WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))"


def export_followups(
    session: Session,
    path: Path,
    ids: Collection[int] | None = None,
    *,
    language: str = "en",
    progress: Progress = no_progress,
    reminds: bool = False,
) -> Written:
    """Write these follow-ups, or all, to a .csv or .xlsx file, or those that are not done to an .ics file.

    In a calendar, all of them are series with their rules and single ones; `ids` are each an event of its own.
    `reminds`: each event with an alarm. As `export_customers` in all else.
    """
    shop, connection = settings(session), session.connection()
    zone = ZoneInfo(shop.timezone)
    if fitting_ending(KIND, path) == ".ics":
        return _calendar(path, connection, ids, zone, language=language, reminds=reminds, progress=progress)
    total = counted(connection, _COUNT, ids)
    rows = portions(connection, _ROWS, ids, total, progress)
    headers = [title(KIND, field, language) for field in TITLES[KIND]]
    cells = (_cells(row, zone, language) for row in rows)
    return write_table(KIND, path, word("kind", KIND, language), headers, cells)


def _cells(row: Any, zone: ZoneInfo, language: str) -> Sequence[Cell]:
    done = datetime.fromisoformat(row.done_at).astimezone(zone).date() if row.done_at else None
    kind, purpose = word("followup", row.kind, language), word("purpose", row.purpose, language)
    who = (row.number, row.who, row.phone)
    return date.fromisoformat(row.due_on), row.due_at or "", *who, kind, purpose, row.text, done, row.staff


def _calendar(path: Path, connection: Connection, ids: Collection[int] | None, zone: ZoneInfo, **how: Any) -> Written:
    from app.formats.ics_out import write_ics
    from app.services.transfer.out.calendar import appointments, count_open

    events = appointments(connection, ids, count_open(connection, ids), **how)
    with unfinished(path) as part:
        return Written(KIND, path, part, write_ics(part, events, zone))
