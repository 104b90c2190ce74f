"""Creating and opening the one file a shop lives in."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from app.domain.errors import ShopError
from app.storage.engine import make_engine
from app.storage.migrations import SCHEMA, upgrade
from app.storage.preflight import FileState, require_shop


class ShopExists(ShopError):
    """A new shop would be written over a file that is already there."""


def create_file(path: Path, furnish: Callable[[Engine], None]) -> None:
    """A new shop file with this version's schema, furnished, and then put in its place: whole or not at all.

    Raises ShopExists when something lies at `path`.
    """
    if path.exists():
        raise ShopExists(path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    for leftover in _files(part):
        leftover.unlink(missing_ok=True)
    engine = make_engine(part, create=True)
    try:
        upgrade(engine)
        furnish(engine)
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        engine.dispose()
        for leftover in _files(part):
            leftover.unlink(missing_ok=True)
        raise
    engine.dispose()
    part.replace(path)


def open_file(path: Path, before_upgrade: Callable[[], object] = lambda: None) -> Engine:
    """The engine of an existing shop, brought to this version's schema after `before_upgrade` (a copy) was made.

    Raises ShopMissing, NotAShop, ShopDamaged or NewerShop; the file is then untouched.
    """
    state = require_shop(path, SCHEMA)
    engine = make_engine(path)
    if state is FileState.OLDER:
        before_upgrade()
        upgrade(engine)
    return engine


def _files(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
