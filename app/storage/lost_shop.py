"""A shop file that cannot be read any more: kept byte by byte or set aside, never thrown away."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from sqlcipher3 import dbapi2

from app.storage.shop_file import create_file
from app.storage.soundness import shape


def keep_bytes(shop: Path, target: Path) -> None:
    """Copy a damaged file as it is, for whoever may still read something in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(shop, target)


def set_aside(shop: Path, target: Path) -> None:
    """Rename a damaged file, with its journal."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("-wal", "-shm", ""):
        part = shop.with_name(shop.name + ending)
        if part.exists():
            part.replace(target.with_name(target.name + ending))


def our_shape(shop: Path) -> list[tuple[str, str]]:
    """The schema a copy must have: that of the shop, or of a new one where the shop cannot say."""
    with contextlib.suppress(dbapi2.DatabaseError):
        if shop.exists() and (found := shape(shop)):
            return found
    with tempfile.TemporaryDirectory() as folder:
        declared = Path(folder) / "declared.shop"
        create_file(declared, lambda _engine: None)
        return shape(declared)
