"""A drawn chart: the figure, and the places on it that stand for something."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One place: what it stands for, the words that say it, its value, and where it lies in the axes' own numbers."""

    key: Hashable
    label: str
    series: str
    value: float
    said: str
    """The value as a person reads it."""
    box: Box


@dataclass(frozen=True, slots=True)
class Drawn:
    """`marks` from left to right, in a stack from the bottom up."""

    figure: Figure
    axes: Axes
    marks: Sequence[Mark]

    def place(self, mark: Mark) -> Box:
        """Where a mark lies on the figure, in its pixels from the lower left; right once the figure was drawn."""
        left, bottom, right, top = mark.box
        (x0, y0), (x1, y1) = self.axes.transData.transform([(left, bottom), (right, top)])
        return float(x0), float(y0), float(x1), float(y1)

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark under a pixel; beside the bars nobody is meant."""
        for mark in self.marks:
            left, bottom, right, top = self.place(mark)
            if left <= x <= right and bottom <= y <= max(top, bottom + 3):
                return mark
        return None
