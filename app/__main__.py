"""The entry point: a command when one is named, else the window."""

import gc
import sys


def main() -> None:
    """Run and leave with the exit code the command line promises."""
    collect_seldom()
    from app.cli.main import main as run

    sys.exit(run())


def collect_seldom() -> None:
    """Look for garbage a hundred times less often than Python does by itself.

    A start makes half a million objects and throws none of them away: looking through them again and again is a tenth
    of its time, and later a pause that is felt.
    """
    gc.set_threshold(70_000)


if __name__ == "__main__":
    main()
