"""openpyxl's reader with two short ways, for what most programs but Excel write.

A plain text inside its cell: openpyxl makes an object of each, in case it has fonts in it, twice the time of the whole
file. A sheet that does not say its size: openpyxl reads it to its end each time the file is opened, to find out.
Imported only when a spreadsheet is read, as openpyxl is.
"""

from typing import IO, Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

_INLINE, _TEXT = f"{{{SHEET_MAIN_NS}}}is", f"{{{SHEET_MAIN_NS}}}t"


def open_book(raw: IO[bytes]) -> Any:
    """The workbook, to be read once from its values; no sheet of it knows its size."""
    reader = _BookReader(raw, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


class _BookReader(ExcelReader):  # type: ignore[misc]
    def read_worksheets(self) -> None:
        for sheet, part in self.parser.find_sheets():
            if part.target in self.valid_files and "chartsheet" not in part.Type:
                made = _SizelessSheet(self.wb, sheet.name, part.target, self.shared_strings)
                made.sheet_state = sheet.state
                self.wb._sheets.append(made)


class _SizelessSheet(ReadOnlyWorksheet):  # type: ignore[misc]
    def _get_size(self) -> None:
        """Not asked for: the rows say how wide they are, and a size that is told may be a lie."""


class SheetParser(WorkSheetParser):  # type: ignore[misc]
    """Gives the rows of a sheet as (number, cells); a cell is a dict with its column, value and style."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        at = element.get("r")
        if at and element.get("t") == "inlineStr" and len(element) == 1:
            inside = element[0]
            if inside.tag == _INLINE and len(inside) == 1 and inside[0].tag == _TEXT:
                row, column = coordinate_to_tuple(at)
                self.col_counter = column
                style = int(element.get("s", 0))
                return {
                    "row": row,
                    "column": column,
                    "value": inside[0].text or "",
                    "data_type": "s",
                    "style_id": style,
                }
        parsed: dict[str, Any] = super().parse_cell(element)
        return parsed
