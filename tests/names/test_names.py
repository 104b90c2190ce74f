"""A display name is the truth; its parts are a reading of it."""

import pytest

from app.domain.names import NameParts, display, initials, split


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("王小明", NameParts("王", "小明")),
        ("欧阳娜娜", NameParts("欧阳", "娜娜")),
        ("司馬懿", NameParts("司馬", "懿")),
        ("爱新觉罗溥仪", NameParts("爱新觉罗", "溥仪")),
        ("王姐", NameParts("王", "", "姐")),
        ("李总", NameParts("李", "", "总")),
        ("张先生", NameParts("张", "", "先生")),
        ("欧阳老师", NameParts("欧阳", "", "老师")),
        ("王小明先生", NameParts("王", "小明", "先生")),
        ("王小妹", NameParts("王", "小妹")),
        ("老张", NameParts("张", "", "老")),
        ("小王", NameParts("王", "", "小")),
        ("王 小明", NameParts("王", "小明")),
        ("王", NameParts("王", "")),
        ("先生", NameParts("先", "生")),
        ("Anna Maria Li", NameParts("Li", "Anna Maria")),
        ("Li, Anna", NameParts("Li", "Anna")),
        ("Anna", NameParts("", "Anna")),
        ("", NameParts("", "")),
    ],
)
def test_parts(name: str, parts: NameParts) -> None:
    assert split(name) == parts


def test_han_names_have_no_blanks() -> None:
    assert display(" 王  小\u3000明 ") == "王小明"
    assert display("阿依古丽 · 买买提") == "阿依古丽·买买提"
    assert display("王 Anna") == "王 Anna"
    assert display("Anna  Li\n") == "Anna Li"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王"),
        ("欧阳娜娜", "欧"),
        ("anna li", "AL"),
        ("Anna Maria Li", "AL"),
        ("Anna", "A"),
        ("138", ""),
        ("(王姐)", "王"),
    ],
)
def test_initials(name: str, shown: str) -> None:
    assert initials(name) == shown
