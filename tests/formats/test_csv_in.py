"""CSV as shops have it: every row arrives, with its line, and nothing is swallowed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import clean
from app.formats.csv_in import MAX_CELL, open_csv
from app.formats.csv_out import csv_bytes
from app.formats.tables import FileRefused, Oddity, Problem


def _rows(data: bytes, **options: object) -> list[tuple[int, list[object], Problem | None]]:
    return [(row.line, list(row.cells), row.problem) for row in open_csv(data, **options).rows()]  # type: ignore[arg-type]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(sign: str, end: str) -> None:
    lines = [["姓名", "电话", "备注"], ["王姐", "13800138000", "x"], ["李总", "13900139000", ""]]
    file = open_csv(end.join(sign.join(cells) for cells in lines).encode())
    assert (file.delimiter, file.headers) == (sign, lines[0])
    assert [row.cells for row in file.rows()] == lines[1:]
    assert [row.line for row in file.rows()] == [2, 3]


def test_semicolons_win_over_decimal_commas() -> None:
    file = open_csv(b"Name;Price\nTea;1,50\nMilk;2,25\nSalt;3,10\n")
    assert file.delimiter == ";"


def test_excel_may_say_its_delimiter() -> None:
    file = open_csv(b"sep=;\nname;note\nAnna;a,b,c\n")
    assert (file.headers, file.header_row) == (["name", "note"], 2)
    assert [row.cells for row in file.rows()] == [["Anna", "a,b,c"]]


def test_quoted_newlines_and_the_line_a_row_begins_on() -> None:
    assert _rows(b'name,note\nAnna,"one\r\ntwo\nthree"\nBo,x\n') == [
        (2, ["Anna", "one\ntwo\nthree"], None),
        (5, ["Bo", "x"], None),
    ]


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    lines = ["name,phone", 'Anna,"1380', *(f"row{n},{n}" for n in range(3, 40)), 'Zoe,"quoted, well"']
    rows = _rows("\n".join(lines).encode())
    assert [line for line, _, _ in rows] == list(range(2, 41))
    assert rows[0][2] is Problem.UNCLOSED_QUOTE
    assert all(problem is None for _, _, problem in rows[1:])
    assert rows[-1][1] == ["Zoe", "quoted, well"]


def test_many_broken_quotes_each_cost_one_line() -> None:
    lines = ["a,b"] + [f'{n},"x' if n % 3 == 0 else f"{n},y" for n in range(2, 302)]
    rows = _rows("\n".join(lines).encode())
    assert [line for line, _, _ in rows] == list(range(2, 302))
    assert [line for line, _, problem in rows if problem] == [n for n in range(2, 302) if n % 3 == 0]


def test_an_inch_sign_is_no_quote() -> None:
    assert _rows(b'name,size\nTape,5" wide\n') == [(2, ["Tape", '5" wide'], None)]


def test_a_cell_beyond_the_limit_is_refused_by_its_line() -> None:
    data = b"name,note\nAnna,ok\nBo," + b"x" * (MAX_CELL + 1) + b"\nCid,ok\n"
    rows = _rows(data)
    assert [(line, problem) for line, _, problem in rows] == [
        (2, None),
        (3, Problem.CELL_TOO_LONG),
        (4, None),
    ]


def test_a_long_honest_cell_is_read() -> None:
    note = "x" * 500_000
    assert _rows(f'name,note\nAnna,"{note}"\n'.encode())[0][1] == ["Anna", note]


def test_ragged_rows_are_kept_and_named() -> None:
    rows = _rows(b"a,b,c\n1,2\n1,2,3,4\n1,2,3,,\n")
    assert rows == [
        (2, ["1", "2", ""], Problem.TOO_FEW_CELLS),
        (3, ["1", "2", "3", "4"], Problem.TOO_MANY_CELLS),
        (4, ["1", "2", "3"], None),
    ]


def test_controls_are_taken_out_and_counted() -> None:
    file = open_csv(b"name,note\nAn\x00na,a\x07b\tc\n")
    assert [row.cells for row in file.rows()] == [["Anna", "ab\tc"]]
    assert file.warnings == Counter({Oddity.CONTROLS_REMOVED: 2})


def test_blank_rows_are_counted_not_read() -> None:
    file = open_csv(b"name,note\n\n,,\nAnna,x\n\n")
    assert [row.line for row in file.rows()] == [4]
    assert file.warnings[Oddity.BLANK_ROWS] == 3
    assert [row.line for row in file.rows()] == [4]
    assert file.warnings[Oddity.BLANK_ROWS] == 3


def test_undecodable_bytes_are_counted() -> None:
    file = open_csv("姓名,电话\n王小明,1\n".encode()[:-3] + b"\xff,1\n", encoding="utf-8")
    list(file.rows())
    assert file.warnings[Oddity.UNDECODABLE] == 1


def test_a_person_overrules_encoding_delimiter_and_header() -> None:
    data = "姓名|电话\n王姐|1\n".encode("gbk")
    file = open_csv(data, encoding="gb18030", delimiter="|", header_row=0)
    assert (file.header_row, file.headers) == (0, ["", ""])
    assert [row.cells for row in file.rows()] == [["姓名", "电话"], ["王姐", "1"]]


def test_a_mark_beats_the_choice_of_a_person() -> None:
    assert open_csv("姓名,电话\n".encode("utf-8-sig"), encoding="gb18030").headers == ["姓名", "电话"]


def test_titles_above_the_header() -> None:
    data = "某某茶行 会员资料导出\n导出时间：2024-05-01,,\n\n会员卡号,姓名,手机号\nA001,王姐,13800138000\n".encode(
        "gbk"
    )
    file = open_csv(data)
    assert (file.header_row, file.headers) == (4, ["会员卡号", "姓名", "手机号"])
    assert [row.line for row in file.rows()] == [5]


def test_a_list_without_header_has_none() -> None:
    file = open_csv("王小明,13800138000\n李静,13900139000\n".encode())
    assert (file.header_row, file.headers) == (0, ["", ""])
    assert len(list(file.rows())) == 2


def test_nothing_is_refused() -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf"):
        with pytest.raises(FileRefused) as refused:
            open_csv(data)
        assert refused.value.code == "empty_file"
    for data in (b"PK\x03\x04rest", b"%PDF-1.7\n", b"SQLite format 3\x00"):
        with pytest.raises(FileRefused) as refused:
            open_csv(data)
        assert refused.value.code == "not_text"
    with pytest.raises(FileRefused) as refused:
        open_csv(b"a,b", encoding="klingon")
    assert refused.value.code == "unknown_encoding"


def test_a_path_and_its_bytes_read_the_same(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    data = "姓名,电话\n王姐,'13800138000\n".encode("utf-16")
    path.write_bytes(data)
    assert [tuple(row) for row in open_csv(path).rows()] == [tuple(row) for row in open_csv(data).rows()]
    assert next(open_csv(path).rows()).cells == ["王姐", "13800138000"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=8))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    file = open_csv(csv_bytes(["name", "phone", "note"], rows))
    expected = [cleaned for row in rows if any(cleaned := [clean(cell) for cell in row])]
    assert [row.cells for row in file.rows()] == expected
    assert file.headers == ["name", "phone", "note"]


@given(st.binary(max_size=400))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    try:
        file = open_csv(data)
    except FileRefused:
        return
    lines = [row.line for row in file.rows()]
    assert lines == sorted(set(lines))


@given(st.lists(st.text('ab,"\n', max_size=12), min_size=1, max_size=12))
def test_every_line_is_in_some_row(lines: list[str]) -> None:
    """However the quotes stand, a letter is never lost: broken records are read line by line."""
    text = "\n".join(["name,phone", *lines])
    read = "".join(str(cell) for row in open_csv(text.encode(), delimiter=",").rows() for cell in row.cells)
    assert Counter(read)["a"] + Counter(read)["b"] == Counter("".join(lines))["a"] + Counter("".join(lines))["b"]


@pytest.mark.real_data
def test_csv_spectrum(shared_data: Path) -> None:
    suite = shared_data / "csv_torture" / "csv-spectrum"
    paths = sorted((suite / "csvs").glob("*.csv"))
    assert len(paths) == 11
    for path in paths:
        expected = json.loads(
            (suite / "json" / f"{path.stem}.json").read_text(encoding="utf-8").replace("\\r\\n", "\\n")
        )
        file = open_csv(path, header_row=1)
        assert [dict(zip(file.headers, row.cells, strict=True)) for row in file.rows()] == expected, path.name


@pytest.mark.real_data
def test_csvlint(shared_data: Path) -> None:
    suite = shared_data / "csv_torture" / "csvlint"
    for name in ("cr-line-endings", "crlf-line-endings", "lf-line-endings", "inconsistent-line-endings", "title-row"):
        file = open_csv(suite / f"{name}.csv")
        assert file.headers[0] == "Foo"
        assert [row.cells for row in file.rows()] == [["Biff", "Baff", "Boff"], ["Qux", "Teaspoon", "Doge"]], name
    broken = open_csv(suite / "invalid_many_rows.csv")
    rows = list(broken.rows())
    assert [row.line for row in rows if row.problem] == [4]
    assert [row.line for row in rows] == [2, 3, 4, 5, 6, 7, 9, 10, 12]


@pytest.mark.real_data
def test_naughty_strings_come_back(shared_data: Path) -> None:
    strings = json.loads((shared_data / "csv_torture" / "blns" / "blns.json").read_text(encoding="utf-8"))
    data = csv_bytes(["no", "text"], [[n, text] for n, text in enumerate(strings)])
    read = [row.cells[1] for row in open_csv(data).rows()]
    assert read == [clean(text) for text in strings]


@pytest.mark.real_data
def test_a_december_of_a_real_shop(shared_data: Path) -> None:
    file = open_csv(shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv")
    count = cancelled = unknown = 0
    for row in file.rows():
        assert row.problem is None
        count += 1
        cancelled += str(row.cells[0]).startswith("C")
        unknown += row.cells[6] == ""
    assert (count, cancelled, unknown) == (42_481, 728, 15_631)
