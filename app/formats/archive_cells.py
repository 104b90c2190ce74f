r"""How a value stands in the tables of an open archive, and how it is read back: exactly, yet safe in a spreadsheet.

Nothing at all is `\N`, so that an empty text stays one; a text that begins with a backslash gets a second one. Numbers
are plain, bytes are Base64. A text that a spreadsheet would run gets the apostrophe every file of ours gives it.
"""

import base64
import binascii

from app.formats.csv_out import guarded

NOTHING = r"\N"
Stored = str | int | float | bytes | None


class Unreadable(ValueError):
    """A cell that no archive of ours holds."""


def cell_of(value: Stored) -> str:
    """A stored value as its cell."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return guarded("\\" + value if value.startswith("\\") else value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return repr(value)


def text_of(cell: str) -> str | None:
    """The text of a cell."""
    if cell == NOTHING:
        return None
    text = cell[1:] if cell.startswith("'") else cell
    return text[1:] if text.startswith("\\") else text


def whole_of(cell: str) -> int | None:
    """The number of a cell. Raises Unreadable."""
    if cell == NOTHING:
        return None
    try:
        number = int(cell)
    except ValueError:
        raise Unreadable from None
    if not -(2**63) <= number < 2**63:
        raise Unreadable
    return number


def bytes_of(cell: str) -> bytes | None:
    """The bytes of a cell. Raises Unreadable."""
    if cell == NOTHING:
        return None
    try:
        return base64.b64decode(cell, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable from None
