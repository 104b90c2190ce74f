"""Files that come with a case: whole under safe names or not at all, in copies and archives, gone with a person."""

import errno
import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop, found_from_archive, open_shop
from app.services import complaints, privacy, transfer
from app.services.complaints import AttachedAlready
from app.services.undo import put_back
from app.storage import attachments
from app.storage.attachments import Attachments, AttachmentUnreadable, FileEmpty, FileGone, FileTooLarge, shown_name
from app.storage.errors import DiskFull
from app.storage.retention import DAILY
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, complain, person

CRACK = b"\x89PNG the crack"


@pytest.fixture
def crack(tmp_path: Path) -> Path:
    """A picture as a person has it."""
    source = tmp_path / "elsewhere" / "裂纹 1.PNG"
    source.parent.mkdir()
    source.write_bytes(CRACK)
    return source


def attach(work: UnitOfWork, key: int, source: Path) -> int:
    return work.write(complaints.attach, key, work.copies.files.keep(source), at=NOW)[0]


def names(work: UnitOfWork, key: int) -> list[str]:
    return [row.name for row in work.read(complaints.case, key, NOW).attachments]


def lying(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_lies_under_its_digest_and_shows_its_own_name(work: UnitOfWork, crack: Path) -> None:
    key = complain(work)
    attach(work, key, crack)
    (row,) = work.read(complaints.case, key, NOW).attachments
    assert (row.name, row.size, row.mime) == ("裂纹 1.PNG", len(CRACK), "image/png")
    assert row.stored == hashlib.sha256(CRACK).hexdigest() + ".png"
    assert work.copies.files.path_of(row.stored).read_bytes() == CRACK
    crack.unlink()
    assert work.copies.files.path_of(row.stored).read_bytes() == CRACK


def test_two_cases_share_one_file_and_a_case_has_it_once(work: UnitOfWork, crack: Path) -> None:
    one, two = complain(work), complain(work)
    attach(work, one, crack)
    attach(work, two, crack)
    with pytest.raises(AttachedAlready):
        attach(work, one, crack)
    assert len(lying(work.copies.files.folder)) == 1
    assert [names(work, key) for key in (one, two)] == [["裂纹 1.PNG"], ["裂纹 1.PNG"]]


def test_taking_one_off_is_taken_back(work: UnitOfWork, crack: Path) -> None:
    key = complain(work)
    row = attach(work, key, crack)
    _, gone = work.write(complaints.detach, row, at=NOW)
    assert names(work, key) == []
    work.copies.files.sweep(NOW + timedelta(days=400))
    work.write(put_back, gone.rows)
    assert names(work, key) == ["裂纹 1.PNG"]
    assert work.copies.files.path_of(work.read(complaints.case, key, NOW).attachments[0].stored).is_file()


@pytest.mark.parametrize("trouble", ["gone", "folder", "empty", "large"])
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(work: UnitOfWork, tmp_path: Path, trouble: str) -> None:
    source = tmp_path / "note.txt"
    if trouble == "folder":
        source.mkdir()
    elif trouble != "gone":
        source.write_bytes(b"" if trouble == "empty" else b"12345")
    refusals: dict[str, type[Exception]] = {"empty": FileEmpty, "large": FileTooLarge}
    with pytest.raises(refusals.get(trouble, AttachmentUnreadable)):
        work.copies.files.keep(source, most=4)
    assert lying(work.copies.files.folder) == []


class Vanishing:
    """A stick that is pulled out after the first piece was read."""

    def __init__(self) -> None:
        self.reads = 0

    def read(self, _size: int) -> bytes:
        self.reads += 1
        if self.reads > 1:
            raise OSError(errno.EIO, "pulled out")
        return b"half"


def test_a_file_that_vanishes_while_it_is_copied_leaves_nothing(work: UnitOfWork) -> None:
    vanishing: Any = Vanishing()
    with pytest.raises(AttachmentUnreadable):
        work.copies.files.bring("a" * 64, vanishing)
    assert lying(work.copies.files.folder) == []


def test_a_full_disk_is_said_and_leaves_nothing(work: UnitOfWork, crack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(attachments, "fsync", full)
    with pytest.raises(DiskFull):
        work.copies.files.keep(crack)
    assert lying(work.copies.files.folder) == []


@given(name=st.text(min_size=1, max_size=300) | st.sampled_from(["../../x.sh", "C:\\a\\con", "..", "a\u202egpj.exe"]))
def test_no_name_leads_out_of_the_folder_or_hides_what_it_is(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert len(shown) <= attachments.LONGEST_NAME
    assert not set(shown) & set("/\\\n\t\0\u202e\u200f")
    assert shown == shown_name(shown)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=80), data=st.binary(min_size=1, max_size=40))
def test_whatever_a_file_is_called_it_lies_under_a_name_of_ours(work: UnitOfWork, name: str, data: bytes) -> None:
    files = work.copies.files
    kept = files.keep_bytes(data, name)
    assert files.path_of(kept.stored).parent == files.folder
    assert files.path_of(kept.stored).read_bytes() == data
    assert attachments.is_stored_name(kept.stored)


@pytest.mark.parametrize("stored", ["../secret.txt", "/etc/passwd", "", "a" * 64])
def test_only_files_of_ours_are_opened(work: UnitOfWork, stored: str) -> None:
    with pytest.raises(FileGone):
        work.copies.files.path_of(stored)


def test_what_no_row_speaks_of_is_swept_after_a_day(work: UnitOfWork, crack: Path) -> None:
    files = work.copies.files
    kept = attach(work, complain(work), crack)
    lone = files.keep_bytes(b"never said", "x.txt")
    (files.folder / "half.part").write_bytes(b"half")
    (files.folder / "my own.txt").write_bytes(b"put there by hand")
    files.sweep(work.clock() + timedelta(seconds=1))
    assert len(lying(files.folder)) == 4
    stamp = (work.clock() - timedelta(days=2)).timestamp()
    for name in lying(files.folder):
        os.utime(files.folder / name, (stamp, stamp))
    files.sweep(work.clock())
    assert kept
    assert lone.stored not in lying(files.folder)
    assert len(lying(files.folder)) == 2


def test_a_file_of_another_shop_in_the_same_place_is_not_swept(shop: Shop, crack: Path) -> None:
    key = complain(shop.work)
    attach(shop.work, key, crack)
    other = shop.path.with_name("other.shop")
    shop.work.copies.make("by hand", other)
    Attachments(other).folder.rename(shop.path.parent / "moved")
    (shop.path.parent / "moved").rename(Attachments(other).folder)
    row = shop.work.read(complaints.case, key, NOW).attachments[0]
    with Session(shop.work.engine) as session:
        session.execute(text("DELETE FROM complaint_attachments"))
        session.commit()
    shop.work.copies.files.drop([row.stored])
    assert shop.work.copies.files.path_of(row.stored).is_file()


def test_copies_hold_the_files_once_and_bring_them_back(shop: Shop, crack: Path, clock: Any) -> None:
    work, key = shop.work, complain(shop.work)
    attach(work, key, crack)
    first = work.copies.make("by hand")
    clock.forward(hours=1)
    work.copies.make("by hand")
    assert len(lying(work.copies.folder / "attachments")) == 1
    (row,) = work.read(complaints.case, key, NOW).attachments
    work.copies.files.path_of(row.stored).unlink()
    work.copies.restore(first.path)
    assert work.copies.files.path_of(row.stored).read_bytes() == CRACK


def test_a_copy_whose_file_was_changed_brings_nothing_wrong_back(shop: Shop, crack: Path) -> None:
    work, key = shop.work, complain(shop.work)
    attach(work, key, crack)
    copy = work.copies.make("by hand")
    (row,) = work.read(complaints.case, key, NOW).attachments
    (work.copies.folder / "attachments" / row.stored).write_bytes(b"something else")
    work.copies.files.path_of(row.stored).unlink()
    work.copies.restore(copy.path)
    with pytest.raises(FileGone):
        work.copies.files.path_of(row.stored)
    assert lying(work.copies.files.folder) == []


def test_copies_that_are_thinned_take_their_files_along(shop: Shop, crack: Path, clock: Any) -> None:
    work, key = shop.work, complain(shop.work)
    row = attach(work, key, crack)
    work.copies.make("daily")
    with Session(work.engine) as session:
        session.execute(text("DELETE FROM complaint_attachments WHERE id = :id"), {"id": row})
        session.commit()
    clock.forward(days=40)
    work.copies.make("daily")
    assert len(lying(work.copies.folder / "attachments")) == 1
    for _ in range(DAILY):
        clock.forward(days=40)
        work.copies.make("daily")
    assert lying(work.copies.folder / "attachments") == []


def test_an_archive_makes_a_shop_with_its_files(shop: Shop, crack: Path, tmp_path: Path) -> None:
    key = complain(shop.work)
    attach(shop.work, key, crack)
    path = tmp_path / "whole.zip"
    shop.work.write(transfer.hand_over, shop.work.read(transfer.export_archive, path, at=NOW))
    target = tmp_path / "new" / "again.shop"
    target.parent.mkdir()
    found_from_archive(target, path, clock=shop.clock)
    made = open_shop(target, clock=shop.clock)
    (row,) = made.work.read(complaints.case, key, NOW).attachments
    assert made.work.copies.files.path_of(row.stored).read_bytes() == CRACK
    made.close()


def test_who_is_erased_takes_the_files_along(work: UnitOfWork, crack: Path, tmp_path: Path) -> None:
    shen, other = person(work, "沈静怡"), person(work, "Ann")
    key, kept = complain(work, customer_id=shen), complain(work, customer_id=other)
    attach(work, key, crack)
    shared = tmp_path / "both.txt"
    shared.write_text("both have it")
    attach(work, key, shared)
    attach(work, kept, shared)
    work.write(privacy.erase, shen, at=NOW)
    (row,) = work.read(complaints.case, kept, NOW).attachments
    assert lying(work.copies.files.folder) == [row.stored]
    assert names(work, key) == []


def test_files_that_cannot_go_with_who_is_erased_are_told_and_go_later(shop: Shop, crack: Path) -> None:
    """A file beside the shop that is none may be a shop of which nobody knows whose files it speaks of."""
    work, shen = shop.work, person(shop.work, "沈静怡")
    attach(work, complain(work, customer_id=shen), crack)
    (stored,) = lying(work.copies.files.folder)
    unreadable = shop.path.with_name("other.shop")
    unreadable.write_bytes(b"not a database at all, but long enough to look like one" * 40)
    _, changes = work.write(privacy.erase, shen, at=NOW)
    assert changes.files_left == (stored,)
    assert lying(work.copies.files.folder) == [stored]
    unreadable.unlink()
    stamp = (work.clock() - timedelta(days=2)).timestamp()
    os.utime(work.copies.files.folder / stored, (stamp, stamp))
    work.copies.files.sweep(work.clock())
    assert lying(work.copies.files.folder) == []


def test_a_file_that_another_program_holds_is_told(work: UnitOfWork, crack: Path, monkeypatch: Any) -> None:
    shen = person(work, "沈静怡")
    attach(work, complain(work, customer_id=shen), crack)
    (stored,) = lying(work.copies.files.folder)

    def held(_path: Path, **_how: object) -> None:
        raise PermissionError(errno.EACCES, "held by another program")

    monkeypatch.setattr(Path, "unlink", held)
    _, changes = work.write(privacy.erase, shen, at=NOW)
    monkeypatch.undo()
    assert changes.files_left == (stored,)
