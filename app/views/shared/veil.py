"""The veil over a window or a dialog while another dialog or the palette stands before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.shared import paint


class Veil(QWidget):
    """Covers its whole window, follows its size, and paints the scrim; over a dialog only on its rounded `card`."""

    def __init__(self, window: QWidget, card: Callable[[], QRect] | None = None, radius: int = 0) -> None:
        super().__init__(window)
        self._card, self._radius = card or self.rect, radius
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        window = self.parentWidget()
        if event.type() == QEvent.Type.Resize and watched is window and window is not None:
            self.setGeometry(window.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self._card(), self._radius, "scrim")
        p.end()
