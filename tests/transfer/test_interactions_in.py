"""A log of contacts comes in: whose each is, in words of the shop; the same row again adds nothing."""

from pathlib import Path

import pytest

from app.domain.interactions import Channel
from app.services import interactions
from app.services.interactions import ContactDraft
from app.services.transfer import export_table, guess_kind, hand_over, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

PEOPLE = """
    会员号,姓名,手机
    V1,王伟,13800138000
    V2,李娜,13900139000
    V3,李娜,13900139003
    V4,陈静,13900139000
"""
LOG = """
    会员号,姓名,手机,联系时间,方式,方向,目的,联系上,内容
    V1,,,2026-05-01 10:30,电话,我们联系,推销,是,新茶到了
    ,李娜,13900139000,2026-05-02,微信,呼入,,否,没接
    ,王伟,,2026-05-03,信鸽,,,,收到贺卡
    ,李娜,,2026-05-04,电话,,,,哪一位？
    ,孙权,,2026-05-04,电话,,,,不认识
    V9,赵云,13700137000,2026-05-05,到店,,,,新来的
    V1,,,,电话,,,,没有日期
    ,,,2026-05-06,电话,,,,没有人
"""


@pytest.fixture
def people(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, PEOPLE, "people.csv"), "customers")


def test_contacts_find_whose_they_are(work: UnitOfWork, people: None, tmp_path: Path) -> None:
    source = written(tmp_path, LOG)
    assert guess_kind(source) == "interactions"
    outcome = bring(work, source, "interactions")
    assert counts(outcome) == (4, 0, 0, 0, 4)
    why = [(one.line, one.code) for one in outcome.rejections]
    assert why == [(5, "who_unclear"), (6, "who_unknown"), (8, "no_date"), (9, "no_customer")]
    assert (outcome.warnings["words_unknown"], outcome.warnings["customers_made"]) == (1, 1)
    found = asked(
        work,
        "SELECT c.external_id, i.shop_day, i.channel, i.direction, i.purpose, i.reached, i.summary "
        "FROM interactions i JOIN customers c ON c.id = i.customer_id ORDER BY i.id",
    )
    assert found == [
        ("V1", "2026-05-01", "call", "out", "sell", 1, "新茶到了"),
        ("V2", "2026-05-02", "wechat", "in", "care", 0, "没接"),
        ("V1", "2026-05-03", "call", "out", "care", 1, "收到贺卡"),
        ("V9", "2026-05-05", "visit", "out", "care", 1, "新来的"),
    ]
    last = asked(work, "SELECT last_contact_on FROM customer_figures ORDER BY customer_id")
    assert [day for (day,) in last] == ["2026-05-03", None, None, None, "2026-05-05"]
    assert counts(bring(work, source, "interactions")) == (0, 0, 4, 0, 4)


def test_taken_back_with_whom_it_made_but_for_what_was_mended_since(
    work: UnitOfWork, people: None, tmp_path: Path
) -> None:
    outcome = bring(work, written(tmp_path, LOG), "interactions")
    draft = ContactDraft(channel=Channel.VISIT, summary="nobody else")
    work.write(interactions.edit_contact, 2, draft, at=NOW, version=1)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert (answer.removed, [one.title for one in answer.kept]) == (4, ["nobody else"])
    assert asked(work, "SELECT count(*) FROM interactions") == [(1,)]
    assert asked(work, "SELECT count(*) FROM customers WHERE external_id = 'V9'") == [(0,)]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_our_own_file_adds_nothing_where_it_came_from(
    work: UnitOfWork, people: None, tmp_path: Path, ending: str
) -> None:
    draft = ContactDraft(channel=Channel.CALL, summary='asked, "again"\nabout 毛尖')
    work.write(interactions.log_contact, 1, draft, at=NOW)
    bring(work, written(tmp_path, LOG), "interactions")
    target = tmp_path / f"log{ending}"
    work.write(hand_over, work.read(export_table, "interactions", target, language="en"))
    assert counts(bring(work, target, "interactions")) == (0, 0, 5, 0, 0)
