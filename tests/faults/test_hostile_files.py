"""Files made to hurt are refused, or read as far as they go, within a second and in little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.hostile import MOST_EFFORT, MOST_MEMORY, Seen, hostile_files

TELLING = (
    *("entity-laughs-sheet", "entity-spread-texts", "entity-file-book", "far-last", "far-beyond", "far-widest"),
    *(
        "lie-1000",
        "parts",
        "bomb-sheet-20",
        "bomb-media",
        "deep-texts",
        "text-quote-open",
        "text-one-line",
        "cards-open",
    ),
)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory is read where Linux tells it")
def test_hostile_files_do_no_harm() -> None:
    """A few of each kind on ordinary runs, in a process of their own; REGULARS_WHOLE=1 asks for all hundred."""
    named = () if os.environ.get("REGULARS_WHOLE") else TELLING
    command = [sys.executable, "-m", "tests.faults.hostile", *named]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    seen = [Seen(**json.loads(line)) for line in ran.stdout.splitlines()]
    assert len(seen) == len(named or hostile_files()), ran.stderr
    assert [one for one in seen if one.wrong] == []
    assert max(one.effort for one in seen) <= MOST_EFFORT
    assert max(one.megabytes for one in seen) <= MOST_MEMORY


def test_there_are_a_hundred_and_each_has_its_name() -> None:
    names = [one.name for one in hostile_files()]
    assert len(set(names)) == len(names) > 95
    assert set(TELLING) <= set(names)
