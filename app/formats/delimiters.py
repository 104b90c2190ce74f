"""Guess what parts the cells of a CSV file from its first lines."""

import csv
from collections import Counter
from collections.abc import Sequence

DELIMITERS = ",;\t|"
# Characters of a line: sixty of them, all in one open quote, stay below the limit of a cell.
LOOK_AT = 10_000


def guess_delimiter(lines: Sequence[str]) -> str:
    """The sign that cuts the most lines into the same number (above one) of cells; a comma when none does."""
    scores = {sign: _score(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    return best if scores[best] > (0.0, 0) else ","


def _score(lines: Sequence[str], sign: str) -> tuple[float, int]:
    shortened = (line if len(line) <= LOOK_AT else line[:LOOK_AT] + "\n" for line in lines)
    widths = [len(cells) for cells in csv.reader(shortened, delimiter=sign) if cells]
    counts = Counter(width for width in widths if width > 1)
    if not counts:
        return 0.0, 0
    width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    return times / len(widths), width
