"""Writes the whole shop into one open archive: a CSV file for each table, and a manifest that proves them."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from app.formats.archive_cells import cell_of
from app.formats.archive_readme import README as PAGE
from app.services.settings import settings
from app.services.transfer.archive_manifest import FORMAT, MANIFEST, README, file_of
from app.services.transfer.out.files import Progress, Written, fitting_ending, unfinished
from app.services.transfer.out.tables import no_progress
from app.storage.attachments import FOLDER, beside, is_stored_name
from app.storage.migrations import SCHEMA
from app.storage.whole_tables import count, kept_tables, rows_of

KIND = "archive"
EVERY = 1_000
_NAMED = "SELECT DISTINCT stored FROM complaint_attachments ORDER BY stored"


def export_archive(session: Session, path: Path, *, at: datetime, progress: Progress = no_progress) -> Written:
    """Write everything the shop keeps to a .zip file; what is worked out from the rest is left out.

    The file is complete beside its name until `hand_over` puts it in the record.
    Raises EndingUnfit, FileUnwritable, DiskFull, DiskTrouble, and what `progress` raises; nothing is left then.
    """
    fitting_ending(KIND, path)
    connection, tables = session.connection(), kept_tables()
    counter = _Counter(sum(count(connection, table) for table in tables), progress)
    said: dict[str, Any] = {
        "format": FORMAT,
        "schema": SCHEMA,
        "app": version("regulars"),
        "shop": settings(session).name,
        "made_at": at.astimezone(UTC).isoformat(timespec="seconds"),
    }
    with unfinished(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, "\ufeff" + PAGE.replace("\n", "\r\n"))
        said["files"] = {file_of(table.name): _write(archive, connection, table, counter) for table in tables}
        said["attachments"] = _write_files(archive, connection)
        archive.writestr(MANIFEST, json.dumps(said, ensure_ascii=False, indent=1))
    return Written(KIND, path, part, counter.done)


def _write_files(archive: zipfile.ZipFile, connection: Connection) -> list[str]:
    """What came with cases, under its names in the folder; a file that is gone from there is left out."""
    folder, names = beside(connection), connection.exec_driver_sql(_NAMED).scalars()
    there = [name for name in names if is_stored_name(name) and (folder.folder / name).is_file()]
    for name in there:
        archive.write(folder.folder / name, f"{FOLDER}/{name}", zipfile.ZIP_STORED)
    return there


def _write(archive: zipfile.ZipFile, connection: Connection, table: Table, counter: "_Counter") -> dict[str, Any]:
    """One table; how many rows it has, and the digest of its file."""
    before = counter.done
    with archive.open(file_of(table.name), "w", force_zip64=True) as raw:
        hashed = _Hashed(raw)
        with io.TextIOWrapper(io.BufferedWriter(hashed), encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\r\n")
            writer.writerow([column.name for column in table.columns])
            for row in counter.counted(rows_of(connection, table)):
                writer.writerow([cell_of(value) for value in row])
    return {"rows": counter.done - before, "sha256": hashed.digest.hexdigest()}


class _Counter:
    """Counts rows over all tables and tells of every thousandth."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.done, self._total, self._progress = 0, total, progress
        progress(0, total)

    def counted(self, rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % EVERY == 0:
                self._progress(self.done, self._total)


class _Hashed(io.RawIOBase):
    """Passes bytes on and digests them on the way."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self.digest = target, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.digest.update(data)
        return self._target.write(data)
