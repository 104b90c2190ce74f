"""How every chart is dressed: ink, lines and faces from the look in force, handed in as plain strings."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

import matplotlib
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.layout_engine import LayoutEngine

FALLBACKS = ("Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "SimHei")
"""Faces with Chinese letters, tried where the look's own cannot be read as files (PingFang on a Mac)."""
LINE, LETTER = 1.42, 0.64
"""The height of a line and the width of a figure, in sizes of the letters."""
LAST = "DejaVu Sans"
"""Ships with matplotlib."""


class ChartColours(Protocol):
    """What a chart must know of the look: colours as #rrggbb, families in order, the size of small words in points."""

    @property
    def ground(self) -> str: ...
    @property
    def ink(self) -> str: ...
    @property
    def ticks(self) -> str: ...
    @property
    def grid(self) -> str: ...
    @property
    def outline(self) -> str: ...
    @property
    def accent(self) -> str: ...
    @property
    def accent_soft(self) -> str: ...
    @property
    def gold(self) -> str: ...
    @property
    def families(self) -> tuple[str, ...]: ...
    @property
    def caption_points(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Room:
    """What stands around the axes: letters of the widest number at the left, lines of words above and below."""

    letters: int
    above: float
    below: float


class Margins(LayoutEngine):
    """Room for the words around the axes, reckoned from their number.

    The constrained layout draws every word twice to measure it, which is half of the time a chart takes.
    """

    _adjust_compatible = True
    _colorbar_gridspec = True

    def __init__(self, room: Room, points: float) -> None:
        super().__init__()
        self._room, self._points = room, points

    def execute(self, fig: Figure) -> None:
        """Set the margins for the size the figure has now."""
        wide, high = (length * 72 for length in fig.get_size_inches())
        line, room = LINE * self._points, self._room
        left, right = LETTER * self._points * room.letters + self._points, 2 * self._points
        below, above = line * room.below, line * room.above
        if wide > left + right and high > below + above:
            fig.subplots_adjust(left / wide, below / high, 1 - right / wide, 1 - above / high)


def new_figure(colours: ChartColours, room: Room) -> Figure:
    """An empty figure on the ground of a card; what is drawn on it from now on is dressed alike."""
    _dress(colours)
    return Figure(layout=Margins(room, colours.caption_points), dpi=96)


def _dress(c: ChartColours) -> None:
    """Ticks are made when a figure is drawn, long after this: so the style is set for all, not for a block."""
    matplotlib.rcParams.update(
        {
            "font.family": list(present(c.families)),
            "font.size": c.caption_points,
            "axes.labelsize": c.caption_points,
            "xtick.labelsize": c.caption_points,
            "ytick.labelsize": c.caption_points,
            "legend.fontsize": c.caption_points,
            "axes.unicode_minus": False,
            "figure.facecolor": c.ground,
            "axes.facecolor": c.ground,
            "savefig.facecolor": c.ground,
            "text.color": c.ink,
            "axes.labelcolor": c.ticks,
            "xtick.color": c.ticks,
            "ytick.color": c.ticks,
            "axes.edgecolor": c.grid,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.spines.left": False,
            "axes.grid": True,
            "axes.grid.axis": "y",
            "grid.color": c.grid,
            "grid.linewidth": 0.8,
            "axes.axisbelow": True,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "legend.frameon": False,
            "legend.labelcolor": c.ticks,
            "lines.linewidth": 2,
        }
    )


def present(families: Sequence[str]) -> tuple[str, ...]:
    """The families that matplotlib can read, at least one with Chinese letters among them where there is any.

    A missing one would leave a line in the log for every text drawn.
    """
    known = _known()
    found = [name for name in families if name in known]
    if not any(name in FALLBACKS for name in found):
        found += [name for name in FALLBACKS if name in known][:1]
    return (*found, LAST)


@cache
def _known() -> frozenset[str]:
    # A face without a bold cut is drawn in the nearest one, and that is no news for the log.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    return frozenset(font_manager.get_font_names())
