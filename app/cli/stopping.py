"""Ctrl+C during a long act: it stops at its next report of progress, or, once it is being saved, not any more."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from app.domain.errors import Cancelled

Progress = Callable[[int, int], None]


@contextmanager
def stoppable(progress: Progress) -> Iterator[Progress]:
    """The same progress, raising Cancelled after Ctrl+C.

    An interrupt that came while the act is committed would otherwise say "nothing was changed" of something that was.
    """
    stopped = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    def report(done: int, total: int = 0) -> None:
        if stopped:
            raise Cancelled
        progress(done, total)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield report
    finally:
        signal.signal(signal.SIGINT, before)
