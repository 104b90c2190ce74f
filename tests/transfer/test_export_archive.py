"""The open archive: out and in again every table is equal, and what was tampered with is refused and leaves nothing."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Shop, found_from_archive, open_shop
from app.domain.errors import Cancelled, ShopError
from app.domain.staff import Actor, Role
from app.services.backup import check
from app.services.permissions import NotAllowed
from app.services.search import find
from app.services.transfer import (
    ArchiveDamaged,
    ArchiveNeedsNewShop,
    ArchiveOtherVersion,
    ArchiveUnsafe,
    ArchiveUnsound,
    NotAnArchive,
    bring_archive,
    export_archive,
    hand_over,
)
from app.storage.shop_file import ShopExists
from app.storage.whole_tables import kept_tables
from tests.transfer.bringing import asked

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
Parts = dict[str, bytes]
ODD = (
    "INSERT INTO custom_fields (label, kind, choices, position) VALUES ('-x', 'text', '[]', 0)",
    "UPDATE customers SET note = char(0) || '=1' || char(13) || ' 𠮷😀', company = '\\N', needs = '\\' WHERE id = 1",
    "UPDATE customers SET note = '''x', company = ' =1+1', needs = char(13), referrer_id = 9 WHERE id = 2",
    "INSERT INTO customer_photos VALUES (1, x'00ff0a0d')",
)


@pytest.fixture(scope="module")
def archive(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample shop in one file, written once."""
    shop = open_shop(sample_file, clock=lambda: NOW)
    path = tmp_path_factory.mktemp("archive") / "shop.zip"
    made = shop.work.read(export_archive, path, at=NOW)
    made.part.replace(path)
    shop.close()
    return path


def tables_of(shop: Shop) -> dict[str, list[Any]]:
    names = [table.name for table in kept_tables()] + ["customer_figures", "search_entries"]
    return {name: sorted(asked(shop.work, f'SELECT * FROM "{name}"'), key=repr) for name in names}


def test_out_and_in_again_every_table_is_equal(sample_shop: Shop, tmp_path: Path) -> None:
    with sample_shop.work.engine.begin() as connection:
        for statement in ODD:
            connection.exec_driver_sql(statement)
    written = sample_shop.work.read(export_archive, tmp_path / "a.zip", at=NOW)
    sample = tables_of(sample_shop)
    sample_shop.work.write(hand_over, written)
    found = found_from_archive(tmp_path / "new.shop", tmp_path / "a.zip", clock=sample_shop.clock)
    again = open_shop(tmp_path / "new.shop", clock=sample_shop.clock)
    brought = tables_of(again)
    for name, rows in sample.items():
        if name != "search_entries":
            assert brought[name] == rows, name
    assert {row[1:] for row in brought["search_entries"]} == {row[1:] for row in sample["search_entries"]}
    assert found.total == written.rows == sum(len(sample[table.name]) for table in kept_tables())
    assert again.work.read(check, NOW.date()).ok
    name = asked(again.work, "SELECT name FROM customers WHERE id = 3")[0][0]
    assert name in [hit.title for hit in again.work.read(find, name)]
    again.close()
    assert sorted(one.name for one in tmp_path.glob("new*")) == ["new.shop"]


def test_it_opens_without_us(archive: Path, sample_shop: Shop) -> None:
    with zipfile.ZipFile(archive) as parts:
        manifest = json.loads(parts.read("manifest.json"))
        for name, facts in manifest["files"].items():
            content = parts.read(name)
            assert hashlib.sha256(content).hexdigest() == facts["sha256"]
            assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))) == facts["rows"] + 1
        page = parts.read("README.txt").decode("utf-8-sig")
    assert "熟客" in page
    assert "Regulars" in page
    name = "SELECT json_extract(value, '$') FROM shop_settings WHERE key = 'name'"
    assert asked(sample_shop.work, name) == [(manifest["shop"],)]


def test_no_shop_is_written_over(archive: Path, sample_shop: Shop, tmp_path: Path) -> None:
    before = tables_of(sample_shop)
    with pytest.raises(ShopExists):
        found_from_archive(sample_shop.path, archive)
    with pytest.raises(ArchiveNeedsNewShop):
        sample_shop.work.write(bring_archive, archive, day=NOW.date())
    assert tables_of(sample_shop) == before


def test_the_owner_alone_takes_the_shop_out(shop: Shop, tmp_path: Path) -> None:
    manager = open_shop(shop.path, clock=shop.clock, actor=Actor(1, Role.MANAGER))
    with pytest.raises(NotAllowed):
        manager.work.read(export_archive, tmp_path / "a.zip", at=NOW)
    manager.close()


@pytest.mark.parametrize("after", [0, 1_000])
def test_stopping_leaves_nothing(archive: Path, sample_shop: Shop, tmp_path: Path, after: int) -> None:
    def stop(done: int, _total: int = 0) -> None:
        if done >= after:
            raise Cancelled

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Cancelled):
        sample_shop.work.read(export_archive, folder / "a.zip", at=NOW, progress=stop)
    with pytest.raises(Cancelled):
        found_from_archive(folder / "new.shop", archive, progress=stop)
    assert list(folder.iterdir()) == []


