"""Write a spreadsheet in which a text stays a text: phones, ids and what looks like a formula included."""

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.text import clean
from app.formats.tables import Cell

MAX_TEXT = 32_767
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


@dataclass(frozen=True)
class Written:
    """Rows below the headers, and how many texts were cut because a cell holds no more than 32,767 characters."""

    rows: int
    shortened: int


def write_xlsx(target: Path, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Written:
    """Write a workbook of one sheet, its headers frozen. OSError passes through."""
    return write_sheets(target, [(title, headers, rows)])


def write_sheets(target: Path, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> Written:
    """Write several sheets (title, headers, rows) into one workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = shortened = 0
    try:
        for title, headers, rows in sheets:
            sheet = book.create_sheet(_NOT_IN_TITLE.sub(" ", title)[:31])
            sheet.freeze_panes = "A2"
            maker = _Cells(sheet)
            sheet.append(maker.row(headers))
            for row in rows:
                sheet.append(maker.row(row))
                count += 1
            shortened += maker.shortened
        book.save(target)
    except BaseException:
        _throw_away(book)
        raise
    return Written(count, shortened)


def _throw_away(book: Any) -> None:
    """A sheet grows in a file of its own until the workbook is saved; one that never is must take it along."""
    for sheet in book.worksheets:
        with contextlib.suppress(Exception):
            sheet.close()
        with contextlib.suppress(Exception):
            sheet._writer.cleanup()


class _Cells:
    """Makes the cells of a sheet; texts share one style that keeps a spreadsheet from reading them as numbers."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._make, self._sheet = WriteOnlyCell, sheet
        pattern = WriteOnlyCell(sheet, "")
        pattern.number_format = "@"
        self._text_style = pattern._style
        self.shortened = 0

    def row(self, values: Sequence[Cell]) -> list[Any]:
        return [self._text(value) if isinstance(value, str) else value for value in values]

    def _text(self, value: str) -> Any:
        text = _LOOKS_ESCAPED.sub("_x005F_", clean(value))
        if len(text) > MAX_TEXT:
            text, self.shortened = text[:MAX_TEXT], self.shortened + 1
        if not text:
            return None
        if text[0] == "#":  # "#N/A" as a text must not be taken for an error
            text = f"_x0023_{text[1:]}"
        cell = self._make(self._sheet, text)
        cell.data_type = "s"
        cell._style = self._text_style
        return cell
