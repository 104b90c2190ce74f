"""Fields for when the shop is open: the hours of each weekday, and the days on which it is closed."""

import re
import unicodedata
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout

from app.domain.holidays import Holiday
from app.domain.opening_hours import parse_hours, written_hours
from app.domain.shop_limits import fits
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.compound_field import CompoundField
from app.views.shared.fields import LineEdit, TextArea
from app.views.shared.labels import PlainLabel
from app.views.shared.look import px

_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d\d))?-(\d{1,2})(?:[:.](\d\d))?")
_HOLIDAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:/|~|\.\.|to|\u81f3|\u5230|--?)\s*(\d{4}-\d\d-\d\d))?\s*(.*)")


def read_hours(words: str) -> str | None:
    """The hours of a day as settings keep them, from what a person typed: "9-12, 14:00–21:00"; None: unreadable."""
    bare = re.sub(r"\s*[-–—~\u81f3\u5230]\s*", "-", unicodedata.normalize("NFKC", words))
    found = [_SPAN.fullmatch(part) for part in re.split(r"[\s,;、]+", bare) if part]
    try:
        kept = [f"{m[1]}:{m[2] or '00'}-{'0' if m[3] == '24' else m[3]}:{m[4] or '00'}" if m else "?" for m in found]
        return written_hours(parse_hours(" ".join(kept)))
    except ValueError:
        return None


def shown_hours(kept: str) -> str:
    return kept.replace("-", "–").replace(" ", ", ")


class WeekField(CompoundField):
    """Seven lines, one a weekday: one or more spans of hours, or nothing where the shop is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.days = [LineEdit() for _ in range(7)]
        self.names = [PlainLabel("", "body", tone="ink2") for _ in self.days]
        self.alike = Button("", "link", size="small")
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for row, (name, field) in enumerate(zip(self.names, self.days, strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
            name.setBuddy(field)
            field.left.connect(self.left)
        grid.addWidget(self.alike, 7, 1, Qt.AlignmentFlag.AlignLeft)
        self._grid = grid
        self.setLayout(grid)
        self.alike.clicked.connect(self._on_alike)
        self.setFocusProxy(self.days[0])
        self.retranslate()
        look.follow(self.relook)

    def relook(self) -> None:
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(4))
        for field in self.days:
            field.setFixedWidth(px(184))

    def retranslate(self) -> None:
        locale = QLocale(look.current().language)
        for day, (name, field) in enumerate(zip(self.names, self.days, strict=True), 1):
            words = locale.standaloneDayName(day, QLocale.FormatType.ShortFormat)
            name.setText(words)
            field.setAccessibleName(words)
            field.setPlaceholderText(self.tr("Closed"))
        self.alike.setText(self.tr("All days as Monday"))

    def value(self) -> tuple[str, ...] | None:
        """The week as settings keep it; None where a line cannot be read."""
        read = tuple(read_hours(field.text()) for field in self.days)
        return None if None in read else tuple(words or "" for words in read)

    def set_value(self, value: Any) -> None:
        for field, kept in zip(self.days, value, strict=True):
            field.set_value(shown_hours(kept))

    def set_error(self, sentence: str) -> None:
        """Told under the week; the lines that cannot be read are outlined."""
        for field in self.days:
            field.set_error(sentence if sentence and read_hours(field.text()) is None else "")
        super().set_error(sentence)

    def check(self) -> str:
        value = self.value()
        if value is None:
            return self.tr("Write hours such as 9:00–21:00 or 9:00–12:00, 14:00–18:00; leave a day of rest empty")
        if not any(value):
            return self.tr("Leave one day on which the shop is open")
        return "" if fits("week", value) else self.tr("Hours that lie over each other: give each its own time")

    def _on_alike(self) -> None:
        for field in self.days[1:]:
            field.set_value(self.days[0].text())
        self.left.emit()


class HolidaysField(TextArea):
    """One line each: a day or the first and last, and what it is called."""

    def __init__(self) -> None:
        super().__init__(lines=5)
        self.retranslate()

    def retranslate(self) -> None:
        self.setPlaceholderText(self.tr("2026-10-01 – 2026-10-07 National Day\n2026-12-31"))

    def value(self) -> Any:
        """As settings keep them, in the order of the days; None when a line cannot be read."""
        lines = [line for line in unicodedata.normalize("NFKC", self.toPlainText()).splitlines() if line.strip()]
        found = [_holiday(line) for line in lines]
        return None if None in found else tuple(str(holiday) for holiday in sorted(filter(None, found)))

    def set_value(self, value: Any) -> None:
        super().set_value("\n".join(shown_holiday(Holiday.parse(kept)) for kept in value or ()))

    def check(self) -> str:
        value = self.value()
        if value is None:
            lines = self.toPlainText().splitlines()
            wrong = next(
                line for line in lines if line.strip() and _holiday(unicodedata.normalize("NFKC", line)) is None
            )
            said = self.tr("Not understood: “{line}”. Write 2026-12-25 or 2026-10-01 – 2026-10-07, then a name")
            return said.replace("{line}", wrong.strip()[:40])
        return "" if fits("holidays", value) else self.tr("So many closed days leave no opening time to count in")


def _holiday(line: str) -> Holiday | None:
    found = _HOLIDAY.fullmatch(line.strip().replace("–", "-").replace("—", "-"))
    if found is None:
        return None
    first, last, name = found.groups()
    try:
        return Holiday.parse(f"{first}/{last or first} {' '.join(name.strip(' ,，:：').split())}")
    except ValueError:
        return None


def shown_holiday(holiday: Holiday) -> str:
    """A day or a stretch of days, as the field has it."""
    days = f"{holiday.first}" if holiday.first == holiday.last else f"{holiday.first} – {holiday.last}"
    return f"{days} {holiday.name}".rstrip()
