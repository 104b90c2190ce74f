"""Choosing another day for one row of the day's list, or for all that are marked."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.followups import Later, put_off
from app.views.shared.chips import Chips, ChipView
from app.views.shared.day_words import agenda_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.typed_fields import DateField


class DayDialog(Dialog):
    """A digit or a typed day, then Enter."""

    def __init__(self, desk: Desk, parent: QWidget, what: str, then: Callable[[date], object]) -> None:
        super().__init__(parent, width=480)
        self._desk, self._what, self._then = desk, what, then
        self.form = Form()
        self.quick, self.day = Chips(size="form", digits=True), DateField(today=desk.today)
        self.form.add("quick", "", self.quick)
        self.form.add("day", "", self.day, check=lambda day: self._check(day))
        self.set_form(self.form)
        self.quick.chosen.connect(self.day.set_value)
        self.day.changed.connect(self.quick.set_value)
        self.submitted.connect(self._on_submitted)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        today = self._desk.today()
        self.set_title(self.tr("Another day"), self._what)
        self.form.set_label("quick", self.tr("Soon"))
        self.form.set_label("day", self.tr("Day"))
        self.primary.setText(self.tr("Move"))
        days = dict.fromkeys(put_off(later, today, today) for later in Later)
        self.quick.show_chips([ChipView(day, agenda_day(day)) for day in days])

    def _check(self, day: object) -> str:
        if not isinstance(day, date):
            return self.day.check() or self.tr("Choose a day")
        return self.tr("Choose today or a later day") if day < self._desk.today() else ""

    def _on_submitted(self) -> None:
        day = self.day.value()
        if day is not None:
            self.accept()
            self._then(day)


def open_day(desk: Desk, parent: QWidget, what: str, then: Callable[[date], object]) -> DayDialog:
    """Ask for a day; `then` hears it."""
    dialog = DayDialog(desk, parent, what, then)
    dialog.present()
    return dialog
