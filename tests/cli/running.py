"""Runs `regulars` in this process, as a shell would, and reads what it said."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli.main import main


class Said(NamedTuple):
    """The exit code, standard output and standard error of one run."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)


class Runner:
    """Runs commands on one shop."""

    def __init__(self, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.shop, self._capsys = shop, capsys

    def __call__(self, *arguments: str | Path) -> Said:
        self._capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Said(code, *self._capsys.readouterr())

    def on_shop(self, *arguments: str | Path) -> Said:
        """The same, with this shop and JSON."""
        return self(*arguments, "--shop", self.shop, "--json")
