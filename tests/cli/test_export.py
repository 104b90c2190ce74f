"""`regulars export` and `regulars import archive`, as a shell sees them."""

import csv
from pathlib import Path

import pytest

from tests.cli.running import Runner

PEOPLE = "会员号,姓名,手机\nM1,王伟,13900139000\nM2,李娜,13700137000\n"


def brought(run: Runner, folder: Path) -> None:
    source = folder / "in.csv"
    source.write_text(PEOPLE, encoding="utf-8")
    assert run.on_shop("import", "customers", source).code == 0


@pytest.mark.parametrize(("language", "header"), [("en", "Customer number"), ("zh_CN", "会员号")])
def test_the_headers_speak_the_language(run: Runner, tmp_path: Path, language: str, header: str) -> None:
    brought(run, tmp_path)
    said = run.on_shop("export", "customers", tmp_path / "out.csv", "--lang", language)
    assert (said.code, said.facts) == (0, {"written": 2})
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[0] == header
    assert run.on_shop("import", "customers", tmp_path / "out.csv").facts["unchanged"] == 2


@pytest.mark.parametrize(("kind", "name"), [("sales", "a.vcf"), ("archive", "a.csv"), ("customers", "a")])
def test_what_does_not_fit_is_one_plain_sentence(run: Runner, tmp_path: Path, kind: str, name: str) -> None:
    said = run("export", kind, tmp_path / name, "--shop", run.shop, "--lang", "zh_CN")
    assert (said.code, said.out) == (1, "")
    assert len(said.err.strip().splitlines()) == 1
    assert not (tmp_path / name).exists()


def test_a_shop_goes_out_and_becomes_another(run: Runner, tmp_path: Path) -> None:
    brought(run, tmp_path)
    written = run.on_shop("export", "archive", tmp_path / "all.zip").facts["written"]
    assert run("import", "archive", tmp_path / "all.zip", "--json", "--dry-run").facts["read"] == written
    new = tmp_path / "new.shop"
    said = run("import", "archive", tmp_path / "all.zip", "--json", "--shop", new)
    assert said.code == 0
    assert said.facts == {
        "batch": None,
        "read": written,
        "created": written,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "rejected": 0,
        "shop": str(new),
    }
    assert run("check", "--shop", new, "--json").facts["ok"]
    assert [hit["title"] for hit in run("search", "李娜", "--shop", new, "--json").facts["results"]] == ["李娜"]
    again = run("import", "archive", tmp_path / "all.zip", "--shop", run.shop)
    assert again.code == 1
    assert run.on_shop("search", "李娜").facts["results"]


def test_without_a_name_the_shop_lies_beside_its_archive(run: Runner, tmp_path: Path) -> None:
    run.on_shop("export", "archive", tmp_path / "all.zip")
    assert run("import", "archive", tmp_path / "all.zip", "--json").facts["shop"] == str(tmp_path / "all.shop")
