"""A later file moves the cases it knows; our own file comes back as it went, with its whole history."""

import csv
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.bootstrap import found_shop, open_shop
from app.domain.complaints import MOVES, ComplaintState, Severity
from app.domain.remedies import RemedyKind
from app.services import complaints, products
from app.services.complaints import ComplaintDraft, RemedyDraft, kept_clocks
from app.services.transfer import export_table, hand_over, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
FIRST = """
    编号,投诉时间,姓名,手机,投诉类别,投诉内容,处理状态,答复时间,满意度
    7,2026-05-01 10:00,王伟,13900139000,服务,等了半小时,处理中,,
    8,2026-05-02 10:00,王伟,13900139000,商品,盒子破了,等待,2026-05-02 12:00,
    9,2026-05-03 10:00,,,商品,受潮了,已关闭,2026-05-04 10:00,4
"""
LATER = """
    编号,投诉时间,姓名,手机,投诉类别,投诉内容,处理状态,解决时间,满意度
    7,2026-05-01 10:00,王伟,13900139000,服务,等了半小时,已关闭,2026-05-06 09:30,5
    8,2026-05-02 10:00,王伟,13900139000,商品,盒子破了,已解决,2026-05-07 09:30,
    9,2026-05-03 10:00,,,商品,受潮了,处理中,,
"""


def states(work: UnitOfWork) -> Sequence[Any]:
    return asked(work, "SELECT number, state, satisfaction FROM complaints ORDER BY number")


def drift(work: UnitOfWork) -> list[int]:
    with Session(work.engine) as session:
        return kept_clocks.drift(session)


def test_a_later_file_moves_what_it_knows_with_its_own_days_and_never_back(work: UnitOfWork, tmp_path: Path) -> None:
    first, later = written(tmp_path, FIRST, "a.csv"), written(tmp_path, LATER, "b.csv")
    assert counts(bring(work, first, "complaints")) == (3, 0, 0, 0, 0)
    moved = bring(work, later, "complaints")
    assert counts(moved) == (0, 2, 1, 0, 0)
    assert states(work) == [(7, "closed", 5), (8, "resolved", None), (9, "closed", 4)]
    events = asked(
        work, "SELECT complaint_id, state, substr(at, 1, 16) FROM complaint_events ORDER BY complaint_id, id"
    )
    assert events[:3] == [
        (1, "open", "2026-05-01T02:00"),
        (1, "resolved", "2026-05-06T01:30"),
        (1, "closed", "2026-05-06T01:30"),
    ]
    assert counts(bring(work, later, "complaints")) == (0, 0, 3, 0, 0)
    assert counts(bring(work, first, "complaints")) == (0, 0, 3, 0, 0)
    assert drift(work) == []
    work.write(undo_batch, moved.batch)
    assert states(work) == [(7, "open", None), (8, "waiting", None), (9, "closed", 4)]
    assert work.read(complaints.case, 1, NOW).card.state is OPEN
    assert drift(work) == []
    assert counts(bring(work, later, "complaints")) == (0, 2, 1, 0, 0)


def test_what_the_shop_did_since_stands_against_an_old_file(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, LATER)
    bring(work, source, "complaints")
    work.write(complaints.move, 1, OPEN, NOW)
    assert counts(bring(work, source, "complaints")) == (0, 0, 3, 0, 0)
    assert work.read(complaints.case, 1, NOW).card.state is OPEN


def test_a_case_that_went_on_since_stays_when_the_later_file_is_taken_back(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, FIRST, "a.csv"), "complaints")
    moved = bring(work, written(tmp_path, LATER, "b.csv"), "complaints")
    work.write(complaints.move, 2, CLOSED, NOW, satisfaction=5)
    answer, _ = work.write(undo_batch, moved.batch)
    assert [(one.kind, one.title) for one in answer.kept] == [("complaint", "盒子破了")]
    assert states(work) == [(7, "open", None), (8, "closed", 5), (9, "closed", 4)]
    assert drift(work) == []


# there and back

SAID = st.text(st.sampled_from("=+-@'\"a,;\n王 é0"), min_size=1, max_size=12).filter(str.strip)
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 90_000), SAID | st.just("")), max_size=6)
CASES = st.lists(st.tuples(SAID, SAID | st.just(""), st.sampled_from(Severity), STEPS), min_size=1, max_size=4)
TOLD = (
    "SELECT number, opened_at, shop_day, category, severity, channel, words, wish, remedy, state, satisfaction "
    "FROM complaints ORDER BY number",
    "SELECT k.number, e.at, e.state, e.note FROM complaint_events e JOIN complaints k ON k.id = e.complaint_id "
    "ORDER BY e.at, e.id",
)


