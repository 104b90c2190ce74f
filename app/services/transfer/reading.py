"""Opens a file, whatever it is, and says how it was read, so that a person can overrule in time."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import CodedError
from app.formats import headers as header_guess
from app.formats.csv_in import CsvFile, open_csv
from app.formats.dates import DateOrder, decide_date_order
from app.formats.header_words import KINDS
from app.formats.ics_in import IcsTable, is_calendar, open_ics
from app.formats.tables import Cell, FileRefused, Problem, Row, Table
from app.formats.values import text_of
from app.formats.xlsx_in import XlsxSheet, open_xlsx
from app.formats.xlsx_sheets import ALL, AllSheets, open_sheets
from app.services.transfer import columns
from app.services.transfer.columns import Kind
from app.services.transfer.contacts import inspect_contacts, is_contacts
from app.services.transfer.outcome import FileUnreadable, NoSuchColumn, NotAMapping
from app.services.transfer.plan import Plan
from app.services.transfer.remembered import Remembered, remembered
from app.services.transfer.repairs import GivenRows

FIRST_ROWS = 8
_HEAD = 64
_SPREADSHEET = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")
Mapped = Mapping[str, str | int | None]


def inspect_file(
    path: Path,
    kind: Kind | str,
    encoding: str | None = None,
    sheet: str | None = None,
    mapping: Mapped | None = None,
    date_order: DateOrder | str | None = None,
    *,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> Plan:
    """Read a file once, change nothing, and say how its columns would be understood; what is given is not guessed.

    Raises FileRefused (see its codes), FileUnreadable, NotAMapping, NoSuchColumn.
    """
    kind = Kind(kind)
    try:
        if is_contacts(path):
            return inspect_contacts(path, kind, encoding)
        table = open_table(path, encoding=encoding, sheet=sheet, delimiter=delimiter, header_row=header_row)
    except OSError:
        raise FileUnreadable(file=str(path)) from None
    if isinstance(table, IcsTable) and kind is not Kind.FOLLOWUPS:
        raise FileRefused("only_followups")
    _require_fitting(kind, table.headers, mapping or {})
    found = header_guess.guess(table.headers, kind, mapping)
    ordered = sorted(found.columns.items(), key=lambda item: item[1])
    kept = {name: column for name, column in ordered if columns.is_kept(kind, name)}
    survey = _survey(table, [kept[name] for name in columns.DATES[kind] if name in kept])
    return Plan(
        path=path,
        kind=kind,
        encoding=table.encoding.name if isinstance(table, CsvFile) else "",
        certain=table.encoding.certain if isinstance(table, CsvFile) else True,
        delimiter=table.delimiter if isinstance(table, CsvFile) else "",
        sheet="" if isinstance(table, CsvFile) else table.name,
        sheets=() if isinstance(table, CsvFile) else table.beside,
        header_row=table.header_row,
        headers=tuple(table.headers),
        first_rows=survey.first_rows,
        columns=kept,
        left_out=tuple(i for i in range(len(table.headers)) if i not in kept.values()),
        missing=columns.missing(kind, kept),
        date_order=survey.date_order if date_order is None else DateOrder(date_order),
        rows=survey.rows,
        warnings={str(oddity): count for oddity, count in table.warnings.items()},
        calendar=isinstance(table, IcsTable),
    )


def _require_fitting(kind: Kind, headers: list[str], mapping: Mapped) -> None:
    """Raises NotAMapping, NoSuchColumn."""
    known = {header_guess.normalise(header) for header in headers}
    for name, place in mapping.items():
        if columns.base_field(name) not in KINDS[kind] and not columns.is_kept(kind, name):
            raise NotAMapping
        there = (
            place in range(len(headers))
            if isinstance(place, int)
            else place is None or (header_guess.normalise(place) in known)
        )
        if not there:
            raise NoSuchColumn(column=place)


def examine(session: Session, path: Path, kind: Kind | None = None, **how: Any) -> Plan | CodedError:
    """As `inspect_file`, for a screen that looks while a person chooses: it answers the refusal instead of raising it.

    Without a kind the one whose columns fit best. A file whose headers a person has mapped before is read as then,
    unless `how` says otherwise.
    """
    try:
        last = None if "mapping" in how else _last_time(session, path, kind, how)
        if last is not None:
            plan = inspect_file(path, last.kind, mapping=last.columns, **how)
            order = last.date_order if plan.date_order is DateOrder.AMBIGUOUS else plan.date_order
            return replace(plan, date_order=order, by_person=True, remembered=True)
        plan = inspect_file(path, kind or guess_kind(path, how.get("encoding"), how.get("sheet")), **how)
        return replace(plan, by_person=True)
    except CodedError as refusal:
        return refusal


def _last_time(session: Session, path: Path, kind: Kind | None, how: Mapping[str, Any]) -> Remembered | None:
    try:
        if is_contacts(path):
            return None
        opening = {name: how.get(name) for name in ("encoding", "sheet", "delimiter", "header_row")}
        return remembered(session, open_table(path, **opening).headers, kind)
    except OSError:
        raise FileUnreadable(file=str(path)) from None


def guess_kind(path: Path, encoding: str | None = None, sheet: str | None = None) -> Kind:
    """The kind of file whose columns fit best; customers when nothing fits. Raises FileRefused, FileUnreadable."""
    try:
        if is_contacts(path):
            return Kind.CUSTOMERS
        table = open_table(path, encoding=encoding, sheet=sheet)
    except OSError:
        raise FileUnreadable(file=str(path)) from None

    if isinstance(table, IcsTable):
        return Kind.FOLLOWUPS

    def fit(kind: Kind) -> tuple[int, int]:
        found = header_guess.guess(table.headers, kind)
        return -len(found.missing_required), sum(columns.is_kept(kind, name) for name in found.columns)

    # A list of people with what they hold is a list of people: balances are said to be that by whoever brings them in,
    # or by a file that tells of nobody but by number.
    people = not header_guess.guess(table.headers, Kind.CUSTOMERS).missing_required
    return max((kind for kind in Kind if not (people and kind is Kind.POINTS)), key=fit)


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> CsvFile | XlsxSheet | AllSheets | IcsTable:
    """The file as rows, by what it holds and not by its name.

    Raises FileRefused; OSError passes through.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise FileRefused("empty_file")
    if is_calendar(head):
        return open_ics(path)
    if head.startswith(_SPREADSHEET):
        return open_sheets(path) if sheet == ALL else open_xlsx(path, sheet, header_row)
    return open_csv(path, encoding, delimiter, header_row)


