"""The encoding of a file is decided right, for the whole of it."""

import random
from pathlib import Path

import pytest

from app.formats.encodings import decide

SIMPLIFIED = "姓名,手机号,地址,备注\n" + "".join(
    f"{name},1380013{n:04},{place},{note}\n"
    for n, (name, place, note) in enumerate(
        [
            ("王小明", "北京市朝阳区建国路88号", "喜欢乌龙茶，每月来两次"),
            ("李静怡", "上海市浦东新区世纪大道", "老顾客介绍"),
            ("欧阳娜娜", "广州市天河区", "对花生过敏"),
        ]
        * 10
    )
)
TRADITIONAL = "姓名,手機號碼,地址,備註\n" + "".join(
    f"{name},0912345{n:03},{place},{note}\n"
    for n, (name, place, note) in enumerate(
        [
            ("陳怡君", "臺北市信義區松仁路", "喜歡高山茶，每個月來兩次"),
            ("林志豪", "高雄市苓雅區", "老顧客介紹"),
            ("張雅婷", "臺中市西屯區", "對花生過敏"),
        ]
        * 10
    )
)
JAPANESE = "名前,電話,メモ\n" + "山田太郎,090-1234-5678,お茶が好きです\n鈴木花子,080-1111-2222,コーヒー\n" * 10


def test_marks_win() -> None:
    assert decide("王".encode("utf-8-sig")) == decide("x".encode("utf-8-sig"))
    assert decide("姓名".encode("utf-16")).name == "utf-16"
    assert decide("姓名".encode("utf-16")).bom
    assert decide("姓名".encode("utf-32")).name == "utf-32"


def test_strict_utf8_is_certain_and_ascii_is_utf8() -> None:
    for text in (SIMPLIFIED, TRADITIONAL, JAPANESE, "plain,ascii\n"):
        found = decide(text.encode())
        assert (found.name, found.certain) == ("utf-8", True)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gbk"),
        (SIMPLIFIED, "utf-16-le"),
        (SIMPLIFIED, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "utf-16-le"),
        (JAPANESE, "shift_jis"),
        ("Name;Ort\nMüller;Köln\nGroß;Düsseldorf\n" * 3, "cp1252"),
        ("Nom,Ville\nHélène,Orléans\nFrançois,Besançon\n" * 3, "latin-1"),
    ],
)
def test_a_contact_list_is_read_as_it_was_written(text: str, codec: str) -> None:
    data = text.encode(codec)
    assert data.decode(decide(data).name) == text
    assert not decide(data).certain


def test_three_names_are_enough() -> None:
    assert decide("姓名,电话\n王小明,13800138000\n李静,13900139000\n".encode("gbk")).name == "gb18030"


def test_random_lists_of_names_in_both_chinese_encodings() -> None:
    chance = random.Random(7)
    simplified = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗", "伟芳娜敏静秀丽强磊军洋勇艳杰娟涛明超霞平刚桂英"
    traditional = "王李張劉陳楊黃趙吳周徐孫馬朱胡林郭何高羅", "偉芳娜敏靜秀麗強磊軍洋勇豔傑娟濤明超霞平剛桂英"
    for codec, expected, (family, given) in (("gbk", "gb18030", simplified), ("big5", "big5hkscs", traditional)):
        for _ in range(200):
            names = [chance.choice(family) + "".join(chance.choices(given, k=2)) for _ in range(8)]
            data = ("name,phone\n" + "".join(f"{name},13800138000\n" for name in names)).encode(codec)
            assert decide(data).name == expected, names


def test_one_foreign_byte_far_down_unmakes_utf8() -> None:
    data = b"name,phone\n" + b"Anna,123\n" * 200_000 + "王小明李静怡欧阳娜娜,1\n".encode("gbk")
    assert decide(data).name == "gb18030"


def test_a_utf8_file_cut_in_the_middle_of_a_letter_is_still_utf8() -> None:
    found = decide((SIMPLIFIED * 5).encode()[:-2])
    assert (found.name, found.certain) == ("utf-8", False)


@pytest.mark.real_data
def test_shared_samples(shared_data: Path) -> None:
    folder = shared_data / "encodings" / "charset_normalizer"
    assert decide((folder / "sample-english.bom.txt").read_bytes()).name == "utf-8-sig"
    french = (folder / "sample-french-1.txt").read_bytes()
    assert "é" in french.decode(decide(french).name)
    chinese = (folder / "sample-chinese.txt").read_bytes()
    assert "維基大典" in chinese.decode(decide(chinese).name)
    # Latin-1 words from a bank, with broken lines in between.
    bank = (shared_data / "csv_torture" / "csvlint" / "invalid-byte-sequence.csv").read_bytes()
    assert "Histórico" in bank.decode(decide(bank).name)
