"""Where the days and hours of a week or a day lie: a head, a band for what has no hour, and the hours that scroll."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, QRect

from app.domain.shop import ShopSettings
from app.domain.shop_rules import opening_hours
from app.services.followups import Spot
from app.views.followups.page import STRIP, STRIP_GAP
from app.views.shared.look import px

GUTTER, HEAD, HOUR, SLOTS = 48, 44, 2 * (STRIP + STRIP_GAP), 48
"""An hour is two strips high."""
LEAST_COLUMN, WIDEST = 132, 400
"""Where a strip would be narrower than the first, no two stand side by side; none grows beyond the second."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A page of days in a widget of this size, the hours scrolled up by so many pixels. A slot is half an hour."""

    width: int
    height: int
    days: tuple[date, ...]
    scroll: int = 0

    @property
    def lines(self) -> int:
        """How many strips without an hour have room in the band."""
        return 6 if self.height >= px(560) else 4 if self.height >= px(420) else 2

    @property
    def top(self) -> int:
        """Where the hours begin."""
        return px(HEAD) + self.lines * px(STRIP + STRIP_GAP) + px(8)

    @property
    def slot_height(self) -> int:
        return px(HOUR) // 2

    @property
    def whole(self) -> int:
        """How high all 24 hours are."""
        return self.slot_height * SLOTS

    def column(self, place: int) -> QRect:
        """The whole column of a day; each edge is rounded, so that there are no seams."""
        left, right = self._edge(place), self._edge(place + 1)
        return QRect(left, 0, right - left, self.height)

    def band(self, place: int, nth: int) -> QRect:
        """A strip of what has no hour, or the line that says how many more there are."""
        column = self.column(place)
        wide = min(px(WIDEST), column.width() - px(8))
        return QRect(column.left() + px(4), px(HEAD + 4) + nth * px(STRIP + STRIP_GAP), wide, px(STRIP))

    def fits(self, count: int) -> int:
        """How many of so many strips fit into the band; the last line says how many do not."""
        return count if count <= self.lines else self.lines - 1

    def slot(self, place: int, number: int) -> QRect:
        """Half an hour of a day."""
        column = self.column(place)
        return QRect(
            column.left(), self.top + number * self.slot_height - self.scroll, column.width(), self.slot_height
        )

    def side_by_side(self) -> int:
        """How many strips of the same half hour have room beside each other."""
        return max(1, self.column(0).width() // px(LEAST_COLUMN))

    def strip(self, place: int, number: int, nth: int, of: int, more: bool) -> QRect:
        """The nth of so many strips in a slot; `more` leaves room for how many there are besides."""
        slot = self.slot(place, number).adjusted(px(4), 1, -px(4), 0)
        wide = min(of * px(WIDEST), slot.width() - (px(32) if more else 0))
        left, right = slot.left() + wide * nth // of, slot.left() + wide * (nth + 1) // of
        return QRect(left, slot.top(), right - left - (px(2) if nth < of - 1 else 0), px(STRIP))

    def spot_at(self, at: QPoint) -> Spot | None:
        """The day under a point; in the band without an hour, above it with the hour each has."""
        place = next((n for n in range(len(self.days)) if self.column(n).contains(at)), None)
        if place is None:
            return None
        if at.y() < self.top:
            return Spot(self.days[place], None, keeps_hour=at.y() < px(HEAD))
        number = (at.y() - self.top + self.scroll) // self.slot_height
        return Spot(self.days[place], hour_of(number), keeps_hour=False) if 0 <= number < SLOTS else None

    def _edge(self, place: int) -> int:
        left = px(GUTTER)
        return round(left + place * (self.width - left - 1) / len(self.days))


def hour_of(slot: int) -> time:
    return time(slot // 2, slot % 2 * 30)


def slot_of(hour: time) -> int:
    return hour.hour * 2 + hour.minute // 30


def open_slots(shop: ShopSettings, days: Sequence[date]) -> dict[date, frozenset[int]]:
    """The half hours of each day at which the shop is open."""
    zone = ZoneInfo(shop.timezone)
    try:
        hours = opening_hours(shop)
    except ValueError:  # no weekday is open: then none is marked as closed either
        return {day: frozenset(range(SLOTS)) for day in days}
    return {
        day: frozenset(slot for slot in range(SLOTS) if hours.is_open(datetime.combine(day, hour_of(slot), zone)))
        for day in days
    }
