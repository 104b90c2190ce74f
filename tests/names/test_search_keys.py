"""Any part of a name, its pinyin or a phone finds its record in a real full-text index."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search_keys import (
    MAX_TOKEN,
    Document,
    complaint_document,
    customer_document,
    match_expression,
    product_document,
    query,
)


class Index:
    """An FTS5 table as the shop's: two columns, word beginnings."""

    def __init__(self) -> None:
        self.base = sqlite3.connect(":memory:")
        self.base.execute("CREATE VIRTUAL TABLE docs USING fts5 (whole, inner, tokenize = 'ascii', prefix = '1 2 3')")

    def add(self, key: int, document: Document) -> None:
        self.base.execute("INSERT INTO docs (rowid, whole, inner) VALUES (?, ?, ?)", (key, *document))

    def find(self, text: str, column: str | None = None) -> list[int]:
        expression = match_expression(query(text).words, column)
        rows = self.base.execute("SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rowid", (expression,))
        return [key for (key,) in rows]


PEOPLE = {
    1: customer_document("曾国藩", ["13800138000"], "zgf_1811", ["z.guofan@qq.com"], "18102", ["爱喝茶"]),
    2: customer_document("王姐", ["13900139001", "01088886666"]),
    3: customer_document("吕绿", ["13700137002"], tags=["VIP客户"]),
    4: customer_document("Anna-Maria Li", ["85221234567"], external_id="M-000417"),
    5: customer_document("王Anna", codes=["8800 0042"]),
    6: customer_document("José Núñez"),
}


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    found = Index()
    for key, document in PEOPLE.items():
        found.add(key, document)
    yield found
    found.base.close()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("曾", [1]),
        ("国藩", [1]),
        ("藩", [1]),
        ("zgf", [1]),
        ("cgf", [1]),
        ("zengguo", [1]),
        ("guofan", [1]),
        ("gf", [1]),
        ("8000", [1]),
        ("0013", [1, 2, 3]),
        ("138-0013-8000", [1]),
        ("+86 138 0013 8000", [1]),
        ("１３８００１３８０００", [1]),
        ("zgf_1811", [1]),
        ("Z.GuoFan@qq.com", [1]),
        ("18102", [1]),
        ("102", [1]),
        ("喝茶", [1]),
        ("hecha", [1]),
        ("王", [2, 5]),
        ("wang", [2, 5]),
        ("王9001", [2]),
        ("9001 王", [2]),
        ("wangjie", [2]),
        ("wj9001", [2]),
        ("8888", [2]),
        ("lv", [3]),
        ("lulu", [3]),
        ("lvlv", [3]),
        ("vip", [3]),
        ("客户", [3]),
        ("maria", [4]),
        ("ANNA", [4, 5]),
        ("anna maria", [4]),
        ("li anna", [4]),
        ("M-000417", [4]),
        ("m000417", [4]),
        ("417", [4]),
        ("0042", [5]),
        ("88000042", [5]),
        ("王anna", [5]),
        ("jose nunez", [6]),
        ("Núñez", [6]),
        ("zzz", []),
        ("王 8000", []),
    ],
)
def test_queries(index: Index, text: str, keys: list[int]) -> None:
    assert index.find(text) == keys


def test_whole_holds_the_beginnings(index: Index) -> None:
    assert index.find("曾国", "whole") == [1]
    assert index.find("国藩", "whole") == []
    assert index.find("8000", "whole") == [1]
    assert index.find("国藩", "inner") == [1]


def test_nothing_to_look_for() -> None:
    for text in ("", "  ", "-*\"'()"):
        assert query(text).words == ()
    with pytest.raises(ValueError, match="no words"):
        match_expression(())


def test_expressions_are_quoted() -> None:
    assert match_expression(["王", 'a"b'], "whole") == '{whole} : ("王" * AND "a""b" *)'


def test_tokens_are_letters_and_digits_only() -> None:
    document = customer_document("O'Brien-Ünal 王・", ["+49 (30) 1234"], "wx-1@", ["a+b@c.de"], "#7", ["a/b c"])
    tokens = f"{document.whole} {document.inner}".split(" ")
    assert all(token.isalnum() and token == token.lower() for token in tokens)


def test_products_and_complaints() -> None:
    index = Index()
    index.add(1, product_document("西湖龙井茶 250g", "LJ-250", ["6901234567892"], "茶叶"))
    index.add(2, product_document("WHITE HANGING HEART T-LIGHT HOLDER", "85123A"))
    index.add(3, complaint_document("C-2026-0012", "单田芳", "茶叶受潮"))
    for text, keys in {
        "龙井": [1],
        "longjing": [1],
        "lj250": [1],
        "7892": [1],
        "250g": [1],
        "cy": [1, 3],
        "85123a": [2],
        "heart holder": [2],
        "light": [2],
        "0012": [3],
        "c-2026-13": [],
        "c20260012": [3],
        "stf": [3],
        "受潮": [3],
    }.items():
        assert index.find(text) == keys, text
    index.base.close()


HAN = st.text("曾单王李乐长吕国藩娜芳明", min_size=1, max_size=4)
DIGITS = st.text("0123456789", min_size=5, max_size=13)


@given(HAN, DIGITS, st.data())
def test_any_run_from_anywhere_finds_the_record(name: str, phone: str, data: st.DataObject) -> None:
    document = customer_document(name, [phone])
    tokens = f"{document.whole} {document.inner}".split(" ")
    for text in (name, phone):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        for word in query(text[start:end]).words:
            assert any(token.startswith(word) for token in tokens), word


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_text_makes_a_document_and_finds_itself(name: str, code: str) -> None:
    document = product_document(name, code)
    tokens = f"{document.whole} {document.inner}".split(" ")
    assert all(len(token) <= MAX_TOKEN for token in tokens)
    for word in query(name).words:
        assert any(token.startswith(word) for token in tokens), word
