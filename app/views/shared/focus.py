"""The focus ring: one overlay per window, shown only when the keyboard moved the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.shared import look, paint
from app.views.shared.tokens import RADIUS_CONTROL

_BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
_AWAY, _WIDTH = 2, 2
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)
_GOES = (QEvent.Type.Hide, QEvent.Type.FocusOut)


class FocusRing(QWidget):
    """Two pixels of accent, two pixels away from what has the focus. Takes no clicks."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()

    @property
    def target(self) -> QWidget | None:
        """What the ring is around, if it is shown."""
        return self._target

    def surround(self, target: QWidget) -> None:
        """Show the ring around a widget of this window, and go where it goes."""
        self.leave()
        self._target = target
        at: QWidget | None = target
        while at is not None and at is not self.parentWidget():
            at.installEventFilter(self)
            self._watched.append(at)
            at = at.parentWidget()
        self._place()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Hide the ring."""
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._target, self._watched = None, []
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        elif event.type() in _GOES and (event.type() == QEvent.Type.Hide or watched is self._target):
            self.leave()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), look.px(RADIUS_CONTROL) + _AWAY + _WIDTH, None, "accent", _WIDTH)
        p.end()

    def _place(self) -> None:
        window = self.parentWidget()
        if self._target is not None and window is not None:
            out = _AWAY + _WIDTH
            corner = self._target.mapTo(window, QPoint(0, 0))
            self.setGeometry(QRect(corner, self._target.size()).adjusted(-out, -out, out, out))


def ring_of(window: QWidget) -> FocusRing:
    """The ring of a window, made when first asked for."""
    found = window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, FocusRing) else FocusRing(window)


def came(widget: QWidget, reason: Qt.FocusReason) -> None:
    """A widget that paints no focus of its own received it: show the ring if the keyboard brought it."""
    ring = ring_of(widget.window())
    if reason in _BY_KEYBOARD:
        ring.surround(widget)
    elif ring.target is not None:
        ring.leave()
