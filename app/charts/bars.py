"""Bars by month, stacked by kind: people in each tier, sales of known and unknown customers."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.charts.drawn import Drawn, Mark
from app.charts.style import ChartColours, Room, new_figure

WIDTH = 0.62
HEADROOM = 1.16
"""Room above the highest bar for its number."""


@dataclass(frozen=True, slots=True)
class Series:
    """One kind, from left to right; `hue` "outline" is for those who are not customers yet, or not known."""

    name: str
    hue: Literal["gold", "accent", "outline"]
    values: Sequence[float]
    keys: Sequence[Hashable]
    """What each bar stands for."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars under `labels`, the first series at the bottom; `say` writes a value, `tick` one on the axis."""

    labels: Sequence[str]
    names: Sequence[str]
    """The labels in full, for hover and table."""
    series: Sequence[Series]
    say: Callable[[float], str]
    tick: Callable[[float], str]
    told: int = -1
    """The bar whose total is written over it: the last, unless the finding is about another."""


def stacked_bars(bars: Bars, colours: ChartColours) -> Drawn:
    """Draw the stacks, with the total written over the one that is told of."""
    figure = new_figure(colours, _room(bars))
    axes = figure.subplots()
    base, marks = [0.0] * len(bars.labels), list[Mark]()
    for series in bars.series:
        _draw(axes, series, base, colours)
        marks += _marks(bars, series, base)
        base = [low + value for low, value in zip(base, series.values, strict=True)]
    _label(axes, bars, base, colours)
    return Drawn(figure, axes, sorted(marks, key=lambda mark: mark.box[:2]))


def _room(bars: Bars) -> Room:
    highest = max((sum(values) for values in zip(*(series.values for series in bars.series), strict=True)), default=0)
    lines = max((label.count("\n") + 1 for label in bars.labels), default=1)
    return Room(len(bars.tick(highest * HEADROOM)), 1.5 if len(bars.series) > 1 else 0.6, lines + 0.4)


def _draw(axes: Axes, series: Series, base: Sequence[float], colours: ChartColours) -> None:
    outlined = series.hue == "outline"
    axes.bar(
        range(len(base)),
        list(series.values),
        WIDTH,
        bottom=list(base),
        color=colours.ground if outlined else getattr(colours, series.hue),
        edgecolor=colours.outline,
        linewidth=1 if outlined else 0,
        label=series.name,
    )


def _marks(bars: Bars, series: Series, base: Sequence[float]) -> list[Mark]:
    half = WIDTH / 2
    return [
        Mark(key, name, series.name, value, bars.say(value), (place - half, low, place + half, low + value))
        for place, (key, name, value, low) in enumerate(zip(series.keys, bars.names, series.values, base, strict=True))
    ]


def _label(axes: Axes, bars: Bars, tops: Sequence[float], colours: ChartColours) -> None:
    axes.set_xticks(range(len(tops)), list(bars.labels))
    axes.set_xlim(-0.7, len(tops) - 0.3)
    axes.set_ylim(min(0.0, *tops, 0.0), max([*tops, 1.0]) * HEADROOM)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: bars.tick(value)))
    if len(bars.series) > 1:
        axes.legend(
            ncols=len(bars.series),
            loc="lower left",
            bbox_to_anchor=(0, 1),
            handlelength=0.8,
            handleheight=0.8,
            columnspacing=1.2,
            borderaxespad=0,
            handletextpad=0.4,
        )
    if not tops:
        return
    axes.annotate(
        bars.say(tops[bars.told]),
        (bars.told % len(tops), tops[bars.told]),
        (0, 3),
        textcoords="offset points",
        ha="center",
        color=colours.ink,
        weight="bold",
    )
