"""CSV that a spreadsheet opens right and does not run."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.formats.csv_in import open_csv
from app.formats.csv_out import csv_bytes, guarded, write_csv
from app.formats.tables import Cell


def test_mark_and_line_ends() -> None:
    data = csv_bytes(["姓名", "备注"], [["王姐", "a\r\nb"]])
    assert data == '\ufeff姓名,备注\r\n王姐,"a\nb"\r\n'.encode()


@pytest.mark.parametrize("sign", list("=+-@＝＋－＠\t\r'"))
def test_what_would_run_gets_an_apostrophe(sign: str) -> None:
    assert guarded(f"{sign}x") == f"'{sign}x"


def test_blanks_before_a_formula_do_not_help_it() -> None:
    assert guarded("  =1") == "'  =1"
    assert guarded("\u3000=1") == "'\u3000=1"
    assert guarded("1=1") == "1=1"
    assert guarded(" 'x") == " 'x"


def test_numbers_and_dates_are_plain() -> None:
    row: list[Cell] = [-5, Decimal("-12.50"), 1.5, date(2024, 5, 1), datetime(2024, 5, 1, 8, 26), True, None]
    assert csv_bytes(["a"], [row]).decode().splitlines()[1] == "-5,-12.50,1.5,2024-05-01,2024-05-01 08:26:00,TRUE,"


def test_to_a_file_and_back(tmp_path: Path) -> None:
    path = tmp_path / "出.csv"
    cells = ["+8613800138000", "'x", "''", "=1", "plain", "a,b", '"q"']
    assert write_csv(path, list("abcdefg"), [cells, cells]) == 2
    assert [row.cells for row in open_csv(path).rows()] == [cells, cells]
