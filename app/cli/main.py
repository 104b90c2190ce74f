"""The command `regulars`: which commands there are, and how a refusal or a bug ends it."""

import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from app.cli import words
from app.cli.frame import Frame, frame, options
from app.domain.errors import Cancelled, ShopError, StorageError
from app.storage.last_shop import machine_folder

DONE, REFUSED, USAGE, BUG = 0, 1, 2, 3


def _backup() -> click.Command:
    from app.cli.backup import backup

    return backup


def _check() -> click.Command:
    from app.cli.check import check

    return check


def _restore() -> click.Command:
    from app.cli.restore import restore

    return restore


def _export() -> click.Command:
    from app.cli.take_out import take_out

    return take_out


def _import() -> click.Command:
    from app.cli.bring_in import bring_in

    return bring_in


def _undo() -> click.Command:
    from app.cli.take_back import take_back

    return take_back


def _new() -> click.Command:
    from app.cli.new import new

    return new


def _sample() -> click.Command:
    from app.cli.sample import sample

    return sample


def _search() -> click.Command:
    from app.cli.search import search

    return search


def _customer() -> click.Command:
    from app.cli.customer import customer

    return customer


def _personal_data() -> click.Command:
    from app.cli.personal_data import personal_data

    return personal_data


def _erase() -> click.Command:
    from app.cli.erase import erase

    return erase


def _stats() -> click.Command:
    from app.cli.stats import stats

    return stats


def _screenshots() -> click.Command:
    from app.cli.screenshots import screenshots

    return screenshots


def _selftest() -> click.Command:
    from app.cli.selftest import selftest

    return selftest


COMMANDS: dict[str, Callable[[], click.Command]] = {
    "backup": _backup,
    "check": _check,
    "customer": _customer,
    "erase": _erase,
    "export": _export,
    "import": _import,
    "new": _new,
    "personal-data": _personal_data,
    "restore": _restore,
    "sample": _sample,
    "screenshots": _screenshots,
    "search": _search,
    "selftest": _selftest,
    "stats": _stats,
    "undo": _undo,
}
"""Imported when called, so that the window starts without them. Written out: a frozen program finds only what is."""


class Commands(click.Group):
    """Commands by name, each imported when it is wanted."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        found = COMMANDS.get(name)
        return found() if found else None


@click.group(cls=Commands, invoke_without_command=True)
@options
@click.option("--demo", is_flag=True, help="Open a copy of the sample shop; without a display, draw every screen.")
@click.version_option(package_name="regulars")
@click.pass_context
def regulars(context: click.Context, demo: bool) -> None:
    """The CRM of one small shop. Without a command: the window."""
    if context.invoked_subcommand is None:
        from app.cli.window import open_window

        context.exit(open_window(frame(), demo=demo))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and answer its exit code."""
    context = Frame()
    try:
        answer = regulars.main(arguments, prog_name="regulars", standalone_mode=False, obj=context)
        return answer if isinstance(answer, int) else DONE
    except (ShopError, StorageError) as trouble:
        click.echo(words.sentence(trouble, context.language), err=True)
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        click.echo(words.sentence(Cancelled(), context.language), err=True)
        return REFUSED
    except click.ClickException as misuse:
        misuse.show()
        return USAGE
    except Exception:
        return _own_up(context)


def _own_up(context: Frame) -> int:
    log = machine_folder() / "error.log"
    place: Path | str = log
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        traceback.print_exc()
        place = "standard error"
    click.echo(words.bug(str(place), context.language), err=True)
    return BUG


if __name__ == "__main__":
    sys.exit(main())
