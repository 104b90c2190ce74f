"""Past sales that earn: by the rule of today on the day they were, once, with what returns take and what has ended."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import open_shop
from app.domain.errors import Cancelled
from app.domain.loyalty.rules import EarningRules
from app.services.loyalty import change_rules
from app.services.settings import change
from app.services.till import Ticket, TicketLine, sell, void_sale
from app.services.transfer import Rehearsed
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, written
from tests.transfer.ledgers import TODAY, balances, require_sound, rows_of
from tests.transfer.paper import HEAD, Paper, Row, text_of


def sold(folder: Path, *lines: str, name: str = "file.csv") -> Path:
    return written(folder, "\n".join((HEAD, *lines)), name)


def test_without_the_choice_no_point_moves(work: UnitOfWork, tmp_path: Path) -> None:
    outcome = bring(work, sold(tmp_path, "1,T1,茶,1,2026-10-01,20.50,M1"), "sales")
    assert asked(work, "SELECT count(*) FROM point_entries") == [(0,)]
    assert outcome.sales is not None
    assert outcome.sales.points_earned is None


def test_a_sale_earns_on_its_own_day(work: UnitOfWork, tmp_path: Path) -> None:
    lines = ("1,T1,茶,2,2026-10-01 10:00,20.75,M1", "1,T2,壶,1,2026-10-01 10:00,9.60,M1", "2,T1,茶,1,2026-10-02,30,")
    outcome = bring(work, sold(tmp_path, *lines), "sales", earn=True)
    assert rows_of(work) == [("2026-10-01", "earn", 51, "1")]
    assert asked(work, "SELECT available_from, expires_on, rate FROM point_entries") == [
        ("2026-10-01", "2027-10-31", "1")
    ]
    assert asked(work, "SELECT number, points_earned FROM sales") == [("1", 51), ("2", 0)]
    assert asked(work, "SELECT points FROM customer_figures") == [(51,)]
    assert outcome.sales is not None
    assert outcome.sales.points_earned == 51
    assert outcome.warnings == {}
    require_sound(work)


def test_the_rule_is_that_of_the_shop_today(work: UnitOfWork, tmp_path: Path) -> None:
    work.write(change, {"points_expiry_months": 0})
    work.write(change_rules, EarningRules(Decimal("0.5"), 7), day=TODAY)
    bring(work, sold(tmp_path, "1,T1,茶,1,2020-10-01,21,M1"), "sales", earn=True)
    assert rows_of(work) == [("2020-10-01", "earn", 17, "1")]
    assert asked(work, "SELECT expires_on FROM point_entries") == [(None,)]


def test_what_has_ended_since_gets_both_rows(work: UnitOfWork, tmp_path: Path) -> None:
    lines = ("2,T1,茶,1,2025-10-31,30,M1", "1,T1,茶,1,2024-03-09,20,M1", "3,T1,茶,1,2025-11-01,40,M1")
    bring(work, sold(tmp_path, *lines), "sales", earn=True)
    assert rows_of(work) == [
        ("2024-03-09", "earn", 20, "1"),
        ("2025-04-01", "expire", -20, "1"),
        ("2025-10-31", "earn", 30, "2"),
        ("2025-11-01", "earn", 40, "3"),
        ("2026-11-01", "expire", -30, "2"),
    ]
    require_sound(work)


def test_a_return_takes_from_the_newest_earlier_sales_that_hold_the_product(work: UnitOfWork, tmp_path: Path) -> None:
    lines = (
        "1,T1,茶,2,2026-05-01,10,M1",
        "2,T1,茶,2,2026-06-01,20,M1",
        "2,T2,壶,1,2026-06-01,7,M1",
        "3,T2,壶,1,2026-07-01,90,M1",
        "C4,T1,茶,-3,2026-06-20,20,M1",
        "5,T1,茶,2,2026-08-01,50,M1",
        "6,T1,茶,2,2026-05-20,60,M2",
    )
    outcome = bring(work, sold(tmp_path, *lines), "sales", earn=True)
    assert rows_of(work)[2:4] == [("2026-06-20", "take_back", -10, "1"), ("2026-06-20", "take_back", -40, "2")]
    assert balances(work) == {"M1": 20 + 47 - 10 - 40 + 90 + 100, "M2": 120}
    assert asked(work, "SELECT number, points_earned FROM sales WHERE points_earned < 0") == [("C4", -50)]
    assert outcome.warnings == {}
    require_sound(work)


def test_a_return_of_what_the_shop_never_sold_is_counted(work: UnitOfWork, tmp_path: Path) -> None:
    lines = (
        "1,T1,茶,1,2026-05-01,10,M1",
        "C2,T1,茶,-2,2026-05-02,10,M1",
        "C3,T9,碗,-1,2026-05-02,10,M1",
        "C4,T1,茶,-1,2026-05-02,10,",
    )
    outcome = bring(work, sold(tmp_path, *lines), "sales", earn=True)
    assert outcome.warnings == {"returns_unmatched": 2}
    assert balances(work) == {"M1": 0}


def test_the_same_file_again_adds_nothing_and_a_longer_one_the_difference(work: UnitOfWork, tmp_path: Path) -> None:
    short = ("1,T1,茶,1,2026-10-01 10:00,10.60,M1",)
    bring(work, sold(tmp_path, *short), "sales", earn=True)
    again = bring(work, sold(tmp_path, *short), "sales", earn=True)
    assert again.unchanged == 1
    assert rows_of(work) == [("2026-10-01", "earn", 10, "1")]
    work.write(change_rules, EarningRules(Decimal(3)), day=TODAY)
    bring(work, sold(tmp_path, *short, "1,T2,壶,1,2026-10-01 10:00,10.60,M1", name="longer.csv"), "sales", earn=True)
    assert rows_of(work) == [("2026-10-01", "earn", 10, "1"), ("2026-10-01", "earn", 11, "1")]
    assert asked(work, "SELECT points_earned FROM sales") == [(21,)]
    require_sound(work)


def test_a_bill_that_was_there_without_points_earns_for_its_new_lines_alone(work: UnitOfWork, tmp_path: Path) -> None:
    short = "1,T1,茶,1,2026-10-01 10:00,10.60,M1"
    bring(work, sold(tmp_path, short), "sales")
    bring(work, sold(tmp_path, short), "sales", earn=True)
    assert rows_of(work) == []
    more = "1,T2,壶,1,2026-10-01 10:00,20.60,M1"
    bring(work, sold(tmp_path, short, more, name="longer.csv"), "sales", earn=True)
    assert rows_of(work) == [("2026-10-01", "earn", 20, "1")]
    back = "C2,T1,茶,-1,2026-10-02 10:00,10.60,M1"
    bring(work, sold(tmp_path, back, name="back.csv"), "sales", earn=True)
    assert balances(work) == {"M1": 20}


def test_returns_and_sales_find_each_other_across_imports(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1,T1,茶,3,2026-05-01,10,M1"), "sales", earn=True)
    returned = sold(tmp_path, "C2,T1,茶,-1,2026-07-01,10,M1", "C3,T2,壶,-1,2026-07-01,25,M1", name="back.csv")
    assert bring(work, returned, "sales", earn=True).warnings == {"returns_unmatched": 1}
    assert balances(work) == {"M1": 20}
    older = sold(tmp_path, "4,T2,壶,1,2026-06-01,25,M1", "5,T1,茶,1,2026-06-15,12,M1", name="older.csv")
    assert bring(work, older, "sales", earn=True).warnings == {}
    assert balances(work) == {"M1": 20 + 25 - 25 + 12}
    bring(work, sold(tmp_path, "C6,T1,茶,-3,2026-07-02,10,M1", name="last.csv"), "sales", earn=True)
    assert balances(work) == {"M1": 0}
    require_sound(work)


def test_points_that_come_in_pay_what_is_owed(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, sold(tmp_path, "1,T1,茶,1,2026-10-01,10,M1"), "sales")
    big = Ticket(customer_id=1, lines=(TicketLine(product_id=1, quantity=100_000),))
    first, _ = work.write(sell, big, operation_id="a", at=NOW - timedelta(days=2))
    spending = Ticket(customer_id=1, lines=(TicketLine(product_id=1, quantity=10_000),), points=1_000)
    work.write(sell, spending, operation_id="b", at=NOW - timedelta(days=1))
    work.write(void_sale, first.sale_id, operation_id="c", at=NOW)
    owed = balances(work)["M1"]
    assert owed < 0
    bring(work, sold(tmp_path, "2,T1,茶,1,2026-09-01,2000,M1", name="past.csv"), "sales", earn=True)
    assert balances(work)["M1"] == owed + 2_000
    repaid = asked(
        work, "SELECT points, lot_id IS NULL FROM point_entries WHERE kind = 'repay' ORDER BY id DESC LIMIT 2"
    )
    assert sum(points for points, _ in repaid) == 0
    loose = "SELECT sum(points) FROM point_entries WHERE lot_id IS NULL AND NOT opens_lot"
    assert asked(work, loose) == [(0,)]
    require_sound(work)


def test_a_dry_run_tells_the_points_and_moves_none(work: UnitOfWork, tmp_path: Path) -> None:
    with pytest.raises(Rehearsed) as told:
        bring(work, sold(tmp_path, "1,T1,茶,1,2026-10-01,20,M1"), "sales", earn=True, rehearse=True)
    assert told.value.outcome.sales.points_earned == 20  # type: ignore[attr-defined]
    assert asked(work, "SELECT count(*) FROM point_entries") == [(0,)]


def test_stopped_while_it_earns_nothing_is_left(work: UnitOfWork, tmp_path: Path) -> None:
    heard: list[int] = []

    def progress(done: int, total: int) -> None:
        heard.append(done)
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        bring(work, sold(tmp_path, "1,T1,茶,1,2026-10-01,20,M1"), "sales", earn=True, progress=progress)
    for table in ("point_entries", "sales", "customers", "import_batches"):
        assert asked(work, f"SELECT count(*) FROM {table}") == [(0,)]


DAYS = st.integers(0, 700).map(lambda n: TODAY - timedelta(days=n))
LINES = st.lists(
    st.tuples(st.sampled_from("ABC"), st.integers(-3, 4).filter(bool), st.sampled_from((0, 55, 199, 1_000, 12_345))),
    min_size=1,
    max_size=4,
)
FILES = st.lists(st.tuples(DAYS, st.sampled_from(("M1", "M2")), LINES), min_size=1, max_size=9)


def rows(file: list[tuple[date, str, list[tuple[str, int, int]]]]) -> list[Row]:
    return [
        Row(str(number), product, pieces, day, price, customer)
        for number, (day, customer, lines) in enumerate(file, 1)
        for product, pieces, price in lines
    ]


@given(file=FILES, cut=st.integers(0, 40), visit=st.sampled_from((0, 5)))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_file_comes_out_as_on_paper(
    tmp_path_factory: pytest.TempPathFactory,
    empty_shop_file: Path,
    file: list[tuple[date, str, list[tuple[str, int, int]]]],
    cut: int,
    visit: int,
) -> None:
    folder = tmp_path_factory.mktemp("paper")
    path = folder / "one.shop"
    path.write_bytes(empty_shop_file.read_bytes())
    shop = open_shop(path, clock=lambda: NOW)
    work = shop.work
    work.write(change_rules, EarningRules(per_visit=visit), day=TODAY)
    told = rows(file)
    outcome = bring(work, written(folder, text_of(told)), "sales", earn=True)
    papers = {who: Paper([row for row in told if row.customer == who], TODAY, visit=visit) for who in ("M1", "M2")}
    held = balances(work)
    assert {who: held.get(who, 0) for who in papers} == {who: paper.balance for who, paper in papers.items()}
    assert outcome.warnings.get("returns_unmatched", 0) == sum(paper.unmatched for paper in papers.values())
    for who, paper in papers.items():
        for day in {day for day, *_ in paper.moves}:
            then = sum(points for on, _, points, _ in rows_of(work, who) if on <= day.isoformat())
            assert then == sum(points for on, *_, points in paper.moves if on <= day)
    require_sound(work)
    before = asked(work, "SELECT count(*), sum(points) FROM point_entries")
    bring(work, written(folder, text_of(told[: cut % len(told)] or told)), "sales", earn=True)
    assert asked(work, "SELECT count(*), sum(points) FROM point_entries") == before
    shop.close()
