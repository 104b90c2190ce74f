"""The month as six weeks of painted squares: the arrows move the day, a strip can be dragged to another day."""

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QRegion

from app.services.followups import Spot
from app.views.followups.grid import Grid
from app.views.followups.page import WEEKDAYS, WEEKS, Squares, page_days
from app.views.followups.pieces import Piece
from app.views.followups.squares import SquarePainter, fitting, paint_weekdays
from app.views.shared.look import px
from app.views.shared.month import months_later

_CORNERS = ((WEEKS - 1) * WEEKDAYS, WEEKS * WEEKDAYS - 1)
"""The squares that end in a round corner of the card."""
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -WEEKDAYS,
    Qt.Key.Key_Down: WEEKDAYS,
}


class MonthView(Grid):
    """One page of 42 days; the chosen one may lie in a neighbouring month."""

    def page_of(self, day: date) -> list[date]:
        return page_days(day)

    def go(self, day: date) -> None:
        before, self.day = self.day, day
        if (day.year, day.month) != (self.page_month.year, self.page_month.month):
            self.days = page_days(day)
            self.update()
            return
        for changed in (before, day):
            if changed in self.days:
                self.update(self.squares().square(self.days.index(changed)))

    def wants(self) -> int:
        return max(1, self.squares().room)

    @property
    def page_month(self) -> date:
        """A day of the month whose page is shown."""
        return self.days[WEEKDAYS * 2]

    def turned(self, pages: int) -> date:
        """The same day so many pages on."""
        return months_later(self.day, pages)

    def squares(self) -> Squares:
        return Squares(self.width(), self.height())

    def spot_at(self, at: QPoint) -> Spot | None:
        place = self.squares().place_at(at)
        return None if place is None else Spot(self.days[place])

    def shown(self) -> Iterator[tuple[QRect, Piece]]:
        squares = self.squares()
        for place, day in enumerate(self.days):
            yield from fitting(squares, place, self.pieces_of(day), self.unread(day))

    def step(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(self.turned(-1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go(self.day - timedelta(days=self.day.weekday()))
        elif key == Qt.Key.Key_End:
            self.go(self.day + timedelta(days=WEEKDAYS - 1 - self.day.weekday()))
        else:
            return False
        return True

    def sizeHint(self) -> QSize:
        return QSize(px(836), px(650))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(420), px(300))

    def paint_page(self, p: QPainter, over: Spot | None, stale: QRegion) -> None:
        squares = self.squares()
        paint_weekdays(p, squares)
        for place, day in enumerate(self.days):
            if not stale.intersects(squares.square(place)):
                continue
            painter = SquarePainter(p, squares, place, day, self.marks_days)
            if place in _CORNERS:
                p.save()
                p.setClipPath(self.card())
            painter.paint_ground(
                outside=day.month != self.page_month.month,
                today=day == self.today,
                chosen=day == self.day,
                focused=self.hasFocus(),
                over=over is not None and over.day == day,
            )
            if place in _CORNERS:
                p.restore()
            pieces, more = self.pieces_of(day), self.unread(day)
            fit = fitting(squares, place, pieces, more)
            painter.paint_pieces(fit, len(pieces) + more - len(fit))
