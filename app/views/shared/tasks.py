"""A piece of work on another thread, as the Qt thread sees it: progress, cancel, answer or failure."""

from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Cancelled

EVERY = 0.05
"""Seconds between two progress signals: more would only make the window busy."""


class Task(QObject):
    """`answered` for a read, `committed` for a write, else `failed`; always followed by `ended`."""

    answered = Signal(object)
    committed = Signal(object)
    failed = Signal(object)
    ended = Signal()
    progressed = Signal(int, int)
    """Done and total (0: not known)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = self._dropped = False
        self._next = 0.0
        self.running = True

    def cancel(self) -> None:
        """Ask the work to stop at its next progress report; it then ends as if it had never begun."""
        self._cancelled = True

    def drop(self) -> None:
        """Nobody waits for the answer any more."""
        self._dropped = True

    def progress(self, done: int, total: int = 0) -> None:
        """Called by the work, on its own thread. Raises Cancelled when a person stopped it."""
        if self._cancelled:
            raise Cancelled
        now = monotonic()
        if now >= self._next or done == total:
            self._next = now + EVERY
            self.progressed.emit(done, total)

    def settle(self, outcome: Any) -> None:
        """Hear the outcome on the Qt thread: a one-tuple with the answer, or the exception."""
        self.running = False
        if not self._dropped:
            if isinstance(outcome, BaseException):
                self.failed.emit(outcome)
            else:
                self.answered.emit(outcome[0])
        self.ended.emit()
        self.deleteLater()
