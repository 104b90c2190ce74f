"""How a file will be read: what was guessed of it or said by a person, before anything is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from app.formats.dates import DateOrder
from app.formats.tables import Row
from app.formats.xlsx_sheets import ALL, STEP
from app.services.transfer.columns import Kind

Progress = Callable[[int, int], None]
"""Hears rows done and rows in all; raises to stop the act."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a file will be read. `encoding` and `delimiter` are empty for a spreadsheet, `sheet` for a CSV file.

    `sheet` is `ALL` for those of a workbook that have the same headers.
    """

    path: Path
    kind: Kind
    encoding: str
    certain: bool
    """Whether no doubt is left about the encoding."""
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    headers: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    columns: Mapping[str, int]
    """Field → column from 0."""
    left_out: tuple[int, ...]
    """Columns nobody has a use for."""
    missing: tuple[str, ...]
    date_order: DateOrder
    rows: int
    warnings: Mapping[str, int]
    contacts: bool = False
    """A file of contact cards (vCard): it has no columns to map, and `headers` are the fields its preview shows."""
    calendar: bool = False
    """A calendar (ICS): its columns are always the same, under names of ours."""
    unkept: Mapping[str, int] = field(default_factory=dict)
    """Properties of contact cards that have no home here: name → how often."""
    by_person: bool = False
    """Whether a person looks at it: how they have it read is remembered for the next file of these headers."""
    remembered: bool = False
    """Whether the columns are those of last time."""
    given: tuple[Row, ...] = ()
    """Rows a person has put right: they are read in place of the file's."""

    def header(self, column: int) -> str:
        """What the file calls a column; its number where it says nothing."""
        return self.headers[column] or f"#{column + 1}"

    def place(self, line: int) -> str:
        """Where a line stands, as a person finds it: its number, after its sheet where there are several."""
        if self.sheet != ALL:
            return str(line)
        return f"{self.sheets[line // STEP]} {line % STEP}"
