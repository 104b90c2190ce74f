"""The one way a shop file is opened: WAL, FULL, foreign keys, explicit transactions, never created by accident."""

from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlcipher3 import dbapi2

APPLICATION_ID = 0x52454755
"""'REGU': says that a SQLite file is a shop of ours."""

PATIENCE_SECONDS = 5
"""How long a writer waits for another one before it says that the shop is busy."""
ASKING_SECONDS = 0.002

PRAGMAS = (
    f"busy_timeout={PATIENCE_SECONDS * 1000}",
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "temp_store=MEMORY",
    "cache_size=-65536",
)


class OutdatedSqlite(RuntimeError):
    """The bundled SQLite has the WAL-reset bug, which can corrupt a file used by two connections."""


def is_sound(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2, mended in 3.50.7 and 3.44.6 as well)."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)


def file_uri(path: Path, mode: str) -> str:
    return f"file:{quote(path.resolve().as_posix())}?mode={mode}"


def connect(path: Path, *, create: bool = False) -> Any:
    """A raw connection with every safeguard on; SQLAlchemy and the copies both use it."""
    if not is_sound(dbapi2.sqlite_version_info):
        raise OutdatedSqlite(dbapi2.sqlite_version)
    uri = file_uri(path, "rwc" if create else "rw")
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS, check_same_thread=False)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin_writing(connection: Connection) -> None:
    """Take the write lock, asking for it often.

    SQLite's own waiter soon asks but ten times a second, and among processes that write one after another its turn may
    never come.
    """
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        for _ in range(int(PATIENCE_SECONDS / ASKING_SECONDS)):
            try:
                raw.execute("BEGIN IMMEDIATE")
                return
            except dbapi2.OperationalError as error:
                if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                    raise
                sleep(ASKING_SECONDS)
    finally:
        raw.execute(f"PRAGMA busy_timeout={PATIENCE_SECONDS * 1000}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def make_engine(path: Path, *, create: bool = False) -> Engine:
    """An engine whose writes begin IMMEDIATE, so that no read-then-write is ever lost between two counters."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: connect(path, create=create),
        poolclass=QueuePool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("readonly"):
            connection.exec_driver_sql("BEGIN")
        else:
            _begin_writing(connection)

    return engine
