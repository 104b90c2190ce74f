"""Python's garbage is collected on the Qt thread alone, for as long as anything runs on another.

A collection on a worker may be the one that destroys a widget nobody refers to. Qt then holds a lock and waits for
Python, while the Qt thread holds Python and waits for that lock: both stand still for ever.
"""

import gc


class _Away:
    count = 0
    """Tasks running on other threads, of all gateways."""


def leave() -> None:
    """Something begins to run on another thread. Called on the Qt thread."""
    _Away.count += 1
    gc.disable()


def come_back() -> None:
    """It has ended. Called on the Qt thread."""
    _Away.count = max(0, _Away.count - 1)
    if not _Away.count:
        gc.enable()


def tidy() -> None:
    """Collect what is young, on the Qt thread: a long task would otherwise leave it lying."""
    if _Away.count:
        gc.collect(1)
