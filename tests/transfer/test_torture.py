"""Files made to trip readers, brought into a shop: what stands on the cards afterwards is what the files said."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.text import clean
from app.formats.csv_out import csv_bytes
from app.formats.xlsx_in import open_xlsx
from app.services.transfer import inspect_file
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts

pytestmark = pytest.mark.real_data


def cells(path: Path) -> list[list[Any]]:
    return [list(row.cells) for row in open_xlsx(path).rows()]


@pytest.fixture
def sheets(shared_data: Path) -> Path:
    return shared_data / "xlsx_torture"


def test_naughty_strings_stand_on_the_card_as_they_were(work: UnitOfWork, tmp_path: Path, shared_data: Path) -> None:
    strings = json.loads((shared_data / "csv_torture" / "blns" / "blns.json").read_text(encoding="utf-8"))
    source = tmp_path / "blns.csv"
    source.write_bytes(
        csv_bytes(["会员号", "姓名", "备注"], [[f"N{n}", f"第 {n} 位", text] for n, text in enumerate(strings)])
    )
    outcome = bring(work, source, "customers")
    assert counts(outcome) == (len(strings), 0, 0, 0, 0)
    notes = dict(asked(work, "SELECT external_id, note FROM customers"))
    assert notes == {f"N{n}": clean(text).strip() for n, text in enumerate(strings)}
    assert counts(bring(work, source, "customers")) == (0, 0, len(strings), 0, 0)


def test_naughty_strings_as_names_bring_nothing_down(work: UnitOfWork, tmp_path: Path, shared_data: Path) -> None:
    strings = json.loads((shared_data / "csv_torture" / "blns" / "blns.json").read_text(encoding="utf-8"))
    source = tmp_path / "names.csv"
    source.write_bytes(csv_bytes(["会员号", "姓名"], [[f"N{n}", text] for n, text in enumerate(strings)]))
    outcome = bring(work, source, "customers")
    assert outcome.read == len(strings)
    assert {one.code for one in outcome.rejections} <= {"no_name"}
    assert asked(work, "SELECT count(*) FROM customers WHERE name = ''") == [(0,)]
    assert asked(work, "SELECT count(*) FROM customers") == [(outcome.created,)]


@pytest.mark.parametrize(("name", "day"), [("1900", date(1900, 1, 1)), ("1904", date(1904, 1, 2))])
def test_days_of_either_calendar_arrive_as_birthdays(work: UnitOfWork, sheets: Path, name: str, day: date) -> None:
    source = sheets / "sheetjs" / f"{name}.xlsx"
    outcome = bring(work, source, "customers", mapping={"name": 2, "birthday": 1})
    assert outcome.rejected == 0
    born = asked(work, "SELECT birth_month, birth_day, name FROM customers ORDER BY id")
    assert born[0] == (day.month, day.day, day.isoformat())
    assert all(f"{month:02}-{of_month:02}" == said[5:] for month, of_month, said in born)


def test_leading_zeros_stay(work: UnitOfWork, sheets: Path) -> None:
    source = sheets / "frictionless" / "cast-int-to-string-issue-1251.xlsx"
    bring(work, source, "customers", mapping={"external_id": "A", "name": "B"})
    assert asked(work, "SELECT external_id, name FROM customers ORDER BY id") == [("001", "b"), ("002", "c")]


def test_headers_below_a_title_are_found_and_can_be_said(sheets: Path) -> None:
    source = sheets / "frictionless" / "skip-rows.xlsx"
    assert inspect_file(source, "customers").header_row == 2
    assert inspect_file(source, "customers", header_row=1).first_rows[0][:2] == ("A", "B")


def test_inline_texts_and_the_last_values_of_formulas_are_read(sheets: Path) -> None:
    rows = cells(sheets / "poi" / "InlineStrings.xlsx")
    assert [row[2] for row in rows[:2]] == ["1st Inline String", "2nd Inline String"]
    assert [row[3] for row in rows[:2]] == [12, 44]
    assert cells(sheets / "poi" / "formula-eval.xlsx") == [[1, 2.5, 3.25, 6.75]]


def test_yes_and_no_are_read_and_not_as_numbers(sheets: Path) -> None:
    assert [row[0] for row in cells(sheets / "poi" / "Booleans.xlsx")] == [True, True, False, False]


def test_of_merged_cells_the_first_holds_the_words(sheets: Path) -> None:
    file = open_xlsx(sheets / "sheetjs" / "merge_cells.xlsx")
    assert file.headers[:4] == ["A1:B2", "", "C1:C2", "Separate blocks"]
    assert list(next(iter(file.rows())).cells[:3]) == ["A3:B3", None, "C3"]


def test_contacts_of_mail_programs_come_in_whole(work: UnitOfWork, shared_data: Path) -> None:
    files = sorted((shared_data / "contacts_csv").glob("*/*.csv"))
    assert len(files) == 4
    named = [source for source in files if not inspect_file(source, "customers").missing]
    assert [source.name for source in files if source not in named] == ["email.csv"]  # addresses, and nobody's name
    for source in named:
        plan = inspect_file(source, "customers", date_order="ymd")
        outcome = bring(work, source, "customers", date_order="ymd")
        assert (outcome.read, outcome.rejected) == (plan.rows, 0), source.name
        again = bring(work, source, "customers", date_order="ymd")
        assert again.created == again.updated == 0, source.name
