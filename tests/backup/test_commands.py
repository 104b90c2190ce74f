"""backup, restore and check on the command line, as a scheduled job would call them."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Shop
from app.cli.main import main
from app.resources import safety
from app.services.backup import Fault
from app.services.customers import CustomerDraft, add
from app.storage.engine import connect

TODAY = ("--today", "2026-11-23")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path / "home"))


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> dict[str, Any]:
    """Run one command for its JSON."""
    assert main([*map(str, arguments), "--json", *TODAY]) == code
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_a_backup_lands_among_the_shops_own(sample_shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "backup", "--shop", sample_shop.path)
    assert said["ok"] is True
    assert Path(said["file"]).parent == sample_shop.path.parent / "backups"
    assert said["counts"]["customers"] == 400


def test_what_is_brought_back_is_what_was_copied(
    sample_shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "drive" / "copy.shop"
    told(capsys, "backup", copy, "--shop", sample_shop.path)
    sample_shop.work.write(add, CustomerDraft(name="Late Comer"), at=sample_shop.clock())
    said = told(capsys, "restore", copy, "--shop", sample_shop.path)
    assert (said["ok"], said["customers"]) == (True, 400)
    again = told(capsys, "restore", said["safety"], "--shop", sample_shop.path)
    assert again["customers"] == 401


def test_a_restore_works_where_the_shop_is_gone(
    sample_shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = told(capsys, "backup", tmp_path / "copy.shop", "--shop", sample_shop.path)["file"]
    said = told(capsys, "restore", copy, "--shop", tmp_path / "elsewhere" / "new.shop")
    assert (said["ok"], said["customers"], said["safety"]) == (True, 400, None)


def test_another_file_is_refused_and_nothing_changes(
    sample_shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("dear customer " * 50, encoding="utf-8")
    assert main(["restore", str(letter), "--shop", str(sample_shop.path)]) == 1
    assert main(["backup", str(letter), "--shop", str(sample_shop.path)]) == 1
    assert main(["restore", str(sample_shop.path), "--shop", str(letter)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 3
    assert letter.read_text(encoding="utf-8").startswith("dear customer")
    assert told(capsys, "check", "--shop", sample_shop.path)["ok"] is True


def test_check_says_what_is_wrong_and_mends_what_it_may(sample_shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    connection = connect(sample_shop.path)
    connection.execute("UPDATE customer_figures SET net = 1 WHERE customer_id IN (3, 4)")
    connection.close()
    said = told(capsys, "check", "--shop", sample_shop.path, code=1)
    assert said["problems"] == [{"code": "figures", "count": 2, "ids": ["3", "4"], "mendable": True}]
    assert told(capsys, "check", "--mend", "--shop", sample_shop.path)["ok"] is True


def test_a_check_is_told_in_both_languages(sample_shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    for language, word in (("en", "400 customers"), ("zh_CN", "400 位顾客")):
        assert main(["check", "--shop", str(sample_shop.path), "--lang", language, *TODAY]) == 0
        assert word in capsys.readouterr().out


def test_every_fault_has_its_sentence_in_both_languages() -> None:
    for fault in Fault:
        for language in ("en", "zh_CN"):
            said = safety.fault(fault.value, 23, ("8", "9"), language)
            assert "23" in said or "8" in said
            assert "{" not in said
    assert {frozenset(words) for words in safety.table().values()} == {frozenset({"en", "zh_CN"})}
