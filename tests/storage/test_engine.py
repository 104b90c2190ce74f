"""The engine's safeguards, each seen on the open file."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.bootstrap import Shop, open_shop
from app.storage.engine import APPLICATION_ID, is_sound, make_engine
from app.storage.errors import NewerShop, NotAShop, ShopDamaged, ShopMissing, storage_error
from app.storage.migrations import SCHEMA
from app.storage.schema import create_declared, statements
from app.storage.shop_file import ShopExists, create_file


def pragma(session: Session, name: str) -> object:
    return session.execute(text(f"PRAGMA {name}")).scalar()


def test_the_file_is_kept_as_the_experiments_demand(shop: Shop) -> None:
    with Session(shop.work.engine) as session:
        found = {
            name: pragma(session, name) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        marks = pragma(session, "application_id"), pragma(session, "user_version")
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    assert marks == (APPLICATION_ID, SCHEMA)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 50, 4), False),
        ((3, 51, 2), False),
        ((3, 44, 6), True),
        ((3, 50, 7), True),
        ((3, 51, 3), True),
    ],
)
def test_a_sqlite_with_the_wal_reset_bug_is_not_used(version: tuple[int, int, int], sound: bool) -> None:
    assert is_sound(version) is sound


def test_a_missing_file_is_never_made_by_opening(tmp_path: Path) -> None:
    path = tmp_path / "gone.shop"
    with pytest.raises(ShopMissing):
        open_shop(path)
    with pytest.raises(OperationalError) as caught, make_engine(path).connect():
        pass
    assert storage_error(caught.value) is not None
    assert not path.exists()


def test_a_new_shop_never_replaces_a_file(shop_path: Path) -> None:
    before = shop_path.read_bytes()
    with pytest.raises(ShopExists):
        create_file(shop_path, lambda engine: None)
    assert shop_path.read_bytes() == before


def spoil(data: bytes, kind: str) -> bytes:
    return {
        "empty": b"",
        "text": b"Name,Phone\n" * 40,
        "header": b"SQLite format 4\0" + data[16:],
        "truncated": data[: len(data) // 2],
        "newer": data[:60] + (SCHEMA + 1).to_bytes(4, "big") + data[64:],
        "foreign": data[:68] + (1).to_bytes(4, "big") + data[72:],
    }[kind]


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("empty", NotAShop),
        ("text", NotAShop),
        ("header", NotAShop),
        ("truncated", ShopDamaged),
        ("newer", NewerShop),
        ("foreign", NotAShop),
    ],
)
def test_a_file_that_is_no_sound_shop_is_refused_and_left_as_it_was(
    empty_shop_file: Path, tmp_path: Path, kind: str, refusal: type[Exception]
) -> None:
    path = tmp_path / "spoiled.shop"
    path.write_bytes(spoil(empty_shop_file.read_bytes(), kind))
    before = path.read_bytes()
    with pytest.raises(refusal):
        open_shop(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_migrations_make_what_the_mapped_classes_declare(shop: Shop, tmp_path: Path) -> None:
    declared = make_engine(tmp_path / "declared.shop", create=True)
    with declared.begin() as connection:
        create_declared(connection)
        golden = statements(connection)
    declared.dispose()
    with shop.work.engine.begin() as connection:
        migrated = statements(connection)
    assert sorted(map(squeezed, migrated)) == sorted(map(squeezed, golden))
    assert any("TRIGGER point_entries_no_update" in statement for statement in migrated)


def squeezed(statement: str) -> str:
    return " ".join(statement.split())


def test_every_table_is_strict(shop: Shop) -> None:
    with shop.work.engine.begin() as connection:
        loose = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
        ).scalars()
        assert set(loose) <= {"alembic_version", "sqlite_schema", "sqlite_sequence"}
