"""`regulars sample`, called as a person calls it."""

import json
from pathlib import Path

import pytest

from app.cli.main import main


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))


def test_it_writes_a_shop_and_says_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tea.shop"
    call = ["sample", "--shop", str(path), "--customers", "50", "--years", "1", "--today", "2026-11-23", "--json"]
    assert main(call) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"shop": str(path), "customers": 50, "sales": said["sales"]}
    assert said["sales"] > 50
    assert main(["stats", "--json", "--today", "2026-11-23"]) == 0
    assert json.loads(capsys.readouterr().out)["customers"] == 50


def test_it_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "tea.shop"
    path.write_text("my own", encoding="utf-8")
    assert main(["sample", "--shop", str(path), "--customers", "5"]) == 1
    assert path.read_text(encoding="utf-8") == "my own"
    assert "tea.shop" in capsys.readouterr().err
