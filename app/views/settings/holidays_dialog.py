"""Proposes the public holidays of a country for a year, to be ticked and put among the days of rest."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.holidays import Holiday
from app.domain.public_holidays import COUNTRIES, public_holidays
from app.views.settings.hours_fields import shown_holiday
from app.views.shared import look
from app.views.shared.choice_fields import CheckBox, ComboBox
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Steps, box, column
from app.views.shared.tasks import Task

YEARS_AHEAD = 2


class HolidaysDialog(Dialog):
    """What the shop is closed on already stands there too and is not proposed again."""

    def __init__(self, desk: Desk, parent: QWidget, closed: Sequence[str], put: Callable[[list[Holiday]], Any]) -> None:
        super().__init__(parent, width=640)
        self._desk, self._put = desk, put
        self._closed = {day for kept in closed for day in Holiday.parse(kept).days}
        self._task: Task | None = None
        self.form, self.country, self.year = Form(), ComboBox(), ComboBox()
        self.told = PlainLabel("", "small", tone="ink2", wrap=True)
        self.ticks: list[tuple[CheckBox, Holiday]] = []
        self._rows: Steps = column(gap=4)
        self.form.add("country", self.tr("Country"), self.country)
        self.form.add("year", self.tr("Year"), self.year)
        self._offer()
        self.set_form(self.form)
        self.body.add(self.told, box(self._rows), None)
        self.set_title(self.tr("Public holidays"))
        self.set_note(self.tr("Look them through: days off that are moved later are not known yet"))
        self.primary.setText(self.tr("Add"))
        for field in (self.country, self.year):
            field.changed.connect(lambda _value: self._ask())
        self.submitted.connect(self._on_submitted)
        self._ask()

    def _offer(self) -> None:
        today, home = self._desk.today(), self._desk.settings.phone_region
        self.country.show_choices([(code, country_words(code)) for code in COUNTRIES])
        self.country.set_value(home if home in COUNTRIES else COUNTRIES[0])
        years = range(today.year, today.year + YEARS_AHEAD + 1)
        self.year.show_choices([(year, str(year)) for year in years])
        self.year.set_value(today.year + (today.month >= 10))

    def _ask(self) -> None:
        """On a thread of its own: the rules of a country are read when they are asked for."""
        if self._task is not None:
            self._task.drop()
        self._show([])
        self.told.setText(self.tr("Looking them up…"))
        country, year, language = str(self.country.value()), int(self.year.value()), look.current().language
        self._task = task = self._desk.gateway.apart(lambda _progress: public_holidays(country, year, language))
        task.answered.connect(self._on_found)
        self.destroyed.connect(task.drop)

    def _on_found(self, found: list[Holiday]) -> None:
        self._task = None
        new = [one for one in found if not set(one.days) <= self._closed]
        told = "" if new else self.tr("All of them are among your days of rest already")
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self._show(new)

    def _show(self, found: Sequence[Holiday]) -> None:
        while item := self._rows.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.ticks = [(CheckBox(shown_holiday(one)), one) for one in found]
        for tick, _ in self.ticks:
            tick.set_value(True)
            tick.changed.connect(lambda _on: self._weigh())
            self._rows.add(tick)
        self._weigh()

    def _weigh(self) -> None:
        self.primary.setEnabled(any(tick.value() for tick, _ in self.ticks))

    def _on_submitted(self) -> None:
        chosen = [one for tick, one in self.ticks if tick.value()]
        if chosen and self._put(chosen):
            self.accept()


def country_words(code: str) -> str:
    """How a country is called; QLocale says it in English alone."""
    return {
        "CN": QCoreApplication.translate("Countries", "China"),
        "HK": QCoreApplication.translate("Countries", "Hong Kong"),
        "MO": QCoreApplication.translate("Countries", "Macao"),
        "TW": QCoreApplication.translate("Countries", "Taiwan"),
        "SG": QCoreApplication.translate("Countries", "Singapore"),
        "MY": QCoreApplication.translate("Countries", "Malaysia"),
        "JP": QCoreApplication.translate("Countries", "Japan"),
        "KR": QCoreApplication.translate("Countries", "South Korea"),
        "TH": QCoreApplication.translate("Countries", "Thailand"),
        "VN": QCoreApplication.translate("Countries", "Vietnam"),
        "AU": QCoreApplication.translate("Countries", "Australia"),
        "NZ": QCoreApplication.translate("Countries", "New Zealand"),
        "US": QCoreApplication.translate("Countries", "United States"),
        "CA": QCoreApplication.translate("Countries", "Canada"),
        "GB": QCoreApplication.translate("Countries", "United Kingdom"),
        "IE": QCoreApplication.translate("Countries", "Ireland"),
        "DE": QCoreApplication.translate("Countries", "Germany"),
        "FR": QCoreApplication.translate("Countries", "France"),
        "IT": QCoreApplication.translate("Countries", "Italy"),
        "ES": QCoreApplication.translate("Countries", "Spain"),
    }[code]
