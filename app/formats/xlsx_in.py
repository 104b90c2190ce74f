"""Read a spreadsheet sheet by sheet, after checking that it is one and that it is not a trap."""

import io
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from app.formats.headers import LOOK_AT, find_header
from app.formats.tables import Cell, FileRefused, Oddity, Problem, Row
from app.formats.xlsx_rows import quietly, records

MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MAX_PARTS = 2_000
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    beside: tuple[str, ...] = ()
    """All sheets of the workbook, in their order."""
    _source: Path | bytes = b""

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in order; may be called again. Raises FileRefused."""
        self.warnings.clear()
        width = len(self.headers)
        with _workbook(self._source) as book:
            for number, cells in records(book, self.name, self.warnings, after=self.header_row):
                yield _fitted(number, cells, width)


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
    sample = list(islice(records(book, name, Counter()), 2 * LOOK_AT))
    if not sample:
        return None
    number, headers = find_header(sample, header_row)
    return XlsxSheet(name, number, headers, beside=tuple(one.title for one in book.worksheets), _source=data)


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

    from app.formats.xlsx_parser import open_book

    if not openpyxl.DEFUSEDXML:
        raise FileRefused("unsafe_xml")
    with _raw(data) as raw:
        book = None
        try:
            with quietly():
                book = open_book(raw)
            yield book
        except DefusedXmlException:
            raise FileRefused("unsafe_xml") from None
        except (FileRefused, MemoryError, GeneratorExit):
            raise
        except _NONSENSE as error:
            hidden = isinstance(
                error.__context__, DefusedXmlException
            )  # openpyxl tells of a part, not of what is in it
            raise FileRefused("unsafe_xml" if hidden else "broken") from None
        except OSError as trouble:
            if trouble.errno is None:  # openpyxl's own "no valid workbook part"; a real one has a number
                raise FileRefused("broken") from None
            raise
        finally:
            if book is not None:
                book.close()


def _fitted(number: int, cells: list[Cell], width: int) -> Row:
    if len(cells) > width:
        extra = any(cell is not None for cell in cells[width:])
        return Row(number, cells, Problem.TOO_MANY_CELLS) if extra else Row(number, cells[:width])
    return Row(number, cells + [None] * (width - len(cells)))
