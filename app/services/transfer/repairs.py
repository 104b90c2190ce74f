"""Rows a person has put right after they were rejected: they are brought in as the file's own, under their lines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.formats.tables import Oddity, Problem, Row
from app.services.transfer.plan import Plan


@dataclass
class GivenRows:
    """A table whose rows are at hand."""

    header_row: int
    headers: list[str]
    given: tuple[Row, ...]
    warnings: Counter[Oddity] = field(default_factory=Counter)

    def rows(self) -> Iterator[Row]:
        yield from self.given


def repaired(plan: Plan, rows: Mapping[int, Sequence[str]]) -> Plan:
    """The plan of the same file with only these rows: line → cells as they now stand."""
    width = len(plan.headers)
    given = tuple(_row(line, list(cells), width) for line, cells in sorted(rows.items()))
    return replace(plan, given=given, rows=len(given), by_person=False)


def _row(line: int, cells: list[str], width: int) -> Row:
    if any(cells[width:]):
        return Row(line, tuple(cells), Problem.TOO_MANY_CELLS)
    return Row(line, tuple(cells[:width] + [""] * (width - len(cells))))
