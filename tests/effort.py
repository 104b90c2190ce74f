"""How hard a piece of work is, counted in a fixed piece of work done beside it: machines differ and have busy hours."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

TRIES = 3
COUNTED = 1_000_000


def effort(act: Callable[[], object]) -> float:
    """The processor time of this thread an act took, as a multiple of counting to a million.

    Without the collector: in a process that has run for minutes, walking everything it holds costs seconds.
    """
    with _uncollected():
        return _spent(act) / _floor()


def least_effort(act: Callable[[], object]) -> float:
    """The least of a few tries: what an act needs, whatever else the machine does meanwhile."""
    return min(effort(act) for _ in range(TRIES))


@cache
def _floor() -> float:
    """Seconds, once for a process: two thousand files are measured in one."""
    return min(_spent(_count) for _ in range(TRIES))


def _spent(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return time.thread_time() - began


def _count() -> None:
    total = 0
    for number in range(COUNTED):
        total += number


@contextmanager
def _uncollected() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
