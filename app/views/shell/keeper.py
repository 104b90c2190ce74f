"""Keeps the shop safe while its window is open: a copy every half hour if anything changed, and one at quit."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from app.views.shared.gateway import Gateway

HALF_HOUR_MS = 30 * 60 * 1000


class Keeper(QObject):
    """Says when a copy was made. One that fails is told like any trouble with the disk; the next is tried anyway."""

    copied = Signal(object)
    """The moment of the newest copy, or None."""

    def __init__(self, gateway: Gateway, parent: QObject) -> None:
        super().__init__(parent)
        self.gateway = gateway
        self._dirty = False
        gateway.changed.connect(self._on_changed)
        gateway.copied.connect(self._on_copied)
        self._timer = QTimer(self, interval=HALF_HOUR_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def tell(self) -> None:
        """Say when the newest copy was made."""
        known = self.gateway.copies
        moment: datetime | None = known[0].made_at if known else None
        self.copied.emit(moment)

    def back_up(self, reason: str, then: Callable[[], None] = lambda: None) -> None:
        """Copy now, on a worker thread."""
        self._dirty = False
        self.gateway.back_up(reason).answered.connect(lambda _copy: then())

    def finish(self) -> None:
        """The copy at quit, where anything changed since the last; waits for it."""
        self._timer.stop()
        if self._dirty:
            self.back_up("at-quit")
        self.gateway.settle()

    def _on_copied(self, _copy: object) -> None:
        self.tell()

    def _on_changed(self, _changes: object) -> None:
        self._dirty = True

    def _on_timeout(self) -> None:
        if self._dirty:
            self.back_up("half-hour")
