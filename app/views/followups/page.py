"""The page of a month: its six weeks of days, and which square lies where."""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Squares:
    """Where the squares of a page lie in a widget of this size: each edge is rounded, so that there are no seams."""

    width: int
    height: int

    def square(self, place: int) -> QRect:
        line, column = divmod(place, WEEKDAYS)
        left, right = self._edge(column), self._edge(column + 1)
        top, bottom = self._line(line), self._line(line + 1)
        return QRect(left, top, right - left, bottom - top)

    def place_at(self, at: QPoint) -> int | None:
        """The square under a point."""
        return next((place for place in range(WEEKS * WEEKDAYS) if self.square(place).contains(at)), None)

    @property
    def low(self) -> bool:
        """No room for a single line under the number."""
        return self.square(0).height() < px(_TOP + STRIP)

    @property
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

    def _edge(self, column: int) -> int:
        return round(1 + column * (self.width - 2) / WEEKDAYS)

    def _line(self, line: int) -> int:
        head = px(HEAD)
        return round(head + line * (self.height - head - 1) / WEEKS)