def parts_of(archive: Path) -> Parts:
    with zipfile.ZipFile(archive) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def told_anew(parts: Parts, name: str, content: bytes, rows: int = 0) -> None:
    """Change a file and let the manifest believe it: what somebody would do who knows the format."""
    parts[name] = content
    manifest = json.loads(parts["manifest.json"])
    manifest["files"][name]["sha256"] = hashlib.sha256(content).hexdigest()
    manifest["files"][name]["rows"] += rows
    parts["manifest.json"] = json.dumps(manifest).encode()


def said_anew(parts: Parts, **facts: Any) -> None:
    parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | facts).encode()


def cut(parts: Parts) -> None:
    parts["sales.csv"] = parts["sales.csv"][:-20]


def missing(parts: Parts) -> None:
    del parts["sales.csv"]


def stranger(parts: Parts) -> None:
    parts["../../evil.csv"] = b"x"


def newer(parts: Parts) -> None:
    said_anew(parts, schema=99)


def no_number(parts: Parts) -> None:
    said_anew(parts, schema="x" * 1000)


def no_manifest(parts: Parts) -> None:
    del parts["manifest.json"]


def other_json(parts: Parts) -> None:
    parts["manifest.json"] = b"[" * 100_000


def no_files(parts: Parts) -> None:
    said_anew(parts, files={"sales.csv": None})


def bomb(parts: Parts) -> None:
    parts["staff.csv"] = b"0" * 80_000_000


def extra_column(parts: Parts) -> None:
    lines = parts["staff.csv"].split(b"\r\n")
    wider = [lines[0] + b",is_admin", *[line + b",1" for line in lines[1:] if line]]
    told_anew(parts, "staff.csv", b"\r\n".join(wider) + b"\r\n")


def extra_row(parts: Parts) -> None:
    told_anew(parts, "households.csv", parts["households.csv"] + b"1,x\r\n")


def words_for_numbers(parts: Parts) -> None:
    told_anew(parts, "households.csv", parts["households.csv"] + b"one,x\r\n", 1)


def no_such_role(parts: Parts) -> None:
    told_anew(parts, "staff.csv", parts["staff.csv"] + b"99,Eve,emperor,1\r\n", 1)


def no_such_moment(parts: Parts) -> None:
    told_anew(parts, "audit_entries.csv", parts["audit_entries.csv"] + b"999999,yesterday,1,a,b,\\N,batch,{}\r\n", 1)


def pointing_nowhere(parts: Parts) -> None:
    told_anew(parts, "customer_tags.csv", parts["customer_tags.csv"] + b"999999,888888,x\r\n", 1)


def too_large_a_number(parts: Parts) -> None:
    told_anew(parts, "households.csv", parts["households.csv"] + b"99999999999999999999,x\r\n", 1)


def no_text(parts: Parts) -> None:
    told_anew(parts, "households.csv", parts["households.csv"] + b"1,\xff\xfe\r\n", 1)


def points_from_nowhere(parts: Parts) -> None:
    text = parts["point_entries.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    column = rows[0].index("points")
    drawn = next(row for row in rows[1:] if int(row[column]) < 0)
    drawn[column] = str(int(drawn[column]) - 1_000_000)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\r\n").writerows(rows)
    told_anew(parts, "point_entries.csv", stream.getvalue().encode("utf-8-sig"))


@pytest.mark.parametrize(
    ("tamper", "refusal"),
    [
        (cut, ArchiveDamaged),
        (missing, ArchiveDamaged),
        (stranger, ArchiveDamaged),
        (newer, ArchiveOtherVersion),
        (no_number, ArchiveOtherVersion),
        (no_manifest, NotAnArchive),
        (other_json, ArchiveDamaged),
        (no_files, ArchiveDamaged),
        (bomb, ArchiveUnsafe),
        (extra_column, ArchiveDamaged),
        (extra_row, ArchiveDamaged),
        (words_for_numbers, ArchiveDamaged),
        (no_such_role, ArchiveDamaged),
        (no_such_moment, ArchiveDamaged),
        (pointing_nowhere, ArchiveDamaged),
        (too_large_a_number, ArchiveDamaged),
        (no_text, ArchiveDamaged),
        (points_from_nowhere, ArchiveUnsound),
    ],
)
def test_what_was_tampered_with_is_refused_and_leaves_nothing(
    archive: Path, tmp_path: Path, tamper: Callable[[Parts], None], refusal: type[ShopError]
) -> None:
    parts = parts_of(archive)
    tamper(parts)
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(refusal):
        found_from_archive(folder / "new.shop", bad, clock=lambda: NOW)
    assert list(folder.iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bad.zip", "out"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"name,phone\r\n", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_said_so(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(content)
    with pytest.raises(NotAnArchive):
        found_from_archive(tmp_path / "new.shop", bad)
    assert [one.name for one in tmp_path.iterdir()] == ["bad.zip"]
