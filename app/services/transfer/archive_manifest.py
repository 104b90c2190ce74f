"""What an open archive says of itself, and the look at it before anything of it is believed."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import ShopError
from app.storage.attachments import FOLDER, is_stored_name
from app.storage.migrations import SCHEMA
from app.storage.whole_tables import kept_tables

FORMAT = "regulars-archive"
MANIFEST, README = "manifest.json", "README.txt"
MAX_TOTAL = 4 * 1024**3
MAX_RATIO = 200
RATIO_COUNTS_FROM = 1024 * 1024
MAX_MANIFEST = 1024 * 1024
_CHUNK = 1 << 20


class NotAnArchive(ShopError):
    """The file is no archive of a whole shop."""


class ArchiveDamaged(ShopError):
    """A file of the archive is missing, changed or does not hold what it should; `part` names it."""


class ArchiveUnsafe(ShopError):
    """The archive unpacks to far more than it should, is locked, or holds files that have no business there."""


class ArchiveOtherVersion(ShopError):
    """The archive has tables of another version: `theirs`, where this program has `ours`."""


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive: the shop's name, when and by which version it was written, and the rows of each table."""

    shop: str
    made_at: str
    app: str
    rows: Mapping[str, int]
    files: tuple[str, ...] = ()
    """Names of the files that came with cases."""

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def file_of(table: str) -> str:
    """The name of a table's file."""
    return f"{table}.csv"


def is_archive(path: Path) -> bool:
    """Does the file look like an archive of a shop? OSError passes through."""
    with path.open("rb") as file:
        if not file.read(4).startswith(b"PK"):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def verify_archive(path: Path) -> Archived:
    """Look at everything an archive says before a row of it is read, and change nothing.

    Raises NotAnArchive, ArchiveUnsafe, ArchiveOtherVersion, ArchiveDamaged.
    """
    with opened(path) as archive:
        parts = _safe_parts(archive)
        said = _manifest(archive, parts)
        wanted = {file_of(table.name) for table in kept_tables()}
        files = {f"{FOLDER}/{name}": name.partition(".")[0] for name in said.get("attachments", ())}
        held = set(parts) - {MANIFEST, README} - files.keys()
        if set(said["files"]) != wanted or held != wanted or not files.keys() <= parts.keys():
            odd = (set(said["files"]) ^ wanted) | (held ^ wanted) | (files.keys() - parts.keys())
            raise ArchiveDamaged(part=Path(min(odd)).name[:60])
        for name, expected in files.items():
            if _digest(archive, name) != expected:
                raise ArchiveDamaged(part=Path(name).name[:60])
        for name in sorted(wanted):
            if _digest(archive, name) != said["files"][name]["sha256"]:
                raise ArchiveDamaged(part=name)
    rows = {name.removesuffix(".csv"): facts["rows"] for name, facts in said["files"].items()}
    return Archived(said["shop"], said["made_at"], said["app"], rows, tuple(said.get("attachments", ())))


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive; what is wrong with the zip itself is refused. Raises NotAnArchive, ArchiveDamaged."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        raise NotAnArchive(file=path.name) from None
    with archive:
        try:
            yield archive
        except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise ArchiveDamaged(part=path.name) from error


def _safe_parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    parts = archive.infolist()
    named = {part.filename: part for part in parts}
    total = sum(part.file_size for part in parts)
    dense = any(
        part.file_size > RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
    )
    locked = any(part.flag_bits & 1 for part in parts)
    if len(named) < len(parts) or total > MAX_TOTAL or dense or locked:
        raise ArchiveUnsafe
    return named


def _manifest(archive: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo]) -> dict[str, Any]:
    found = parts.get(MANIFEST)
    if found is None or found.file_size > MAX_MANIFEST:
        raise NotAnArchive(file=MANIFEST)
    try:
        said = json.loads(archive.read(MANIFEST))
    except (ValueError, RecursionError):
        raise ArchiveDamaged(part=MANIFEST) from None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise NotAnArchive(file=MANIFEST)
    if said.get("schema") != SCHEMA:
        raise ArchiveOtherVersion(theirs=str(said.get("schema"))[:10], ours=SCHEMA)
    if not _is_sound(said):
        raise ArchiveDamaged(part=MANIFEST)
    return said


def _is_sound(said: dict[str, Any]) -> bool:
    texts = all(isinstance(said.get(name), str) for name in ("shop", "made_at", "app"))
    files, attached = said.get("files"), said.get("attachments", [])
    return (
        texts
        and isinstance(attached, list)
        and all(isinstance(name, str) and is_stored_name(name) for name in attached)
        and isinstance(files, dict)
        and all(
            isinstance(facts, dict) and isinstance(facts.get("rows"), int) and isinstance(facts.get("sha256"), str)
            for facts in files.values()
        )
    )


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
