"""What people have used since an import stays when it is taken back, and is told."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.customers import Customer, CustomerPhone
from app.services import customers, permissions
from app.services.till import Ticket, TicketLine, sell
from app.services.transfer import BatchUndone, BatchUnknown, Kept, Rehearsed, batches, undo_batch
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import Gateway
from tests.transfer.bringing import NOW, asked, bring, written

SALES = """
单号,商品编码,品名,数量,日期,单价,会员号
1001,T1,龙井,1,2026-10-01 10:00,20,M1
1002,T2,红茶,1,2026-10-01 11:00,10,M2
"""


def test_a_customer_who_bought_since_stays_and_so_does_what_they_bought(work: UnitOfWork, tmp_path: Path) -> None:
    batch = bring(work, written(tmp_path, SALES), "sales").batch
    work.write(sell, Ticket(customer_id=1, lines=(TicketLine(product_id=1, quantity=1_000),)), operation_id="a", at=NOW)
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == (Kept("customer", 1, "M1"), Kept("product", 1, "龙井"))
    assert asked(work, "SELECT origin, customer_id FROM sales") == [("till", 1)]
    assert asked(work, "SELECT external_id FROM customers") == [("M1",)]
    assert asked(work, "SELECT net FROM customer_figures") == asked(work, "SELECT revenue FROM sales")


def test_a_card_changed_by_hand_stays(work: UnitOfWork, tmp_path: Path) -> None:
    batch = bring(work, written(tmp_path, SALES), "sales").batch
    work.write(customers.pin_fact, 2, "对花生过敏", at=NOW)
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == (Kept("customer", 2, "M2"),)


def test_a_phone_added_by_hand_is_a_use(work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = bring(work, written(tmp_path, "会员号,姓名,手机\nM1,王伟,13900139000\nM2,李娜,"), "customers").batch

    def add_phone(session: Session) -> None:
        session.add(CustomerPhone(customer_id=2, typed="1", digits="1"))

    def change_phone(session: Session) -> None:
        session.scalars(select(CustomerPhone)).one().label = "家"

    for act in (change_phone, add_phone):
        act.__module__ = "app.services.customers"
        monkeypatch.setitem(permissions.NEEDS, f"customers.{act.__name__}", permissions.CLERK)
        work.write(act)
        with pytest.raises(Rehearsed) as told:
            work.write(undo_batch, batch, rehearse=True)
        kept = [one.id for one in told.value.outcome.kept]  # type: ignore[attr-defined]
        assert kept == ([1] if act is change_phone else [1, 2])


def test_a_name_corrected_since_stays(work: UnitOfWork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(work, written(tmp_path, "会员号,姓名\nM1,王伟", "one.csv"), "customers")
    batch = bring(work, written(tmp_path, "会员号,姓名,备注\nM1,王维,常客", "two.csv"), "customers").batch

    def rename(session: Session) -> None:
        session.get_one(Customer, 1).name = "王微"

    rename.__module__ = "app.services.customers"
    monkeypatch.setitem(permissions.NEEDS, "customers.rename", permissions.CLERK)
    work.write(rename)
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == (Kept("customer", 1, "王微"),)
    assert asked(work, "SELECT name, note FROM customers") == [("王微", "")]


def test_the_first_of_two_exports_goes_and_the_second_stays(work: UnitOfWork, tmp_path: Path) -> None:
    first = bring(work, written(tmp_path, SALES), "sales").batch
    longer = SALES.strip() + "\n1002,T3,白茶,1,2026-10-01 11:00,30,M2\n"
    bring(work, written(tmp_path, longer, "longer.csv"), "sales")
    work.write(undo_batch, first)
    assert asked(work, "SELECT number, revenue, counted_lines FROM sales") == [("1002", 3_000, 1)]
    assert asked(work, "SELECT external_id FROM customers") == [("M2",)]
    assert bring(work, written(tmp_path, SALES), "sales").created == 2


def test_a_buyer_given_to_a_sale_is_taken_from_it_again(work: UnitOfWork, tmp_path: Path) -> None:
    head = "单号,日期,金额,会员号"
    bring(work, written(tmp_path, f"{head}\n1001,2026-10-01,20,", "one.csv"), "sales")
    batch = bring(work, written(tmp_path, f"{head}\n1001,2026-10-01,20,M1", "two.csv"), "sales").batch
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == ()
    assert asked(work, "SELECT customer_id, revenue FROM sales") == [(None, 2_000)]
    assert asked(work, "SELECT count(*) FROM customers") == [(0,)]


def test_what_would_stay_is_told_beforehand(work: UnitOfWork, tmp_path: Path) -> None:
    batch = bring(work, written(tmp_path, SALES), "sales").batch
    with pytest.raises(Rehearsed) as told:
        work.write(undo_batch, batch, rehearse=True)
    assert told.value.outcome.removed == 8  # type: ignore[attr-defined]
    assert asked(work, "SELECT count(*) FROM sale_lines") == [(2,)]


def test_an_import_is_taken_back_once(work: UnitOfWork, tmp_path: Path) -> None:
    batch = bring(work, written(tmp_path, SALES), "sales").batch
    assert work.read(batches)[0].undone_at is None
    work.write(undo_batch, batch)
    assert work.read(batches)[0].undone_at == NOW
    with pytest.raises(BatchUndone):
        work.write(undo_batch, batch)
    with pytest.raises(BatchUnknown):
        work.write(undo_batch, 99)


def test_the_window_takes_it_back_by_ctrl_z(gateway: Gateway, work: UnitOfWork, tmp_path: Path) -> None:
    from app.services.transfer import import_sales, inspect_file

    source = written(tmp_path, SALES)
    gateway.write(import_sales, inspect_file(source, "sales"), at=NOW, said="in")
    assert gateway.undo()
    assert asked(work, "SELECT count(*) FROM sales") == [(0,)]
    assert gateway.redoable is None
