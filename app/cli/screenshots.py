"""`regulars screenshots`: every screen and dialog of the sample shop as PNG."""

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app.bootstrap import found_sample
from app.cli.display import require_libraries
from app.cli.frame import Frame, frame, options
from app.resources.refusals import note

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE).astimezone(UTC)
"""The moment of all pictures, so that the same program gives the same ones."""


def _size(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, int]:
    wide, _, high = value.partition("x")
    if not (wide.isdecimal() and high.isdecimal()):
        raise click.BadParameter(value)
    return int(wide), int(high)


@click.command()
@options
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--theme", type=click.Choice(["light", "dark"]), help="Both when not given.")
@click.option("--size", default="1366x768", show_default=True, callback=_size, help="Width x height.")
@click.option("--ratio", default="1", show_default=True, type=click.Choice(["1", "2"]))
@click.option("--text", default="100", show_default=True, type=click.Choice(["100", "150", "200"]))
@click.option("--scene", "scenes", multiple=True, help="Only these, by name or pattern: till, 'calendar-*'.")
def screenshots(
    folder: Path, theme: str | None, size: tuple[int, int], ratio: str, text: str, scenes: tuple[str, ...]
) -> None:
    """Draw every screen and dialog of the sample shop into FOLDER, in both languages unless --lang names one."""
    called = frame()
    drawn = draw(called, folder, theme=theme, size=size, ratio=int(ratio), text=int(text), scenes=scenes)
    called.answer({"screens": drawn}, (str(folder / picture["file"]) for picture in drawn))


def draw(
    called: Frame,
    folder: Path,
    *,
    theme: str | None = None,
    size: tuple[int, int] = (1366, 768),
    ratio: int = 1,
    text: int = 100,
    scenes: Sequence[str] = (),
) -> list[dict[str, str]]:
    """Draw the pictures, of all scenes when no pattern is given; answers one {name, file} each. Needs no display."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    require_libraries()
    from app.views.shared.look import Theme
    from app.views.shell.screenshots import Setting, draw_all, index

    moment = called.clock(ZONE)() if called.today else AT
    warn_of_missing_font(called)
    drawn: list[dict[str, str]] = []
    for language in [called.language] if called.language_given else ["zh_CN", "en"]:
        themes = [Theme(theme)] if theme else [Theme.LIGHT, Theme.DARK]
        settings = [Setting(language, each, size, ratio, text) for each in themes]
        with tempfile.TemporaryDirectory() as place:
            shop = Path(place) / "sample.shop"
            found_sample(shop, language=language, clock=lambda: moment)
            drawn += draw_all(shop, folder, settings, clock=lambda: moment, scenes=scenes)
    index(folder, drawn)
    return drawn


def warn_of_missing_font(called: Frame) -> None:
    """Say on standard error which package to install where Chinese would be boxes."""
    from app.views.shared.look import families_present
    from app.views.shell.start import application

    application()
    if not any("CJK" in name or "YaHei" in name or "PingFang" in name for name in families_present()):
        click.echo(note("no_chinese_font", called.language), err=True)
