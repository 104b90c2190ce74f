"""Whether the file itself is whole: its pages, its references, what it says it is, and the guards of its ledgers."""

from sqlalchemy.orm import Session

from app.models.base import Base
from app.storage.engine import APPLICATION_ID
from app.storage.migrations import SCHEMA


def broken_pages(session: Session) -> list[str]:
    """What SQLite says about pages and indexes, in its own words."""
    said = session.connection().exec_driver_sql("PRAGMA integrity_check").scalars()
    return [str(line) for line in said if line != "ok"]


def lost_references(session: Session) -> list[str]:
    """Rows that name one that is not there, as table#row."""
    rows = session.connection().exec_driver_sql("PRAGMA foreign_key_check")
    return [f"{table}#{row}" for table, row, _parent, _key in rows]


def wrong_header(session: Session) -> list[str]:
    """Marks of the file that are not those of a shop of this version."""
    marks = {"application_id": APPLICATION_ID, "user_version": SCHEMA}
    held = {
        "application_id": session.connection().exec_driver_sql("PRAGMA application_id").scalar_one(),
        "user_version": session.connection().exec_driver_sql("PRAGMA user_version").scalar_one(),
    }
    return [name for name, wanted in marks.items() if held[name] != wanted]


def lost_guards(session: Session) -> list[str]:
    """Triggers that should refuse changes to an append-only table and are not there, or refuse nothing."""
    rows = session.connection().exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    refusing = {name for name, sql in rows if "RAISE(ABORT" in sql and " WHEN " not in sql}
    return sorted(_wanted_guards() - refusing)


def _wanted_guards() -> set[str]:
    kinds = (mapper.class_ for mapper in Base.registry.mappers)
    tables = [kind.__tablename__ for kind in kinds if kind.append_only]
    return {f"{table}_no_{verb}" for table in tables for verb in ("update", "delete")}
