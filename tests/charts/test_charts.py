"""Charts on their own: what is drawn is what was given, in Chinese too, and every letter has a shape."""

from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from app.charts.drawn import Drawn
from app.charts.insights import Bars, Curve, CurveWords, Series, pareto_curve, stacked_bars
from app.charts.style import LAST, present


@dataclass(frozen=True)
class Colours:
    ground: str = "#ffffff"
    ink: str = "#211f1b"
    ticks: str = "#6b665d"
    grid: str = "#e4e1da"
    outline: str = "#8c877d"
    accent: str = "#136f5f"
    accent_soft: str = "#dfefe9"
    gold: str = "#c08420"
    families: tuple[str, ...] = ("Inter", "Noto Sans CJK SC")
    caption_points: float = 9.0


WORDS = CurveWords("23% 的顾客带来 80% 的营业额", "A 类 151 位 · 三个月前 158 位", "顾客（由高到低）", "占营业额")
CURVE = Curve([(0.0, 0.0), (0.25, 0.8), (0.5, 0.95), (1.0, 1.0)], (0.25, 0.8), "A")


def bars(*rows: tuple[float, ...]) -> Bars:
    hues = ("gold", "accent", "outline")
    names = ("VIP", "普通", "潜在")
    count = len(rows[0])
    series = [
        Series(name, hue, row, [(name, place) for place in range(count)])  # type: ignore[arg-type]
        for name, hue, row in zip(names, hues, rows, strict=False)
    ]
    months = [f"{place + 1}月" for place in range(count)]
    return Bars(months, [f"2026年{month}" for month in months], series, "{:,.0f}".format, "{:,.0f}".format)


def paint(drawn: Drawn) -> None:
    """Draw for real; a letter without a shape is a warning, and warnings fail."""
    drawn.figure.set_size_inches(6, 2.2)
    FigureCanvasAgg(drawn.figure).draw()  # type: ignore[no-untyped-call]


def test_bars_stand_on_each_other() -> None:
    drawn = stacked_bars(bars((1, 2, 3), (40, 50, 60), (30, 0, 35)), Colours())
    paint(drawn)
    heights = [(mark.series, mark.value) for mark in drawn.marks]
    assert heights[:3] == [("VIP", 1), ("普通", 40), ("潜在", 30)]
    for place in range(3):
        stack = sorted(mark.box for mark in drawn.marks if mark.key == (mark.series, place))
        assert all(below[3] == above[1] for below, above in pairwise(stack))
    patches = [patch.get_height() for container in drawn.axes.containers for patch in container]
    assert patches == [1, 2, 3, 40, 50, 60, 30, 0, 35]


def test_the_total_is_written_over_the_last() -> None:
    drawn = stacked_bars(bars((1000, 2000), (300, 284)), Colours())
    assert [text.get_text() for text in drawn.axes.texts] == ["2,284"]
    assert "1000" not in {text.get_text() for text in drawn.axes.texts}


def test_a_finding_about_another_bar_has_the_total_over_that() -> None:
    drawn = stacked_bars(replace(bars((1000, 2000, 5), (300, 284, 7)), told=1), Colours())
    assert [(text.get_text(), text.xy) for text in drawn.axes.texts] == [("2,284", (1, 2284))]  # type: ignore[attr-defined]


def test_a_place_is_found_and_beside_it_nobody() -> None:
    drawn = stacked_bars(bars((1, 2), (40, 50)), Colours())
    paint(drawn)
    for mark in drawn.marks:
        left, bottom, right, top = drawn.place(mark)
        assert drawn.mark_at((left + right) / 2, (bottom + top) / 2) == mark
    first, *_ = drawn.marks
    left, bottom, _, _ = drawn.place(first)
    assert drawn.mark_at(left - 4, bottom + 1) is None


def test_nothing_sold_and_more_returned_than_sold_can_be_drawn() -> None:
    for rows in (((0.0, 0.0), (0.0, 0.0)), ((5.0, -3.0), (0.0, 0.0))):
        drawn = stacked_bars(bars(*rows), Colours())
        paint(drawn)
        low, high = drawn.axes.get_ylim()
        assert low <= min(0, *rows[0])
        assert high > max(rows[0])


def test_a_shop_that_owes_no_points_has_an_empty_chart() -> None:
    drawn = stacked_bars(Bars([], [], [Series("Points", "gold", [], [])], str, str), Colours())
    assert drawn.marks == []


def test_the_curve_goes_through_its_points() -> None:
    drawn = pareto_curve(CURVE, WORDS, Colours())
    paint(drawn)
    lines = [np.asarray(line.get_xydata()).tolist() for line in drawn.axes.lines]
    assert [list(point) for point in CURVE.points] in lines
    assert {text.get_text() for text in drawn.axes.texts} == {WORDS.finding, WORDS.detail}
    values = {mark.label: mark.value for mark in drawn.marks}
    assert values["25%"] == pytest.approx(0.8)
    assert values["50%"] == pytest.approx(0.95)
    assert values["75%"] == pytest.approx(0.975)
    assert values["100%"] == 1


def test_an_even_shop_has_its_words_on_the_left() -> None:
    even = replace(CURVE, points=[(0.0, 0.0), (1.0, 1.0)], pair=(0.8, 0.8))
    drawn = pareto_curve(even, WORDS, Colours())
    paint(drawn)
    assert {text.get_horizontalalignment() for text in drawn.axes.texts} == {"right"}


def test_only_faces_that_exist_are_asked_for() -> None:
    found = present(("No Such Face", "Inter"))
    assert "No Such Face" not in found
    assert found[-1] == LAST


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_chinese_words_survive_saving(tmp_path: Path, ending: str) -> None:
    drawn = stacked_bars(bars((1, 2), (40, 50), (3, 4)), Colours())
    path = tmp_path / f"chart.{ending}"
    drawn.figure.savefig(path)
    assert path.stat().st_size > 1000
