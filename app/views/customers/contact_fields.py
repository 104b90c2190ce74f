"""Fields of the customer form that hold more than one line: phones with their labels, and a birthday."""

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.services.customers import Labelled
from app.views.shared import look
from app.views.shared.choice_fields import ComboBox
from app.views.shared.compound_field import CompoundField
from app.views.shared.fields import LineEdit
from app.views.shared.growing_lines import GrowingLines, Line
from app.views.shared.layouts import column, row
from app.views.shared.look import px

LABELS = ("mobile", "home", "work", "other")
BESIDE = 128
"""The width of what stands beside a field, so that the fields above each other end on one line."""


def label_words(label: str) -> str:
    """What a phone or an address is for; the shop's own word stays as it is."""
    return {
        "mobile": QCoreApplication.translate("Labels", "mobile"),
        "home": QCoreApplication.translate("Labels", "home"),
        "work": QCoreApplication.translate("Labels", "work"),
        "other": QCoreApplication.translate("Labels", "other"),
    }.get(label, label)


class LabelledLines(GrowingLines):
    """Lines of one kind, each with what it is for; `value` is a tuple of those that say something."""

    def __init__(self, first_label: str, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        self._first_label = first_label
        super().__init__(parent, stacked=stacked)

    def made(self, value: Any) -> "_Line":
        used = {line.label.value() for line in self.lines}
        free = next((label for label in (self._first_label, *LABELS) if label not in used), "other")
        return _Line(value or Labelled("", free), stacked=self._stacked)

    def set_error(self, sentence: str, place: int = 0) -> None:
        for at, line in enumerate(self.lines):
            line.edit.set_error(sentence if at == min(place, len(self.lines) - 1) else "")
        super().set_error(sentence, place)


class _Line(Line):
    def __init__(self, labelled: Labelled, *, stacked: bool) -> None:
        self._own = labelled.label
        self.edit, self.label = LineEdit(), ComboBox()
        super().__init__(self.edit)
        self.edit.set_value(labelled.text)
        self.edit.changed.connect(lambda _words: self.edited.emit())
        self.edit.left.connect(self.left)
        if stacked:
            self.setLayout(column(self.edit, row((self.label, 1), self.cross, gap=8), gap=4))
        else:
            self.setLayout(row((self.edit, 1), self.label, self.cross, gap=8))
        self.retranslate()
        look.follow(self.relook)

    def relook(self) -> None:
        self.label.setMinimumWidth(px(BESIDE))

    def value(self) -> Labelled | None:
        return Labelled(self.edit.value(), self.label.value() or "") if self.edit.value() else None

    def retranslate(self) -> None:
        super().retranslate()
        kept = self.label.value() or self._own
        own = () if self._own in LABELS else (self._own,)  # the shop's own word, or none: it is not made up
        self.label.show_choices([(code, label_words(code) or "—") for code in (*LABELS, *own)])
        self.label.set_value(kept)


class BirthdayField(CompoundField):
    """A birthday by the sun or the moon: "11-23", "1988-11-23", "88.4.30"; `value` is a Birthday or None."""

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self.edit, self.calendar = LineEdit(), ComboBox()
        self.edit.changed.connect(self.changed)
        self.edit.left.connect(self.left)
        self.tell_in(self.edit)
        self.calendar.changed.connect(self.changed)
        self.setFocusProxy(self.edit)
        self.setLayout(
            column(self.edit, self.calendar, gap=4) if stacked else row((self.edit, 1), self.calendar, gap=8)
        )
        self.retranslate()
        look.follow(self.relook)

    def relook(self) -> None:
        self.calendar.setMinimumWidth(px(BESIDE))

    def value(self) -> Birthday | None:
        """The birthday; None when there is none, or none that can be read."""
        try:
            return read_birthday(self.edit.value(), self.calendar.value() or "solar")
        except NoSuchBirthday:
            return None

    def set_value(self, value: Any) -> None:
        birthday = value if isinstance(value, Birthday) else None
        self.edit.set_value(write_birthday(birthday) if birthday else "")
        self.calendar.set_value(_calendar_of(birthday))

    def check(self) -> str:
        """What is wrong with the birthday, or nothing."""
        try:
            read_birthday(self.edit.value(), self.calendar.value() or "solar")
        except NoSuchBirthday:
            return self.tr("Write month and day such as 11-23, with the year before it where you know it")
        return ""

    def retranslate(self) -> None:
        kept = self.calendar.value() or "solar"
        self.edit.setPlaceholderText(self.tr("11-23 or 1988-11-23"))
        self.calendar.show_choices(
            [("solar", self.tr("solar")), ("lunar", self.tr("lunar")), ("leap", self.tr("lunar, leap"))]
        )
        self.calendar.set_value(kept)


def read_birthday(words: str, calendar: str) -> Birthday | None:
    """From what was typed; two figures of a year are of the last hundred. Raises NoSuchBirthday."""
    figures = [int(part) for part in re.findall(r"\d+", unicodedata.normalize("NFKC", words))]
    if not words.strip():
        return None
    if len(figures) == 1 and figures[0] > 10_000_000:
        figures = [figures[0] // 10_000, figures[0] // 100 % 100, figures[0] % 100]
    if len(figures) not in (2, 3):
        raise NoSuchBirthday(words)
    year = figures[0] if len(figures) == 3 else None
    if year is not None and year < 100:
        year += 1900 if year > 30 else 2000
    lunar = calendar != "solar"
    return Birthday(figures[-2], figures[-1], year, lunar, leap=calendar == "leap")


def write_birthday(birthday: Birthday) -> str:
    """As it is typed."""
    day = f"{birthday.month:02}-{birthday.day:02}"
    return day if birthday.year is None else f"{birthday.year}-{day}"


def _calendar_of(birthday: Birthday | None) -> str:
    if birthday is None or not birthday.lunar:
        return "solar"
    return "leap" if birthday.leap else "lunar"
