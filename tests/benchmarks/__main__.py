"""Runs the benchmarks and prints one table: `uv run python -m tests.benchmarks [P1 P5 …]`."""

import importlib
import sys

from tests.benchmarks.ratio import Row, table

MODULES = (
    "searching",
    "cards",
    "lists",
    "today",
    "calendar",
    "importing",
    "selling",
    "selling_among_many",
    "tiering",
    "merging",
    "complaints",
    "ruling",
    "cold_start",
)
"""Each has `rows() -> list[Row]`."""


def main(wanted: set[str]) -> None:
    found: list[Row] = []
    for name in MODULES:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        promised: set[str] = set(module.IDS)
        if not wanted or wanted & promised:
            found += module.rows()
            sys.stdout.write(table(found[-1:]) + "\n")
    sys.stdout.write("\n" + table(found) + "\n")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
