"""Read a spreadsheet sheet by sheet, after checking that it is one and that it is not a trap."""

import io
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from app.domain.text import clean_counted
from app.formats.headers import LOOK_AT, find_header
from app.formats.tables import Cell, FileRefused, Oddity, Problem, Row

MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MAX_PARTS = 2_000
MAX_COLUMNS = 1_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"})
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_ZEROS = re.compile("0{2,}")
_BATCH = 512
_NONSENSE = (
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
)
"""What zipfile and openpyxl raise for a part that is missing, cut short, packed in an unknown way or makes no sense."""


@dataclass
class XlsxSheet:
    """One sheet, opened. `header_row` is a row counted from 1, or 0 when the sheet has no headers."""

    name: str
    header_row: int
    headers: list[str]
    warnings: Counter[Oddity] = field(default_factory=Counter)
    _source: Path | bytes = b""

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in order; may be called again. Raises FileRefused."""
        self.warnings.clear()
        width = len(self.headers)
        with _workbook(self._source) as book:
            for number, cells in _records(book, self.name, self.warnings, after=self.header_row):
                yield _fitted(number, cells, width)


def sheet_names(source: Path | str | bytes) -> list[str]:
    """The sheets of a workbook in order. Raises FileRefused; OSError passes through."""
    data = _checked(source)
    with _workbook(data) as book:
        return [sheet.title for sheet in book.worksheets]


def open_xlsx(source: Path | str | bytes, sheet: str | None = None, header_row: int | None = None) -> XlsxSheet:
    """Open the named sheet, or the first that holds anything. `header_row` 0 says that there is none.

    Raises FileRefused (see its codes); OSError passes through.
    """
    data = _checked(source)
    with _workbook(data) as book:
        names = [one.title for one in book.worksheets]
        if sheet is not None and sheet not in names:
            raise FileRefused("no_such_sheet", sheets=len(names))
        for name in names if sheet is None else [sheet]:
            found = _opened(book, data, name, header_row)
            if found:
                return found
    raise FileRefused("empty_file")


def open_all(source: Path | str | bytes) -> list[XlsxSheet]:
    """Every sheet that holds anything. Raises FileRefused; OSError passes through."""
    data = _checked(source)
    with _workbook(data) as book:
        found = [_opened(book, data, one.title, None) for one in book.worksheets]
    return [sheet for sheet in found if sheet]


def _opened(book: Any, data: Path | bytes, name: str, header_row: int | None) -> XlsxSheet | None:
    sample = list(islice(_records(book, name, Counter()), 2 * LOOK_AT))
    if not sample:
        return None
    number, headers = find_header(sample, header_row)
    return XlsxSheet(name, number, headers, _source=data)


def _checked(source: Path | str | bytes) -> Path | bytes:
    """Look at the file before any parser does. Raises FileRefused."""
    data = source if isinstance(source, bytes) else Path(source)
    with _raw(data) as raw:
        head = raw.read(8)
        if not head:
            raise FileRefused("empty_file")
        if head == _OLD_OFFICE:
            whole = head + raw.read(MAX_TOTAL)
            locked = "EncryptedPackage".encode("utf-16-le") in whole
            raise FileRefused("password_protected" if locked else "old_excel")
        try:
            with zipfile.ZipFile(raw) as archive:
                _check_parts(archive.infolist())
        except (FileRefused, MemoryError):
            raise
        except _NONSENSE:
            raise FileRefused("broken" if head.startswith(b"PK") else "not_a_spreadsheet") from None
    return data


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS:
        raise FileRefused("too_many_parts", parts=len(parts), limit=MAX_PARTS)
    if total > MAX_TOTAL:
        raise FileRefused("too_large", megabytes=total // 2**20, limit=MAX_TOTAL // 2**20)
    for part in parts:
        if part.file_size > RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise FileRefused("too_dense", ratio=part.file_size // max(part.compress_size, 1), limit=MAX_RATIO)
        if part.flag_bits & 1:
            raise FileRefused("password_protected")
    if not any(part.filename.lower() == "[content_types].xml" for part in parts):
        raise FileRefused("not_a_spreadsheet")


@contextmanager
def _raw(data: Path | bytes) -> Iterator[Any]:
    with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as raw:
        yield raw


@contextmanager
def _workbook(data: Path | bytes) -> Iterator[Any]:
    """The workbook, read-only; whatever goes wrong inside it comes out as FileRefused."""
    import openpyxl  # a third of a second: only when a spreadsheet is really read
    from defusedxml.common import DefusedXmlException

    if not openpyxl.DEFUSEDXML:
        raise FileRefused("unsafe_xml")
    with _raw(data) as raw:
        book = None
        try:
            with _quietly():
                book = openpyxl.load_workbook(raw, read_only=True, data_only=True, keep_links=False)
            yield book
        except DefusedXmlException:
            raise FileRefused("unsafe_xml") from None
        except (FileRefused, MemoryError, GeneratorExit):
            raise
        except _NONSENSE:
            raise FileRefused("broken") from None
        except OSError as trouble:
            if trouble.errno is None:  # openpyxl's own "no valid workbook part"; a real one has a number
                raise FileRefused("broken") from None
            raise
        finally:
            if book is not None:
                book.close()


@contextmanager
def _quietly() -> Iterator[None]:
    """openpyxl warns of every extension it will not keep; nothing is kept here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _records(book: Any, name: str, oddities: Counter[Oddity], after: int = 0) -> Iterator[tuple[int, list[Cell]]]:
    """Row number and cells of every row that is not blank, each cell as the plain value it shows."""
    sheet = book[name]
    sheet.reset_dimensions()  # what a file says of its own size is not to be trusted
    padded = _zero_padded(book)
    rows = sheet.iter_rows(values_only=not padded)
    number = 0
    while True:
        with _quietly():
            batch = list(islice(rows, _BATCH))
        if not batch:
            return
        for raw in batch:
            number += 1
            if number <= after:
                continue
            if len(raw) > MAX_COLUMNS:
                raise FileRefused("too_many_columns", columns=len(raw), limit=MAX_COLUMNS)
            values = [_shown(cell, padded) for cell in raw] if padded else raw
            cells = [_plain(value, oddities) for value in values]
            if cells.count(None) == len(cells):
                oddities[Oddity.BLANK_ROWS] += 1
            else:
                yield number, cells


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


def _shown(cell: Any, padded: dict[int, int]) -> Any:
    value = cell.value
    if type(value) is int and value >= 0:
        digits = padded.get(cell._style_id)
        return str(value).rjust(digits, "0") if digits else value
    return value


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


def _fitted(number: int, cells: list[Cell], width: int) -> Row:
    if len(cells) > width:
        extra = any(cell is not None for cell in cells[width:])
        return Row(number, cells, Problem.TOO_MANY_CELLS) if extra else Row(number, cells[:width])
    return Row(number, cells + [None] * (width - len(cells)))
