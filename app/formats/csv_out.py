"""Write CSV that opens right in a spreadsheet: UTF-8 with BOM, CRLF, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from app.domain.text import clean
from app.formats.tables import Cell

_RUNS = frozenset("=+-@＝＋－＠")
_RUNS_AT_ONCE = frozenset("\t\r\n'")


def guarded(text: str) -> str:
    """A text cell with an apostrophe before what a spreadsheet would run, and before an apostrophe of its own."""
    if text and (text[0] in _RUNS_AT_ONCE or text.lstrip()[:1] in _RUNS):
        return "'" + text
    return text


def cell_text(value: Cell) -> str:
    """A cell as it stands in the file: dates in ISO 8601, numbers plain, texts clean and guarded."""
    if isinstance(value, str):
        return guarded(clean(value))
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return repr(value)


def write_csv(target: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a file and return the number of rows below the headers. OSError passes through."""
    with target.open("w", encoding="utf-8-sig", newline="") as stream:
        return _write(stream, headers, rows)


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same as bytes, for an archive."""
    stream = io.StringIO(newline="")
    _write(stream, headers, rows)
    return stream.getvalue().encode("utf-8-sig")


def _write(stream: io.TextIOBase, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([cell_text(header) for header in headers])
    count = 0
    for row in rows:
        writer.writerow([cell_text(value) for value in row])
        count += 1
    return count
