"""The field of other days that matter: a wedding, a child's birthday, each with its word and its calendar."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.birthdays import Birthday
from app.views.customers.contact_fields import BirthdayField
from app.views.shared.buttons import Button, IconButton
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import column, row

Day = tuple[str, Birthday]


class DatesField(QWidget):
    """`value` is a tuple of (word, day) of the lines that say a day."""

    changed = Signal(object)
    errored = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self._stacked, self._error = stacked, ""
        self.lines: list[_Day] = []
        self.rows = column(gap=8)
        self.more = Button("", "link", icon="ph.plus", size="small")
        self.more.clicked.connect(lambda: self._add("", None).label.setFocus(Qt.FocusReason.OtherFocusReason))
        self.setLayout(column(self.rows, row(self.more, None), gap=4))
        self._add("", None)
        self.retranslate()

    def value(self) -> tuple[Day, ...]:
        read = ((line.label.value(), line.day.value()) for line in self.lines)
        return tuple((label, day) for label, day in read if day is not None)

    def set_value(self, value: Any) -> None:
        for line in list(self.lines):
            self._remove(line)
        for label, day in value or (("", None),):
            self._add(label, day)
        self.set_error("")

    def check(self) -> str:
        """What is wrong with one of the days, or nothing."""
        said = (line.day.check() for line in self.lines)
        return next((words for words in said if words), "")

    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str) -> None:
        if sentence != self._error:
            self._error = sentence
            self.errored.emit(sentence)

    def retranslate(self) -> None:
        self.more.setText(self.tr("One more"))
        for line in self.lines:
            line.label.setPlaceholderText(self.tr("Wedding, opening of the firm…"))
            line.cross.set_name(self.tr("Take this day out"))

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.lines[0].label.setFocus(reason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, label: str, day: Birthday | None) -> "_Day":
        line = _Day(label, day, stacked=self._stacked)
        line.cross.clicked.connect(lambda: self._remove(line))
        line.day.changed.connect(lambda _day: self._on_edited())
        line.label.changed.connect(lambda _words: self._on_edited())
        self.lines.append(line)
        self.rows.addWidget(line)
        self.retranslate()
        self._show_crosses()
        return line

    def _remove(self, line: "_Day") -> None:
        self.lines.remove(line)
        self.rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show_crosses()
        self.changed.emit(self.value())

    def _show_crosses(self) -> None:
        for line in self.lines:
            line.cross.setVisible(len(self.lines) > 1)

    def _on_edited(self) -> None:
        self.set_error("")
        self.changed.emit(self.value())


class _Day(QWidget):
    def __init__(self, label: str, day: Birthday | None, *, stacked: bool) -> None:
        super().__init__()
        self.label, self.day, self.cross = LineEdit(), BirthdayField(stacked=stacked), IconButton("ph.x")
        self.label.set_value(label)
        self.day.set_value(day)
        if stacked:
            self.setLayout(column(row((self.label, 1), self.cross, gap=4), self.day, gap=4))
        else:
            self.setLayout(row((self.label, 1), (self.day, 2), self.cross, gap=8))
