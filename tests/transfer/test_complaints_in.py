"""A log of complaints comes in: states and their history, whose each is, and the same file again adds nothing."""

import csv
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.complaints import ComplaintState, Severity
from app.services import complaints
from app.services.complaints import By, Cause, ComplaintDraft, Days
from app.services.search import find
from app.services.transfer import export_table, hand_over, inspect_file, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

REAL = pytest.mark.real_data


@pytest.fixture
def sample(shared_data: Path) -> Path:
    return shared_data / "complaints" / "cfpb_2016-09_sample.csv"


@REAL
def test_a_public_complaint_log_maps_without_hand_work(sample: Path) -> None:
    plan = inspect_file(sample, "complaints")
    said = {field: plan.header(column) for field, column in plan.columns.items()}
    assert plan.missing == ()
    assert plan.date_order == "mdy"
    assert said["number"] == "Complaint ID"
    assert (said["moment"], said["answered_on"]) == ("Date received", "Date sent to company")
    assert (said["kind"], said["subject"], said["detail"]) == ("Product", "Issue", "Sub-issue")
    assert (said["state"], said["channel"]) == ("Company response to consumer", "Submitted via")


@REAL
def test_a_public_complaint_log_comes_in_whole_and_once(work: UnitOfWork, sample: Path) -> None:
    outcome = bring(work, sample, "complaints")
    assert counts(outcome) == (349, 0, 0, 0, 0)
    days = [date.fromisoformat(day) for (day,) in asked(work, "SELECT shop_day FROM complaints")]
    assert (min(days), max(days)) == (date(2016, 9, 12), date(2016, 9, 17))
    states = dict(asked(work, "SELECT state, count(*) FROM complaints GROUP BY state"))
    assert states == {"open": 69, "closed": 280}
    first = asked(work, "SELECT number, words, category, channel FROM complaints ORDER BY id LIMIT 1")
    said = "Credit reporting company's investigation · Investigation took too long"
    assert first == [(2105582, said, "Credit reporting", "Web")]
    again = bring(work, sample, "complaints")
    assert counts(again) == (0, 0, 349, 0, 0)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert (answer.removed, answer.kept) == (349, ())
    assert asked(work, "SELECT count(*) FROM complaints") == asked(work, "SELECT count(*) FROM complaint_events")
    assert counts(bring(work, sample, "complaints")) == (349, 0, 0, 0, 0)


@REAL
def test_a_public_complaint_log_is_learned_from(work: UnitOfWork, sample: Path) -> None:
    """What the page of what complaints teach shows of it is what the file says, told apart by product and by way in."""
    bring(work, sample, "complaints")
    day = date(2016, 9, 17)
    learned = work.read(complaints.learned, Days(day - timedelta(days=29), day), at=datetime(2016, 9, 18, tzinfo=UTC))
    with sample.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    by_product = Counter(Cause(row["Product"], found=False) for row in rows)
    assert {bar.key: bar.weight for bar in learned.bars[By.CAUSE]} == by_product
    assert learned.bars[By.CAUSE][0].weight == max(by_product.values())
    assert learned.bars[By.CAUSE][-1].so_far == 1
    known = {"Phone": "call", "Postal mail": "letter"}
    ways = Counter(known.get(row["Submitted via"], row["Submitted via"]) for row in rows)
    assert {bar.key: bar.weight for bar in learned.bars[By.CHANNEL]} == ways
    assert [month.per_hundred for month in learned.months if month.ids] == [None], "nothing was sold here"
    assert (len(learned.ids), learned.cost) == (349, 0)
    paid = work.read(complaints.payback, day)
    assert (paid.groups, paid.nameless) == ((), 349)


LOG = """
    编号,投诉时间,会员号,姓名,手机,投诉类别,严重程度,投诉内容,处理状态,解决时间,满意度,店员
    7,2026-05-01 10:00,V1,王伟,,服务,严重,等了半小时,已关闭,2026-05-03 09:30,4,
    TS-9,2026-05-02,,李娜,13900139000,包装,,盒子破了,处理中,,,小赵
    ,2026-05-03,,,,商品,,茶叶受潮,已解决,2026-05-04,,
    8,2026-05-04,,,,,,,,,,
    9,,,,,商品,,没有日期,,,,
    10,2026-05-05,,,,商品,,太贵,不知道,,9,
"""


def test_states_become_a_history_and_numbers_stay(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "会员号,姓名\nV1,王伟", "people.csv"), "customers")
    source = written(tmp_path, LOG)
    outcome = bring(work, source, "complaints")
    assert counts(outcome) == (3, 0, 0, 0, 3)
    why = [(one.line, one.code) for one in outcome.rejections]
    assert why == [(5, "nothing_said"), (6, "no_date"), (7, "out_of_range")]
    told = {code: outcome.warnings[code] for code in ("customers_made", "staff_unknown", "words_unknown")}
    assert told == {"customers_made": 1, "staff_unknown": 1, "words_unknown": 1}
    cases = asked(
        work, "SELECT number, customer_id, category, severity, state, satisfaction FROM complaints ORDER BY id"
    )
    assert cases == [
        (7, 1, "service", "severe", "closed", 4),
        (8, 2, "包装", "minor", "open", None),
        (9, None, "product", "minor", "resolved", None),
    ]
    events = asked(work, "SELECT complaint_id, state, substr(at, 1, 16), note FROM complaint_events ORDER BY id")
    assert events == [
        (1, "open", "2026-05-01T02:00", ""),
        (1, "resolved", "2026-05-03T01:30", ""),
        (1, "closed", "2026-05-03T01:30", ""),
        (2, "open", "2026-05-02T04:00", "TS-9"),
        (3, "open", "2026-05-03T04:00", ""),
        (3, "resolved", "2026-05-04T04:00", ""),
    ]
    assert work.read(complaints.next_number) == 10
    assert counts(bring(work, source, "complaints")) == (0, 0, 3, 0, 3)


def test_a_case_that_went_on_since_stays_when_the_import_is_taken_back(work: UnitOfWork, tmp_path: Path) -> None:
    outcome = bring(work, written(tmp_path, LOG), "complaints")
    work.write(complaints.move, 2, ComplaintState.RESOLVED, NOW)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert [(one.kind, one.title) for one in answer.kept] == [("complaint", "盒子破了"), ("customer", "李娜")]
    assert asked(work, "SELECT complaint_id, state FROM complaint_events ORDER BY id") == [(2, "open"), (2, "resolved")]
    assert work.read(find, "茶叶受潮") == []


@pytest.mark.parametrize(("ending", "language"), [(".csv", "zh_CN"), (".xlsx", "en")])
def test_our_own_file_adds_nothing_where_it_came_from(
    work: UnitOfWork, tmp_path: Path, ending: str, language: str
) -> None:
    bring(work, written(tmp_path, LOG), "complaints")
    work.write(complaints.log, ComplaintDraft(words="by hand", category="wait", severity=Severity.SERIOUS), NOW)
    target = tmp_path / f"log{ending}"
    work.write(hand_over, work.read(export_table, "complaints", target, language=language))
    assert counts(bring(work, target, "complaints")) == (0, 0, 4, 0, 0)
