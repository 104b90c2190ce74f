"""The schema as the mapped classes declare it, in a form that two files can be compared by."""

from sqlalchemy import Connection

from app.models.every import Base
from app.storage.search_index import CREATE


def create_declared(connection: Connection) -> None:
    """Create what the mapped classes and the search index declare: the golden schema a migrated file must equal."""
    Base.metadata.create_all(connection)
    for statement in CREATE:
        connection.exec_driver_sql(statement)


def statements(connection: Connection) -> list[str]:
    """Every CREATE statement but Alembic's and FTS5's own: tables as they were made, indexes and triggers by name."""
    rows = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%' "
        "AND name NOT LIKE 'search_words_%' "
        "ORDER BY type = 'trigger', type = 'index', CASE type WHEN 'table' THEN rowid END, name"
    )
    return [str(sql) for sql in rows.scalars()]
