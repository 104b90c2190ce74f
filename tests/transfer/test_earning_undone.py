"""An import that earned is taken back: every balance is what it was, and what was used since stays and is told."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import open_shop
from app.services import loyalty
from app.services.till import Ticket, TicketLine, quote, sell, void_sale
from app.services.transfer import Kept, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, written
from tests.transfer.ledgers import TODAY, balances, require_sound, rows_of
from tests.transfer.paper import HEAD, text_of
from tests.transfer.test_earning import FILES, rows, sold

OWN = ("1,T1,茶,1,2026-08-01,10,M1",)
PAST = (
    "2,T1,茶,2,2024-05-01,100,M1",
    "3,T2,壶,3,2026-09-01,100,M1",
    "C4,T2,壶,-1,2026-09-03,100,M1",
    "5,T2,壶,1,2026-09-01,70,M2",
    "C6,T1,茶,-1,2026-09-03,10,M1",
)


def test_every_balance_is_what_it_was(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, *OWN), "sales", earn=True)
    batch = bring(work, sold(tmp_path, *PAST, name="past.csv"), "sales", earn=True).batch
    assert balances(work) == {"M1": 200, "M2": 70}
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == ()
    assert answer.archived == 1
    assert balances(work) == {"M1": 10, "M2": 0}
    assert asked(work, "SELECT number, points_earned FROM sales WHERE voided_at IS NULL") == [("1", 10)]
    assert asked(work, "SELECT count(*) FROM sale_lines") == [(1,)]
    assert asked(work, "SELECT external_id FROM customers WHERE archived_at IS NOT NULL") == [("M2",)]
    assert asked(work, "SELECT net, purchase_days, points FROM customer_figures WHERE customer_id = 1") == [
        (1_000, 1, 10)
    ]
    require_sound(work)


def test_the_same_file_comes_in_again_after_it_was_taken_back(work: UnitOfWork, tmp_path: Path) -> None:
    source = sold(tmp_path, *PAST)
    for _ in range(2):
        outcome = bring(work, source, "sales", earn=True)
        assert outcome.created == 5
        assert balances(work) == {"M1": 200, "M2": 70}
        assert asked(work, "SELECT count(*) FROM customers WHERE archived_at IS NOT NULL") == [(0,)]
        assert asked(work, "SELECT count(*) FROM sales WHERE voided_at IS NULL") == [(5,)]
        require_sound(work)
        answer, _ = work.write(undo_batch, outcome.batch)
        assert answer.kept == ()
        assert balances(work) == {"M1": 0, "M2": 0}
        assert asked(work, "SELECT count(*) FROM customers WHERE archived_at IS NULL") == [(0,)]
        assert asked(work, "SELECT count(*) FROM products") == [(0,)]
        require_sound(work)


def test_a_list_of_customers_takes_them_out_of_the_archive(work: UnitOfWork, tmp_path: Path) -> None:
    work.write(undo_batch, bring(work, sold(tmp_path, *PAST), "sales", earn=True).batch)
    cards = written(tmp_path, "会员号,姓名\nM2,李娜", "cards.csv")
    outcome = bring(work, cards, "customers")
    assert asked(work, "SELECT external_id FROM customers WHERE archived_at IS NULL") == [("M2",)]
    work.write(undo_batch, outcome.batch)
    assert asked(work, "SELECT count(*) FROM customers WHERE archived_at IS NULL") == [(0,)]


def test_a_bill_whose_points_were_spent_since_stays_with_them(work: UnitOfWork, tmp_path: Path) -> None:
    lines = ("1,T1,茶,1,2026-08-01,400,M1", "2,T1,茶,1,2026-09-01,500,M1", "3,T1,茶,1,2026-09-02,600,M2")
    batch = bring(work, sold(tmp_path, *lines), "sales", earn=True).batch
    spending = Ticket(customer_id=1, lines=(TicketLine(product_id=1, quantity=1_000),), points=300)
    work.write(sell, spending, operation_id="a", at=NOW)
    before = balances(work)["M1"]
    answer, _ = work.write(undo_batch, batch)
    assert Kept("sale", 1, "1") in answer.kept
    assert Kept("customer", 1, "M1") in answer.kept
    assert {kept.id for kept in answer.kept if kept.kind == "sale"} == {1}
    assert balances(work) == {"M1": before - 500, "M2": 0}
    require_sound(work)


def test_points_spent_and_given_back_again_are_no_use(work: UnitOfWork, tmp_path: Path) -> None:
    batch = bring(work, sold(tmp_path, "1,T1,茶,1,2026-08-01,400,M1"), "sales", earn=True).batch
    spending = Ticket(customer_id=1, lines=(TicketLine(product_id=1, quantity=1_000),), points=100)
    done, _ = work.write(sell, spending, operation_id="a", at=NOW)
    work.write(void_sale, done.sale_id, operation_id="b", at=NOW + timedelta(minutes=1))
    answer, _ = work.write(undo_batch, batch)
    assert "sale" not in {kept.kind for kept in answer.kept}
    assert balances(work) == {"M1": 0}
    require_sound(work)


def test_a_bill_a_later_import_added_to_stays(work: UnitOfWork, tmp_path: Path) -> None:
    first = "1,T1,茶,1,2026-08-01 10:00,10.60,M1"
    batch = bring(work, sold(tmp_path, first), "sales", earn=True).batch
    longer = sold(tmp_path, first, "1,T2,壶,1,2026-08-01 10:00,10.60,M1", name="longer.csv")
    later = bring(work, longer, "sales", earn=True).batch
    answer, _ = work.write(undo_batch, batch)
    assert Kept("sale", 1, "1") in answer.kept
    assert balances(work) == {"M1": 21}
    work.write(undo_batch, later)
    assert balances(work) == {"M1": 10}
    assert rows_of(work)[-1][1:3] == ("earn", -11)
    require_sound(work)


File = list[tuple[date, str, list[tuple[str, int, int]]]]


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory, empty_shop_file: Path) -> Callable[[], Path]:
    """Makes a new empty shop for each example."""

    def made() -> Path:
        folder = tmp_path_factory.mktemp("fresh")
        (folder / "one.shop").write_bytes(empty_shop_file.read_bytes())
        return folder

    return made


def saved(folder: Path, file: File, mark: str) -> Path:
    """A file whose invoices are its own."""
    body = "\n".join(mark + line for line in text_of(rows(file)).splitlines()[1:])
    return written(folder, f"{HEAD}\n{body}", f"{mark}.csv")


@given(own=FILES, past=FILES, earned=st.booleans())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_import_goes_as_it_came(fresh: Callable[[], Path], own: File, past: File, earned: bool) -> None:
    folder = fresh()
    shop = open_shop(folder / "one.shop", clock=lambda: NOW)
    work = shop.work
    bring(work, saved(folder, own, "a"), "sales", earn=earned)
    before = {who: points for who, points in balances(work).items() if points}
    batch = bring(work, saved(folder, past, "b"), "sales", earn=True).batch
    require_sound(work)
    answer, _ = work.write(undo_batch, batch)
    assert answer.kept == ()
    assert {who: points for who, points in balances(work).items() if points} == before
    require_sound(work)
    shop.close()


STEPS = st.lists(
    st.one_of(FILES, st.sampled_from(("sell", "spend", "void", "undo", "day"))),
    min_size=3,
    max_size=9,
)


@given(steps=STEPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_ledger_is_sound_whatever_comes_between(fresh: Callable[[], Path], steps: list[File | str]) -> None:
    folder = fresh()
    clock = [NOW]
    shop = open_shop(folder / "one.shop", clock=lambda: clock[0])
    work = shop.work
    bring(work, saved(folder, [(TODAY, "M1", [("A", 1, 60_000)])], "z"), "sales", earn=True)
    batches: list[int] = []
    bills: list[int] = []
    for number, step in enumerate(steps):
        clock[0] += timedelta(hours=1)
        line = TicketLine(product_id=1, quantity=1_000)
        if isinstance(step, list):
            batches.append(bring(work, saved(folder, step, "abcdefghi"[number]), "sales", earn=True).batch)
        elif step == "undo" and batches:
            work.write(undo_batch, batches.pop())
        elif step == "void" and bills:
            work.write(void_sale, bills.pop(0), operation_id=f"void{number}", at=clock[0])
        elif step == "day":
            clock[0] += timedelta(days=200)
            work.write(loyalty.open_day, clock[0].date())
        elif step in ("sell", "spend"):
            most = work.read(quote, Ticket(customer_id=1, lines=(line,)), at=clock[0]).choices.most
            ticket = Ticket(customer_id=1, lines=(line,), points=most if step == "spend" else 0)
            done, _ = work.write(sell, ticket, operation_id=f"sell{number}", at=clock[0])
            bills.append(done.sale_id)
        require_sound(work, clock[0].date())
    shop.close()
