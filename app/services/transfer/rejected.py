"""The rejected rows of an import as a file of their own: as they came, with the line and the reason before them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.formats.csv_out import write_csv
from app.formats.tables import Cell
from app.formats.vcard_in import open_vcard
from app.services.transfer.outcome import Rejection
from app.services.transfer.plan import Plan
from app.services.transfer.reading import reopened, whole_rows


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
    """Write the rejected rows as CSV; `titles` head the line and the reason. OSError passes through.

    Rejected contact cards are written as such, each with its reason beside what it says: `X-REGULARS-REASON`.
    """
    if plan.contacts:
        return _write_cards(target, plan, rejections, reason)
    headers = (*titles, *(plan.header(column) for column in range(len(plan.headers))))
    rows = (
        (plan.place(rejection.line), reason(rejection), *cells) for rejection, cells in rejected_rows(plan, rejections)
    )
    return write_csv(target, headers, rows)


def _write_cards(target: Path, plan: Plan, rejections: Sequence[Rejection], reason: Callable[[Rejection], str]) -> int:
    by_line = {rejection.line: rejection for rejection in rejections}
    written = 0
    with target.open("wb") as file:
        for line, lines in open_vcard(plan.path, plan.encoding or None).raw(by_line):
            why = reason(by_line[line]).replace("\n", " ").encode()
            said = b"X-REGULARS-REASON;CHARSET=UTF-8:%d %b" % (line, why)
            file.write(b"\r\n".join((b"BEGIN:VCARD", said, lines + b"END:VCARD", b"")))
            written += 1
    return written
