"""Copies of a shop: made whole, verified before they count as one, and brought back into the live file.

A copy is written beside its name as `.part`, checked page by page, counted, hashed, put on the disk, and only then
renamed; its manifest says what must be in it. A restore writes into the live file through SQLite's own backup, so that
a crash leaves the old shop or the new one and never a mixture.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from app.storage.attachments import Attachments, named_in
from app.storage.engine import connect, file_uri
from app.storage.errors import DiskTrouble, ShopBusy, ShopDamaged, storage_error
from app.storage.lost_shop import keep_bytes, our_shape, set_aside
from app.storage.manifest import Copy, Manifest, digest, manifest_path, read_copy, settle, write_manifest
from app.storage.migrations import SCHEMA
from app.storage.preflight import FileState, preflight, require_shop
from app.storage.retention import worth_keeping
from app.storage.shop_file import ShopExists
from app.storage.soundness import CopyDamaged, ForeignSchema, facts, require_whole, schema_version, shape

MOST_REFUSALS = 20
"""Tries on a file that others hold, a quarter of a second apart: as long as any other write waits."""


class Copies:
    """The copies of one shop, in the folder `backups` beside it."""

    def __init__(self, shop: Path, clock: Callable[[], datetime]) -> None:
        self.shop, self.clock = shop, clock
        self.folder = shop.parent / "backups"
        self.files = Attachments(shop)

    def make(self, reason: str, target: Path | None = None) -> Copy:
        """A verified copy of the shop as it is now; older ones are thinned out only once this one is good.

        `target` is a file, or a folder in which the copy gets a name of its own; an older copy at it is replaced.
        Raises StorageError when the disk refuses, or ShopDamaged when the shop itself is not whole; a `.part` file
        then never counts as a copy. Raises ShopExists, and touches nothing, when something else than a copy lies at
        `target`.
        """
        now = self.clock().astimezone(UTC)
        path = self._aimed(target, now) if target else self._free_name(self.folder, now)
        part = path.with_name(path.name + ".part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _copy_pages(self.shop, part)
            found = facts(part)
            manifest = Manifest(now.isoformat(), reason, digest(part), part.stat().st_size, **found)
            settle(part, path)
            self._take_files_along(path)
            write_manifest(path, manifest)
        except CopyDamaged as error:
            _forget(part)
            raise ShopDamaged(path=str(self.shop)) from error
        except (dbapi2.Error, OSError) as error:
            _forget(part)
            raise storage_error(error, path) or DiskTrouble(path=str(path)) from error
        if target is None:
            self.thin(now)
        return Copy(path, manifest)

    def known(self) -> list[Copy]:
        """The copies that have a manifest, the newest first. Whether they are still whole, `verify` says."""
        if not self.folder.is_dir():
            return []
        found = [read_copy(path) for path in self.folder.glob(f"{self.shop.stem}-*.shop")]
        return sorted((copy for copy in found if copy), key=lambda copy: copy.manifest.made_at, reverse=True)

    def thin(self, now: datetime) -> None:
        """Keep all of two days, then one a day, a week, a month; never delete the newest."""
        copies = self.known()
        kept = worth_keeping([copy.made_at for copy in copies], now)
        for copy in copies:
            if copy.made_at not in kept:
                copy.path.unlink(missing_ok=True)
                manifest_path(copy.path).unlink(missing_ok=True)
        self._thin_files([copy.path for copy in copies if copy.made_at in kept], thinned=len(kept) < len(copies))
        self.files.sweep(now)

    def restore(self, path: Path) -> Copy:
        """Bring a copy back into the live file, after a safety copy of what is there now, which is returned.

        Where the live file is damaged, the safety copy is its bytes as they are, and counts nothing.
        Raises CopyDamaged or ForeignSchema, and changes nothing, when the copy cannot be trusted.
        """
        verify(path)
        self._require_our_schema(path)
        try:
            safety = self.make("before-restore")
        except ShopDamaged:
            safety = self._keep_damaged()
        try:
            _pour(path, self.shop)
        except dbapi2.Error as error:
            raise storage_error(error, self.shop) or CopyDamaged(path=str(path)) from error
        self._bring_files_back(path)
        return safety

    def replace_lost(self, path: Path) -> Path | None:
        """Bring a copy back where the live file is gone, or too damaged to be opened.

        Answers the name under which the damaged file was set aside, or None when there was no file.
        Raises CopyDamaged or ForeignSchema, and changes nothing, when the copy cannot be trusted.
        """
        verify(path)
        self._require_our_schema(path)
        aside = self._damaged_name() if self.shop.exists() else None
        if aside is not None:
            set_aside(self.shop, aside)
        self.shop.parent.mkdir(parents=True, exist_ok=True)
        try:
            _pour(path, self.shop, create=True)
        except dbapi2.Error as error:
            raise storage_error(error, self.shop) or CopyDamaged(path=str(path)) from error
        self._bring_files_back(path)
        return aside

    def look_into(self, path: Path) -> Copy:
        """What a restore of the file at `path` would bring, after it was verified.

        Raises CopyDamaged, ForeignSchema, or another StorageError when it is no shop at all.
        """
        manifest = verify(path)
        self._require_our_schema(path)
        if manifest is None:
            made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat()
            manifest = Manifest(made_at, "", digest(path), path.stat().st_size, **facts(path))
        return Copy(path, manifest)

    def _take_files_along(self, copy: Path) -> None:
        """Files lie once beside all copies of a folder, however many copies speak of them."""
        self.files.take_along(sorted(named_in(copy)), Attachments(copy))

    def _bring_files_back(self, copy: Path) -> None:
        """What the shop speaks of again and is gone from its folder; what the copy has not either, its case says."""
        Attachments(copy).take_along(sorted(named_in(copy)), self.files)

    def _thin_files(self, left: list[Path], *, thinned: bool) -> None:
        """Files that only the copies spoke of which are gone now."""
        if thinned:
            with contextlib.suppress(dbapi2.Error):
                Attachments(self.folder / "copy").keep_only({name for copy in left for name in named_in(copy)})

    def _require_our_schema(self, path: Path) -> None:
        """A file from elsewhere may carry triggers that would fire in our name."""
        if schema_version(path) == SCHEMA and shape(path) != our_shape(self.shop):
            raise ForeignSchema(path=str(path))

    def _keep_damaged(self) -> Copy:
        kept, now = self._damaged_name(), self.clock().astimezone(UTC)
        keep_bytes(self.shop, kept)
        return Copy(kept, Manifest(now.isoformat(), "damaged", digest(kept), kept.stat().st_size, 0, {}, 0, 0))

    def _damaged_name(self) -> Path:
        return self._free_name(self.folder, self.clock().astimezone(UTC)).with_suffix(".damaged")

    def _aimed(self, target: Path, now: datetime) -> Path:
        """The file a person means; never the shop itself, and never a file of another kind."""
        if target.is_dir():
            return self._free_name(target, now)
        is_shop = preflight(target, SCHEMA) in (FileState.OK, FileState.OLDER)
        if target.exists() and (target.samefile(self.shop) or not is_shop):
            raise ShopExists(path=str(target))
        return target

    def _free_name(self, folder: Path, now: datetime) -> Path:
        stamp = now.strftime("%Y%m%d-%H%M%S")
        names = (folder / f"{self.shop.stem}-{stamp}{suffix}.shop" for suffix in ["", *map("-{}".format, range(1, 99))])
        return next(name for name in names if not name.exists())


def verify(path: Path) -> Manifest | None:
    """The manifest of a copy after its bytes were compared with it; None for a sound file that has none.

    Raises CopyDamaged when a byte differs or a page is broken, or another StorageError when it is no shop at all.
    """
    require_shop(path, SCHEMA)
    copy = read_copy(path)
    if copy is not None and digest(path) != copy.manifest.sha256:
        raise CopyDamaged(path=str(path))
    try:
        facts(path)
    except dbapi2.Error as error:
        raise CopyDamaged(path=str(path)) from error
    return copy.manifest if copy else None


class _Patience:
    """Gives up on a file that others hold: the backup itself would try again for ever, four times a second."""

    def __init__(self) -> None:
        self._refused = 0

    def __call__(self, status: int, _remaining: int, _total: int) -> None:
        """Raises ShopBusy."""
        self._refused = self._refused + 1 if status in (dbapi2.SQLITE_BUSY, dbapi2.SQLITE_LOCKED) else 0
        if self._refused >= MOST_REFUSALS:
            raise ShopBusy


def _copy_pages(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    live = connect(source)
    try:
        copy = dbapi2.connect(str(target), isolation_level=None)
        try:
            # Inside a read transaction a writer cannot make the copy start again and again.
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()
            live.backup(copy, progress=_Patience())
            live.execute("ROLLBACK")
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()
    finally:
        live.close()


def _pour(source: Path, live_path: Path, *, create: bool = False) -> None:
    copy = dbapi2.connect(str(source), isolation_level=None)
    # A bare connection: the safeguards read the schema, which may be the very thing that is damaged.
    live = dbapi2.connect(file_uri(live_path, "rwc" if create else "rw"), uri=True, isolation_level=None, timeout=5)
    try:
        copy.backup(live, progress=_Patience())
    finally:
        live.close()
        copy.close()
    live = connect(live_path)
    try:
        require_whole(live, live_path)
    finally:
        live.close()


def _forget(part: Path) -> None:
    with contextlib.suppress(OSError):
        part.unlink(missing_ok=True)
