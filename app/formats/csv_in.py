"""Read CSV as it is found in shops: any encoding, delimiter and line end, broken quotes, titles above the header.

A clean file runs through `csv.reader` alone. A record with broken quoting is read as its one line and marked, and the
reader starts afresh on the next line, so that a quote never closed takes no other row with it.
"""

import csv
import io
import re
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.formats.delimiters import guess_delimiter
from app.formats.encodings import Encoding, decide_chunks, decodes
from app.formats.headers import find_header
from app.formats.tables import Cell, FileRefused, Oddity, Problem, Row

MAX_CELL = 1_000_000
SAMPLE_LINES = 60
_CHUNK = 1 << 20
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3\x00")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNWANTED_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))
_ASCII_ALIKE = frozenset({"utf-8", "utf-8-sig", "gb18030", "big5hkscs", "cp932", "cp1252", "latin_1"})

# The limit belongs to the whole process; csv's own (131,072) is shorter than an honest note may be.
csv.field_size_limit(MAX_CELL)


@dataclass
class CsvFile:
    """A CSV file, opened. `header_row` is a line counted from 1, or 0 when the file has no headers."""

    encoding: Encoding
    delimiter: str
    header_row: int
    headers: list[str]
    warnings: Counter[Oddity] = field(default_factory=Counter)
    _source: Path | bytes = b""
    _skip: int = 0
    _plain: bool = False
    _apostrophes: bool = True

    def rows(self) -> Iterator[Row]:
        """Every row below the header that is not blank, in order; may be called again."""
        self.warnings.clear()
        with _opened(self._source, self.encoding.name) as stream:
            if not self._plain:
                yield from self._slowly(stream, 0)
                return
            done = yield from self._fast(stream)
        if done is not None:
            with _opened(self._source, self.encoding.name) as again:
                deque(islice(again, done), maxlen=0)
                yield from self._slowly(again, done)

    def _fast(self, stream: TextIO) -> Generator[Row, None, int | None]:
        """A file without control characters and broken bytes; stops with the lines done at the first broken record."""
        reader = csv.reader(stream, delimiter=self.delimiter, strict=True)
        width, skip, make = len(self.headers), max(self._skip, self.header_row), tuple.__new__
        apostrophes, done = self._apostrophes, 0
        try:
            for cells in reader:
                line = done + 1
                done = reader.line_num
                if apostrophes:
                    cells = _unescaped(cells)
                if done > line:
                    cells = [_line_ends(cell) for cell in cells]
                if (len(cells) != width or not cells[0]) and not any(cells):
                    self.warnings[Oddity.BLANK_ROWS] += line > skip
                elif line > skip:
                    # Row(line, cells), without a call: this loop runs once for each line of a file of millions.
                    yield make(Row, (line, cells, None)) if len(cells) == width else _fitted(Row(line, cells), width)
        except csv.Error:
            return done
        return None

    def _slowly(self, stream: TextIO, done: int) -> Iterator[Row]:
        width, skip = len(self.headers), max(self._skip, self.header_row)
        for row in self._watched(stream, done):
            if row.line <= skip:
                continue
            if not any(row.cells) and not row.problem:
                self.warnings[Oddity.BLANK_ROWS] += 1
            else:
                yield row if len(row.cells) == width else _fitted(row, width)

    def _watched(self, stream: TextIO, done: int = 0) -> Iterator[Row]:
        """The general way: quotes are strict, and every line of the record in hand is kept until it is whole."""
        lines = _Lines(stream if self._plain else self._stripped(stream), done)
        while True:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            try:
                for cells in reader:
                    start, several = lines.begin_next()
                    if several:
                        cells = [_line_ends(cell) for cell in cells]
                    yield Row(start, _unescaped(cells) if self._apostrophes else cells)
                return
            except csv.Error:
                start, first = lines.give_back_all_but_first()
                yield self._broken(start, first)

    def _broken(self, start: int, line: str) -> Row:
        if len(line) > MAX_CELL:
            return Row(start, [], Problem.CELL_TOO_LONG)
        plain = line.rstrip("\r\n")
        kind = Problem.UNCLOSED_QUOTE if plain.count('"') % 2 else Problem.BAD_QUOTE
        lenient = next(csv.reader([plain], delimiter=self.delimiter), [])
        split = [cell.strip().strip('"') for cell in plain.split(self.delimiter)]
        cells = lenient if len(lenient) == len(self.headers) else split
        return Row(start, cells, kind)

    def _stripped(self, stream: TextIO) -> Iterator[str]:
        for line in stream:
            text, removed = _UNWANTED.subn("", line)
            if removed:
                self.warnings[Oddity.CONTROLS_REMOVED] += removed
            if "\ufffd" in text:
                self.warnings[Oddity.UNDECODABLE] += text.count("\ufffd")
            yield text


