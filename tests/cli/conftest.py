"""A shop to run commands on, and a machine that remembers nothing of other runs."""

from pathlib import Path

import pytest

from tests.cli.running import Runner


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which this computer remembers things, empty."""
    folder = tmp_path / "machine"
    monkeypatch.setenv("REGULARS_HOME", str(folder))
    return folder


@pytest.fixture
def run(shop_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(shop_path, capsys)
