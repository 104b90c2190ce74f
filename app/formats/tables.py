"""What every file of rows looks like once it is read: headers, rows with their line, and what was odd about them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from app.domain.errors import ShopError

Cell = str | int | float | Decimal | datetime | date | time | bool | None


class FileRefused(ShopError):
    """A file that cannot or must not be read; the code says why, the numbers how much.

    Codes: empty_file, not_a_spreadsheet, old_excel, password_protected, broken, too_large, too_dense, too_many_parts,
    too_many_columns, no_such_sheet, unsafe_xml, unknown_encoding, not_text, not_a_vcard, only_customers,
    only_followups.
    """


class Problem(StrEnum):
    """Why a row may not be what its writer meant."""

    UNCLOSED_QUOTE = "unclosed_quote"
    BAD_QUOTE = "bad_quote"
    CELL_TOO_LONG = "cell_too_long"
    TOO_FEW_CELLS = "too_few_cells"
    TOO_MANY_CELLS = "too_many_cells"
    BROKEN_EVENT = "broken_event"


class Oddity(StrEnum):
    """What was put right silently while reading, with a count in `Table.warnings`."""

    CONTROLS_REMOVED = "controls_removed"
    UNDECODABLE = "undecodable"
    BLANK_ROWS = "blank_rows"
    ERROR_CELLS = "error_cells"
    SHEETS_LEFT_OUT = "sheets_left_out"


class Row(NamedTuple):
    """One record: the line (or sheet row) it begins on, counted from 1, its cells, and what is wrong with it.

    Cells are as many as the headers; a row with TOO_MANY_CELLS keeps all of them.
    """

    line: int
    cells: Sequence[Cell]
    problem: Problem | None = None


class Table(Protocol):
    """A CSV file or a sheet, opened: `rows()` reads from the start every time and refills `warnings`."""

    @property
    def header_row(self) -> int: ...
    @property
    def headers(self) -> list[str]: ...
    @property
    def warnings(self) -> Counter[Oddity]: ...
    def rows(self) -> Iterator[Row]: ...
