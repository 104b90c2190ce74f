"""The files that came with cases, in the folder `attachments` beside the shop: each under the digest of its bytes.

A file is copied beside its name, put on the disk and only then renamed, before the row that speaks of it is written: a
row never names a file that is not whole. A file no row speaks of is swept away later.
"""

import errno
import hashlib
import mimetypes
import re
import shutil
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from os import fsync
from pathlib import Path
from typing import IO
from uuid import uuid4

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from app.domain.errors import ShopError, StorageError
from app.domain.text import one_line
from app.storage.engine import file_uri
from app.storage.errors import DiskFull, DiskTrouble

FOLDER = "attachments"
MOST_BYTES = 50 * 1024 * 1024
LONGEST_NAME = 120
RESTS = timedelta(days=1)
"""A file no row speaks of may be one whose row is being written; after this it is not."""
_STORED = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
_KIND = re.compile(r"\.[a-z0-9]{1,8}")
_CHUNK = 1 << 20
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_NAMED = "SELECT stored FROM complaint_attachments"


class AttachmentUnreadable(ShopError):
    """The file is gone, is a folder, or may not be read. Numbers: file."""


class FileTooLarge(ShopError):
    """More bytes than the shop keeps of one file. Numbers: file, most (MB)."""


class FileEmpty(ShopError):
    """There is nothing in the file. Numbers: file."""


class FileGone(ShopError):
    """The file of a case is no longer in the shop's folder. Numbers: file."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the folder: what a person calls it, its own name there, and what it is."""

    name: str
    stored: str
    digest: str
    size: int
    mime: str


