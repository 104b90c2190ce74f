"""Writing out: whole or not at all, in the record, in the words our own import knows."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.bootstrap import Shop, open_shop
from app.domain.errors import Cancelled
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.staff import Actor, Role
from app.formats.csv_in import open_csv
from app.formats.header_titles import TITLES, title
from app.formats.headers import guess
from app.formats.xlsx_in import open_xlsx
from app.models.followups import FollowUp
from app.services.permissions import NotAllowed
from app.services.transfer import (
    ENDINGS,
    EXPORTS,
    FIELDS,
    EndingUnfit,
    FileUnwritable,
    Kind,
    export_table,
    hand_over,
)
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, written

COUNTS = {
    "customers": "SELECT count(*) FROM customers WHERE archived_at IS NULL AND merged_into IS NULL",
    "sales": "SELECT count(*) FROM sale_lines l JOIN sales s ON s.id = l.sale_id WHERE s.voided_at IS NULL",
    "products": "SELECT count(*) FROM products",
    "interactions": "SELECT count(*) FROM interactions",
    "complaints": "SELECT count(*) FROM complaints",
    "points": "SELECT count(*) FROM point_entries",
    "followups": "SELECT count(*) FROM followups",
}
PEOPLE = "会员号,姓名,手机\nM1,王伟,13900139000\nM2,李娜,13700137000"


def out(work: UnitOfWork, kind: str, path: Path, **how: Any) -> int:
    """Write a file and hand it over."""
    made = work.read(export_table, kind, path, **how)
    rows, _ = work.write(hand_over, made)
    return rows


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", sorted(TITLES))
def test_our_import_knows_every_header(kind: str, language: str) -> None:
    several = [field for field in TITLES[kind] if "{n}" in TITLES[kind][field][0]]
    named = {title(kind, field, language, label="鞋码"): field for field in TITLES[kind]}
    named |= {title(kind, field, language, n): f"{field}_{n}" for field in several for n in (2, 3)}
    assert len(named) == len(TITLES[kind]) + 2 * len(several)
    found = {list(named)[column]: field for field, column in guess(list(named), kind).columns.items()}
    kept = set(FIELDS[Kind(kind)]) if kind in list(Kind) else {"customer_id", "customer_name", "moment", "due_on"}
    for header, field in named.items():
        base = field.rstrip("_23")
        if base in kept or base == "custom":
            assert found.get(header) == field, header
        else:
            assert found.get(header, "").rstrip("_23") not in kept, header


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", sorted(EXPORTS))
def test_each_kind_is_written_line_for_line(sample_shop: Shop, tmp_path: Path, kind: str, ending: str) -> None:
    path = tmp_path / f"out{ending}"
    ((expected,),) = asked(sample_shop.work, COUNTS[kind])
    assert expected > 10
    assert out(sample_shop.work, kind, path, language="zh_CN") == expected
    table = open_csv(path) if ending == ".csv" else open_xlsx(path)
    rows = list(table.rows())
    if kind != "customers":
        assert table.headers == [title(kind, field, "zh_CN") for field in TITLES[kind]]
    assert len(rows) == expected
    assert not [row for row in rows if row.problem]


def test_the_record_says_who_took_what_out(sample_shop: Shop, tmp_path: Path) -> None:
    out(sample_shop.work, "products", tmp_path / "goods.csv")
    last = "SELECT action, staff_id, table_name, kind, change FROM audit_entries ORDER BY id DESC LIMIT 1"
    ((goods,),) = asked(sample_shop.work, COUNTS["products"])
    change = f'{{"file": "goods.csv", "kind": "products", "rows": {goods}}}'
    assert asked(sample_shop.work, last) == [("transfer.hand_over", 1, "products", "batch", change)]


def test_a_file_has_its_name_only_once_it_is_in_the_record(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, PEOPLE), "customers")
    path = tmp_path / "out" / "people.csv"
    path.parent.mkdir()
    path.write_text("older", encoding="utf-8")
    made = work.read(export_table, "customers", path)
    assert path.read_text(encoding="utf-8") == "older"
    work.write(hand_over, made)
    assert [row[1] for row in cells(path)] == ["Name", "王伟", "李娜"]
    assert [one.name for one in path.parent.iterdir()] == ["people.csv"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".vcf"])
def test_stopping_leaves_nothing(work: UnitOfWork, tmp_path: Path, ending: str) -> None:
    bring(work, written(tmp_path, PEOPLE), "customers")

    def stop(done: int, _total: int = 0) -> None:
        if done:
            raise Cancelled

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Cancelled):
        work.read(export_table, "customers", folder / f"people{ending}", progress=stop)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", sorted(EXPORTS))
@pytest.mark.parametrize("name", ["a.pdf", "a", "a.shop", "a.zip"])
def test_an_ending_that_does_not_fit_is_refused(work: UnitOfWork, tmp_path: Path, kind: str, name: str) -> None:
    with pytest.raises(EndingUnfit) as refusal:
        work.read(export_table, kind, tmp_path / name)
    assert refusal.value.numbers["fitting"] == " ".join(ENDINGS[kind])
    assert not (tmp_path / name).exists()


def test_a_folder_that_is_not_there_is_a_refusal(work: UnitOfWork, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        work.read(export_table, "customers", tmp_path / "nowhere" / "a.csv")


def test_a_name_that_is_taken_by_a_folder_leaves_no_row_and_no_part(work: UnitOfWork, tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    made = work.read(export_table, "customers", tmp_path / "a.csv")
    before = asked(work, "SELECT count(*) FROM audit_entries")
    with pytest.raises(FileUnwritable):
        work.write(hand_over, made)
    assert asked(work, "SELECT count(*) FROM audit_entries") == before
    assert not made.part.exists()


def test_only_those_who_are_chosen(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, PEOPLE), "customers")
    assert out(work, "customers", tmp_path / "one.csv", ids=[2]) == 1
    assert cells(tmp_path / "one.csv")[1][:3] == ["M2", "李娜", "13700137000"]
    assert out(work, "customers", tmp_path / "none.csv", ids=[]) == 0


def test_a_clerk_takes_nothing_out(shop: Shop, tmp_path: Path) -> None:
    clerk = open_shop(shop.path, clock=shop.clock, actor=Actor(1, Role.CLERK))
    for kind in EXPORTS:
        with pytest.raises(NotAllowed):
            clerk.work.read(export_table, kind, tmp_path / f"{kind}.csv")
    clerk.close()
    assert list(tmp_path.glob("*.csv*")) == []


def test_what_looks_like_a_formula_is_text_in_both_tables(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, "姓名,手机,备注\n=1+1,+86 139 0013 9000,\n@SUM(A1),13700137000,-2+3", "in.csv")
    bring(work, source, "customers")
    out(work, "customers", tmp_path / "out.csv")
    for row in cells(tmp_path / "out.csv")[1:]:
        assert not [cell for cell in row if cell.lstrip()[:1] in tuple("=+-@")]
    out(work, "customers", tmp_path / "out.xlsx")
    rows = list(load_workbook(tmp_path / "out.xlsx").active.iter_rows(min_row=2))
    assert [row[1].value for row in rows] == ["=1+1", "@SUM(A1)"]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}
    assert rows[0][2].value == "+86 139 0013 9000"


def test_sales_come_back_as_they_were(sample_shop: Shop, work: UnitOfWork, tmp_path: Path) -> None:
    """Without an old system's numbers people are known by name and phone, in the same shop all lines are there."""
    out(sample_shop.work, "sales", tmp_path / "sales.csv")
    bring(work, tmp_path / "sales.csv", "sales")
    sums = "SELECT count(*), sum(revenue), sum(returned) FROM sales WHERE voided_at IS NULL"
    ((bills, revenue, returned),) = asked(sample_shop.work, sums)
    assert asked(work, sums) == [(bills, revenue, returned)]
    days = "SELECT shop_day, sum(revenue - returned) FROM sales WHERE voided_at IS NULL GROUP BY shop_day"
    assert asked(work, days) == asked(sample_shop.work, days)


