"""The Pareto curve: how much of the turnover the best customers bring, with the shop's own pair."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from app.charts.drawn import Drawn, Mark
from app.charts.style import ChartColours, Room, new_figure

STEPS = 20
"""The curve is read at every twentieth of the customers."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Points from (0, 0) to (1, 1), the pair to point out, and what the curve stands for."""

    points: Sequence[tuple[float, float]]
    pair: tuple[float, float]
    key: Hashable


@dataclass(frozen=True, slots=True)
class CurveWords:
    """`finding` in one line, `detail` under it, what the axis counts."""

    finding: str
    detail: str
    customers: str
    series: str


def pareto_curve(curve: Curve, words: CurveWords, colours: ChartColours) -> Drawn:
    """Draw the curve with its pair marked."""
    figure = new_figure(colours, Room(len("100%"), 0.6, 2.6))
    axes = figure.subplots()
    x, y = [point[0] for point in curve.points], [point[1] for point in curve.points]
    axes.plot([0, 1], [0, 1], color=colours.grid, linewidth=1.2, linestyle=(0, (4, 3)))
    axes.fill_between(x, y, color=colours.accent_soft)
    axes.plot(x, y, color=colours.accent)
    _point_out(axes, curve.pair, words, colours)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.04)
    axes.set_yticks([0, 0.5, 0.8, 1])
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.0%}"))
    axes.set_xlabel(words.customers)
    return Drawn(figure, axes, _marks(curve, words))


def _point_out(axes: Axes, pair: tuple[float, float], words: CurveWords, colours: ChartColours) -> None:
    x, y = pair
    axes.plot([x, x, 0], [0, y, y], color=colours.gold, linewidth=1.2)
    axes.plot([x], [y], "o", color=colours.gold, markersize=7, markeredgecolor=colours.ground, markeredgewidth=1.5)
    left = x < 0.5
    line = colours.caption_points
    where: dict[str, Any] = {"textcoords": "offset points", "ha": "left" if left else "right", "va": "top"}
    axes.annotate(words.finding, pair, (10 if left else -10, -line), color=colours.ink, weight="bold", **where)
    axes.annotate(words.detail, pair, (10 if left else -10, -2.8 * line), color=colours.ticks, **where)


def _marks(curve: Curve, words: CurveWords) -> list[Mark]:
    """One mark for each step, as high as the curve."""
    edges = [step / STEPS for step in range(STEPS + 1)]
    marks = []
    for left, right in pairwise(edges):
        share = _height(curve.points, right)
        said = f"{share:.0%}"
        marks.append(Mark(curve.key, f"{right:.0%}", words.series, share, said, (left, 0, right, share)))
    return marks


def _height(points: Sequence[tuple[float, float]], x: float) -> float:
    """The curve at `x`, along the straight line between the points around it."""
    after = bisect_left(points, (x, 0.0))
    if after == 0 or after >= len(points):
        return points[min(after, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
