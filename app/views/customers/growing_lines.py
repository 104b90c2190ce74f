"""A field of several lines that grows: "One more" below them, and a cross at each once there are two."""

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

    def retranslate(self) -> None:
        self.cross.set_name(QCoreApplication.translate("GrowingLines", "Take this line out"))


class GrowingLines(QWidget):
    """`value` is a tuple of what the lines say. A kind of field says how a line is `made`, from a value or empty."""

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self._stacked, self._error = stacked, ""
        self.lines: list[Any] = []
        self.rows = column(gap=8)
        self.more = Button("", "link", icon="ph.plus", size="small")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.clicked.connect(lambda: self._add(self.made(None)).setFocus(Qt.FocusReason.OtherFocusReason))
        self.setLayout(column(self.rows, row(self.more, None), gap=4))
        self._add(self.made(None))
        self.retranslate()

    def made(self, value: Any) -> Line:
        """A line that says this; an empty one for None."""
        raise NotImplementedError

    def value(self) -> tuple[Any, ...]:
        said = (line.value() for line in self.lines)
        return tuple(value for value in said if value is not None)

    def set_value(self, value: Any) -> None:
        for line in list(self.lines):
            self._remove(line)
        for said in value or (None,):
            self._add(self.made(said))
        self.set_error("")

    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str, place: int = 0) -> None:
        """Say what is wrong; `place` is the line it is about, where the field can tell."""
        self._error = sentence
        self.errored.emit(sentence)

    def retranslate(self) -> None:
        self.more.setText(QCoreApplication.translate("GrowingLines", "One more"))
        for line in self.lines:
            line.retranslate()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.lines[0].setFocus(reason)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self, line: Line) -> Line:
        line.edited.connect(self._on_edited)
        line.left.connect(self.left)
        line.cross.clicked.connect(lambda: self._remove(line))
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
        self.changed.emit(self.value())

    def _show_crosses(self) -> None:
        for line in self.lines:
            line.cross.setVisible(len(self.lines) > 1)

    def _on_edited(self) -> None:
        if self._error:
            self.set_error("")
        self.changed.emit(self.value())
