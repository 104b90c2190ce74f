"""Paints a week or a day with its hours: heads, the band for what has no hour, the half hours, and the time now."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, QRect, QTime
from PySide6.QtGui import QPainter

from app.services.followups import Spot
from app.views.followups.festival_words import day_label
from app.views.followups.hours import GUTTER, HEAD, SLOTS, Hours, hour_of, slot_of
from app.views.followups.page import SATURDAY
from app.views.followups.pieces import Piece, more_words
from app.views.followups.strips import paint_strip
from app.views.shared import paint
from app.views.shared.day_words import weekday
from app.views.shared.look import colour, px
from app.views.shared.tokens import RADIUS_CONTROL


class HourPainter:
    """One page on one painter. The hours come first; head and band cover what is scrolled under them."""

    def __init__(self, p: QPainter, hours: Hours, now: datetime, *, marks_days: bool) -> None:
        self._p, self.hours, self._now, self._marks_days = p, hours, now, marks_days

    def paint_hours(self, open_slots: Mapping[date, frozenset[int]]) -> None:
        """The half hours; those at which the shop is closed are sunken."""
        p, hours = self._p, self.hours
        for slot in range(SLOTS):
            line = hours.slot(0, slot)
            if line.bottom() < hours.top or line.top() > hours.height:
                continue
            for place, day in enumerate(hours.days):
                if slot not in open_slots.get(day, ()):
                    p.fillRect(hours.slot(place, slot), colour("sunken"))
            if slot % 2 == 0:
                paint.hairline(p, QPoint(px(GUTTER), line.top()), hours.width - px(GUTTER))
                room = QRect(px(4), line.top() - px(8), px(GUTTER - 10), px(16))
                paint.say(p, room, _hour_words(hour_of(slot)), "caption", "ink3", paint.RIGHT)
        for place in range(len(hours.days)):
            column = hours.column(place)
            paint.hairline(p, column.topLeft(), column.height(), vertical=True)

    def paint_choice(self, spot: Spot, *, focused: bool, over: bool = False) -> None:
        """The chosen half hour, or the column's band where the day as a whole is chosen."""
        if spot.day not in self.hours.days or (spot.hour is None and not over):
            return
        place = self.hours.days.index(spot.day)
        column = self.hours.column(place)
        band = QRect(column.left(), px(HEAD), column.width(), self.hours.top - px(HEAD))
        room = band if spot.hour is None else self.hours.slot(place, slot_of(spot.hour))
        ground = "accent_soft" if over else "selected"
        inner = room.adjusted(px(2), 0, -px(1), -px(1))
        paint.box(self._p, inner, px(RADIUS_CONTROL) / 2, ground, "accent", 2 if focused else 1)

    def paint_slot(self, place: int, slot: int, shown: Sequence[tuple[QRect, Piece, int]]) -> None:
        """The strips of a half hour; where it has more than there is room for, how many."""
        for strip, piece, _more in shown:
            hour = piece.item.due_at if piece.item else None
            odd = hour is not None and hour != hour_of(slot)
            paint_strip(self._p, strip, piece, before=_hour_words(hour) if odd and hour else "")
        more = shown[0][2] if shown else 0
        if more:
            room = self.hours.slot(place, slot).adjusted(0, 0, -px(6), 0)
            paint.say(self._p, room, f"+{paint.figure(more)}", "caption", "ink2", paint.RIGHT, weight=600)

    def paint_now(self) -> None:
        """A line across today at the time it is."""
        hours, now = self.hours, self._now
        if now.date() not in hours.days:
            return
        column = hours.column(hours.days.index(now.date()))
        minutes = now.hour * 60 + now.minute
        y = hours.top + minutes * hours.slot_height // 30 - hours.scroll
        self._p.fillRect(QRect(column.left(), y - 1, column.width(), 2), colour("accent"))
        paint.box(self._p, QRect(column.left() - px(3), y - px(3), px(7), px(7)), px(4), "accent")

    def paint_head(self, chosen: date) -> None:
        """Weekday, number and lunar day of each column, over the band that does not scroll."""
        p, hours = self._p, self.hours
        p.fillRect(QRect(0, 0, hours.width + px(16), hours.top), colour("surface"))
        said = QCoreApplication.translate("HourPainter", "Any")
        paint.say(p, QRect(px(4), px(HEAD + 4), px(GUTTER - 10), px(20)), said, "caption", "ink3", paint.RIGHT)
        for place, day in enumerate(hours.days):
            self._paint_day(place, day, chosen=day == chosen)
        for y in (px(HEAD), hours.top - 1):
            paint.hairline(p, QPoint(0, y), hours.width + px(16))

    def _paint_day(self, place: int, day: date, *, chosen: bool) -> None:
        p, column = self._p, self.hours.column(place)
        head = QRect(column.left(), 0, column.width(), px(HEAD))
        if chosen and len(self.hours.days) > 1:
            inner = QRect(head.left(), 0, head.width(), self.hours.top).adjusted(px(2), px(2), -px(1), -px(2))
            paint.box(p, inner, px(RADIUS_CONTROL), "selected", "accent")
        paint.hairline(p, column.topLeft(), self.hours.top, vertical=True)
        number = QRect(head.left() + px(8), px(11), px(22), px(22))
        today = day == self._now.date()
        if today:
            paint.box(p, number, px(11), "accent")
        paint.say(p, number, str(day.day), "small", "on_accent" if today else "ink", paint.CENTRE, weight=600)
        rest = QRect(number.right() + px(8), px(11), head.right() - number.right() - px(14), px(22))
        wide = paint.say(p, rest, weekday(day), "caption", "ink2" if day.weekday() >= SATURDAY else "ink3")
        if self._marks_days:
            label, festival = day_label(day)
            rest.setLeft(rest.left() + wide + px(6))
            paint.say(p, rest, label, "caption", "plum_text" if festival else "ink3", paint.RIGHT)

    def paint_band(self, place: int, pieces: Sequence[Piece], unread: int) -> None:
        """What has no hour, and how many more there are."""
        shown = self.hours.fits(len(pieces) + unread)
        for nth, piece in enumerate(pieces[:shown]):
            paint_strip(self._p, self.hours.band(place, nth), piece)
        rest = len(pieces) + unread - min(shown, len(pieces))
        if rest:
            room = self.hours.band(place, shown).adjusted(px(4), 0, 0, 0)
            paint.say(self._p, room, more_words(rest, some_shown=shown > 0), "caption", "ink2", weight=600)


def _hour_words(hour: time) -> str:
    return QLocale().toString(QTime(hour.hour, hour.minute), "HH:mm")
