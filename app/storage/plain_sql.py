"""Short statements as the driver takes them: a sale asks dozens, and each costs a fifth of what it costs otherwise.

What goes wrong comes as the driver's own exception, which the unit of work tells like SQLAlchemy's.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

Bound = Sequence[Any] | Mapping[str, Any]
_HELD = "driver_connection"


def hold(session: Session) -> None:
    """Begin the session's transaction and keep the driver's connection at hand, in a session that has but this one."""
    session.info[_HELD] = session.connection().connection.driver_connection


def run(where: Session | Connection, statement: str, bound: Bound = ()) -> Any:
    """The driver's cursor, in the transaction of the session: to be read row by row, or asked what it did."""
    return _raw(where).execute(statement, bound)


def run_each(where: Session | Connection, statement: str, bound: Iterable[Bound]) -> None:
    """The same statement for many rows."""
    _raw(where).executemany(statement, bound)


def rows(where: Session | Connection, statement: str, bound: Bound = ()) -> list[tuple[Any, ...]]:
    """All rows."""
    found: list[tuple[Any, ...]] = run(where, statement, bound).fetchall()
    return found


def row(where: Session | Connection, statement: str, bound: Bound = ()) -> tuple[Any, ...] | None:
    """The first row; None when there is none."""
    found: tuple[Any, ...] | None = run(where, statement, bound).fetchone()
    return found


def value(where: Session | Connection, statement: str, bound: Bound = ()) -> Any:
    """What the first row begins with; None when there is none."""
    found = run(where, statement, bound).fetchone()
    return None if found is None else found[0]


def values(where: Session | Connection, statement: str, bound: Bound = ()) -> list[Any]:
    """What each row begins with."""
    return [found[0] for found in run(where, statement, bound)]


def _raw(where: Session | Connection) -> Any:
    if isinstance(where, Connection):
        return where.connection.driver_connection
    return where.info.get(_HELD) or where.connection().connection.driver_connection