class _Lines:
    """Lines for a csv reader, remembering those of the record it is in, so that they can be read again."""

    def __init__(self, lines: Iterable[str], done: int) -> None:
        self._lines = iter(lines)
        self._held: list[str] = []
        self._again: list[str] = []
        self._before = done

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self._held.append(line)
        return line

    def begin_next(self) -> tuple[int, bool]:
        """The record in hand is whole: the line it began on, and whether it took several."""
        start, count = self._before + 1, len(self._held)
        self._before += count
        self._held.clear()
        return start, count > 1

    def give_back_all_but_first(self) -> tuple[int, str]:
        """The record in hand is broken: its line number and first line; the others will be read again."""
        first, *others = self._held
        self._again.extend(reversed(others))
        self._held.clear()
        self._before += 1
        return self._before, first


def open_csv(
    source: Path | str | bytes,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> CsvFile:
    """Open a file or its bytes; what is not given is guessed. `header_row` 0 says that there is none.

    Raises FileRefused (empty_file, unknown_encoding, not_text: a workbook, a PDF, a picture). OSError passes through.
    """
    data = source if isinstance(source, bytes) else Path(source)
    if next(iter(_chunks(data)), b"").startswith(_NOT_TEXT):
        raise FileRefused("not_text")
    chosen = _chosen_encoding(data, encoding)
    with _opened(data, chosen.name) as stream:
        head = _head(stream)
    skip = 0
    declared = re.fullmatch(r"sep=(.)", head[0].strip()) if head else None
    if declared:
        skip, delimiter = 1, delimiter or declared[1]
    delimiter = delimiter or guess_delimiter(head[skip:])
    file = CsvFile(chosen, delimiter, 0, [], _source=data, _skip=skip)
    _survey(file, data, verified=encoding is None and chosen.certain and not chosen.bom)
    sample = [
        row for row in file._watched(io.StringIO("".join(head), newline="")) if row.line > skip and any(row.cells)
    ]
    if not sample:
        raise FileRefused("empty_file")
    file.header_row, file.headers = find_header([(row.line, row.cells) for row in sample], header_row)
    return file


def _head(stream: TextIO) -> list[str]:
    lines = []
    for line in stream:
        lines.append(_UNWANTED.sub("", line))
        if len(lines) >= SAMPLE_LINES:
            break
    return lines


def _chosen_encoding(source: Path | bytes, name: str | None) -> Encoding:
    guessed = decide_chunks(lambda: _chunks(source)) if name is None or source_has_bom(source) else None
    if guessed and (name is None or guessed.bom):
        return guessed
    try:
        "".encode(str(name))
    except LookupError:
        raise FileRefused("unknown_encoding") from None
    return Encoding(str(name), bom=False, certain=True)


def source_has_bom(source: Path | bytes) -> bool:
    """Does the file say itself what it is? Then nobody needs to overrule it."""
    return next(iter(_chunks(source)), b"")[:4].startswith(
        (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33")
    )


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield from (source[i : i + _CHUNK] for i in range(0, len(source), _CHUNK))
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _survey(file: CsvFile, source: Path | bytes, verified: bool) -> None:
    """One pass over the bytes tells which of the careful steps this file does not need."""
    if file.encoding.name not in _ASCII_ALIKE:
        return
    mark = file.delimiter.encode("ascii", "replace")
    starts = tuple(before + b"'" for before in (mark, b"\n", b"\r", b'"'))
    controls = apostrophes = False
    last = b"\n"
    for chunk in _chunks(source):
        controls = controls or len(chunk.translate(None, _UNWANTED_BYTES)) != len(chunk)
        if not apostrophes and b"'" in chunk:
            seam = last + chunk
            apostrophes = any(start in seam for start in starts) or seam.startswith(b"\n\xef\xbb\xbf'")
        last = chunk[-1:]
    whole = verified or decodes(file.encoding.name, _chunks(source))
    file._plain, file._apostrophes = whole and not controls, apostrophes


@contextmanager
def _opened(source: Path | bytes, encoding: str) -> Iterator[TextIO]:
    raw = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    with io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as stream:
        yield stream


def _fitted(row: Row, width: int) -> Row:
    """A row of another width than the headers: empty cells at the end are nothing, anything else is a problem."""
    cells = list(row.cells)
    if len(cells) > width:
        if any(cells[width:]):
            return Row(row.line, cells, row.problem or Problem.TOO_MANY_CELLS)
        return Row(row.line, cells[:width], row.problem)
    missing: list[Cell] = [""] * (width - len(cells))
    return Row(row.line, cells + missing, row.problem or Problem.TOO_FEW_CELLS)


def _unescaped(cells: list[str]) -> list[str]:
    """Take off the one apostrophe that keeps a spreadsheet from running a cell as a formula."""
    return [cell[1:] if cell[:1] == "'" else cell for cell in cells]


def _line_ends(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
