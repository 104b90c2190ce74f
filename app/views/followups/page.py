"""The page of a month: its six weeks of days, and which square lies where."""

from datetime import date
from functools import cached_property

from PySide6.QtCore import QPoint, QRect

from app.domain.followups import month_weeks
from app.views.shared.look import px

HEAD, STRIP, STRIP_GAP = 32, 20, 2
WEEKS, WEEKDAYS = 6, 7
SATURDAY = 5
_TOP = 31
"""From the top of a square to its first strip."""


def page_days(day: date) -> list[date]:
    """The 42 days of the month that holds `day`."""
    return [on for week in month_weeks(day.year, day.month) for on in week]


class Squares:
    """Where the squares of a page lie in a widget of this size: each edge is rounded, so that there are no seams."""

    def __init__(self, width: int, height: int) -> None:
        head = px(HEAD)
        self._edges = [round(1 + column * (width - 2) / WEEKDAYS) for column in range(WEEKDAYS + 1)]
        self._lines = [round(head + line * (height - head - 1) / WEEKS) for line in range(WEEKS + 1)]

    def square(self, place: int) -> QRect:
        line, column = divmod(place, WEEKDAYS)
        left, top = self._edges[column], self._lines[line]
        return QRect(left, top, self._edges[column + 1] - left, self._lines[line + 1] - top)

    def place_at(self, at: QPoint) -> int | None:
        """The square under a point."""
        return next((place for place in range(WEEKS * WEEKDAYS) if self.square(place).contains(at)), None)

    @cached_property
    def low(self) -> bool:
        """No room for a single line under the number."""
        return self.square(0).height() < px(_TOP + STRIP)

    @cached_property
    def room(self) -> int:
        """How many strips fit into a square."""
        return max(0, (self.square(0).height() - px(_TOP) - px(4)) // px(STRIP + STRIP_GAP))

    def shown(self, count: int) -> int:
        """How many strips of so many fit; where some do not, the last line says how many."""
        return count if count <= self.room else max(0, self.room - 1)

    def strip(self, place: int, nth: int) -> QRect:
        """Where a strip lies, or the line that says how many more there are."""
        square = self.square(place)
        top = square.top() + px(_TOP) + nth * px(STRIP + STRIP_GAP)
        return QRect(square.left() + px(6), top, square.width() - px(12), px(STRIP))
