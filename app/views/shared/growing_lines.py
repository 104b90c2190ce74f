"""A field of several lines that grows: a button below them adds one, and a cross takes one out."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.views.shared.buttons import Button, IconButton
from app.views.shared.layouts import column, row
from app.views.shared.naming import name_parts


class Line(QWidget):
    """One line, with a cross that takes it out. A kind of line says its `value`: None where it says nothing."""

    edited = Signal()
    left = Signal()

    def __init__(self, first: QWidget) -> None:
        super().__init__()
        self.cross = IconButton("ph.x")
        self.setFocusProxy(first)

    def value(self) -> Any:
        raise NotImplementedError

    def check(self) -> str:
        """What is wrong with it, or nothing."""
        return ""

    def retranslate(self) -> None:
        self.cross.set_name(QCoreApplication.translate("GrowingLines", "Take this line out"))


class GrowingLines(QWidget):
    """`value` is a tuple of what the lines say. A kind of field says how a line is `made`, from a value or empty.

    `least` lines always stay: 1, which may be empty, or none at all.
    """

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False, least: int = 1) -> None:
        super().__init__(parent)
        self._stacked, self._least, self._error = stacked, least, ""
        self.lines: list[Any] = []
        self.rows = column(gap=8)
        self.more = Button("", "link", icon="ph.plus", size="small")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(self._on_more)
        self.setLayout(column(self.rows, row(self.more, None), gap=4))
        for _ in range(least):
            self._add(self.made(None))
        self.retranslate()

    def made(self, value: Any) -> Line:
        """A line that says this; an empty one for None."""
        raise NotImplementedError

    def more_words(self) -> str:
        """What the button says that adds a line."""
        return QCoreApplication.translate("GrowingLines", "One more")

    def value(self) -> tuple[Any, ...]:
        said = (line.value() for line in self.lines)
        return tuple(value for value in said if value is not None)

    def set_value(self, value: Any) -> None:
        for line in list(self.lines):
            self._remove(line)
        for said in value or (None,) * self._least:
            self._add(self.made(said))
        self.set_error("")

    def check(self) -> str:
        """What is wrong with the first line that is wrong, or nothing."""
        return next((words for line in self.lines if (words := line.check())), "")

    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str, place: int = 0) -> None:
        """Say what is wrong; `place` is the line it is about, where the field can tell."""
        self._error = sentence
        self.errored.emit(sentence)

    def retranslate(self) -> None:
        self.more.setText(self.more_words())
        for line in self.lines:
            line.retranslate()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        (self.lines[0] if self.lines else self.more).setFocus(reason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, line: Line) -> Line:
        line.edited.connect(self._on_edited)
        line.left.connect(self.left)
        line.cross.clicked.connect(lambda: self._on_cross(line))
        line.retranslate()
        if self.accessibleName():
            name_parts(line, self.accessibleName())
        self.lines.append(line)
        self.rows.addWidget(line)
        self._show_crosses()
        return line

    def _remove(self, line: Line) -> None:
        self.lines.remove(line)
        self.rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show_crosses()

    def _show_crosses(self) -> None:
        for line in self.lines:
            line.cross.setVisible(len(self.lines) > self._least)

    def _on_more(self) -> None:
        line = self._add(self.made(None))
        self.setTabOrder(line, self.more)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.value())

    def _on_cross(self, line: Line) -> None:
        self._remove(line)
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_edited()

    def _on_edited(self) -> None:
        if self._error:
            self.set_error("")
        self.changed.emit(self.value())
