"""What every command shares: options before and after it, exit codes, one JSON object, the shop opened last."""

import json
from pathlib import Path

import click
import pytest

from app.cli import main as program
from tests.cli.running import Runner


def test_the_options_stand_before_the_command_or_after_it(run: Runner) -> None:
    before = run("--shop", run.shop, "--json", "search", "王")
    after = run("search", "王", "--shop", run.shop, "--json")
    assert before == after
    assert before.code == 0
    assert before.facts == {"results": []}


def test_a_new_shop_is_the_one_opened_next(run: Runner, tmp_path: Path) -> None:
    path = tmp_path / "fresh" / "云.shop"
    assert run("new", "--name", "云", "--shop", path, "--json").facts == {"shop": str(path)}
    assert run("search", "a").code == 0


def test_without_a_shop_it_says_so(run: Runner) -> None:
    said = run("search", "a")
    assert (said.code, said.out) == (1, "")
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize(("language", "han"), [("zh_CN", True), ("en", False)])
def test_a_refusal_is_one_sentence_in_the_language_asked_for(run: Runner, language: str, han: bool) -> None:
    said = run("undo", "77", "--shop", run.shop, "--lang", language)
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1
    assert any("\u4e00" <= char <= "\u9fff" for char in said.err) is han


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["import", "sales"], ["undo", "x"], ["--lang", "fr", "search", "a"]]
)
def test_wrong_usage_is_two(run: Runner, arguments: list[str]) -> None:
    assert run(*arguments).code == 2


def test_a_bug_is_three_and_says_where_its_trace_lies(
    run: Runner, machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @click.command()
    def broken() -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setitem(program.COMMANDS, "broken", lambda: broken)
    said = run("broken")
    assert said.code == 3
    assert "Traceback" not in said.err
    (log,) = (file for file in machine.iterdir() if "a wheel came off" in file.read_text(encoding="utf-8"))
    assert str(log) in said.err


def test_every_command_is_in_the_help(run: Runner) -> None:
    said = run("--help")
    assert said.code == 0
    for name in program.COMMANDS:
        assert f"\n  {name} " in said.out
        assert run(name, "--help").out.startswith(f"Usage: regulars {name}")


def test_json_is_the_only_thing_on_standard_output(run: Runner, tmp_path: Path) -> None:
    source = tmp_path / "a.csv"
    source.write_text("姓名,手机\n王伟,13900139000\n", encoding="utf-8")
    said = run.on_shop("import", "customers", source)
    assert json.loads(said.out)["created"] == 1
    assert len(said.out.strip().splitlines()) == 1
