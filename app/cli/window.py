"""`regulars` alone: the window on the shop last opened; `--demo`: on a copy of the sample shop."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from app.bootstrap import last_shop
from app.cli.display import NoDisplay, has_display, require_libraries
from app.cli.frame import Frame
from app.cli.screenshots import draw, warn_of_missing_font
from app.resources.refusals import note

ZONE = ZoneInfo("Asia/Shanghai")
PICTURES = Path("screenshots")


def open_window(called: Frame, *, demo: bool) -> int:
    """Open the window and stay until it is closed; without a display, `--demo` draws every screen instead.

    Raises NoDisplay, NoLibraries, or StorageError when the shop cannot be opened.
    """
    require_libraries()
    if not has_display():
        if not demo:
            raise NoDisplay
        drawn = draw(called, PICTURES)
        click.echo(note("drawn", called.language, many=len(drawn), folder=PICTURES.resolve()))
        return 0
    return _open(called, demo)


def _open(called: Frame, demo: bool) -> int:
    from app.views.shell.demo import sample_copy
    from app.views.shell.machine import language
    from app.views.shell.start import run

    warn_of_missing_font(called)
    chosen = called.language if called.language_given else language()
    clock = called.clock(ZONE)
    if demo:
        return run(sample_copy(chosen, clock), language=chosen, clock=clock, remember=False)
    kept = called.shop or last_shop()
    path = kept if called.shop or (kept and kept.is_file()) else None
    return run(path, language=chosen, clock=clock)
