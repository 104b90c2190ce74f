"""Spreadsheets: what is read, what is refused, and that a text written stays a text."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.text import clean
from app.formats.tables import Cell, FileRefused, Oddity, Problem
from app.formats.xlsx_in import open_all, open_xlsx
from app.formats.xlsx_out import MAX_TEXT, write_sheets, write_xlsx
from app.formats.xlsx_rows import MAX_COLUMNS
from tests.effort import least_effort


def _book(*rows: list[object], title: str = "Sheet") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part replaced or added, packed hard."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return stream.getvalue()


def _refusal(data: bytes, **options: str) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        sheet = open_xlsx(data, **options)  # type: ignore[arg-type]
        list(sheet.rows())
    return refused.value


def test_cells_arrive_as_what_they_are() -> None:
    data = _book(
        ["会员资料"],
        [],
        ["卡号", "姓名", "生日", "金额", "办卡时间", "同意"],
        ["001", "王姐", date(1985, 3, 2), 12.5, datetime(2024, 5, 1, 8, 26), True],
        [42.0, None, None, 3, None, None, None],
        [],
        ["#N/A", " x ", None, None, None, None],
    )
    sheet = open_xlsx(data)
    assert (sheet.name, sheet.header_row) == ("Sheet", 3)
    assert sheet.headers == ["卡号", "姓名", "生日", "金额", "办卡时间", "同意"]
    assert [(row.line, row.cells, row.problem) for row in sheet.rows()] == [
        (4, ["001", "王姐", date(1985, 3, 2), 12.5, datetime(2024, 5, 1, 8, 26), True], None),
        (5, [42, None, None, 3, None, None], None),
        (7, [None, " x ", None, None, None, None], None),
    ]
    assert sheet.warnings == {Oddity.BLANK_ROWS: 1, Oddity.ERROR_CELLS: 1}


def test_a_number_shown_with_leading_zeros_keeps_them() -> None:
    book = openpyxl.Workbook()
    book.active.append(["卡号", "数量"])
    book.active.append([42, 42])
    book.active["A2"].number_format = "00000"
    stream = io.BytesIO()
    book.save(stream)
    assert [row.cells for row in open_xlsx(stream.getvalue()).rows()] == [["00042", 42]]


def test_a_row_wider_than_the_header_says_so() -> None:
    rows = list(open_xlsx(_book(["name", "phone", "note"], ["a", 1, 2, 3], ["b", 1])).rows())
    assert [(row.cells, row.problem) for row in rows] == [
        (["a", 1, 2, 3], Problem.TOO_MANY_CELLS),
        (["b", 1, None], None),
    ]


def test_the_first_sheet_that_holds_anything_or_the_chosen_one() -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    book.create_sheet("名单").append(["姓名", "手机"])
    book["名单"].append(["王姐", "13800138000"])
    book.create_sheet("更多").append(["姓名", "电话"])
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    assert open_xlsx(data).beside == ("空", "名单", "更多")
    assert open_xlsx(data).name == "名单"
    assert open_xlsx(data, sheet="更多").headers == ["姓名", "电话"]
    assert [sheet.name for sheet in open_all(data)] == ["名单", "更多"]
    assert _refusal(data, sheet="没有").code == "no_such_sheet"
    assert _refusal(data, sheet="空").code == "empty_file"


def test_what_is_not_a_workbook_is_refused_by_its_kind(tmp_path: Path) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert _refusal(b"").code == "empty_file"
    assert _refusal(b"name,phone\nAnna,1\n").code == "not_a_spreadsheet"
    assert _refusal(zipped.getvalue()).code == "not_a_spreadsheet"
    assert _refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600).code == "old_excel"
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert _refusal(locked).code == "password_protected"
    good = _book(["name"], ["Anna"])
    assert _refusal(good[: len(good) // 2]).code == "broken"


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    sheet = b"<worksheet><sheetData>" + b"<row><c><v>1</v></c></row>" * 2_000_000 + b"</sheetData></worksheet>"
    bomb = _with_part(_book(["name"], ["Anna"]), "xl/worksheets/sheet1.xml", sheet)
    assert len(bomb) < 1_000_000
    refusal = _refusal(bomb)
    assert refusal.code == "too_dense"
    assert refusal.numbers["ratio"] > refusal.numbers["limit"]


def test_too_large_and_too_many_parts() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "")
        for n in range(2_001):
            archive.writestr(f"xl/media/{n}", "")
    assert _refusal(stream.getvalue()).code == "too_many_parts"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "")
        for n in range(3):
            archive.writestr(f"xl/media/{n}", b"\0" * 70 * 2**20)
    assert _refusal(stream.getvalue()).code == "too_large"


def test_entities_are_refused() -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    outside = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
    for trap in (laughs, outside):
        for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
            refusal = _refusal(_with_part(_book(["name"], ["Anna"]), part, trap))
            assert refusal.code in ("unsafe_xml", "broken"), part


def test_nonsense_inside_is_broken_not_a_crash() -> None:
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "[Content_Types].xml"):
        for content in (b"", b"<a", b"<a/>", b"\xff\xfe"):
            data = _with_part(_book(["name"], ["Anna"]), part, content)
            try:
                list(open_xlsx(data).rows())
            except FileRefused as refusal:
                assert refusal.code in ("broken", "empty_file", "not_a_spreadsheet"), (part, content)


def test_two_cells_at_the_ends_of_the_sheet() -> None:
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="%s1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    wide = _refusal(_with_part(_book(["name"]), "xl/worksheets/sheet1.xml", far % b"XFD"))
    assert (wide.code, wide.numbers["limit"]) == ("too_many_columns", MAX_COLUMNS)
    deep = open_xlsx(_with_part(_book(["name"]), "xl/worksheets/sheet1.xml", far % b"B"))
    assert [row.line for row in deep.rows()] == [1, 1_048_576]


def test_a_sheet_that_does_not_say_its_size_is_not_read_to_find_out(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    write_xlsx(path, "Long", ["A", "B"], (["x", "y"] for _ in range(5_000)))
    reading = least_effort(lambda: list(open_xlsx(path).rows()))
    assert least_effort(lambda: open_xlsx(path)) < reading / 5


def test_texts_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "出.xlsx"
    texts: list[Cell] = ["+8613800138000", "=1+1", "001", "1.38E+10", "'x", "@x", "#N/A", "_x0041_", "a\x07b", ""]
    written = write_xlsx(path, "顾客/名单", ["电话"], [[text] for text in texts])
    assert (written.rows, written.shortened) == (10, 0)
    book = openpyxl.load_workbook(path)
    cells = [row[0] for row in book.active.iter_rows(min_row=2, max_row=9)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert book.sheetnames == ["顾客 名单"]
    read = [row.cells[0] for row in open_xlsx(path).rows()]
    assert read == ["+8613800138000", "=1+1", "001", "1.38E+10", "'x", "@x", "#N/A", "_x0041_", "ab"]


def test_numbers_and_dates_stay_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    row: list[Cell] = [3, Decimal("12.50"), date(2024, 5, 1), datetime(2024, 5, 1, 8, 26), True, None, "x"]
    assert write_sheets(path, [("a", list("abcdefg"), [row]), ("b", ["x"], [])]).rows == 1
    read = next(open_xlsx(path, header_row=1).rows()).cells
    assert read == [3, 12.5, date(2024, 5, 1), datetime(2024, 5, 1, 8, 26), True, None, "x"]


def test_a_text_too_long_for_a_cell_is_counted(tmp_path: Path) -> None:
    written = write_xlsx(tmp_path / "out.xlsx", "a", ["note"], [["x" * (MAX_TEXT + 1)], ["y"]])
    assert (written.rows, written.shortened) == (2, 1)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(TEXT, st.integers(-(10**14), 10**14), TEXT), min_size=1, max_size=4))
def test_what_is_written_is_read_back(
    rows: list[tuple[str, int, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("x") / "out.xlsx"
    write_xlsx(path, "a", ["name", "n", "note"], rows)
    expected = [[clean(a) or None, n, clean(b) or None] for a, n, b in rows]
    assert [row.cells for row in open_xlsx(path, header_row=1).rows()] == expected


@pytest.mark.real_data
def test_days_are_counted_from_1900_and_from_1904(shared_data: Path) -> None:
    for name, first in (("1900", date(1900, 1, 1)), ("1904", date(1904, 1, 2))):
        rows = list(open_xlsx(shared_data / "xlsx_torture" / "sheetjs" / f"{name}.xlsx").rows())
        assert rows[0].cells[1] == first
        assert [str(row.cells[1]) for row in rows] == [row.cells[2] for row in rows]


@pytest.mark.real_data
def test_the_torture_sheets(shared_data: Path) -> None:
    suite = shared_data / "xlsx_torture"
    ids = open_xlsx(suite / "frictionless" / "cast-int-to-string-issue-1251.xlsx")
    assert [row.cells[0] for row in ids.rows()] == ["001", "002"]
    titled = open_xlsx(suite / "frictionless" / "skip-rows.xlsx")
    assert (titled.header_row, titled.headers) == (2, ["A", "B"])
    paths = sorted(suite.glob("*/*.xlsx"))
    assert len(paths) == 12
    for path in paths:
        assert open_all(path), path.name
        assert all(row.cells for sheet in open_all(path) for row in sheet.rows())
    old = shared_data / "csv_torture" / "csvlint" / "spreadsheet.xls"
    assert _refusal(old.read_bytes()).code == "old_excel"
