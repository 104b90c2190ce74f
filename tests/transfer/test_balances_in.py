"""Opening balances: what customers held before, brought along once, with its last day, and taken back whole."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.domain.rewards.kinds import PlanKind
from app.services import customers, duplicates, loyalty, member_cards, rewards, till
from app.services.customers import CustomerDraft, Labelled
from app.services.transfer import guess_kind, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

FILE = """
姓名,手机,积分,有效期,等级,等级有效期,储值余额,赠送余额,赠送到期日,卡种,剩余次数
张三,13800138000,500,2027-03-31,VIP,2027-06-30,200.50,20,2027-01-31,十次洗车,7
李四,13900139000,"1,200",,普通,,,,,,
李四,13900139000,300,2026-12-31,,,,,,,
"""
TODAY = date(2026, 11, 23)


@pytest.fixture
def people(work: UnitOfWork) -> dict[str, int]:
    drafts = [("张三", "13800138000"), ("李四", "13900139000"), ("王五", "13700137000")]
    made = {
        name: work.write(customers.add, CustomerDraft(name=name, phones=(Labelled(phone),)), at=NOW)[0]
        for name, phone in drafts
    }
    visits = rewards.PlanDraft(kind=PlanKind.VISITS, name="十次洗车", price=30_000, units=10)
    work.write(rewards.add_plan, visits)
    return made


def lots(work: UnitOfWork, person: int) -> list[tuple[int, date | None]]:
    return [(lot.remaining, lot.expires_on) for lot in work.read(loyalty.holding, person).lots]


def state(work: UnitOfWork) -> list[object]:
    """The sums of every ledger."""
    return [
        asked(work, f"SELECT customer_id, sum({units}) FROM {ledger} GROUP BY 1 HAVING sum({units}) <> 0")
        for ledger, units in (("point_entries", "points"), ("stored_entries", "units"), ("visit_entries", "units"))
    ]


def test_each_row_is_a_lot_and_each_balance_its_own_ledger(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    outcome = bring(work, written(tmp_path, FILE), "points")
    assert counts(outcome) == (3, 0, 0, 0, 0)
    assert lots(work, people["张三"]) == [(500, date(2027, 3, 31))]
    # without a last day: as what is earned today, to the end of the twelfth month after it
    assert lots(work, people["李四"]) == [(300, date(2026, 12, 31)), (1_200, date(2027, 11, 30))]
    held = work.read(rewards.stored, people["张三"], TODAY)
    assert (held.principal, held.bonus) == (20_050, 2_000)
    (given,) = work.read(loyalty.given_tiers, people["张三"], TODAY)
    assert (given.code, given.until, given.reason, given.holds) == ("vip", date(2027, 6, 30), "file.csv", True)
    assert work.read(loyalty.standing, people["张三"], TODAY).tier.code == "vip"
    assert asked(work, "SELECT units, move FROM visit_entries") == [(7, "opening")]
    (row, *_) = work.read(loyalty.ledger, people["张三"])
    assert (row.kind.value, row.reason) == ("adjust", "file.csv")


def test_the_whole_list_is_one_line_of_the_trail_and_so_is_its_way_back(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    told = "SELECT table_name, kind FROM audit_entries WHERE id > "
    before = asked(work, "SELECT max(id) FROM audit_entries")[0][0]
    batch = bring(work, written(tmp_path, FILE), "points").batch
    assert asked(work, f"{told} {before}") == [("import_batches", "batch")]
    work.write(undo_batch, batch, at=NOW)
    assert asked(work, f"{told} {before}") == [("import_batches", "batch")] * 2


def test_the_same_file_adds_nothing_and_a_longer_one_only_what_is_new(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    bring(work, written(tmp_path, FILE), "points")
    before = state(work)
    assert counts(bring(work, written(tmp_path, FILE, "again.csv"), "points")) == (0, 0, 3, 0, 0)
    assert state(work) == before
    longer = FILE + "李四,13900139000,300,2026-12-31,,,,,,,\n王五,13700137000,9,,,,,,,,\n"
    assert counts(bring(work, written(tmp_path, longer), "points")) == (2, 0, 3, 0, 0)
    assert Counter(lots(work, people["李四"]))[(300, date(2026, 12, 31))] == 2


def test_the_same_file_adds_nothing_once_two_of_its_people_are_one(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    source = written(tmp_path, "姓名,手机,积分\n张三,13800138000,500\n李四,13900139000,500\n")
    bring(work, source, "points")
    work.write(duplicates.merge, people["张三"], people["李四"], at=NOW)
    assert counts(bring(work, source, "points")) == (0, 0, 2, 0, 0)
    assert work.read(loyalty.balance, people["张三"]) == 1_000


def test_an_import_is_taken_back_and_may_come_again(work: UnitOfWork, people: dict[str, int], tmp_path: Path) -> None:
    source = written(tmp_path, FILE)
    first = bring(work, source, "points")
    done, _ = work.write(undo_batch, first.batch, at=NOW)
    assert (done.removed, done.kept, state(work)) == (8, (), [[], [], []])
    assert work.read(loyalty.standing, people["张三"], TODAY).tier.code == "potential"
    second = bring(work, source, "points")
    assert counts(second) == (3, 0, 0, 0, 0)
    assert work.read(loyalty.balance, people["李四"]) == 1_500
    assert counts(bring(work, source, "points")) == (0, 0, 3, 0, 0)
    work.write(undo_batch, second.batch, at=NOW)
    assert state(work) == [[], [], []]


def test_what_was_used_since_stays_and_is_told(work: UnitOfWork, people: dict[str, int], tmp_path: Path) -> None:
    outcome = bring(work, written(tmp_path, FILE), "points")
    line = till.TicketLine(None, 1_000, 100_0000)
    work.write(till.sell, till.Ticket(people["张三"], (line,), points=100), operation_id="sale", at=NOW)
    done, _ = work.write(undo_batch, outcome.batch, at=NOW)
    assert [(kept.kind, kept.title) for kept in done.kept] == [("customer", "张三")]
    assert work.read(loyalty.balance, people["李四"]) == 0
    assert lots(work, people["张三"])[0] == (400, date(2027, 3, 31))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("张三,13800138000,-5,,,,,,,,", "balance_below_zero"),
        ("张三,13800138000,1.5,,,,,,,,", "not_a_number"),
        ("张三,13800138000,5,2026-11-22,,,,,,,", "over_already"),
        ("张三,13800138000,,,钻石,,,,,,", "tier_unknown"),
        ("张三,13800138000,,,VIP,2020-01-01,,,,,", "over_already"),
        ("张三,13800138000,,,,,1.005,,,,", "not_a_number"),
        ("张三,13800138000,,,,,,,,没有的卡,3", "plan_unknown"),
        ("赵六,13600136000,5,,,,,,,,", "who_unknown"),
        (",,5,,,,,,,,", "no_customer"),
        ("张三,13800138000,9999999999999999,,,,,,,,", "out_of_range"),
    ],
)
def test_a_row_that_cannot_be_is_rejected_with_its_reason_and_nothing_of_it_stays(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path, row: str, code: str
) -> None:
    outcome = bring(work, written(tmp_path, FILE.strip().splitlines()[0] + "\n" + row), "points")
    assert [one.code for one in outcome.rejections] == [code]
    assert counts(outcome) == (0, 0, 0, 0, 1) and state(work) == [[], [], []]


def test_rows_without_a_balance_are_skipped_and_the_lowest_tier_is_no_gift(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    source = written(tmp_path, "姓名,手机,积分,等级\n张三,13800138000,0,\n王五,,,潜在")
    assert counts(bring(work, source, "points")) == (0, 0, 0, 2, 0)


def test_a_member_card_tells_whose_it_is_and_a_spreadsheet_is_read_as_well(
    work: UnitOfWork, people: dict[str, int], tmp_path: Path
) -> None:
    number = work.write(member_cards.issue, people["王五"], "6688 0001", at=NOW)[0]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["会员卡号", "积分", "积分到期日"], [number, 88, date(2027, 5, 31)], ["nobody1", 5, None]):
        sheet.append(row)
    book.save(tmp_path / "points.xlsx")
    assert guess_kind(tmp_path / "points.xlsx").value == "points"
    outcome = bring(work, tmp_path / "points.xlsx", "points")
    assert counts(outcome) == (1, 0, 0, 0, 1)
    assert lots(work, people["王五"]) == [(88, date(2027, 5, 31))]


def test_a_list_of_people_with_points_is_still_a_list_of_people(tmp_path: Path) -> None:
    assert guess_kind(written(tmp_path, "姓名,手机,积分,等级,余额\n张三,13800138000,5,VIP,3")).value == "customers"


def test_what_is_owed_is_paid_out_of_what_comes_along(work: UnitOfWork, people: dict[str, int], tmp_path: Path) -> None:
    bring(work, written(tmp_path, "姓名,手机,积分\n王五,13700137000,40"), "points")
    person = people["王五"]
    line = till.TicketLine(None, 1_000, 100_0000)
    done, _ = work.write(till.sell, till.Ticket(person, (line,)), operation_id="a", at=NOW)
    work.write(till.sell, till.Ticket(person, (line,), points=100), operation_id="b", at=NOW)
    work.write(till.void_sale, done.sale_id, operation_id="v", at=NOW)
    before = work.read(loyalty.balance, person)
    bring(work, written(tmp_path, "姓名,手机,积分\n王五,13700137000,70", "more.csv"), "points")
    held = work.read(loyalty.holding, person)
    assert (held.balance, held.debt) == (before + 70, 0)