@pytest.fixture
def other(tmp_path: Path) -> UnitOfWork:
    found_shop(tmp_path / "other.shop", name="Other", currency="CNY", timezone="Asia/Shanghai", clock=lambda: NOW)
    return open_shop(tmp_path / "other.shop", clock=lambda: NOW).work


@hypothesis_settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CASES, st.sampled_from([".csv", ".xlsx"]), st.sampled_from(["zh_CN", "en"]))
def test_a_log_goes_out_and_comes_in_the_same(
    work: UnitOfWork,
    other: UnitOfWork,
    tmp_path: Path,
    told: list[tuple[str, str, Severity, list[tuple[int, int, str]]]],
    ending: str,
    language: str,
) -> None:
    for words, wish, severity, steps in told:
        at = NOW - timedelta(days=30)
        draft = ComplaintDraft("product", severity, words, wish=wish)
        case, _ = work.write(complaints.log, draft, at)
        for which, seconds, note in steps:
            at += timedelta(seconds=seconds, milliseconds=seconds % 1000)
            state = work.read(complaints.case, case, at).card.state
            to = sorted(MOVES[state])[which % len(MOVES[state])]
            answer = which + 2 if to is CLOSED else None
            work.write(complaints.move, case, to, at, note=note, satisfaction=answer)
    target = tmp_path / f"log{ending}"
    work.write(hand_over, work.read(export_table, "complaints", target, language=language))
    bring(other, target, "complaints")
    for statement in TOLD:
        assert asked(other, statement) == asked(work, statement)
    assert counts(bring(other, target, "complaints"))[:2] == (0, 0)


def told_file(tmp_path: Path, name: str, state: str, *steps: str) -> Path:
    """A file of one case with its whole history, as our own is."""
    target = tmp_path / name
    with target.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["编号", "投诉时间", "投诉类别", "投诉内容", "处理状态", "处理经过"])
        out.writerow(["7", "2026-05-01 10:00:00+08:00", "服务", "等了半小时", state, "\n".join(steps)])
    return target


OPENED = "2026-05-01 10:00:00+08:00 · 待处理"


def test_a_file_whose_case_was_opened_again_lifts_no_brake(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, told_file(tmp_path, "a.csv", "待处理", OPENED), "complaints")
    steps = (OPENED, "2026-05-02 10:00:00+08:00 · 已解决", "2026-05-03 10:00:00+08:00 · 已关闭")
    again = told_file(tmp_path, "b.csv", "待处理", *steps, "2026-05-04 10:00:00+08:00 · 待处理")
    assert counts(bring(work, again, "complaints")) == (0, 0, 1, 0, 0)
    assert states(work) == [(7, "open", None)]
    solved = told_file(
        tmp_path,
        "c.csv",
        "已解决",
        *steps,
        "2026-05-04 10:00:00+08:00 · 待处理",
        "2026-05-05 10:00:00+08:00 · 已解决",
    )
    assert counts(bring(work, solved, "complaints")) == (0, 1, 0, 0, 0)
    assert states(work) == [(7, "resolved", None)]
    told = [event.state for event in work.read(complaints.case, 1, NOW).events]
    assert told == [OPEN, RESOLVED]
    assert drift(work) == []


def test_a_file_from_before_the_shop_opened_a_case_again_does_not_close_it(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, told_file(tmp_path, "a.csv", "待处理", OPENED), "complaints")
    work.write(complaints.move, 1, RESOLVED, NOW - timedelta(days=20))
    work.write(complaints.move, 1, OPEN, NOW - timedelta(days=10))
    closed = (OPENED, "2026-05-02 10:00:00+08:00 · 已解决", "2026-05-03 10:00:00+08:00 · 已关闭")
    assert counts(bring(work, told_file(tmp_path, "b.csv", "已关闭", *closed), "complaints")) == (0, 0, 1, 0, 0)
    assert states(work) == [(7, "open", None)]


def spots(work: UnitOfWork) -> Sequence[Any]:
    return asked(work, "SELECT number, on_the_spot FROM complaints ORDER BY number")


def test_solved_on_the_spot_comes_back_as_it_went(work: UnitOfWork, other: UnitOfWork, tmp_path: Path) -> None:
    work.write(complaints.log, ComplaintDraft("product", Severity.MINOR, "Chipped", on_the_spot=True), NOW)
    work.write(complaints.log, ComplaintDraft("product", Severity.MINOR, "Stale"), NOW)
    before, after = tmp_path / "before.csv", tmp_path / "after.csv"
    work.write(hand_over, work.read(export_table, "complaints", before, language="en"))
    work.write(complaints.move, 2, RESOLVED, NOW + timedelta(minutes=20))
    work.write(hand_over, work.read(export_table, "complaints", after, language="en"))
    bring(other, before, "complaints")
    assert spots(other) == [(1, 1), (2, 0)]
    moved = bring(other, after, "complaints")
    assert spots(other) == spots(work) == [(1, 1), (2, 1)]
    other.write(undo_batch, moved.batch)
    assert spots(other) == [(1, 1), (2, 0)]


