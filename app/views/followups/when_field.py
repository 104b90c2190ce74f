"""When a follow-up is due: a day, typed, picked or by a quick chip, and perhaps an hour."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt

from app.services.followups import Later, put_off
from app.views.shared.chips import Chips, ChipView
from app.views.shared.compound_field import CompoundField
from app.views.shared.hour_field import HourField
from app.views.shared.layouts import column, row
from app.views.shared.typed_fields import DateField


class WhenField(CompoundField):
    """`value` is (day, hour or None); the day is None while there is none."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.day, self.hour, self.quick = DateField(today=today), HourField(), Chips(size="form", digits=True)
        self.setLayout(column(row((self.day, 3), (self.hour, 1), None), self.quick, gap=8))
        self.setFocusProxy(self.day)
        self.day.changed.connect(self._on_changed)
        self.hour.changed.connect(self._on_changed)
        self.day.left.connect(self.left)
        self.hour.left.connect(self.left)
        self.quick.chosen.connect(self._on_quick)
        self.retranslate()

    def retranslate(self) -> None:
        today = self._today()
        words = {
            today: self.tr("Today"),
            put_off(Later.ONE_DAY, today, today): self.tr("Tomorrow"),
            put_off(Later.THREE_DAYS, today, today): self.tr("In 3 days"),
        }
        next_week = put_off(Later.NEXT_WEEK, today, today)
        words.setdefault(next_week, self.tr("Next week"))
        self.quick.show_chips([ChipView(day, said) for day, said in words.items()])
        self.hour.setAccessibleName(self.tr("Hour"))
        self.quick.setAccessibleName(self.tr("Quick choice of a day"))

    def value(self) -> tuple[date | None, time | None]:
        return self.day.value(), self.hour.value()

    def set_value(self, value: Any) -> None:
        day, hour = value or (None, None)
        self.day.set_value(day)
        self.hour.set_value(hour)
        self.quick.set_value(day)

    def check(self) -> str:
        """What is wrong with day or hour, or nothing."""
        if not self.day.text().strip():
            return self.tr("Choose a day")
        return self.day.check() or self.hour.check()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """A digit chooses from the chips at once; Shift+Tab goes back to typing the day."""
        self.quick.setFocus(reason)

    def _on_changed(self, _value: object) -> None:
        self.set_error("")
        self.quick.set_value(self.day.value())
        self.changed.emit(self.value())

    def _on_quick(self, day: object) -> None:
        self.day.set_value(day)
        self.set_error("")
        self.changed.emit(self.value())
