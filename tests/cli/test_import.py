"""`regulars import` and `regulars undo`, as a shell sees them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.bootstrap import open_shop
from app.formats.csv_in import open_csv
from app.storage.engine import connect
from tests.cli.running import Runner
from tests.transfer.bringing import asked

SALES = "单号,商品编码,品名,数量,日期,单价,会员号\n1,T1,龙井,2,2026-10-01,128.5,M1\nC2,T1,龙井,-1,2026-10-02,128.5,M1\n"


def written(folder: Path, text: str, name: str = "sales.csv") -> Path:
    target = folder / name
    target.write_text(text, encoding="utf-8")
    return target


def test_every_fact_of_an_import(run: Runner, tmp_path: Path) -> None:
    source = written(tmp_path, SALES + "3,T1,龙井,1,昨天,128.5,\n4,T1,龙井,1,2026-10-03,128.5,\n")
    said = run.on_shop("import", "sales", source)
    assert said.code == 0
    rejects = tmp_path / "sales-rejected.csv"
    assert said.facts == {
        "batch": 1,
        "read": 4,
        "created": 3,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "rejected": 1,
        "rejects_file": str(rejects),
        "encoding": "utf-8",
        "mapping": {
            "invoice": "单号",
            "product_code": "商品编码",
            "description": "品名",
            "quantity": "数量",
            "moment": "日期",
            "unit_price": "单价",
            "customer_id": "会员号",
        },
        "warnings": [],
        "sales": 3,
        "customers_created": 1,
        "anonymous_lines": 1,
        "return_lines": 1,
        "net_total": "257.00",
    }
    (row,) = open_csv(rejects).rows()
    assert row.cells[0] == "4"
    assert "date" in str(row.cells[1])
    assert list(row.cells[2:]) == ["3", "T1", "龙井", "1", "昨天", "128.5", ""]


def test_a_verified_copy_is_made_before(run: Runner, tmp_path: Path) -> None:
    run.on_shop("import", "sales", written(tmp_path, SALES))
    shop = open_shop(run.shop)
    (copy,) = shop.work.copies.known()
    shop.close()
    assert copy.manifest.reason == "before-import"
    assert copy.manifest.counts["sales"] == 0


def test_a_dry_run_leaves_no_trace(run: Runner, tmp_path: Path) -> None:
    said = run.on_shop("import", "sales", written(tmp_path, SALES + "x\n"), "--dry-run")
    assert (said.facts["batch"], said.facts["created"], said.facts["rejected"]) == (None, 2, 1)
    assert said.facts["rejects_file"] is None
    assert not (run.shop.parent / "backups").exists()
    assert run.on_shop("import", "sales", tmp_path / "sales.csv").facts["batch"] == 1


def test_taking_back_and_what_stays(run: Runner, tmp_path: Path) -> None:
    batch = str(run.on_shop("import", "sales", written(tmp_path, SALES)).facts["batch"])
    assert run.on_shop("undo", batch, "--dry-run").facts == {"removed": 6, "kept": []}
    assert run.on_shop("undo", batch).facts == {"removed": 6, "kept": []}
    again = run("undo", batch, "--shop", run.shop, "--lang", "zh_CN")
    assert (again.code, again.out) == (1, "")
    assert "撤销过" in again.err
    assert run.on_shop("undo", "77").code == 1


def test_past_sales_earn_when_the_person_says_so(run: Runner, tmp_path: Path) -> None:
    source = written(tmp_path, SALES + "C3,T9,壶,-1,2026-10-03,9,M1\n")
    tried = run.on_shop("import", "sales", source, "--earn", "--dry-run").facts
    assert tried["points_earned"] == 257
    assert len(tried["warnings"]) == 1
    said = run("import", "sales", source, "--earn", "--shop", run.shop, "--lang", "zh_CN")
    assert said.code == 0
    assert "补积分 257 分" in said.out
    assert "店里找不到原买卖的退货行，没有为它们收回积分：1" in said.out
    again = run.on_shop("import", "sales", source, "--earn").facts
    assert (again["unchanged"], again["points_earned"], again["warnings"]) == (3, 0, [])
    shop = open_shop(run.shop)
    assert asked(shop.work, "SELECT kind, points FROM point_entries ORDER BY id") == [
        ("earn", 257),
        ("take_back", -129),
    ]
    shop.close()
    facts = run.on_shop("undo", "1").facts
    assert (facts["kept"], facts["archived"]) == ([], 1)
    shop = open_shop(run.shop)
    assert asked(shop.work, "SELECT sum(points) FROM point_entries") == [(0,)]
    shop.close()


def test_a_mapping_says_what_the_headers_do_not(run: Runner, tmp_path: Path) -> None:
    source = written(tmp_path, "a,b,c\n2026-10-01,20,M1\n")
    mapping = written(tmp_path, json.dumps({"moment": "A", "amount": 1, "customer_id": "c"}), "mapping.json")
    facts = run.on_shop("import", "sales", source, "--mapping", mapping).facts
    assert facts["mapping"] == {"moment": "a", "amount": "b", "customer_id": "c"}
    assert facts["net_total"] == "20.00"


@pytest.mark.parametrize(
    "mapping", ['{"moment": "nowhere"}', '{"moment": 9}', '{"colour": 0}', "[1]", "{", '{"a": true}']
)
def test_a_mapping_that_fits_nothing_is_refused(run: Runner, tmp_path: Path, mapping: str) -> None:
    source = written(tmp_path, SALES)
    said = run.on_shop("import", "sales", source, "--mapping", written(tmp_path, mapping, "mapping.json"))
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1


def test_what_a_file_lacks_is_said_in_words(run: Runner, tmp_path: Path) -> None:
    source = written(tmp_path, "单号,商品编码\n1,T1\n")
    said = run("import", "sales", source, "--shop", run.shop, "--lang", "zh_CN")
    assert said.code == 1
    assert "日期" in said.err
    assert "moment" not in said.err


def test_the_order_of_day_and_month_is_asked_for_and_taken(run: Runner, tmp_path: Path) -> None:
    source = written(tmp_path, "Date,Amount,Customer ID\n03/04/2026,20,M1\n")
    assert "Date" in run.on_shop("import", "sales", source).err
    assert run.on_shop("import", "sales", source, "--date-order", "dmy").facts["created"] == 1
    shop = open_shop(run.shop)
    assert asked(shop.work, "SELECT shop_day FROM sales") == [("2026-04-03",)]
    shop.close()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04 half"])
def test_a_file_that_is_no_table_is_one_plain_sentence(run: Runner, tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "a.csv"
    source.write_bytes(content)
    said = run("import", "customers", source, "--shop", run.shop)
    assert said.code == 1
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a console event cannot be sent to one child alone")
def test_ctrl_c_leaves_the_file_as_it_was(run: Runner, tmp_path: Path, machine: Path) -> None:
    lines = (f"{n // 5},T{n % 99},茶,1,2026-10-01 10:00,20,M{n % 500}\n" for n in range(100_000))
    source = written(tmp_path, SALES + "".join(lines))
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "import", "sales", str(source), "--shop", str(run.shop)],
        env=os.environ | {"REGULARS_HOME": str(machine)},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    while process.poll() is None and not is_being_written(run.shop):
        pass
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in err
    assert err.strip()
    shop = open_shop(run.shop)
    for table in ("sales", "sale_lines", "customers", "import_batches"):
        assert asked(shop.work, f"SELECT count(*) FROM {table}") == [(0,)]
    shop.close()


def is_being_written(path: Path) -> bool:
    """Whether somebody holds the write lock."""
    connection = connect(path)
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except dbapi2.OperationalError:
        return True
    finally:
        connection.close()
    return False


def test_complaints_contacts_and_things_to_do_come_in_and_are_taken_back(run: Runner, tmp_path: Path) -> None:
    files = {
        "complaints": "日期,投诉内容,状态\n2026-05-01,茶叶受潮,已解决\n2026-05-02,,\n",
        "interactions": "会员号,姓名,日期,内容\nV1,王伟,2026-05-01,问候\n",
        "followups": "日期,事项\n2026-12-01,回电\n",
    }
    for kind, lines in files.items():
        source = tmp_path / f"{kind}.csv"
        source.write_text(lines, encoding="utf-8")
        tried = run.on_shop("import", kind, source, "--dry-run").facts
        said = run.on_shop("import", kind, source).facts
        assert (tried["created"], tried["batch"]) == (1, None)
        five = ("created", "updated", "unchanged", "skipped", "rejected")
        assert said["read"] == sum(said[name] for name in five) == len(lines.strip().splitlines()) - 1
        assert (said["created"], bool(said["rejects_file"])) == (1, kind == "complaints")
        assert run.on_shop("import", kind, source).facts["created"] == 0
        back = run.on_shop("undo", str(said["batch"])).facts
        assert (back["removed"], back["kept"]) == (2 if kind == "interactions" else 1, [])
