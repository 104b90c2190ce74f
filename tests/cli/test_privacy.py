"""A person's data in one file, and their erasure, from the command line."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.running import Runner

LIST = "会员号,姓名,手机,微信\nV-7,欧阳娜娜,13900139007,nana\n"


@pytest.fixture
def member(run: Runner, tmp_path: Path) -> int:
    """One customer who came by a list."""
    source = tmp_path / "list.csv"
    source.write_text(LIST, encoding="utf-8")
    assert run.on_shop("import", "customers", source).facts["created"] == 1
    return int(run.on_shop("customer", "V-7", "--external").facts["id"])


def test_a_person_is_told_all_that_is_kept_in_the_language_asked_for(run: Runner, member: int, tmp_path: Path) -> None:
    target = tmp_path / "told.zip"
    said = run.on_shop("personal-data", str(member), target, "--lang", "zh_CN")
    assert (said.code, said.facts["customer"]) == (0, member)
    with ZipFile(target) as file:
        page, data = file.read("page.html").decode(), json.loads(file.read("data.json"))
    assert "欧阳娜娜" in page and "保存的关于" in page
    assert "13900139007" in json.dumps(data)
    again = run.on_shop("personal-data", "V-7", "--external", tmp_path / "english.zip")
    assert again.facts["written"] == said.facts["written"] > 1


def test_only_an_archive_holds_a_persons_data(run: Runner, member: int, tmp_path: Path) -> None:
    said = run.on_shop("personal-data", str(member), tmp_path / "told.pdf")
    assert (said.code, said.out) == (1, "")
    assert ".zip" in said.err
    assert not (tmp_path / "told.pdf").exists()


def test_without_yes_nobody_is_erased(run: Runner, member: int) -> None:
    said = run.on_shop("erase", str(member))
    assert said.code == 1
    assert said.facts["erased"] is False
    assert "欧阳娜娜" in said.err
    assert run.on_shop("customer", str(member)).facts["draft"]["name"] == "欧阳娜娜"


def test_an_erased_person_leaves_a_number_and_is_not_erased_twice(run: Runner, member: int) -> None:
    said = run.on_shop("erase", str(member), "--yes")
    assert (said.code, said.facts["cards"]) == (0, 1)
    assert run.on_shop("customer", str(member)).facts["draft"]["name"] == f"#{member}"
    assert "欧阳娜娜".encode() not in run.shop.read_bytes()
    again = run.on_shop("erase", str(member), "--yes")
    assert (again.code, again.out) == (1, "")


def test_nobody_has_this_number(run: Runner) -> None:
    for command in (["erase", "999", "--yes"], ["personal-data", "999", "x.zip"]):
        assert run.on_shop(*command).code == 1
