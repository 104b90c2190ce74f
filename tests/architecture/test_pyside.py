"""The installed PySide6 does not lose a reference to None on each Qt call that returns nothing."""

import subprocess
import sys

CALLS = """
from PySide6.QtCore import QRect
area = QRect()
for width in range(200_000):
    area.setWidth(width)
"""


def test_many_void_calls_leave_the_process_alive() -> None:
    """PySide6 6.12.0 under Python 3.11 aborts here (see docs/decisions.md)."""
    ran = subprocess.run([sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
