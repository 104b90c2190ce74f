"""Tells as many stories as asked for: `python -m tests.loyalty.machine STORIES STEPS [PROCESSES]`."""

import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import settings

from app.bootstrap import found_shop
from tests.loyalty.machine.telling import tell

PORTION = 50
"""Stories with one seed."""


def told(seed: int, stories: int, steps: int) -> int:
    settings.register_profile("regulars", deadline=None, derandomize=True)
    settings.load_profile("regulars")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.shop"
        founded = datetime(2026, 1, 1, tzinfo=UTC)
        found_shop(path, name="Tea", currency="CNY", timezone="Asia/Shanghai", clock=lambda: founded)
        tell(path, stories, steps, seed)
    return stories


def main(stories: int, steps: int, processes: int = 2) -> None:
    began, done = time.monotonic(), 0
    portions = [min(PORTION, stories - first) for first in range(0, stories, PORTION)]
    with ProcessPoolExecutor(processes) as pool:
        for count in pool.map(told, range(1000, 1000 + len(portions)), portions, [steps] * len(portions)):
            done += count
            sys.stdout.write(
                f"{done} of {stories} stories of {steps} steps, no rule broken, {time.monotonic() - began:.0f} s\n"
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
