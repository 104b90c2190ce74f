"""A look at the first hundred bytes of a file before SQLite touches it."""

import struct
from enum import StrEnum
from pathlib import Path

from app.storage.engine import APPLICATION_ID
from app.storage.errors import NewerShop, NotAShop, ShopDamaged, ShopMissing

HEADER = b"SQLite format 3\0"


class FileState(StrEnum):
    OK = "ok"
    OLDER = "older"
    NEWER = "newer"
    MISSING = "missing"
    EMPTY = "empty"
    NOT_A_DATABASE = "not-a-database"
    TRUNCATED = "truncated"
    FOREIGN = "foreign"


def preflight(path: Path, schema: int) -> FileState:
    """What lies at `path`, judged from the header alone; the file is not changed."""
    if not path.is_file():
        return FileState.MISSING
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100:
        return FileState.EMPTY
    if header[:16] != HEADER:
        return FileState.NOT_A_DATABASE
    (page_size,) = struct.unpack(">H", header[16:18])
    (pages,) = struct.unpack(">I", header[28:32])
    wal = path.with_name(path.name + "-wal")
    if pages * (65536 if page_size == 1 else page_size) > path.stat().st_size and not wal.exists():
        return FileState.TRUNCATED
    (version,) = struct.unpack(">I", header[60:64])
    (application,) = struct.unpack(">I", header[68:72])
    if application != APPLICATION_ID:
        return FileState.FOREIGN
    if version == schema:
        return FileState.OK
    return FileState.NEWER if version > schema else FileState.OLDER


REFUSALS = {
    FileState.MISSING: ShopMissing,
    FileState.EMPTY: NotAShop,
    FileState.NOT_A_DATABASE: NotAShop,
    FileState.FOREIGN: NotAShop,
    FileState.TRUNCATED: ShopDamaged,
    FileState.NEWER: NewerShop,
}


def require_shop(path: Path, schema: int) -> FileState:
    """OK or OLDER; anything else is refused with its own kind of `StorageError`."""
    state = preflight(path, schema)
    if state in REFUSALS:
        raise REFUSALS[state](path=str(path))
    return state
