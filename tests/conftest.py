"""What every test stands on: Qt offscreen, the real input files where they lie, no clock but the one given."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("regulars", deadline=None, derandomize=True)
settings.load_profile("regulars")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input files; a test that needs it says so with `@pytest.mark.real_data`."""
    if not SHARED.is_dir():
        pytest.skip(f"real input files are not beside the project ({SHARED.name} is absent)")
    return SHARED
