"""Which follow-ups an export is of: all, or those due between two days; and whether a calendar reminds of them."""

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.views.shared.desk import Desk
from app.views.shared.fields import CheckBox, ErrorLine
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.typed_fields import DateField

_FIRST, _LAST = date(1900, 1, 1), date(9999, 12, 31)


class DueRange(QWidget):
    """Two days, each of which may be left open, and a tick."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.first, self.last = DateField(today=desk.today), DateField(today=desk.today)
        self.to, self.wrong, self.reminds = PlainLabel("", "body", tone="ink2"), ErrorLine(), CheckBox()
        self._days = box(row((self.first, 1), self.to, (self.last, 1), None, gap=8))
        self.setLayout(column(self._days, self.wrong, self.reminds, gap=8))
        for field in (self.first, self.last):
            field.changed.connect(lambda _day: self.wrong.say(""))
        self.retranslate()

    def retranslate(self) -> None:
        self.to.setText(self.tr("to"))
        self.first.setAccessibleName(self.tr("Due from"))
        self.last.setAccessibleName(self.tr("Due up to"))
        for field in (self.first, self.last):
            field.setPlaceholderText(self.tr("all days"))
        self.reminds.setText(self.tr("With a reminder for each"))

    def show_for(self, *, days: bool, calendar: bool) -> None:
        """Ask for days, and about reminders, where either has a meaning."""
        self._days.setVisible(days)
        self.wrong.say("")
        self.reminds.setVisible(calendar)
        self.setVisible(days or calendar)

    def span(self) -> tuple[date, date] | None:
        """The first and the last day; None where both are left open."""
        first, last = self.first.value(), self.last.value()
        if first is None and last is None:
            return None
        return first or _FIRST, last or _LAST

    def check(self) -> bool:
        """Whether the days can be read, and stand in their order; says what is wrong."""
        if self._days.isHidden():
            return True
        span = self.span()
        said = self.first.check() or self.last.check()
        if not said and span is not None and span[0] > span[1]:
            said = self.tr("The first day comes after the last. Change one of them.")
        self.wrong.say(said)
        return not said

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
