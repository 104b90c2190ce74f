"""Reasons are broken into lines without losing a word or a mark."""

import pytest

from app.views.shared import look, paint
from app.views.shared.wrapping import marked_lines

pytestmark = pytest.mark.usefixtures("qapp")

SAID = "Usually comes every **15** days, today is day **27**"


def wide(line: str) -> int:
    """As it is painted: the heavy parts in the heavier face."""
    parts = enumerate(line.split("**"))
    return sum(look.current().measure(part, "small", weight=600 if at % 2 else None) for at, part in parts)


def test_broken_lines_hold_every_word_and_fit() -> None:
    lines = marked_lines(SAID, look.px(200), 3)
    assert len(lines) > 1
    assert " ".join(paint.plain(line) for line in lines) == paint.plain(SAID)
    assert all(wide(line) <= look.px(200) for line in lines)


def test_what_is_heavy_stays_heavy_on_its_line() -> None:
    lines = marked_lines(SAID, look.px(200), 3)
    assert [part for line in lines for part in line.split("**")[1::2]] == ["15", "27"]


def test_the_last_line_holds_the_rest() -> None:
    first, last = marked_lines("平时 **15** 天来一次，今天是第 **27** 天" * 4, look.px(160), 2)
    assert paint.plain(first + last).replace(" ", "") == "平时15天来一次，今天是第27天" * 4


def test_a_heavy_stretch_across_lines_is_heavy_on_both() -> None:
    lines = marked_lines("**Complaint open: greet, do not sell anything today**", look.px(120), 4)
    assert len(lines) > 1
    assert all(line.startswith("**") and line.endswith("**") for line in lines)


def test_no_words_are_no_lines() -> None:
    assert marked_lines("", 100, 2) == []


def test_no_character_is_left_alone_on_the_last_line() -> None:
    for width in range(look.px(120), look.px(260), 4):
        lines = marked_lines("平时 **15** 天来一次，今天是第 **27** 天", width, 2)
        assert len(lines) == 1 or paint.plain(lines[-1]) != "天"
