"""What every command stands on: the four options all take, its shop, its clock, its answer."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from app.bootstrap import Clock, Shop, last_shop, open_shop, remember_shop, system_clock
from app.services.settings import settings
from app.storage.errors import ShopMissing

Command = TypeVar("Command", bound=Callable[..., Any])
NOON = time(12, 0)


@dataclass
class Frame:
    """How one run was called."""

    shop: Path | None = None
    language: str = "en"
    as_json: bool = False
    today: datetime | None = None
    asked: set[str] = field(default_factory=set)

    @property
    def language_given(self) -> bool:
        """Whether --lang was on the command line."""
        return "language" in self.asked

    @property
    def chinese(self) -> bool:
        return self.language == "zh_CN"

    def clock(self, zone: ZoneInfo | None = None) -> Clock:
        """The machine's clock, or noon of the day given by --today in the shop's zone."""
        if self.today is None:
            return system_clock
        moment = datetime.combine(self.today.date(), NOON, tzinfo=zone or UTC)
        return lambda: moment

    def path(self) -> Path:
        """The shop file meant: --shop, or the one opened last. Raises ShopMissing when there is none."""
        path = self.shop or last_shop()
        if path is None:
            raise ShopMissing(path="--shop")
        return path

    @contextmanager
    def open(self) -> Iterator[Shop]:
        """The shop, open for one command."""
        shop = open_shop(self.path(), clock=self.clock())
        try:
            if self.today is not None:
                zone = ZoneInfo(shop.work.read(settings).timezone)
                shop = Shop(shop.path, shop.work, self.clock(zone))
                shop.work.clock = shop.clock
            yield shop
        finally:
            shop.close()

    def remember(self, path: Path) -> None:
        remember_shop(path)

    def answer(self, facts: dict[str, Any], lines: Iterable[str]) -> None:
        """Print the answer: one JSON object, or lines to read."""
        if self.as_json:
            click.echo(json.dumps(facts, ensure_ascii=False))
        else:
            for line in lines:
                click.echo(line)

    @contextmanager
    def progress(self, words: str) -> Iterator[Callable[[int, int], None]]:
        """A bar on standard error where that is a terminal; else nothing."""
        if not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        with click.progressbar(length=1000, label=words, file=sys.stderr) as bar:

            def show(done: int, total: int) -> None:
                if total:
                    bar.update(done * 1000 // total - bar.pos)

            yield show


def options(command: Command) -> Command:
    """Give a command the four options all take; what stands after the command wins over what stands before it."""
    for option in (
        click.option("--shop", type=click.Path(path_type=Path, dir_okay=False), help="The shop file.", **_kept("shop")),
        click.option("--lang", type=click.Choice(["zh_CN", "en"]), help="Language of the answer.", **_kept("language")),
        click.option("--json", is_flag=True, default=None, help="One JSON object.", **_kept("as_json")),
        click.option(
            "--today", type=click.DateTime(["%Y-%m-%d"]), help="The day it is, for this run.", **_kept("today")
        ),
    ):
        command = option(command)
    return command


def frame() -> Frame:
    """The frame of the running command."""
    return click.get_current_context().ensure_object(Frame)


def _kept(name: str) -> dict[str, Any]:
    def keep(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value is not None:
            called = context.ensure_object(Frame)
            setattr(called, name, value)
            called.asked.add(name)

    return {"expose_value": False, "callback": keep, "is_eager": True}
