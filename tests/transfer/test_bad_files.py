"""Files that are broken, foreign or cut short, and imports that are stopped: a clear refusal, and nothing half done."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import event

from app.bootstrap import Shop
from app.domain.errors import Cancelled
from app.formats.csv_in import open_csv
from app.formats.tables import FileRefused
from app.services.transfer import import_sales, inspect_file, write_rejected
from app.storage.errors import DiskFull
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
HEAD = "单号,商品编码,品名,数量,日期,单价,会员号"


def lines(count: int) -> str:
    return "\n".join([HEAD, *(f"{n},T{n % 9},茶,1,2026-10-01 10:00,20,M{n % 50}" for n in range(count))])


def refusal(source: Path) -> str:
    with pytest.raises(FileRefused) as told:
        inspect_file(source, "sales")
    return told.value.code


def test_an_empty_file(tmp_path: Path) -> None:
    source = tmp_path / "empty.csv"
    source.touch()
    assert refusal(source) == "empty_file"
    source.write_text("\n\n,,\n", encoding="utf-8")
    assert refusal(source) == "empty_file"


def test_a_picture(tmp_path: Path) -> None:
    source = tmp_path / "photo.csv"
    source.write_bytes(PNG)
    assert refusal(source) == "not_text"


def test_a_zip_that_is_no_spreadsheet(tmp_path: Path) -> None:
    source = tmp_path / "things.csv"
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("a.txt", "a")
    assert refusal(source) == "not_a_spreadsheet"


def test_half_a_spreadsheet(tmp_path: Path) -> None:
    book, source = Workbook(), tmp_path / "half.xlsx"
    book.save(source)
    source.write_bytes(source.read_bytes()[:900])
    assert refusal(source) == "broken"


def test_a_spreadsheet_called_csv_is_read_as_what_it_is(work: UnitOfWork, tmp_path: Path) -> None:
    book, source = Workbook(), tmp_path / "sales.csv"
    sheet = book.active
    assert sheet is not None
    for row in (HEAD.split(","), (1001, "T1", "茶", 1, "2026-10-01 10:00", 20, "M1")):
        sheet.append(row)
    book.save(source)
    assert counts(bring(work, source, "sales")) == (1, 0, 0, 0, 0)


def test_half_a_file_gives_up_its_last_row_alone(work: UnitOfWork, tmp_path: Path) -> None:
    source = tmp_path / "half.csv"
    source.write_bytes(lines(40).encode()[:-9])
    outcome = bring(work, source, "sales")
    assert counts(outcome) == (39, 0, 0, 0, 1)
    assert outcome.rejections[0].line == 41
    assert outcome.rejections[0].code == "too_few_cells"


def test_a_quote_that_is_never_closed_takes_no_other_row_with_it(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, lines(3).replace("1,T1,茶", '1,T1,"茶'))
    outcome = bring(work, source, "sales")
    assert counts(outcome) == (2, 0, 0, 0, 1)
    assert outcome.rejections[0].code == "unclosed_quote"


def test_the_rejected_rows_can_be_mended_and_brought_in(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, f"{HEAD}\n1,T1,茶,1,2026-10-01,20,M1\n2,T1,=cmd,1,wann,20,1.5E+10")
    plan = inspect_file(source, "sales")
    outcome = bring(work, source, "sales")
    target = tmp_path / "rejected.csv"
    assert write_rejected(target, plan, outcome.rejections, ("行", "原因"), lambda one: one.code) == 1
    again = open_csv(target)
    assert again.headers == ["行", "原因", *HEAD.split(",")]
    assert [list(row.cells) for row in again.rows()] == [
        ["3", "not_a_date", "2", "T1", "=cmd", "1", "wann", "20", "1.5E+10"]
    ]
    mended = target.read_text(encoding="utf-8-sig").replace("wann", "2026-10-02").replace("1.5E+10", "M2")
    target.write_text(mended, encoding="utf-8")
    assert counts(bring(work, target, "sales")) == (1, 0, 0, 0, 0)


def test_stopped_in_the_middle_nothing_is_there(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, lines(6_000))
    seen: list[int] = []

    def stop_late(done: int, total: int) -> None:
        seen.append(done)
        assert total == 6_000
        if done >= 5_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(work, source, "sales", progress=stop_late)
    assert seen == [0, 1_000, 2_000, 3_000, 4_000, 5_000]
    for table in ("sales", "sale_lines", "customers", "products", "import_batches", "search_entries"):
        assert asked(work, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert counts(bring(work, source, "sales")) == (6_000, 0, 0, 0, 0)


def test_a_full_disk_leaves_the_shop_as_it_was(shop: Shop, tmp_path: Path) -> None:
    source = written(tmp_path, lines(20_000))
    pages = asked(shop.work, "PRAGMA page_count")[0][0]

    @event.listens_for(shop.work.engine, "begin")
    def fill(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")  # type: ignore[attr-defined]

    with pytest.raises(DiskFull):
        shop.work.write(import_sales, inspect_file(source, "sales"), at=NOW)
    assert asked(shop.work, "SELECT count(*) FROM sale_lines") == [(0,)]
    assert asked(shop.work, "PRAGMA integrity_check") == [("ok",)]
