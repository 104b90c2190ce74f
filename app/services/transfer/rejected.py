"""The rejected rows of an import as a file of their own: the same columns, with the line and the reason before them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.formats.csv_out import write_csv
from app.formats.tables import Cell
from app.services.transfer.outcome import Rejection
from app.services.transfer.reading import Plan, reopened, whole_rows


def rejected_rows(plan: Plan, rejections: Sequence[Rejection]) -> Iterator[tuple[Rejection, tuple[Cell, ...]]]:
    """Each rejection with the cells of its row, read from the file once more."""
    by_line = {rejection.line: rejection for rejection in rejections}
    for row in whole_rows(reopened(plan)):
        rejection = by_line.get(row.line)
        if rejection is not None:
            yield rejection, tuple(row.cells)


def write_rejected(
    target: Path,
    plan: Plan,
    rejections: Sequence[Rejection],
    titles: tuple[str, str],
    reason: Callable[[Rejection], str],
) -> int:
    """Write the rejected rows as CSV; `titles` head the line and the reason. OSError passes through."""
    headers = (*titles, *(plan.header(column) for column in range(len(plan.headers))))
    rows = ((rejection.line, reason(rejection), *cells) for rejection, cells in rejected_rows(plan, rejections))
    return write_csv(target, headers, rows)
