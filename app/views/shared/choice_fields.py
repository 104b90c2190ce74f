"""Fields that are chosen, not typed: one of many, and a tick."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QStyledItemDelegate, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.keys import keycap
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL


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
        room = self.rect().adjusted(px(13), 0, -px(30), 0)
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
