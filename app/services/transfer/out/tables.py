"""Writes rows into the kind of table its name asks for, a portion at a time, however many there are."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app.formats.csv_out import write_csv
from app.formats.tables import Cell
from app.services.transfer.out.files import Progress, Written, fitting_ending, unfinished

AT_ONCE = 1_000
"""Rows read in one go: so many are held in memory, not a hundred thousand."""


def no_progress(_done: int, _total: int = 0) -> None:
    """For whoever does not wait."""


def write_table(kind: str, path: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Written:
    """Write a CSV file or a spreadsheet. Raises EndingUnfit, FileUnwritable, DiskFull, DiskTrouble."""
    ending = fitting_ending(kind, path)
    with unfinished(path) as part:
        if ending == ".csv":
            return Written(kind, path, part, write_csv(part, headers, rows))
        from app.formats.xlsx_out import write_xlsx

        done = write_xlsx(part, title, headers, rows)
        return Written(kind, path, part, done.rows, done.shortened)


def portions(
    connection: Connection, statement: str, ids: Collection[int] | None, total: int, progress: Progress
) -> Iterator[Any]:
    """The rows of a statement, read portion by portion by their id.

    `statement` begins after the id bound first, chooses among the JSON list bound second (null: all), and stops after
    the number bound third.
    """
    chosen = None if ids is None else json.dumps(sorted(ids))
    last = done = 0
    progress(0, total)
    while rows := connection.exec_driver_sql(statement, (last, chosen, AT_ONCE)).all():
        yield from rows
        last, done = rows[-1][0], done + len(rows)
        progress(done, max(total, done))


def counted(connection: Connection, statement: str, ids: Collection[int] | None) -> int:
    """How many rows there will be, for the bar."""
    chosen = None if ids is None else json.dumps(sorted(ids))
    return int(connection.exec_driver_sql(statement, (chosen,)).scalar_one())
