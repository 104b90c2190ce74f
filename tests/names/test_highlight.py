"""The letters a query matched are the ones shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.highlight import matched_spans
from app.domain.search_keys import query


@pytest.mark.parametrize(
    ("text", "typed", "spans"),
    [
        ("曾国藩", "国藩", [(1, 3)]),
        ("曾国藩", "zgf", [(0, 3)]),
        ("曾国藩", "cgf", [(0, 3)]),
        ("曾国藩", "guo", [(1, 2)]),
        ("曾国藩", "gu", [(1, 2)]),
        ("曾国藩", "zengg", [(0, 2)]),
        ("王仇国", "qg", []),
        ("吕布", "lub", [(0, 2)]),
        ("吕布", "lv", [(0, 1)]),
        ("138-0013-8000", "00138", [(4, 10)]),
        ("王小明 13800138000", "王8000", [(0, 1), (11, 15)]),
        ("Anna Smith", "smi", [(5, 8)]),
        ("José Núñez", "nunez jo", [(0, 2), (5, 10)]),
        ("李乐", "yue", [(1, 2)]),
        ("曾国藩", "xyz", []),
        ("曾国藩", "", []),
        ("", "a", []),
    ],
)
def test_spans(text: str, typed: str, spans: list[tuple[int, int]]) -> None:
    assert matched_spans(text, query(typed).words) == spans


@given(st.text(max_size=30), st.text(max_size=10))
def test_spans_lie_inside_and_apart(text: str, typed: str) -> None:
    last = -1
    for start, end in matched_spans(text, query(typed).words):
        assert last < start < end <= len(text)
        last = end
