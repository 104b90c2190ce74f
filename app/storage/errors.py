"""Trouble with the file or the disk, told apart so that each offers its own way out."""

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageError


class ShopMissing(StorageError):
    code = "shop_missing"


class NotAShop(StorageError):
    """Something else than a shop file: text, a picture, another program's database, or an encrypted one."""

    code = "not_a_shop"


class ShopDamaged(StorageError):
    code = "shop_damaged"


class NewerShop(StorageError):
    """Made by a newer version of the program."""

    code = "newer_shop"


class DiskFull(StorageError):
    code = "disk_full"


class ReadOnlyShop(StorageError):
    code = "read_only"


class ShopBusy(StorageError):
    """Another counter was saving for longer than we wait."""

    code = "shop_busy"


class CannotOpen(StorageError):
    code = "cannot_open"


class DiskTrouble(StorageError):
    code = "disk_trouble"


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
