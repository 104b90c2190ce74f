"""The entry point: a command when one is named, else the window."""

import sys

from app.cli.main import main as run


def main() -> None:
    """Run and leave with the exit code the command line promises."""
    sys.exit(run())


if __name__ == "__main__":
    main()
