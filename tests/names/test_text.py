"""Text is cleaned at the door without losing a letter."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import clean, clean_counted, comparison_key, half_width, is_han, one_line, strip_accents


def test_controls_go_and_are_counted() -> None:
    assert clean_counted("a\x00b\x07\tc\nd") == ("ab\tc\nd", 2)
    assert clean_counted("a\r\nb\rc") == ("a\nb\nc", 0)
    assert clean_counted("王\ud800明\x85") == ("王明", 2)
    assert clean_counted("e\u0301") == ("é", 0)
    assert clean_counted("plain") == ("plain", 0)


@given(st.text())
def test_clean_text_is_clean_once_and_for_all(text: str) -> None:
    cleaned, removed = clean_counted(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in cleaned if char not in "\t\n")
    assert removed >= 0
    cleaned.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_nothing_visible_is_lost(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


def test_keys() -> None:
    assert comparison_key(" Ｗａｎｇ\u3000 Xiao\n") == "wang xiao"
    assert half_width("１３８－００１３，ＡＢ　￥") == "138-0013,AB ¥"
    assert one_line(" a\n\tb  c ") == "a b c"
    assert strip_accents("José Ångström Łódź 王") == "Jose Angstrom Łodz 王"


def test_han() -> None:
    assert all(map(is_han, "王〇㐀\U00020000"))
    assert not any(map(is_han, "aあ한1，"))
