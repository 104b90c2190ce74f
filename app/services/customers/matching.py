"""Makes a list of rows say what is wanted with as few changes as can be: the trail and undo then name only those."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import object_session

from app.models.base import Base

Row = TypeVar("Row", bound=Base)


def match(rows: list[Row], kind: type[Row], wanted: Sequence[Mapping[str, Any]]) -> None:
    """The first row takes the first values, and so on; rows left over go, values left over become new rows."""
    for row, values in zip(rows, wanted, strict=False):
        for key, value in values.items():
            if getattr(row, key) != value:
                setattr(row, key, value)
    drop(rows, rows[len(wanted) :])
    rows.extend(kind(**values) for values in wanted[len(rows) :])


def drop(rows: list[Row], gone: Iterable[Row]) -> None:
    """Delete rows by name: one that only falls out of its list would leave no trace in the trail, and no way back."""
    for row in list(gone):
        rows.remove(row)
        session = object_session(row)
        if session is not None and inspect(row).persistent:
            session.delete(row)
