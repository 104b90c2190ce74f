"""Makes a shop of an open archive: every row under its own id, what is worked out from the rest made anew."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, TypeDecorator
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.formats.archive_cells import Stored, Unreadable, bytes_of, text_of, whole_of
from app.models.audit import AuditEntry
from app.services.backup import rebuild
from app.services.transfer.archive_manifest import Archived, ArchiveDamaged, file_of, opened, verify_archive
from app.services.transfer.out.files import Progress
from app.services.transfer.out.tables import no_progress
from app.storage import whole_tables
from app.storage.attachments import FOLDER, beside
from app.storage.bulk import highest_id
from app.storage.whole_tables import kept_tables, put, stored_as

LONGEST_CELL = 16 * 1024 * 1024
Read = Callable[[str], Stored]


class ArchiveNeedsNewShop(ShopError):
    """An archive becomes a shop of its own and is never poured over one in which something was done."""


class ArchiveUnsound(ShopError):
    """The rows of the archive do not add up: a check of the shop made of them found `problems` kinds of damage."""


def bring_archive(session: Session, path: Path, *, day: date, progress: Progress = no_progress) -> Archived:
    """Fill a new, empty shop with an archive; no trace of the act is left, so that the two shops are equal.

    `day` is the shop day as of which tiers are worked out.
    Raises ArchiveNeedsNewShop, and NotAnArchive, ArchiveUnsafe, ArchiveOtherVersion, ArchiveDamaged before a row is
    written or, for what only the rows can tell, with nothing kept of them.
    """
    connection = session.connection()
    if highest_id(connection, AuditEntry):
        raise ArchiveNeedsNewShop
    archived = verify_archive(path)
    whole_tables.clear(connection)
    done = 0
    with opened(path) as archive:
        for table in kept_tables():
            done = _bring(connection, archive, table, archived, done, progress)
        _bring_files(connection, archive, archived)
    session.expire_all()
    _require_references(connection)
    rebuild(session, day)
    return archived


def _bring_files(connection: Connection, archive: zipfile.ZipFile, archived: Archived) -> None:
    """What came with cases goes into the folder beside the new shop."""
    folder = beside(connection)
    for name in archived.files:
        with archive.open(f"{FOLDER}/{name}") as opened_file:
            if not folder.bring(name, opened_file):
                raise ArchiveDamaged(part=name)


def _bring(
    connection: Connection,
    archive: zipfile.ZipFile,
    table: Table,
    archived: Archived,
    done: int,
    progress: Progress,
) -> int:
    """One table; how many rows there are by now."""
    name, before = file_of(table.name), done
    waiting: list[Sequence[Stored]] = []
    with _refused_as_damage(name):
        for row in _rows(archive, table):
            waiting.append(row)
            done += 1
            if len(waiting) >= whole_tables.AT_ONCE:
                put(connection, table, waiting)
                waiting.clear()
                progress(done, archived.total)
        put(connection, table, waiting)
    if done - before != archived.rows[table.name]:
        raise ArchiveDamaged(part=name)
    return done


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[Sequence[Stored]]:
    readers = [_reader(column.type, kind) for column, kind in zip(table.columns, stored_as(table), strict=True)]
    with (
        archive.open(file_of(table.name)) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as stream,
        _long_cells(),
    ):
        lines = csv.reader(stream, strict=True)
        if next(lines, None) != [column.name for column in table.columns]:
            raise Unreadable
        for cells in lines:
            yield [read(cell) for read, cell in zip(readers, cells, strict=True)]


def _reader(kind: Any, stored: str) -> Read:
    """Reads a cell as the column stores it; a text must be one that the program can read back as what it means."""
    if stored != "TEXT":
        return whole_of if stored == "INTEGER" else bytes_of
    if not isinstance(kind, TypeDecorator):
        return text_of

    @lru_cache(maxsize=4_096)
    def read(cell: str) -> Stored:
        text = text_of(cell)
        meant = kind.process_result_value(text, sqlite.dialect())
        if isinstance(meant, datetime) and meant.tzinfo is None:
            raise Unreadable
        return text

    return read


@contextmanager
def _refused_as_damage(name: str) -> Iterator[None]:
    try:
        yield
    except (csv.Error, ValueError, ArithmeticError, IntegrityError, OverflowError) as error:
        raise ArchiveDamaged(part=name) from error


@contextmanager
def _long_cells() -> Iterator[None]:
    """A picture is longer than any cell a person writes; the limit belongs to the whole process."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _require_references(connection: Connection) -> None:
    """What points nowhere would only be refused by the commit, and as a bug."""
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise ArchiveDamaged(part=file_of(str(lost[0])))
