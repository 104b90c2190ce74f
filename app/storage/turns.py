"""First come, first served: the writers of one process, one after another.

Python's own lock goes to whoever is awake already, so that among many writers one may wait for ever.
"""

from collections import deque
from threading import Event, Lock


class Turns:
    """A lock that serves in the order of asking."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Event] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time."""
        mine = Event()
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            self._waiting.append(mine)
        if mine.wait(seconds):
            return True
        with self._guard:
            if mine.is_set():  # it came while we stopped waiting
                return True
            self._waiting.remove(mine)
        return False

    def give(self) -> None:
        """Let the next one write."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
