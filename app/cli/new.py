"""`regulars new`: an empty shop file."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from app.bootstrap import found_shop
from app.cli.frame import frame, options


def _zone(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.BadParameter(value) from error
    return value


@click.command()
@options
@click.option("--name", required=True, help="What the shop is called.")
@click.option("--currency", default="CNY", show_default=True)
@click.option("--timezone", default="Asia/Shanghai", show_default=True, callback=_zone)
def new(name: str, currency: str, timezone: str) -> None:
    """Create an empty shop file."""
    called = frame()
    path = called.shop or Path(f"{name}.shop")
    clock = called.clock(ZoneInfo(timezone))
    found_shop(path, name=name, currency=currency, timezone=timezone, language=called.language, clock=clock)
    called.remember(path)
    called.answer({"shop": str(path)}, [str(path)])
