"""Read the sheets of a workbook that have the same headers as one long sheet: a year kept as twelve sheets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.formats.headers import normalise
from app.formats.tables import FileRefused, Oddity, Row
from app.formats.xlsx_in import XlsxSheet, open_all

ALL = "*"
"""The name of all sheets together: no sheet can be called so."""
STEP = 10_000_000
"""Lines of the second sheet begin here, those of the third at twice as many: no sheet has as many rows."""


@dataclass
class AllSheets:
    """The sheets that have the headers of the first one that holds anything; `places` are theirs in the workbook."""

    sheets: list[XlsxSheet]
    places: list[int]
    left_out: int
    """Sheets with other headers."""
    name: str = ALL
    warnings: Counter[Oddity] = field(default_factory=Counter)

    @property
    def header_row(self) -> int:
        return self.sheets[0].header_row

    @property
    def headers(self) -> list[str]:
        return self.sheets[0].headers

    @property
    def beside(self) -> tuple[str, ...]:
        return self.sheets[0].beside

    def rows(self) -> Iterator[Row]:
        """Every row of every sheet, its line made one number by `STEP`. Raises FileRefused."""
        self.warnings.clear()
        if self.left_out:
            self.warnings[Oddity.SHEETS_LEFT_OUT] = self.left_out
        for place, sheet in zip(self.places, self.sheets, strict=True):
            for row in sheet.rows():
                yield row._replace(line=place * STEP + row.line)
            self.warnings.update(sheet.warnings)


def open_sheets(source: Path) -> AllSheets:
    """Open all sheets that can be read as one. Raises FileRefused (see its codes); OSError passes through."""
    found = open_all(source)
    if not found:
        raise FileRefused("empty_file")
    wanted = [normalise(header) for header in found[0].headers]
    alike = [sheet for sheet in found if [normalise(header) for header in sheet.headers] == wanted]
    names = found[0].beside
    return AllSheets(alike, [names.index(sheet.name) for sheet in alike], len(found) - len(alike))