def reopened(plan: Plan) -> Table:
    """The rows of a plan, read as the plan says. Raises FileRefused."""
    if plan.given:
        return GivenRows(plan.header_row, list(plan.headers), plan.given)
    return open_table(
        plan.path,
        encoding=plan.encoding or None,
        sheet=plan.sheet or None,
        delimiter=plan.delimiter or None,
        header_row=plan.header_row,
    )


def whole_rows(table: Table) -> Iterator[Row]:
    """Every row; a last one with fewer cells than the headers was cut off with the file, and is marked broken."""
    held: Row | None = None
    for row in table.rows():
        if held is not None:
            yield held
        held = row if row.problem is not Problem.TOO_FEW_CELLS else Row(row.line, row.cells)
        cut = row.problem is Problem.TOO_FEW_CELLS
    if held is not None:
        yield Row(held.line, held.cells, Problem.TOO_FEW_CELLS) if cut else held


def sha256(path: Path) -> str:
    """The digest under which a file that comes again is known."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass
class _Survey:
    rows: int
    first_rows: tuple[tuple[str, ...], ...]
    date_order: DateOrder


def _survey(table: Table, date_columns: list[int]) -> _Survey:
    first = tuple(tuple(text_of(cell) for cell in row.cells) for row in islice(table.rows(), FIRST_ROWS))
    doubtful: set[Cell] = set()
    rows = 0
    for row in table.rows():
        rows += 1
        for column in date_columns:
            cell = row.cells[column] if column < len(row.cells) else None
            if isinstance(cell, str) and cell[4:5] not in ("-", "/") and len(doubtful) < 100_000:
                doubtful.add(cell)
    return _Survey(rows, first, decide_date_order(doubtful))
