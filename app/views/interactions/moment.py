"""When a contact was: now unless said otherwise; an earlier day, and at which hour."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from PySide6.QtWidgets import QWidget

from app.views.shared.compound_field import CompoundField
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.typed_fields import DateField

NOON = time(12)
_CLOCK = re.compile(r"(\d{1,2})(?::?(\d{2}))?")


def read_clock(words: str) -> time | None:
    """A time of day as people type it: 14:30, 1430, 9; None for nothing. Raises ValueError for anything else."""
    bare = unicodedata.normalize("NFKC", words).strip().replace(".", ":")
    if not bare:
        return None
    found = _CLOCK.fullmatch(bare)
    if found is None:
        raise ValueError(words)
    return time(int(found[1]), int(found[2] or 0))


class MomentField(CompoundField):
    """`value` is the day and the time as typed, or None while both are empty; `moment` what they mean."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: tuple[object, datetime] | None = None
        self.day, self.clock = DateField(today=desk.today), LineEdit()
        self.note = ElidedLabel("", "caption", tone="ink2")
        self.setLayout(row((self.day, 2), (self.clock, 1), (self.note, 2), gap=8))
        self.setFocusProxy(self.day)
        for field in (self.day, self.clock):
            field.changed.connect(lambda _value: self._on_changed())
            field.left.connect(self.left)
        self.clock.setMaximumWidth(px(120))
        self.retranslate()

    def value(self) -> Any:
        typed = (self.day.text().strip(), self.clock.text().strip())
        return typed if any(typed) else None

    def set_value(self, value: Any) -> None:
        """A moment, or a day and a time as typed, or None."""
        if isinstance(value, datetime):
            here = value.astimezone(self._desk.zone)
            value, moment = (here.date().isoformat(), f"{here:%H:%M}"), value
            self._kept = (value, moment)
        day, clock = value or ("", "")
        self.day.set_value(day)
        self.clock.set_value(clock)
        self._on_changed()

    def moment(self) -> datetime:
        """The moment in UTC: now, or what was typed; an earlier day without a time is at noon."""
        if self._kept is not None and self._kept[0] == self.value():
            return self._kept[1]
        day, clock = self._read()
        if day is None and clock is None:
            return self._desk.now()
        day = day or self._desk.today()
        if clock is None and day == self._desk.today():
            return self._desk.now()
        return datetime.combine(day, clock or NOON, self._desk.zone)

    def check(self) -> str:
        """What is wrong, or nothing."""
        try:
            moment = self.moment()
        except ValueError:
            return self.tr("Write a day such as 2026-01-31 and a time such as 14:30")
        return self.tr("That is still to come: a contact has already been") if moment > self._desk.now() else ""

    def retranslate(self) -> None:
        self.clock.setPlaceholderText("14:30")
        self.clock.setAccessibleName(self.tr("At what time"))
        self.note.setText("" if self.value() else self.tr("empty: now"))

    def _read(self) -> tuple[date | None, time | None]:
        if self.day.check():
            raise ValueError(self.day.text())
        return self.day.value(), read_clock(self.clock.text())

    def _on_changed(self) -> None:
        self.set_error("")
        self.retranslate()
        self.changed.emit(self.value())
