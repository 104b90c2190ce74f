"""The field of other days that matter: a wedding, a child's birthday, each with its word and its calendar."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.birthdays import Birthday
from app.views.customers.contact_fields import BirthdayField
from app.views.shared.fields import LineEdit
from app.views.shared.growing_lines import GrowingLines, Line
from app.views.shared.layouts import column, row

Day = tuple[str, Birthday]


class DatesField(GrowingLines):
    """`value` is a tuple of (word, day) of the lines that say a day."""

    def made(self, value: Any) -> "_Day":
        label, day = value or ("", None)
        return _Day(label, day, stacked=self._stacked)


class _Day(Line):
    def __init__(self, label: str, day: Birthday | None, *, stacked: bool) -> None:
        self.label, self.day = LineEdit(), BirthdayField(stacked=stacked)
        super().__init__(self.label)
        self.label.set_value(label)
        self.day.set_value(day)
        self.label.changed.connect(lambda _words: self.edited.emit())
        self.day.changed.connect(lambda _day: self.edited.emit())
        if stacked:
            self.setLayout(column(row((self.label, 1), self.cross, gap=4), self.day, gap=4))
        else:
            self.setLayout(row((self.label, 1), (self.day, 2), self.cross, gap=8))

    def value(self) -> Day | None:
        day = self.day.value()
        return None if day is None else (self.label.value(), day)

    def check(self) -> str:
        return self.day.check()

    def retranslate(self) -> None:
        super().retranslate()
        self.label.setPlaceholderText(QCoreApplication.translate("DatesField", "Wedding, opening of the firm…"))
