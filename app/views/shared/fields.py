"""Fields: a line, a few lines, and with them those that are chosen; each says what is wrong in one helpful sentence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from app.views.shared import look, paint
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import IconButton
from app.views.shared.choice_fields import CheckBox, ComboBox
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px

__all__ = ["CheckBox", "ComboBox", "ErrorLine", "FieldBox", "LineEdit", "TextArea"]

_PAD, _ICON = 10, 16


def is_undo_of_nothing(event: QEvent, *, undo: bool, redo: bool) -> bool:
    """Whether a field is about to swallow Ctrl+Z (or redo) although nothing was typed: the window means it then."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    wants_undo, wants_redo = (
        event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    )
    return (wants_undo and not undo) or (wants_redo and not redo)


class LineEdit(QLineEdit):
    """One line: an icon before it, a key or a cross behind it. `value` has no blanks at its ends.

    `changed` tells what the person typed; `left` that the field may be checked: nobody is scolded while typing.
    """

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str | None = None,
        key: str = "",
        clear: bool = False,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._keycap, self._height, self._error = icon, keycap(key), height, ""
        self._tail: QWidget | None = None
        self._cross: IconButton | None = None
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self.left)
        if clear:
            self._offer_clear()
        look.follow(self.relook)

    def value(self) -> Any:
        """What the field holds."""
        return self.text().strip()

    def set_value(self, value: Any) -> None:
        """Fill the field without telling anyone."""
        self.setText("" if value is None else str(value))
        self.set_error("")

    def error(self) -> str:
        """What is wrong, or nothing."""
        return self._error

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and how to go on; an empty sentence takes it back."""
        if sentence == self._error:
            return
        self._error = sentence
        self.setAccessibleDescription(sentence)
        _mark_wrong(self, bool(sentence))
        self.errored.emit(sentence)

    def set_tail(self, widget: QWidget) -> None:
        """Put a small widget into the right end of the field."""
        self._tail = widget
        widget.setParent(self)
        self.relook()

    def relook(self) -> None:
        self.setFont(look.font("body", editable=True))
        self.setFixedHeight(px(self._height))
        head = px(_ICON + 8) if self._icon else 0
        tail = paint.keycap_width(self._keycap) + px(8) if self._keycap else 0
        tail += self._tail.sizeHint().width() if self._tail else 0
        self.setTextMargins(head, 0, tail, 0)
        self._place_tail()
        self.update()

    def event(self, event: QEvent) -> bool:
        if is_undo_of_nothing(event, undo=self.isUndoAvailable(), redo=self.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(72), px(self._height))

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(self._height))

    def retranslate(self) -> None:
        """Word what is the field's own."""
        if self._cross is not None:
            self._cross.set_name(self.tr("Clear"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tail()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        p, middle = QPainter(self), self.height() // 2
        if self._icon:
            spot = paint.square(QPoint(px(_PAD) + px(_ICON) // 2 + 1, middle), px(_ICON))
            paint.glyph(p, spot, self._icon, "accent_text" if self.hasFocus() else "ink3")
        if self._keycap and not self.text():
            paint.keycap(p, self.width() - px(8) - paint.keycap_width(self._keycap), middle, self._keycap)
        p.end()

    def _offer_clear(self) -> None:
        self._cross = cross = IconButton("ph.x", self.tr("Clear"))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setCursor(Qt.CursorShape.ArrowCursor)
        cross.clicked.connect(self._on_clear)
        self.set_tail(cross)
        cross.hide()
        self.textChanged.connect(lambda words: cross.setVisible(bool(words)))

    def _on_clear(self) -> None:
        self.clear()
        self._on_edited("")

    def _on_edited(self, _words: str) -> None:
        if self._error:
            self.set_error("")
        self.changed.emit(self.value())

    def _place_tail(self) -> None:
        if self._tail is not None:
            hint = self._tail.sizeHint()
            self._tail.setGeometry(
                self.width() - hint.width() - px(4), (self.height() - hint.height()) // 2, hint.width(), hint.height()
            )


class TextArea(QPlainTextEdit):
    """A few lines in somebody's own words. Tab goes on to the next field; Ctrl+Enter saves from here."""

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(self, placeholder: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines, self._error, self._filling = lines, "", False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_edited)
        look.follow(self.relook)

    def value(self) -> str:
        return self.toPlainText().strip()

    def set_value(self, value: Any) -> None:
        self._filling = True
        self.setPlainText("" if value is None else str(value))
        self._filling = False
        self.set_error("")

    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str) -> None:
        if sentence != self._error:
            self._error = sentence
            self.setAccessibleDescription(sentence)
            _mark_wrong(self, bool(sentence))
            self.errored.emit(sentence)

    def relook(self) -> None:
        self.setFont(look.font("body", editable=True))
        self.document().setDocumentMargin(px(2))
        self.setMinimumHeight(px(20 * self._lines + 20))
        self.setMaximumHeight(px(20 * self._lines + 60))

    def event(self, event: QEvent) -> bool:
        page = self.document()
        if is_undo_of_nothing(event, undo=page.isUndoAvailable(), redo=page.isRedoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(px(240), px(20 * self._lines + 20))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(96), px(20 * self._lines + 20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        saves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if saves and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def _on_edited(self) -> None:
        if self._filling:
            return
        self.set_error("")
        self.changed.emit(self.value())


class ErrorLine(QWidget):
    """What is wrong with the field above it; takes no room while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", "caption", tone="red_text", wrap=True)
        self.setLayout(row(Glyph("ph.warning-circle", "red_text", 14), (self.words, 1), gap=4))
        self.hide()

    def say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.setVisible(bool(sentence))


class FieldBox(QWidget):
    """A field with its error under it."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.line = field, ErrorLine()
        self.setLayout(column(field, self.line, gap=4))
        if hasattr(field, "errored"):
            field.errored.connect(self.line.say)

    def set_error(self, sentence: str) -> None:
        """Say what is wrong with any kind of field."""
        if hasattr(self.field, "set_error"):
            self.field.set_error(sentence)
        else:
            self.line.say(sentence)

    def error(self) -> str:
        return self.line.words.text()


def _mark_wrong(widget: QWidget, wrong: bool) -> None:
    """The sheet draws a wrong field in red; it looks at the property only when asked to polish."""
    widget.setProperty("wrong", "true" if wrong else "false")
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