def test_a_day_without_a_time_of_solving_is_no_solving_on_the_spot(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, LATER), "complaints")
    assert {spot for _, spot in spots(work)} == {0}


def test_what_was_found_out_later_goes_along(work: UnitOfWork, other: UnitOfWork, tmp_path: Path) -> None:
    for shop in (other, work):
        tea, _ = shop.write(products.add, products.ProductDraft("Tie Guan Yin"))
        own, _ = shop.write(complaints.add_cause, "Wrong label")
    draft = ComplaintDraft("product", Severity.MINOR, "Stale", product_id=tea)
    case, _ = work.write(complaints.log, draft, NOW)
    code = {row.id: row.code for row in work.read(complaints.causes)}[own]
    version, _ = work.write(complaints.say_cause, case, complaints.CauseDraft(code, "Two looks"), version=1)
    work.write(complaints.assign, case, 1, version=version)
    second, _ = work.write(complaints.log, draft, NOW)
    work.write(complaints.say_cause, second, complaints.CauseDraft("packing"), version=1)
    for place, kind in enumerate((RemedyKind.DISCOUNT, RemedyKind.APOLOGY)):
        given = RemedyDraft(kind, note="next time")
        work.write(complaints.give_remedy, case, given, operation_id=f"op{place}", at=NOW)
    work.write(complaints.undo_remedy, "op1", operation_id="back")
    target = tmp_path / "log.csv"
    work.write(hand_over, work.read(export_table, "complaints", target, language="zh_CN"))
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["补救"] for row in rows] == ["打折 · next time", ""]
    assert [row["根本原因"] for row in rows] == ["Wrong label", "包装配送"]
    bring(other, target, "complaints")
    told = other.read(complaints.case, 1, NOW)
    assert told.product is not None
    assert (told.product.name, told.assignee_id, told.cause.name) == ("Tie Guan Yin", 1, "Wrong label")
    assert told.cause.prevention == "Two looks"
    assert other.read(complaints.case, 2, NOW).cause.code == "packing"


# the public sample

REAL = pytest.mark.real_data


@REAL
def test_the_public_sample_has_the_counts_of_its_file(work: UnitOfWork, shared_data: Path, tmp_path: Path) -> None:
    """By product and by response, counted in the file by hand, as the spreadsheet would."""
    source = shared_data / "complaints" / "cfpb_2016-09_sample.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    bring(work, source, "complaints")
    products = Counter(row["Product"] for row in rows)
    assert dict(asked(work, "SELECT category, count(*) FROM complaints GROUP BY category")) == products
    still_open = {"In progress", "Untimely response"} & {row["Company response to consumer"] for row in rows}
    responses = Counter(row["Company response to consumer"] for row in rows)
    closed = sum(count for response, count in responses.items() if response.startswith("Closed"))
    assert (len(rows), closed, len(rows) - closed) == (349, 280, 69)
    by_state = dict(asked(work, "SELECT state, count(*) FROM complaints GROUP BY state"))
    assert by_state == {"closed": closed, "open": len(rows) - closed}
    assert still_open
    days = Counter(datetime.strptime(row["Date received"], "%m/%d/%Y").date().isoformat() for row in rows)
    assert (min(days), max(days)) == ("2016-09-12", "2016-09-17")
    assert dict(asked(work, "SELECT shop_day, count(*) FROM complaints GROUP BY shop_day")) == days
    by_number = {int(row["Complaint ID"]): row["Company response to consumer"] for row in rows}
    held = Counter(
        by_number[number] for (number,) in asked(work, "SELECT number FROM complaints WHERE state = 'closed'")
    )
    assert held == Counter({said: count for said, count in responses.items() if said.startswith("Closed")})


@REAL
def test_a_later_public_file_closes_its_cases(work: UnitOfWork, shared_data: Path, tmp_path: Path) -> None:
    """The same file a year on: what was in progress is closed with explanation."""
    source = shared_data / "complaints" / "cfpb_2016-09_sample.csv"
    bring(work, source, "complaints")
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row["Company response to consumer"].startswith("Closed"):
            row["Company response to consumer"] = "Closed with explanation"
    later = tmp_path / "later.csv"
    with later.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0])
        out.writeheader()
        out.writerows(rows)
    assert counts(bring(work, later, "complaints")) == (0, 69, 280, 0, 0)
    assert asked(work, "SELECT count(*) FROM complaints WHERE state <> 'closed'") == [(0,)]
    assert counts(bring(work, later, "complaints")) == (0, 0, 349, 0, 0)
