"""How known people are found when a person decides it for the whole file."""

from pathlib import Path

import pytest

from app.services.transfer import undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts, written

HELD = "会员号,姓名,手机\nM1,王伟,13900139000\nM2,李娜,13700137000\nM3,李明,13700137000\n"


@pytest.fixture
def held(work: UnitOfWork, tmp_path: Path) -> UnitOfWork:
    bring(work, written(tmp_path, HELD, "held.csv"), "customers")
    return work


def test_by_phone_the_only_one_who_has_it_is_updated_and_keeps_the_name(held: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "姓名,手机,备注\n王太太,+86 139 0013 9000,常客\n")
    outcome = bring(held, source, "customers", known_by="phone")
    assert counts(outcome) == (0, 1, 0, 0, 0)
    assert dict(outcome.warnings) == {"found_by_phone": 1}
    assert asked(held, "SELECT name, note FROM customers WHERE id = 1") == [("王伟", "常客")]
    held.write(undo_batch, outcome.batch)
    assert asked(held, "SELECT note FROM customers WHERE id = 1") == [("",)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("李娜,13700137000,", "phone_shared"),
        ("赵敏,,", "no_phone"),
        ("王伟,13900139000,M2", "number_taken"),
        ("王伟,13900139000,M9", "number_taken"),
        ("赵敏,13500135000,M2", "number_taken"),
    ],
)
def test_by_phone_a_row_that_could_mean_another_is_rejected(
    held: UnitOfWork, tmp_path: Path, row: str, code: str
) -> None:
    outcome = bring(held, written(tmp_path, f"姓名,手机,会员号\n{row}\n"), "customers", known_by="phone")
    assert counts(outcome) == (0, 0, 0, 0, 1)
    assert (outcome.rejections[0].line, outcome.rejections[0].code) == (2, code)


def test_by_phone_a_family_in_the_file_is_not_one_person(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "姓名,手机\n李娜,13700137000\n李明,13700137000\n李娜,13700137000\n")
    outcome = bring(work, source, "customers", known_by="phone")
    assert counts(outcome) == (1, 0, 1, 0, 1)
    assert (outcome.rejections[0].line, outcome.rejections[0].code) == (3, "phone_shared")


def test_by_number_alone(held: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "会员号,姓名,手机\nM1,王大伟,13900139000\nM9,李娜,13700137000\n,王伟,13900139000\n")
    outcome = bring(held, source, "customers", known_by="number")
    assert counts(outcome) == (1, 1, 0, 0, 1)
    assert outcome.rejections[0].code == "no_number"
    assert asked(held, "SELECT name FROM customers WHERE external_id IN ('M1', 'M9') ORDER BY id") == [
        ("王大伟",),
        ("李娜",),
    ]


def test_always_new_never_finds_anybody_but_shares_no_number(held: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "会员号,姓名,手机\n,王伟,13900139000\n,王伟,13900139000\nM1,王伟,13900139000\n")
    outcome = bring(held, source, "customers", known_by="new")
    assert counts(outcome) == (2, 0, 0, 0, 1)
    assert (outcome.rejections[0].line, outcome.rejections[0].code) == (4, "number_taken")
