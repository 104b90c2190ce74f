"""A fact while it is edited in its place: its field, what is wrong with it, and the keys that save or leave it."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.views.shared import paint
from app.views.shared.fields import FieldBox, TextArea
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.naming import name_parts
from app.views.shared.tokens import RADIUS_CONTROL

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FactEditor(QWidget):
    """Enter says `done`, Esc `left`, Tab at its end `gone_on`; the focus going elsewhere in the window, `abandoned`."""

    done = Signal()
    left = Signal()
    gone_on = Signal(int)
    abandoned = Signal()

    def __init__(self, name: str, label: str, field: QWidget, value: Any) -> None:
        super().__init__()
        self.name, self.field = name, field
        self.label, self.keys = ElidedLabel(label, "caption", tone="ink2"), ElidedLabel("", "caption", tone="ink3")
        field.setAccessibleName(label)
        name_parts(field, label)
        if hasattr(field, "set_value"):
            field.set_value(value)
        self.before = self.value()
        self.box = FieldBox(field)
        self.setLayout(column(self.label, self.box, self.keys, gap=4, margins=(8, 6, 8, 6)))
        if isinstance(field, TextArea):
            field.installEventFilter(self)
        self.retranslate()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def value(self) -> Any:
        """What the field holds now; a field that saves at once holds nothing."""
        return self.field.value() if hasattr(self.field, "value") else None

    @property
    def changed(self) -> bool:
        return bool(self.value() != self.before)

    def fault(self) -> str:
        """What keeps the field from being saved; said under it."""
        check = getattr(self.field, "check", None)
        said: str = check() if callable(check) else ""
        self.refuse(said)
        return said

    def refuse(self, words: str, place: int = 0) -> None:
        """Say under the field why it was not saved; `place` is the line of several."""
        if place and hasattr(self.field, "lines"):
            self.field.set_error(words, place)  # type: ignore[attr-defined]
        else:
            self.box.set_error(words)

    def begin(self) -> None:
        """The focus goes into the field."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if hasattr(self.field, "selectAll"):
            self.field.selectAll()

    def retranslate(self) -> None:
        words = self.tr("{enter} saves · Esc leaves it as it was")
        self.keys.setText(words.replace("{enter}", keycap("Return")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter saves from a few lines too; Shift with Enter begins another line."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() in _ENTERS and not shift:
                self.done.emit()
                return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through the parts of the field, then on to the next fact."""
        stops = [w for w in self.findChildren(QWidget) if w.isVisible() and _takes_tab(w)]
        stops.sort(key=lambda w: (w.mapTo(self, w.rect().topLeft()).y(), w.mapTo(self, w.rect().topLeft()).x()))
        now = QApplication.focusWidget()
        place = stops.index(now) if now in stops else (-1 if forward else len(stops))
        target = place + (1 if forward else -1)
        if now in stops and not 0 <= target < len(stops):
            self.gone_on.emit(1 if forward else -1)
        elif stops:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[max(0, min(target, len(stops) - 1))].setFocus(reason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "sunken", "line")
        p.end()

    def relook(self) -> None:
        self.update()

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if not self.isVisible() or before is None or now is None or now.window() is not self.window():
            return
        if self.isAncestorOf(before) and not self.isAncestorOf(now):
            self.abandoned.emit()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None
