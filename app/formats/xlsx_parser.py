"""openpyxl's parser of sheets with a short way for a plain text inside its cell, as most programs but Excel write it.

openpyxl makes an object of every such text, in case it has fonts in it: twice the time of the whole file.
Imported only when a spreadsheet is read, as openpyxl is.
"""

from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

_INLINE, _TEXT = f"{{{SHEET_MAIN_NS}}}is", f"{{{SHEET_MAIN_NS}}}t"


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
