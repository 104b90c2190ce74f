"""Runs Alembic on a connection handed in: foreign keys off before BEGIN, one transaction, checked before the commit."""

from pathlib import Path

from sqlalchemy import Connection, Engine

from app.storage.engine import APPLICATION_ID
from app.storage.errors import ShopDamaged

SCHEMA = 1
"""The number of the last migration, kept in `PRAGMA user_version` so that a look at the header tells it."""


def upgrade(engine: Engine) -> None:
    """Bring the file to `SCHEMA`, all or nothing.

    Raises ShopDamaged when rows would be left pointing nowhere.
    """
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        # A batch migration drops and refills a table; with foreign keys on, that deletes its children.
        raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _run(connection)
                _check(connection)
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", Path(__file__).parent.as_posix().replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check(connection: Connection) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise ShopDamaged(check="foreign_key_check")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
