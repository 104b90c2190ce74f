"""Whether a shop file is whole, what it counts, and whether its schema is ours."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.domain.errors import ShopError, StorageError

COUNTED = (
    "customers",
    "sales",
    "sale_lines",
    "point_entries",
    "complaints",
    "complaint_attachments",
    "followups",
    "interactions",
    "audit_entries",
)


class CopyDamaged(StorageError):
    """A copy is not what its manifest says, or its pages are broken; the shop was not touched."""


class ForeignSchema(ShopError):
    """A file to restore has other tables or triggers than a shop of ours."""


def facts(path: Path) -> dict[str, Any]:
    """Check every page and reference, and count. Raises CopyDamaged."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        require_whole(connection, path)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        counts = {name: _one(connection, 'SELECT count(*) FROM "' + name + '"') for name in COUNTED if name in tables}
        return {
            "schema": _one(connection, "PRAGMA user_version"),
            "counts": counts,
            "points": _one(connection, "SELECT coalesce(sum(points), 0) FROM point_entries"),
            "audit_head": _one(connection, "SELECT coalesce(max(id), 0) FROM audit_entries"),
        }
    finally:
        connection.close()


def require_whole(connection: Any, path: Path) -> None:
    (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    if said != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise CopyDamaged(path=str(path))


def _one(connection: Any, statement: str) -> int:
    (value,) = connection.execute(statement).fetchone()
    return int(value)


def schema_version(path: Path) -> int:
    connection = dbapi2.connect(str(path))
    try:
        return _one(connection, "PRAGMA user_version")
    finally:
        connection.close()


def shape(path: Path) -> list[tuple[str, str]]:
    connection = dbapi2.connect(str(path))
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [(name, " ".join(sql.split())) for name, sql in rows]
    finally:
        connection.close()
