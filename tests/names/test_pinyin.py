"""Names are read as names: surnames first, every likely reading, fast and lazily."""

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from app.domain.pinyin import MAX_READINGS, of_char, pieces, readings, sort_key, surname_readings


def _read(name: str) -> list[str]:
    return ["".join(reading) for reading in readings(pieces(name))]


@pytest.mark.parametrize(
    ("name", "both"),
    [
        ("曾国藩", ["zengguofan", "cengguofan"]),
        ("单田芳", ["shantianfang", "dantianfang"]),
        ("查良镛", ["zhaliangyong", "chaliangyong"]),
        ("仇英", ["qiuying", "chouying"]),
        ("万俟兰", ["moqilan", "wanqilan"]),
        ("王国维", ["wangguowei"]),
        ("吕布", ["lvbu"]),
    ],
)
def test_a_surname_is_read_as_one_and_both_readings_are_kept(name: str, both: list[str]) -> None:
    assert _read(name) == both


def test_the_same_character_inside_a_name_is_no_surname() -> None:
    assert _read("王曾")[0] == "wangceng"
    assert _read("王姐") == ["wangjie"]


def test_characters_with_two_readings_are_found_by_both() -> None:
    assert set(_read("李乐")) == {"lile", "liyue"}
    assert len(_read("李乐乐乐乐乐")) == MAX_READINGS
    assert {reading[0] for reading in readings(pieces("单乐乐乐乐"))} == {"shan", "dan"}


def test_foreign_words_are_syllables() -> None:
    assert readings(pieces("王Anna 8")) == [("wang", "anna", "8")]
    assert readings(pieces("José")) == [("jose",)]
    assert readings(pieces("…")) == []


def test_the_order_of_a_list() -> None:
    names = ["张三", "曾国藩", "Anna", "王五", "李四", "李三", "Bob", "欧阳修"]
    assert sorted(names, key=sort_key) == ["Anna", "Bob", "李三", "李四", "欧阳修", "王五", "曾国藩", "张三"]


def test_an_unknown_character_stands_for_itself() -> None:
    assert of_char("\U0003fff0") == ("\U0003fff0",)


def test_nothing_is_loaded_before_it_is_needed() -> None:
    ours = "app.domain.search_keys, app.domain.phones, app.domain.birthdays, app.formats.xlsx_in, app.formats.csv_in"
    heavy = ["pypinyin", "phonenumbers", "lunar_python", "openpyxl", "charset_normalizer", "PySide6"]
    code = f"import sys, {ours}; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _toneless(text: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFD", text).replace("u\u0308", "v")
    return tuple("".join(char for char in apart if char.isascii()).split())


@pytest.mark.real_data
def test_every_surname_of_the_shared_list(shared_data: Path) -> None:
    lines = (shared_data / "names_pinyin" / "overtrue_surnames.txt.txt").read_text(encoding="utf-8").splitlines()
    wrong = []
    for line in lines:
        surname, _, reading = line.partition(": ")
        if surname_readings(surname)[0] != _toneless(reading):
            wrong.append((surname, surname_readings(surname), reading))
    assert len(lines) == 84
    assert wrong == []


@pytest.mark.real_data
def test_the_commonest_reading_of_every_common_character(shared_data: Path) -> None:
    text = (shared_data / "names_pinyin" / "mozillazg_kMandarin_8105.txt").read_text(encoding="utf-8")
    pairs = re.findall(r"^U\+([0-9A-F]+): (\S+)", text, re.MULTILINE)
    assert len(pairs) == 8105
    wrong = [chr(int(code, 16)) for code, way in pairs if of_char(chr(int(code, 16)))[0] != _toneless(way)[0]]
    assert wrong == ["㴔"]  # the two sources disagree on this one
