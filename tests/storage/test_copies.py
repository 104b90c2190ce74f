"""Copies are verified, restores are whole, and a damaged or foreign copy never reaches the shop."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from app.bootstrap import Shop
from app.services.settings import change, settings
from app.storage import copies as copying
from app.storage.copies import Copies, verify
from app.storage.engine import connect
from app.storage.errors import DiskTrouble, NotAShop, ShopBusy, ShopDamaged
from app.storage.retention import worth_keeping
from app.storage.shop_file import ShopExists
from app.storage.soundness import CopyDamaged, ForeignSchema
from tests.conftest import FixedClock


@pytest.fixture
def copies(shop: Shop, clock: FixedClock) -> Copies:
    return Copies(shop.path, clock)


def test_a_copy_brings_back_what_was(shop: Shop, copies: Copies) -> None:
    shop.work.write(change, {"name": "Before"})
    copy = copies.make("by-hand")
    shop.work.write(change, {"name": "After"})
    safety = copies.restore(copy.path)
    assert shop.work.read(settings).name == "Before"
    copies.restore(safety.path)
    assert shop.work.read(settings).name == "After"


def test_a_shop_that_is_being_written_is_not_waited_for_without_end(
    shop: Shop, copies: Copies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "MOST_REFUSALS", 2)
    copy = copies.make("by-hand")
    shop.work.write(change, {"name": "After"})
    elsewhere = connect(shop.path)
    elsewhere.execute("BEGIN IMMEDIATE")
    with pytest.raises(ShopBusy):
        copies.restore(copy.path)
    elsewhere.execute("ROLLBACK")
    elsewhere.close()
    assert shop.work.read(settings).name == "After"


def test_a_copy_says_what_is_in_it(shop: Shop, copies: Copies) -> None:
    copy = copies.make("by-hand")
    assert copy.manifest == verify(copy.path)
    assert copies.known() == [copy]
    assert copy.manifest.counts["customers"] == 0
    assert copy.manifest.audit_head > 0


def test_one_flipped_bit_is_found(copies: Copies) -> None:
    copy = copies.make("by-hand")
    data = bytearray(copy.path.read_bytes())
    data[len(data) // 2] ^= 1
    copy.path.write_bytes(data)
    with pytest.raises(CopyDamaged):
        copies.restore(copy.path)


def test_a_cut_copy_without_manifest_is_found(shop: Shop, copies: Copies, tmp_path: Path) -> None:
    copy = copies.make("by-hand")
    loose = tmp_path / "loose.shop"
    loose.write_bytes(copy.path.read_bytes()[:-5000])
    before = shop.work.read(settings)
    with pytest.raises((CopyDamaged, ShopDamaged)):
        copies.restore(loose)
    assert shop.work.read(settings) == before


def test_a_file_with_a_strange_trigger_is_refused(shop: Shop, copies: Copies, tmp_path: Path) -> None:
    strange = tmp_path / "strange.shop"
    strange.write_bytes(copies.make("by-hand").path.read_bytes())
    connection = dbapi2.connect(str(strange))
    connection.execute("CREATE TRIGGER thief AFTER INSERT ON customers BEGIN DELETE FROM sales; END")
    connection.commit()
    connection.close()
    with pytest.raises(ForeignSchema):
        copies.restore(strange)


def test_a_text_file_is_no_copy(copies: Copies, tmp_path: Path) -> None:
    text = tmp_path / "list.shop"
    text.write_text("name,phone\n" * 50, encoding="utf-8")
    with pytest.raises(NotAShop):
        copies.restore(text)


def test_a_leftover_part_is_no_copy(copies: Copies) -> None:
    copies.folder.mkdir()
    (copies.folder / f"{copies.shop.stem}-20260101-000000.shop.part").write_bytes(b"half")
    assert copies.known() == []


def test_a_disk_that_refuses_leaves_no_copy(copies: Copies, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DiskTrouble):
        copies.make("by-hand", tmp_path / "file" / "inside.shop")
    assert copies.known() == []


NOW = datetime(2026, 11, 23, tzinfo=UTC)


@given(st.lists(st.integers(0, 500 * 24 * 60), unique=True))
def test_thinning_keeps_the_newest_and_stays_small(minutes: list[int]) -> None:
    moments = [NOW - timedelta(minutes=minute) for minute in minutes]
    kept = worth_keeping(moments, NOW)
    assert kept <= set(moments)
    assert not moments or max(moments) in kept
    old = [moment for moment in kept if NOW - moment > timedelta(days=2)]
    assert len(old) <= 12 + 10 + 9
    assert {moment for moment in moments if NOW - moment <= timedelta(days=2)} <= kept


def test_a_copy_goes_to_any_folder_and_replaces_an_older_copy(copies: Copies, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    inside = copies.make("by-hand", drive)
    assert inside.path.parent == drive
    again = copies.make("by-hand", inside.path)
    assert again.path == inside.path
    assert copies.look_into(inside.path).manifest == again.manifest


@pytest.mark.parametrize("name", ["letter.txt", "茶 #1.shop"])
def test_a_copy_is_never_written_over_the_shop_nor_over_another_file(
    shop: Shop, copies: Copies, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    if not target.exists():
        target.write_text("dear customer", encoding="utf-8")
    before = target.read_bytes()
    with pytest.raises(ShopExists):
        copies.make("by-hand", target)
    assert target.read_bytes() == before


def test_a_copy_without_its_manifest_can_be_looked_into(copies: Copies, tmp_path: Path) -> None:
    made = copies.make("by-hand", tmp_path / "loose.shop")
    (tmp_path / "loose.shop.json").unlink()
    found = copies.look_into(made.path).manifest
    assert (found.counts, found.points, found.sha256) == (
        made.manifest.counts,
        made.manifest.points,
        made.manifest.sha256,
    )


def overwrite(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xa5" * length)


def broken_inside(shop: Shop) -> None:
    """Every page but the first is rubbish: the file opens, and nothing in it can be read."""
    shop.work.close()
    connection = dbapi2.connect(str(shop.path))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    overwrite(shop.path, 4096 * 3, 4096 * 20)


def test_a_damaged_shop_makes_no_copy_and_leaves_no_part(shop: Shop, copies: Copies) -> None:
    broken_inside(shop)
    with pytest.raises(ShopDamaged):
        copies.make("by-hand")
    assert copies.known() == []
    assert list(copies.folder.glob("*.part")) == []


def test_a_shop_damaged_inside_is_restored_and_its_bytes_are_kept(shop: Shop, copies: Copies) -> None:
    shop.work.write(change, {"name": "Before"})
    copy = copies.make("by-hand")
    broken_inside(shop)
    damaged = shop.path.read_bytes()
    kept = copies.restore(copy.path)
    assert kept.path.read_bytes() == damaged
    assert shop.work.read(settings).name == "Before"
    assert [known.path for known in copies.known()] == [copy.path]


@pytest.mark.parametrize("loss", ["gone", "header", "emptied"])
def test_a_shop_that_cannot_be_opened_is_replaced_and_set_aside(shop: Shop, copies: Copies, loss: str) -> None:
    shop.work.write(change, {"name": "Before"})
    copy = copies.make("by-hand")
    shop.work.close()
    if loss == "gone":
        shop.path.unlink()
    elif loss == "header":
        overwrite(shop.path, 0, 100)
    else:
        shop.path.write_bytes(b"")
    aside = copies.replace_lost(copy.path)
    assert (aside is None) == (loss == "gone")
    assert aside is None or aside.exists()
    assert shop.work.read(settings).name == "Before"


def test_a_lost_shop_is_not_replaced_by_a_foreign_file(shop: Shop, copies: Copies, tmp_path: Path) -> None:
    copy = copies.make("by-hand", tmp_path / "loose.shop")
    connection = dbapi2.connect(str(copy.path), isolation_level=None)
    connection.execute("CREATE TABLE theirs (id INTEGER)")
    connection.close()
    (tmp_path / "loose.shop.json").unlink()
    shop.work.close()
    shop.path.unlink()
    with pytest.raises(ForeignSchema):
        copies.replace_lost(copy.path)
    assert not shop.path.exists()
