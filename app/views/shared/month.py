"""A month to pick a day from, with the mouse or the arrows."""

from __future__ import annotations

from calendar import Calendar
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.views.shared import look, paint
from app.views.shared.buttons import IconButton
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CARD, RADIUS_CONTROL

_CELL, _WEEKS = 32, 6
_STEPS = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(weeks=-1),
    Qt.Key.Key_Down: timedelta(weeks=1),
}


def months_later(day: date, months: int) -> date:
    """The same day of another month, or the last one that month has."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    last = (date((index + 1) // 12, (index + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


class MonthGrid(QWidget):
    """Six weeks around a day; the arrows move it, Enter or a click picks it."""

    picked = Signal(object)
    moved = Signal(object)

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self._today = day, today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def go(self, day: date) -> None:
        """Stand on another day, and show its month."""
        self.day = day
        self.setAccessibleName(QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat))
        self.moved.emit(day)
        self.update()

    def days(self) -> list[date]:
        """The 42 days shown, from the first day of the week of this language."""
        first = QLocale().firstDayOfWeek().value - 1
        weeks = Calendar(first).itermonthdates(self.day.year, self.day.month)
        start = next(weeks)
        return [start + timedelta(days=n) for n in range(7 * _WEEKS)]

    def cell(self, place: int) -> QRect:
        """Where the day at a place is painted."""
        return QRect(place % 7 * px(_CELL), px(24) + place // 7 * px(_CELL), px(_CELL), px(_CELL))

    def sizeHint(self) -> QSize:
        return QSize(7 * px(_CELL), px(24) + _WEEKS * px(_CELL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.go(self.day + _STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(months_later(self.day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for place, day in enumerate(self.days()):
            if self.cell(place).contains(event.position().toPoint()):
                self.picked.emit(day)
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, days, locale = QPainter(self), self.days(), QLocale()
        for place, day in enumerate(days[:7]):
            name = locale.dayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)
            head = QRect(place * px(_CELL), 0, px(_CELL), px(24))
            paint.say(p, head, name, "caption", "ink3", paint.CENTRE)
        for place, day in enumerate(days):
            self._paint_day(p, self.cell(place).adjusted(2, 2, -2, -2), day)
        p.end()

    def _paint_day(self, p: QPainter, rect: QRect, day: date) -> None:
        chosen, here = day == self.day, day.month == self.day.month
        if chosen:
            paint.box(p, rect, px(RADIUS_CONTROL), "accent")
        elif day == self._today:
            paint.box(p, rect, px(RADIUS_CONTROL), None, "accent")
        token = "on_accent" if chosen else "ink" if here else "ink3"
        weight = 600 if chosen or day == self._today else None
        paint.say(p, rect, str(day.day), "small", token, paint.CENTRE, weight=weight)


class MonthPopup(QFrame):
    """The month as a popup under a field; a click elsewhere or Esc takes it away."""

    picked = Signal(object)

    def __init__(self, day: date, today: date, parent: QWidget) -> None:
        flags = Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        super().__init__(parent, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.grid = MonthGrid(day, today)
        self.title = PlainLabel("", "strong", align="centre")
        self._back, self._on = IconButton("ph.caret-left"), IconButton("ph.caret-right")
        self._back.set_name(self.tr("Month before"))
        self._on.set_name(self.tr("Month after"))
        self._back.clicked.connect(lambda: self.grid.go(months_later(self.grid.day, -1)))
        self._on.clicked.connect(lambda: self.grid.go(months_later(self.grid.day, 1)))
        self.setLayout(column(row(self._back, (self.title, 1), self._on), self.grid, gap=4, margins=8))
        self.grid.moved.connect(self._on_moved)
        self.grid.picked.connect(self._on_picked)
        self._on_moved(day)
        self.grid.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CARD), "raised", "line")
        p.end()

    def _on_moved(self, day: date) -> None:
        name = QLocale().standaloneMonthName(day.month)
        self.title.setText(self.tr("{month} {year}").replace("{month}", name).replace("{year}", str(day.year)))

    def _on_picked(self, day: date) -> None:
        self.picked.emit(day)
        self.close()
