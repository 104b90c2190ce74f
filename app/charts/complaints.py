"""What complaints come from, the heaviest first, and whether putting them right brings customers back."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from app.charts.drawn import Drawn, Mark
from app.charts.style import ChartColours, Room, new_figure

HALF = 0.31
"""Of a bar's width, where bars lie one apart."""
WIDE = 1.6
"""Chinese letters take so many times the room of Latin ones."""


@dataclass(frozen=True, slots=True)
class RankedBar:
    """`before` is the value of as many days before, None where there is nothing to compare with."""

    key: Hashable
    name: str
    value: float
    said: str
    """The value as a person reads it, with what belongs to it."""
    vital: bool
    """One of the few that make up most."""
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """Bars from the top; `series` says what their length is, `tick` writes a value on the axis."""

    bars: Sequence[RankedBar]
    series: str
    things: str
    tick: Callable[[float], str]


def ranked_bars(ranked: Ranked, colours: ChartColours) -> Drawn:
    """Draw lying bars: the vital few strong, the others pale; a stroke stands where the bar ended before."""
    longest = max((letters(bar.name) for bar in ranked.bars), default=1)
    figure = new_figure(colours, Room(longest, 0.4, 1.6))
    axes = figure.subplots()
    places = range(len(ranked.bars))
    axes.barh(
        places,
        [bar.value for bar in ranked.bars],
        2 * HALF,
        color=[colours.accent if bar.vital else colours.accent_soft for bar in ranked.bars],
        edgecolor=colours.accent,
        linewidth=0.8,
    )
    for place, bar in enumerate(ranked.bars):
        if bar.before is not None:
            axes.plot([bar.before] * 2, [place - HALF, place + HALF], color=colours.ink, linewidth=1.6)
        end = max(bar.value, bar.before or 0)
        axes.annotate(bar.said, (end, place), (4, 0), textcoords="offset points", va="center", color=colours.ink)
    _dress_ranked(axes, ranked)
    return Drawn(figure, axes, [_mark(ranked, place, bar) for place, bar in enumerate(ranked.bars)])


def letters(name: str) -> int:
    """The room a name takes, in Latin letters."""
    return round(sum(WIDE if east_asian_width(sign) in "WF" else 1 for sign in name))


def _dress_ranked(axes: Axes, ranked: Ranked) -> None:
    highest = max((max(bar.value, bar.before or 0) for bar in ranked.bars), default=1) or 1
    axes.set_yticks(range(len(ranked.bars)), [bar.name for bar in ranked.bars])
    axes.set_ylim(max(len(ranked.bars), 3) - 0.5, -0.6)
    axes.set_xlim(0, highest * 1.35)
    axes.grid(False)
    axes.grid(True, axis="x")
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: ranked.tick(value)))
    axes.set_label(ranked.things)


def _mark(ranked: Ranked, place: int, bar: RankedBar) -> Mark:
    # The axis runs downwards: the lower edge on the picture is the greater number.
    return Mark(bar.key, bar.name, ranked.series, bar.value, bar.said, (0, place + HALF, bar.value, place - HALF))


@dataclass(frozen=True, slots=True)
class PaybackBar:
    """A group: its share, how far it can be trusted, and its counts; no share: too few to tell."""

    key: Hashable
    name: str
    share: float | None
    interval: tuple[float, float] | None
    counts: str
    said: str


@dataclass(frozen=True, slots=True)
class PaybackWords:
    series: str
    thin: str
    """In the place of a bar that cannot be drawn."""
    lines: Sequence[tuple[float, str]]
    """The lines of the textbook, each with its label."""


def payback_bars(bars: Sequence[PaybackBar], words: PaybackWords, colours: ChartColours) -> Drawn:
    """Draw the shares with their intervals, and the lines of the textbook behind them."""
    figure = new_figure(colours, Room(len("100%"), 0.6, 2.6))
    axes = figure.subplots()
    for height, label in words.lines:
        axes.axhline(height, color=colours.gold, linewidth=1.2, linestyle=(0, (4, 3)), zorder=0)
        axes.annotate(label, (len(bars) - 0.45, height), (0, 2), textcoords="offset points", ha="right", va="bottom")
    for place, bar in enumerate(bars):
        _draw_group(axes, place, bar, words, colours)
    axes.set_xticks(range(len(bars)), [f"{bar.name}\n{bar.counts}" for bar in bars])
    axes.set_xlim(-0.6, len(bars) - 0.4)
    axes.set_ylim(0, 1.12)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{value:.0%}"))
    return Drawn(figure, axes, [_group_mark(place, bar, words) for place, bar in enumerate(bars)])


def _draw_group(axes: Axes, place: int, bar: PaybackBar, words: PaybackWords, colours: ChartColours) -> None:
    if bar.share is None:
        axes.annotate(words.thin, (place, 0.02), ha="center", va="bottom", color=colours.ticks)
        return
    axes.bar([place], [bar.share], 2 * HALF, color=colours.accent_soft, edgecolor=colours.accent, linewidth=1)
    if bar.interval is not None:
        low, high = bar.interval
        axes.plot([place, place], [low, high], color=colours.ink, linewidth=1.4)
        for end in bar.interval:
            axes.plot([place - 0.06, place + 0.06], [end, end], color=colours.ink, linewidth=1.4)
    axes.annotate(
        f"{bar.share:.0%}", (place - HALF, 0.02), (5, 0), textcoords="offset points", va="bottom", color=colours.ink,
        weight="bold",
    )  # fmt: skip


def _group_mark(place: int, bar: PaybackBar, words: PaybackWords) -> Mark:
    high = bar.share if bar.share is not None else 0.1
    return Mark(bar.key, bar.name, words.series, bar.share or 0.0, bar.said, (place - HALF, 0, place + HALF, high))
