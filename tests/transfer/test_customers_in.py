"""A list of customers: found by number, or by name and phone together; what the file does not say stays."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.services import customers
from app.services.search import find
from app.services.transfer import undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

LIST = """
会员号,姓名,手机,微信,生日,性别,标签,地址,备注
M1,欧阳娜娜,138 0013 8000,nana,1990-05-02,女,"老客,茶友",文昌路 8 号,爱喝龙井
M2,王伟,13900139000,,农历八月十五,男,,,
"""


def test_a_card_is_filled_with_all_the_row_says(work: UnitOfWork, tmp_path: Path) -> None:
    assert counts(bring(work, written(tmp_path, LIST), "customers")) == (2, 0, 0, 0, 0)
    assert asked(
        work,
        "SELECT external_id, name, wechat, gender, birth_lunar, birth_year, birth_month, birth_day, note "
        "FROM customers",
    ) == [
        ("M1", "欧阳娜娜", "nana", "female", 0, 1990, 5, 2, "爱喝龙井"),
        ("M2", "王伟", "", "male", 1, None, 8, 15, ""),
    ]
    assert asked(work, "SELECT typed, e164, digits FROM customer_phones WHERE customer_id = 1") == [
        ("138 0013 8000", "+8613800138000", "13800138000")
    ]
    assert asked(work, "SELECT name FROM customer_tags ORDER BY id") == [("老客",), ("茶友",)]
    assert asked(work, "SELECT text FROM customer_addresses") == [("文昌路 8 号",)]
    assert [hit.title for hit in work.read(find, "ouyang")] == ["欧阳娜娜"]
    assert [hit.title for hit in work.read(find, "9000")] == ["王伟"]


def test_the_same_file_again_changes_nothing(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, LIST)
    bring(work, source, "customers")
    assert counts(bring(work, source, "customers")) == (0, 0, 2, 0, 0)


def test_only_what_the_file_says_is_changed(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, LIST), "customers")
    newer = written(tmp_path, "会员号,姓名,备注\nM1,欧阳娜娜,改喝红茶\nM2,王伟,", "newer.csv")
    assert counts(bring(work, newer, "customers")) == (0, 1, 1, 0, 0)
    assert asked(work, "SELECT note, wechat, version FROM customers WHERE id = 1") == [("改喝红茶", "nana", 2)]


def test_a_second_phone_is_added_and_the_first_one_stays(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, LIST), "customers")
    source = written(tmp_path, "会员号,姓名,手机,手机2\nM2,王伟,139-0013-9000,0514-87654321", "more.csv")
    assert counts(bring(work, source, "customers")) == (0, 1, 0, 0, 0)
    assert asked(work, "SELECT digits FROM customer_phones WHERE customer_id = 2 ORDER BY id") == [
        ("13900139000",),
        ("051487654321",),
    ]
    assert [hit.title for hit in work.read(find, "87654321")] == ["王伟"]


@pytest.mark.parametrize("row", ["李娜,13900139000", "王伟,13700137000"])
def test_an_equal_phone_or_name_alone_is_another_person(work: UnitOfWork, tmp_path: Path, row: str) -> None:
    bring(work, written(tmp_path, LIST), "customers")
    assert counts(bring(work, written(tmp_path, f"姓名,手机\n{row}", "other.csv"), "customers")) == (1, 0, 0, 0, 0)


def test_name_and_phone_together_are_the_same_person_and_take_the_number(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "姓名,手机\n王伟,13900139000"), "customers")
    source = written(tmp_path, "会员号,姓名,手机\nM9,王伟,+86 139 0013 9000", "numbered.csv")
    assert counts(bring(work, source, "customers")) == (0, 1, 0, 0, 0)
    assert asked(work, "SELECT external_id FROM customers") == [("M9",)]


def test_another_number_is_another_person_even_with_name_and_phone_equal(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "会员号,姓名,手机\nM1,王伟,13900139000\nM2,王伟,13900139000")
    assert counts(bring(work, source, "customers")) == (2, 0, 0, 0, 0)


def test_two_of_one_name_stay_two_and_are_known_again(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "姓名,备注\n王伟,\n王伟,")
    assert counts(bring(work, source, "customers")) == (2, 0, 0, 0, 0)
    assert counts(bring(work, source, "customers")) == (0, 0, 2, 0, 0)
    told_apart = written(tmp_path, "姓名,备注\n王伟,住南门", "apart.csv")
    assert counts(bring(work, told_apart, "customers")) == (1, 0, 0, 0, 0)


def test_one_person_twice_in_a_file_is_one_card(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "会员号,姓名,手机,备注\nM1,王伟,13900139000,\nM1,王伟,13900139000,常客")
    assert counts(bring(work, source, "customers")) == (1, 1, 0, 0, 0)
    assert asked(work, "SELECT note FROM customers") == [("常客",)]


def test_family_and_given_name_are_joined_as_each_language_does(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "First name,Last name,Phone\n小明,王,13900139000\nAnna,Li,13900139001")
    bring(work, source, "customers")
    assert asked(work, "SELECT name FROM customers ORDER BY id") == [("王小明",), ("Anna Li",)]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("王伟,1.38E+10,1990-05-02", "scientific", "手机"),
        ("王伟,13900139000,去年春天", "not_a_birthday", "生日"),
        ("王伟,13900139000,1990-02-31", "no_such_date", "生日"),
        (",,1990-02-01", "no_name", "姓名"),
    ],
)
def test_a_row_is_rejected_loudly(work: UnitOfWork, tmp_path: Path, row: str, code: str, column: str) -> None:
    outcome = bring(work, written(tmp_path, f"姓名,手机,生日\n李娜,13700137000,1990-01-01\n{row}"), "customers")
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert (outcome.rejections[0].line, outcome.rejections[0].code, outcome.rejections[0].column) == (3, code, column)


def test_numbers_of_a_spreadsheet_are_phones_and_ids(work: UnitOfWork, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("会员号", "姓名", "手机"), (17850, "王伟", 13900139000), ("001", "李娜", "13700137000")):
        sheet.append(row)
    source = tmp_path / "people.xlsx"
    book.save(source)
    assert counts(bring(work, source, "customers")) == (2, 0, 0, 0, 0)
    assert asked(work, "SELECT external_id FROM customers ORDER BY id") == [("17850",), ("001",)]
    assert asked(work, "SELECT e164 FROM customer_phones ORDER BY id") == [("+8613900139000",), ("+8613700137000",)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(work: UnitOfWork, tmp_path: Path, encoding: str) -> None:
    assert counts(bring(work, written(tmp_path, LIST, encoding=encoding), "customers")) == (2, 0, 0, 0, 0)
    assert asked(work, "SELECT name FROM customers WHERE id = 1") == [("欧阳娜娜",)]


def test_taking_back_restores_what_was_changed_and_removes_what_was_added(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, LIST), "customers")
    before = asked(work, "SELECT name, sort_key, note, birth_day FROM customers")
    newer = "会员号,姓名,手机,生日,备注,标签\nM1,欧阳娜,13600136000,1990-05-03,新备注,贵客\nM3,陈静,13500135000,,,"
    outcome = bring(work, written(tmp_path, newer, "newer.csv"), "customers")
    assert counts(outcome) == (1, 1, 0, 0, 0)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert answer.kept == ()
    assert asked(work, "SELECT name, sort_key, note, birth_day FROM customers") == before
    assert asked(work, "SELECT digits FROM customer_phones") == [("13800138000",), ("13900139000",)]
    assert asked(work, "SELECT count(*) FROM customer_tags") == [(2,)]
    assert work.read(find, "陈静") == []
    assert [hit.title for hit in work.read(find, "欧阳娜娜")] == ["欧阳娜娜"]


def test_what_an_old_member_says_in_a_file_is_fresh_from_its_day(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(
        tmp_path, "会员号,姓名,手机,入会日期,来源\nV1,王伟,13800138000,2015-03-01,路过\nV2,李娜,13900139000,,"
    )
    bring(work, source, "customers")
    checks = "SELECT customer_id, field, checked_on FROM field_checks ORDER BY customer_id, field"
    today = "2026-11-23"
    assert asked(work, checks) == [(1, "name", today), (1, "phone", today), (1, "source", today)]
    seen = work.read(customers.card, 1, NOW.date())
    assert (seen.completeness.share, seen.completeness.stale) == (55, False)
    later = written(tmp_path, "会员号,姓名,微信\nV1,王伟,wang88\nV2,李娜,", "later.csv")
    assert counts(bring(work, later, "customers")) == (0, 1, 1, 0, 0)
    assert (1, "wechat", today) in asked(work, checks)


def test_taking_an_import_back_takes_its_checks_back(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "会员号,姓名,入会日期\nV1,王伟,2015-03-01"), "customers")
    work.write(customers.confirm_field, 1, "wechat", on=date(2020, 1, 1))
    checks = "SELECT field, checked_on FROM field_checks ORDER BY field"
    before = asked(work, checks)
    outcome = bring(work, written(tmp_path, "会员号,姓名,微信,来源\nV1,王伟,wang88,路过", "late.csv"), "customers")
    assert dict(asked(work, checks)) == dict(before) | {"wechat": "2026-11-23", "source": "2026-11-23"}
    work.write(undo_batch, outcome.batch)
    assert asked(work, checks) == before