class Attachments:
    """The folder of one shop, or of its copies."""

    def __init__(self, beside: Path) -> None:
        """`beside`: the shop file, or a copy of one, whether it exists or not."""
        self.folder = beside.parent / FOLDER

    def keep(self, source: Path, *, most: int = MOST_BYTES) -> StoredFile:
        """Copy a file into the folder.

        Raises AttachmentUnreadable, FileTooLarge, FileEmpty, or a StorageError when the disk refuses: nothing is kept.
        """
        name = shown_name(source.name)
        try:
            if not source.is_file():
                raise AttachmentUnreadable(file=name)
            if source.stat().st_size > most:
                raise FileTooLarge(file=name, most=most >> 20)
            with source.open("rb") as opened:
                return self._write(opened, name, most)
        except OSError as error:
            raise AttachmentUnreadable(file=name) from error

    def keep_bytes(self, data: bytes, name: str) -> StoredFile:
        """Keep what lies in memory: a picture that was pasted. Raises as `keep`."""
        return self._write(BytesIO(data), shown_name(name), MOST_BYTES)

    def path_of(self, stored: str, name: str = "") -> Path:
        """Where the file lies. Raises FileGone when it does not, or when the name is none of ours."""
        path = self.folder / stored
        if not _STORED.fullmatch(stored) or not path.is_file():
            raise FileGone(file=name or stored)
        return path

    def hand_out(self, stored: str, name: str, target: Path) -> Path:
        """Copy a file to where a person wants it. Raises FileGone, DiskFull, DiskTrouble."""
        try:
            return Path(shutil.copyfile(self.path_of(stored, name), target))
        except OSError as error:
            raise _trouble(error, target) from error

    def take_along(self, names: Iterable[str], target: "Attachments") -> int:
        """Copy these files into another folder, where they are not there yet; how many could not be found whole."""
        lost = 0
        for stored in dict.fromkeys(names):
            if not (_STORED.fullmatch(stored) and (target.folder / stored).is_file()):
                lost += not self._hand_on(stored, target)
        return lost

    def bring(self, stored: str, opened: IO[bytes]) -> bool:
        """Take a file in under the name it has elsewhere; False, and nothing kept, when its bytes are not those."""
        kept = self._write(opened, stored, most=1 << 62)
        if kept.stored == stored:
            return True
        (self.folder / kept.stored).unlink(missing_ok=True)
        return False

    def drop(self, names: Iterable[str]) -> tuple[str, ...]:
        """Delete these files, but for those another shop in this place speaks of; the names of those that could not go.

        They cannot while a shop beside this one cannot be read, because they may be its files too, nor while another
        program holds them. `sweep` takes them once they can.
        """
        going = {stored for stored in names if _STORED.fullmatch(stored)}
        if not going:
            return ()
        wanted = self._wanted()
        if wanted is None:
            return tuple(sorted(stored for stored in going if (self.folder / stored).exists()))
        return tuple(stored for stored in sorted(going - wanted) if not _forget(self.folder / stored))

    def sweep(self, now: datetime) -> None:
        """Delete what no shop in this place speaks of, and what was never finished, once it is a day old."""
        if not self.folder.is_dir():
            return
        wanted = self._wanted()
        for path in self.folder.iterdir():
            ours = path.suffix == ".part" or (_STORED.fullmatch(path.name) and path.name not in (wanted or ()))
            if wanted is not None and ours and _age(path, now) > RESTS:
                _forget(path)

    def keep_only(self, names: Collection[str]) -> None:
        """Delete the rest: of a folder of copies."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if _STORED.fullmatch(path.name) and path.name not in names:
                _forget(path)

    def _hand_on(self, stored: str, target: "Attachments") -> bool:
        try:
            with self.path_of(stored).open("rb") as opened:
                return target.bring(stored, opened)
        except (OSError, ShopError):
            return False

    def _write(self, source: IO[bytes], name: str, most: int) -> StoredFile:
        part, digest, size = self.folder / f"{uuid4().hex}.part", hashlib.sha256(), 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as out:
                while chunk := _read(source, name):
                    size += len(chunk)
                    if size > most:
                        raise FileTooLarge(file=name, most=most >> 20)
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                fsync(out.fileno())
            if not size:
                raise FileEmpty(file=name)
            found = StoredFile(name, f"{digest.hexdigest()}{_kind(name)}", digest.hexdigest(), size, _mime(name))
            self._settle(part, self.folder / found.stored, size)
        except OSError as error:
            raise _trouble(error, self.folder) from error
        finally:
            _forget(part)
        return found

    def _settle(self, part: Path, path: Path, size: int) -> None:
        """A file that is there may be open in another program: it holds the same bytes, so it stays."""
        if not (path.is_file() and path.stat().st_size == size):
            part.replace(path)

    def _wanted(self) -> set[str] | None:
        """What the shops in this place speak of; None when one of them cannot be read."""
        try:
            return {stored for shop in self.folder.parent.glob("*.shop") for stored in named_in(shop)}
        except dbapi2.Error:
            return None


def beside(connection: Connection) -> Attachments:
    """The folder of the shop that is open here."""
    (path,) = (row[2] for row in connection.exec_driver_sql("PRAGMA database_list") if row[1] == "main")
    return Attachments(Path(path))


def is_stored_name(name: str) -> bool:
    """Whether a file in the folder could be called so."""
    return _STORED.fullmatch(name) is not None


def named_in(shop: Path) -> set[str]:
    """The files that a shop, or a copy of one, speaks of. Raises dbapi2.Error."""
    connection = dbapi2.connect(file_uri(shop, "ro"), uri=True)
    try:
        has = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'complaint_attachments'").fetchone()
        return {stored for (stored,) in connection.execute(_NAMED)} if has else set()
    finally:
        connection.close()


def shown_name(name: str) -> str:
    """A file's own name without the way to it, fit for a line; the ending stays when it is cut.

    Signs that cannot be seen go too: some turn the reading direction, so that one kind of file looks like another.
    """
    own = re.split(r"[/\\]", name)[-1]
    line = one_line("".join(sign for sign in own if unicodedata.category(sign) != "Cf")) or "file"
    if len(line) <= LONGEST_NAME:
        return line
    stem, dot, ending = line.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) <= 8 else ""
    return f"{line[: LONGEST_NAME - len(ending) - 1]}…{ending}"


def _read(source: IO[bytes], name: str) -> bytes:
    """The file may vanish with the stick it lies on. Raises AttachmentUnreadable."""
    try:
        return source.read(_CHUNK)
    except OSError as error:
        raise AttachmentUnreadable(file=name) from error


def _trouble(error: OSError, path: Path) -> StorageError:
    return (DiskFull if error.errno in _FULL else DiskTrouble)(path=str(path))


def _kind(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if _KIND.fullmatch(ending) else ""


def _mime(name: str) -> str:
    return mimetypes.guess_type(f"x{_kind(name)}")[0] or ""


def _age(path: Path, now: datetime) -> timedelta:
    try:
        return timedelta(seconds=now.timestamp() - path.stat().st_mtime)
    except OSError:
        return timedelta(0)


def _forget(path: Path) -> bool:
    """Whether it is gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
