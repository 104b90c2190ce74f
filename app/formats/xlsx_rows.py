"""The rows of one sheet as plain values, straight from the parts of the file, whatever the file says of its size."""

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from app.domain.text import clean_counted
from app.formats.tables import Cell, FileRefused, Oddity

MAX_COLUMNS = 1_000
MAX_ROWS = 1_048_576
"""No spreadsheet has more."""
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"})
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,}")
_BATCH = 512
Parsed = list[dict[str, Any]]


@contextmanager
def quietly() -> Iterator[None]:
    """openpyxl warns of every extension it will not keep; nothing is kept here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def records(book: Any, name: str, oddities: Counter[Oddity], after: int = 0) -> Iterator[tuple[int, list[Cell]]]:
    """Row number and cells of every row that is not blank, each cell as the plain value it shows.

    The rows are taken from openpyxl's parser and not from its sheet: the sheet makes every row and cell that is
    missing, and one cell in row 2,000,000,000 would keep it busy for a day. Raises FileRefused.
    """
    from app.formats.xlsx_parser import SheetParser

    sheet, padded, last = book[name], _zero_padded(book), 0
    with sheet._get_source() as source:
        parser = SheetParser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = parser.parse()
        while batch := _next(rows):
            for number, parsed in batch:
                if number > MAX_ROWS:
                    raise FileRefused("broken")
                if number <= last:
                    continue  # a row that stands there twice: the first counts, as in every spreadsheet program
                oddities[Oddity.BLANK_ROWS] += number - max(last, after) - 1 if number > after else 0
                last = number
                if number <= after:
                    continue
                cells = _cells(parsed, padded, oddities)
                if cells.count(None) == len(cells):
                    oddities[Oddity.BLANK_ROWS] += 1
                else:
                    yield number, cells


def _next(rows: Iterator[tuple[int, Parsed]]) -> list[tuple[int, Parsed]]:
    with quietly():
        return list(islice(rows, _BATCH))


def _cells(parsed: Parsed, padded: dict[int, int], oddities: Counter[Oddity]) -> list[Cell]:
    """As many as reach to the last that stands there."""
    width = parsed[-1]["column"] if parsed else 0
    if width > MAX_COLUMNS:
        raise FileRefused("too_many_columns", columns=width, limit=MAX_COLUMNS)
    cells: list[Cell] = [None] * width
    for one in parsed:
        place = one["column"]
        if 0 < place <= width:
            value = one["value"]
            if padded and type(value) is int:
                value = _shown(value, padded.get(one["style_id"], 0))
            cells[place - 1] = _plain(value, oddities)
    return cells


def _zero_padded(book: Any) -> dict[int, int]:
    """Style → digits, for styles that show a number with leading zeros ("00000" shows 42 as 00042)."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    custom = dict(enumerate(book._number_formats, 164))
    found = {}
    for style, array in enumerate(book._cell_styles):
        code = custom.get(array.numFmtId) or BUILTIN_FORMATS.get(array.numFmtId, "")
        if _ZEROS.fullmatch(code):
            found[style] = len(code)
    return found


def _shown(value: int, digits: int) -> int | str:
    return str(value).rjust(digits, "0") if digits and value >= 0 else value


def _plain(value: Any, oddities: Counter[Oddity]) -> Cell:
    if value is None or type(value) is int or type(value) is bool:
        return value
    if isinstance(value, str):
        return _text(value, oddities)
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, date | time):
        return value
    return str(value) if isinstance(value, timedelta) else None


def _text(value: str, oddities: Counter[Oddity]) -> str | None:
    if value in _ERRORS:
        oddities[Oddity.ERROR_CELLS] += 1
        return None
    if "_x" in value:
        value = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), value)
    text, removed = clean_counted(value)
    if removed:
        oddities[Oddity.CONTROLS_REMOVED] += removed
    return text or None
