"""Trouble with the file or the disk, told apart so that each offers its own way out."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageError


class ShopMissing(StorageError):
    """There is no file at the path."""


class NotAShop(StorageError):
    """Something else than a shop file: text, a picture, another program's database, or an encrypted one."""

    default_code = "not_a_shop"


class ShopDamaged(StorageError):
    """The file is cut off or its pages are broken."""


class NewerShop(StorageError):
    """Made by a newer version of the program."""


class DiskFull(StorageError):
    """No room to write."""


class ReadOnlyShop(StorageError):
    default_code = "read_only"


class ShopBusy(StorageError):
    """Another counter was saving for longer than we wait."""


class CannotOpen(StorageError):
    """The file is there but the system does not let us open it."""


class DiskTrouble(StorageError):
    """The disk reported an error while reading or writing."""


BY_NAME = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": DiskTrouble,
    "SQLITE_READONLY": ReadOnlyShop,
    "SQLITE_BUSY": ShopBusy,
    "SQLITE_LOCKED": ShopBusy,
    "SQLITE_CANTOPEN": CannotOpen,
    "SQLITE_NOTADB": NotAShop,
    "SQLITE_CORRUPT": ShopDamaged,
}


def storage_error(error: BaseException, path: Path | None = None) -> StorageError | None:
    """The trouble behind a database exception, or None when it is a bug of ours."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(origin, "sqlite_errorname", ""))
    for prefix, kind in BY_NAME.items():
        if name.startswith(prefix):
            return kind(path=str(path or ""))
    return None
