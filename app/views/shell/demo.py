"""The sample shop as a copy in a folder of its own: look around, change anything, and it is gone with the folder."""

import tempfile
from pathlib import Path

from app.bootstrap import Clock, found_sample


def sample_copy(language: str, clock: Clock) -> Path:
    """A fresh sample shop up to today, in the language given."""
    path = Path(tempfile.mkdtemp(prefix="regulars-")) / "sample.shop"
    found_sample(path, language=language, clock=clock)
    return path