def test_a_calendar_of_what_is_to_be_done(work: UnitOfWork, tmp_path: Path) -> None:
    from icalendar import Calendar

    bring(work, written(tmp_path, PEOPLE), "customers")
    made_at = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)

    def booked(session: Any) -> None:
        plain = {"kind": FollowUpKind.CALL, "purpose": FollowUpPurpose.CARE, "staff_id": 1, "created_at": made_at}
        session.add(FollowUp(customer_id=1, due_on=date(2026, 12, 1), text="问新茶; 好吗, \n再约", **plain))
        session.add(
            FollowUp(customer_id=2, due_on=date(2026, 12, 2), due_at=datetime(2026, 1, 1, 9, 30).time(), **plain)
        )
        session.add(FollowUp(customer_id=2, due_on=date(2026, 12, 3), done_at=made_at, **plain))

    booked.__module__ = "app.services.followups.x"
    booked.__name__ = "book"
    work.write(booked)
    assert out(work, "followups", tmp_path / "a.ics", language="zh_CN") == 2
    first = (tmp_path / "a.ics").read_bytes()
    assert out(work, "followups", tmp_path / "a.ics", language="zh_CN") == 2
    assert (tmp_path / "a.ics").read_bytes() == first
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    day, hour = Calendar.from_ical(first).walk("VEVENT")
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 12, 1), date(2026, 12, 2))
    assert str(day["summary"]) == "电话: 王伟"
    assert str(day["description"]).startswith("问新茶; 好吗, \n再约")
    assert hour.decoded("dtstart").isoformat() == "2026-12-02T09:30:00+08:00"
    assert str(day["uid"]) != str(hour["uid"])
