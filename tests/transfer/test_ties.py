"""Who brought whom and who lives with whom come in by every kind of file, whatever the order of its rows."""

import random
from pathlib import Path

import pytest

from app.services import customers
from app.services.transfer import undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

HEAD = "会员号,姓名,手机,推荐人,家庭"
ROWS = (
    "V1,王伟,13800138000,,平江路沈家",
    "V2,李娜,13900139000,V1,平江路沈家",
    ",陈静,13700137000,李娜 139-0013-9000,",
    "V4,赵云,,陈静,",
    "V5,孙权,13600136000,13700137000,",
    "V6,周瑜,,诸葛亮,",
    "V7,周瑜,,,",
    "V8,鲁肃,,周瑜,",
    "V9,黄盖,,V9,",
)
TIED = (
    "SELECT c.name, r.name, h.name FROM customers c LEFT JOIN customers r ON r.id = c.referrer_id "
    "LEFT JOIN households h ON h.id = c.household_id WHERE r.name <> '' OR h.name <> '' ORDER BY c.name"
)


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_rows_does_not_matter(work: UnitOfWork, tmp_path: Path, seed: int) -> None:
    rows = random.Random(seed).sample(ROWS, len(ROWS))
    outcome = bring(work, written(tmp_path, "\n".join((HEAD, *rows))), "customers")
    assert counts(outcome) == (9, 0, 0, 0, 0)
    assert asked(work, TIED) == [
        ("孙权", "陈静", None),
        ("李娜", "王伟", "平江路沈家"),
        ("王伟", None, "平江路沈家"),
        ("赵云", "陈静", None),
        ("陈静", "李娜", None),
    ]
    told = {code: outcome.warnings[code] for code in outcome.warnings if code.startswith("referrer")}
    assert told == {"referrer_unknown": 1, "referrer_unclear": 1, "referrer_circle": 1}
    again = bring(work, written(tmp_path, "\n".join((HEAD, *rows))), "customers")
    assert counts(again) == (0, 0, 9, 0, 0)


def test_a_later_file_ties_people_who_are_there_and_is_taken_back(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "会员号,姓名\nV1,王伟\nV2,李娜\nV3,陈静"), "customers")
    rows = "V2,李娜,V1,东院\nV1,王伟,V3,\nV3,陈静,V2,\nV9,新人,V2,东院"
    outcome = bring(work, written(tmp_path, f"会员号,姓名,推荐人,家庭\n{rows}", "late.csv"), "customers")
    assert (counts(outcome), outcome.warnings["referrer_circle"]) == ((1, 2, 1, 0, 0), 1)
    assert asked(work, TIED) == [("新人", "李娜", "东院"), ("李娜", "王伟", "东院"), ("王伟", "陈静", None)]
    answer, _ = work.write(undo_batch, outcome.batch)
    assert (answer.removed, answer.kept) == (1, ())
    assert asked(work, TIED) == []
    assert asked(work, "SELECT count(*) FROM households") == [(0,)]


def test_whoever_brought_somebody_who_stays_stays(work: UnitOfWork, tmp_path: Path) -> None:
    outcome = bring(work, written(tmp_path, "\n".join((HEAD, *ROWS))), "customers")
    (mended,) = asked(work, "SELECT id FROM customers WHERE name = '陈静'")
    work.write(customers.confirm_field, mended[0], "phone", on=NOW.date())
    answer, _ = work.write(undo_batch, outcome.batch)
    assert [one.title for one in answer.kept] == ["王伟", "李娜", "陈静"]
    assert asked(work, "SELECT count(*) FROM customers") == [(3,)]
