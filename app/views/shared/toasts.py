"""Toasts: what was just done, with its Undo; or why something was refused. One at a time, at the bottom."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QFocusEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.shared import focus, look, paint
from app.views.shared.avatars import Glyph
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_TOAST

LIVES_MS = 6000
HIGH, WIDEST = 44, 760
"""Words that need more room go on in a second line."""


class ToastAct(QAbstractButton):
    """The act on a toast, with its key."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._keycap = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, key: str) -> None:
        self._keycap = key
        self.setText(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        cap = paint.keycap_width(self._keycap) + px(8) if self._keycap else 0
        return QSize(look.current().measure(self.text(), "strong") + cap + px(16), px(32))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        if self.underMouse() or self.isDown():
            paint.box(p, self.rect(), px(8), None, "ink3")
        room = self.rect().adjusted(px(8), 0, 0, 0)
        x = px(8) + paint.say(p, room, self.text(), "strong", "toast_text")
        if self._keycap:
            paint.keycap(p, x + px(8), self.height() // 2, self._keycap, token="canvas", edge="ink3", fill="ink")
        p.end()


class Toasts(QWidget):
    """The place of toasts in a window. Make one per window; it shows one toast at a time."""

    undone = Signal()

    def __init__(self, window: QWidget, *, lives_ms: int = LIVES_MS) -> None:
        super().__init__(window)
        self._undo: Callable[[], object] | None = None
        self.glyph = Glyph("ph.check-circle-fill", "toast_text", 18)
        self.label = PlainLabel("", "body", tone="canvas", wrap=True)
        self.act = ToastAct(self)
        self.act.clicked.connect(self._on_act)
        self._timer = QTimer(self, singleShot=True, interval=lives_ms)
        self._timer.timeout.connect(self._on_timeout)
        self.setLayout(row(self.glyph, (self.label, 1), self.act, gap=10, margins=(16, 0, 8, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        window.installEventFilter(self)
        self.act.installEventFilter(self)
        self.hide()
        look.follow(self.relook)

    def show_done(self, words: str, undo: Callable[[], object] | None = None, *, act: str = "", key: str = "") -> None:
        """Say what was done; with `undo`, offer to take it back (or another `act` in its place)."""
        self._undo = undo
        undo_key = keycap(QKeySequence(QKeySequence.StandardKey.Undo))
        self.act.set_words(act or self.tr("Undo"), keycap(key) if act else undo_key)
        self.act.setVisible(undo is not None)
        self.glyph.set_icon("ph.check-circle-fill", "toast_text")
        self._appear(words)

    def show_refusal(self, words: str) -> None:
        """Say why nothing was done."""
        self._undo = None
        self.act.hide()
        self.glyph.set_icon("ph.warning-circle-fill", "toast_red")
        self._appear(words)

    def words(self) -> str:
        """What is said now; nothing when no toast is shown."""
        return "" if self.isHidden() else self.label.text()

    def dismiss(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        self.hide()

    def relook(self) -> None:
        self._place()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.act and event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif watched is self.act and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self._timer.start()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_TOAST), "ink")
        p.end()

    def _appear(self, words: str) -> None:
        self.label.setText(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _on_act(self) -> None:
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()
            self.undone.emit()

    def _on_timeout(self) -> None:
        if not self.underMouse() and not self.act.hasFocus():
            self.hide()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        act = self.act.sizeHint().width() + px(18) if not self.act.isHidden() else 0
        beside = px(16 + 18 + 10 + 20) + act
        words = look.current().measure(self.label.text()) + 1
        wide = min(words + beside, px(WIDEST), window.width() - px(32))
        more = max(0, self.label.heightForWidth(wide - beside) - look.current().line("body"))
        high = px(HIGH) + more
        self.setFixedHeight(high)
        self.setGeometry(
            QRect(QPoint((window.width() - wide) // 2, window.height() - px(28) - high), QSize(wide, high))
        )
