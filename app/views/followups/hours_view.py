"""A week or one day with its hours: the arrows move day and half hour, a strip can be dragged to another hour."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QRegion, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollBar

from app.domain.followups import week_start
from app.services.followups import Spot
from app.views.followups.grid import Grid
from app.views.followups.hour_painting import HourPainter
from app.views.followups.hours import SLOTS, Hours, hour_of, slot_of
from app.views.followups.page import WEEKDAYS
from app.views.followups.pieces import Piece
from app.views.shared.followup_words import clock
from app.views.shared.look import px

STRIPS_READ = 200
"""Of one day: more than there are places for."""
NINE = 18
"""The half hour a day begins with where it is not known when the shop opens."""


class HoursView(Grid):
    """`span` is 7 or 1. `hour` is the chosen half hour; None: the day as a whole."""

    def __init__(self, now: datetime, span: int) -> None:
        self.span, self.hour = span, None
        self._open: Mapping[date, frozenset[int]] = {}
        self.bar: QScrollBar | None = None
        super().__init__(now)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.valueChanged.connect(lambda _value: self.update())
        self._scrolled = False

    hour: time | None

    def page_of(self, day: date) -> list[date]:
        first = week_start(day) if self.span == WEEKDAYS else day
        return [first + timedelta(days=n) for n in range(self.span)]

    def go(self, day: date) -> None:
        super().go(day)
        self._see(self.hour)

    def turned(self, pages: int) -> date:
        """The same weekday, or the day, so many pages on."""
        return self.day + timedelta(days=self.span * pages)

    def hours(self) -> Hours:
        bar = self.bar
        wide = self.width() - (bar.width() if bar and bar.isVisibleTo(self) else 0)
        return Hours(wide, self.height(), tuple(self.days), bar.value() if bar else 0)

    def wants(self) -> int:
        return STRIPS_READ

    def spot(self) -> Spot:
        return Spot(self.day, self.hour, keeps_hour=self.hour is None)

    def spot_at(self, at: QPoint) -> Spot | None:
        return self.hours().spot_at(at)

    def choose(self, spot: Spot) -> None:
        self.day, self.hour = spot.day, spot.hour

    def shown(self) -> Iterator[tuple[QRect, Piece]]:
        hours = self.hours()
        for place, day in enumerate(self.days):
            whole_day, by_slot = self._parted(day)
            for nth, piece in enumerate(whole_day[: hours.fits(len(whole_day))]):
                yield hours.band(place, nth), piece
            for slot, ones in by_slot.items():
                for strip, piece, _more in self.fitting(hours, place, slot, ones):
                    if strip.bottom() >= hours.top:
                        yield strip, piece

    @staticmethod
    def fitting(hours: Hours, place: int, slot: int, ones: list[Piece]) -> Iterator[tuple[QRect, Piece, int]]:
        """The strips of a half hour for which there is room, with how many there are besides."""
        room = hours.side_by_side()
        shown = ones if len(ones) <= room else ones[:room]
        more = len(ones) - len(shown)
        for nth, piece in enumerate(shown):
            yield hours.strip(place, slot, nth, len(shown), bool(more)), piece, more

    def step(self, key: Qt.Key) -> bool:
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.go(self.day + timedelta(days=-1 if key == Qt.Key.Key_Left else 1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step_hour(-1 if key == Qt.Key.Key_Up else 1)
        elif key in pages:
            self.go(self.turned(pages[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(self.days[0 if key == Qt.Key.Key_Home else -1])
        else:
            return False
        return True

    def show_open(self, slots: Mapping[date, frozenset[int]]) -> None:
        """Say at which half hours of the page the shop is open."""
        self._open = slots
        if not self._scrolled and self.bar is not None:
            self._scrolled = True
            self.bar.setValue(self._top_of(self.first_slot()))
        self.update()

    def first_slot(self) -> int:
        """The half hour with which the hours of the chosen day begin: opening time, or what lies before it."""
        early = [slot_of(piece.item.due_at) for piece in self.pieces_of(self.day) if piece.item and piece.item.due_at]
        return min([*early, min(self._open.get(self.day) or (NINE,))])

    def _step_hour(self, step: int) -> None:
        """Down from the day as a whole into its hours, and up out of them again."""
        if self.hour is None:
            self.hour = hour_of(self.first_slot()) if step > 0 else None
        else:
            slot = slot_of(self.hour) + step
            self.hour = hour_of(min(slot, SLOTS - 1)) if step > 0 or slot >= self.first_slot() else None
        self._see(self.hour)
        self.update()

    def day_words(self) -> str:
        said = super().day_words()
        return f"{said} {clock(self.hour)}" if self.hour else said

    def _parted(self, day: date) -> tuple[list[Piece], dict[int, list[Piece]]]:
        """What has no hour, and what has one by its half hour."""
        whole_day, by_slot = [], defaultdict(list)
        for piece in self.pieces_of(day):
            if piece.item and piece.item.due_at:
                by_slot[slot_of(piece.item.due_at)].append(piece)
            else:
                whole_day.append(piece)
        return whole_day, by_slot

    # scrolling

    def sizeHint(self) -> QSize:
        return QSize(px(836), px(650))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(420 if self.span == WEEKDAYS else 280), px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hours, bar = self.hours(), self.bar
        if bar is None:
            return
        wide = bar.sizeHint().width()
        bar.setGeometry(self.width() - wide - 1, hours.top, wide, max(0, self.height() - hours.top - px(8)))
        bar.setPageStep(self.height() - hours.top)
        bar.setSingleStep(hours.slot_height)
        bar.setRange(0, max(0, hours.whole - (self.height() - hours.top)))
        if event.oldSize().height() < hours.top:  # only now is there room to scroll in
            bar.setValue(self._top_of(self.first_slot()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.bar is not None:
            self.bar.event(event)

    def _top_of(self, slot: int) -> int:
        """How far to scroll so that a half hour is the first, with its hour over it."""
        return max(0, slot * self.hours().slot_height - px(10))

    def _see(self, hour: time | None) -> None:
        if self.bar is None or hour is None:
            return
        hours = self.hours()
        top, room = self._top_of(slot_of(hour)), self.height() - hours.top - 2 * hours.slot_height
        if room > 0:
            self.bar.setValue(min(max(self.bar.value(), top - room), top))

    # painting

    def paint_page(self, p: QPainter, over: Spot | None, stale: QRegion) -> None:
        p.setClipPath(self.card())
        painter = HourPainter(p, self.hours(), self.now, marks_days=self.marks_days)
        painter.paint_hours(self._open)
        chosen = Spot(self.day, self.hour, keeps_hour=self.hour is None)
        painter.paint_choice(chosen, focused=self.hasFocus())
        if over:
            painter.paint_choice(over, focused=True, over=True)
        for place, day in enumerate(self.days):
            _, by_slot = self._parted(day)
            for slot, ones in by_slot.items():
                painter.paint_slot(place, slot, list(self.fitting(painter.hours, place, slot, ones)))
        painter.paint_now()
        painter.paint_head(self.day)
        for place, day in enumerate(self.days):
            painter.paint_band(place, self._parted(day)[0], self.unread(day))
