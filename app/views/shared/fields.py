"""Fields: a line, a few lines, a choice of many, a tick; each says what is wrong in one sentence that helps."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QWidget,
)

from app.views.shared import focus, look, paint
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import IconButton
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

_PAD, _ICON = 10, 16


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


class ComboBox(QComboBox):
    """One of many values, each with its words."""

    changed = Signal(object)
    left = Signal()
    errored = Signal(str)

    def __init__(self, *, height: int = 36, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height, self._error = height, ""
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(12)
        self.activated.connect(self._on_activated)
        look.follow(self.relook)

    def show_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offer these (value, words); the chosen value stays where it is still offered."""
        kept = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(kept)

    def value(self) -> Any:
        return self.currentData()

    def set_value(self, value: Any) -> None:
        places = [at for at in range(self.count()) if self.itemData(at) == value]
        self.setCurrentIndex(places[0] if places else (0 if self.count() and value is None else -1))

    def error(self) -> str:
        return self._error

    def set_error(self, sentence: str) -> None:
        if sentence != self._error:
            self._error = sentence
            self.errored.emit(sentence)
            self.update()

    def relook(self) -> None:
        self.setFont(look.font("body"))
        self.setFixedHeight(px(self._height))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        widest = max((look.current().measure(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(max(px(96), widest + px(44)), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(72), px(self._height))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a page scrolled past a choice must not change it

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        edge = "accent" if self.hasFocus() else "red" if self._error else "edge"
        ground = "surface" if self.isEnabled() else "sunken"
        paint.box(p, self.rect(), px(RADIUS_CONTROL), ground, edge, 2 if self.hasFocus() else 1)
        room = self.rect().adjusted(px(11), 0, -px(30), 0)
        paint.say(p, room, self.currentText(), "body", "ink" if self.isEnabled() else "ink3")
        spot = QPoint(self.width() - px(18), self.height() // 2)
        paint.glyph(p, paint.square(spot, px(14)), "ph.caret-down", "ink2")
        p.end()

    def _on_activated(self, _place: int) -> None:
        self.set_error("")
        self.changed.emit(self.value())


class CheckBox(QCheckBox):
    """A tick with its words."""

    changed = Signal(object)

    def __init__(self, words: str = "", *, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._keycap = keycap(key)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(lambda: self.changed.emit(self.value()))
        look.follow(self.relook)

    def value(self) -> bool:
        return self.isChecked()

    def set_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def relook(self) -> None:
        self.setFont(look.font("body"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        key = paint.keycap_width(self._keycap) + px(8) if self._keycap else 0
        return QSize(px(26) + look.current().measure(self.text()) + key + px(2), px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, middle = QPainter(self), self.height() // 2
        spot = QRect(0, middle - px(9), px(18), px(18))
        if self.isChecked():
            paint.box(p, spot, px(5), "accent" if self.isEnabled() else "ink3")
            paint.check(p, spot, "on_accent")
        else:
            paint.box(p, spot, px(5), "hover" if self.underMouse() else "surface", "edge")
        room = QRect(px(26), 0, self.width() - px(26), self.height())
        x = px(26) + paint.say(p, room, self.text(), "body", "ink" if self.isEnabled() else "ink3")
        paint.keycap(p, x + px(8), middle, self._keycap)
        p.end()


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
