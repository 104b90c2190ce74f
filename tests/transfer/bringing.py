"""Writes small files and brings them in, for the tests of this folder."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.services.transfer import IMPORTS, Kind, Outcome, inspect_file
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A text file with the lines of `text`, blanks before them taken off."""
    target = folder / name
    lines = [line.strip() for line in text.strip().splitlines()]
    target.write_bytes(("\n".join(lines) + "\n").encode(encoding))
    return target


def bring(work: UnitOfWork, source: Path, kind: Kind | str, **how: Any) -> Outcome:
    """Inspect and import; `how` goes to where it is understood."""
    act = {name: how.pop(name) for name in ("earn", "rehearse", "progress", "shrink", "known_by") if name in how}
    outcome, _ = work.write(IMPORTS[Kind(kind)], inspect_file(source, kind, **how), at=NOW, **act)
    assert isinstance(outcome, Outcome)
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    """Created, updated, unchanged, skipped, rejected."""
    return outcome.created, outcome.updated, outcome.unchanged, outcome.skipped, outcome.rejected


def asked(work: UnitOfWork, statement: str) -> Sequence[Any]:
    """The rows of a statement as plain tuples: the tests look at the file itself."""
    with work.engine.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]
