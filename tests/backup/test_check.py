"""The full check finds each kind of damage by name, and mends what can be worked out anew."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Shop
from app.services.backup import Fault, check, contents, rebuild
from app.services.loyalty import open_day
from app.storage.engine import connect
from tests.conftest import FixedClock

TODAY = date(2026, 11, 23)


def damage(shop: Shop, *statements: str) -> None:
    """Write past every safeguard, as a bad tool or a bad disk would."""
    connection = connect(shop.path)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA writable_schema=ON")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def one(shop: Shop, query: str) -> Any:
    connection = connect(shop.path)
    (value,) = connection.execute(query).fetchone()
    connection.close()
    return value


def found(shop: Shop, day: date = TODAY) -> dict[Fault, tuple[str, ...]]:
    return {problem.code: problem.ids for problem in shop.work.read(check, day).problems}


UNGUARDED = "DROP TRIGGER point_entries_no_update"
LOT = "SELECT id FROM point_entries WHERE opens_lot AND id IN (SELECT lot_id FROM point_entries) LIMIT 1"
OWNER = f"SELECT customer_id FROM point_entries WHERE id = ({LOT})"


def test_a_sound_shop_has_no_problem(sample_shop: Shop) -> None:
    report = sample_shop.work.read(check, TODAY)
    assert report.ok
    assert report.customers == 400
    assert report.sales == one(sample_shop, "SELECT count(*) FROM sales")


def test_an_empty_shop_has_no_problem(shop: Shop) -> None:
    assert shop.work.read(check, TODAY).ok


def test_a_shop_opened_weeks_later_has_no_problem_before_nor_after_its_day_is_opened(
    sample_shop: Shop, clock: FixedClock
) -> None:
    clock.forward(days=400)
    later = date(2027, 12, 28)
    assert found(sample_shop, later) == {}
    sample_shop.work.write(open_day, later)
    assert found(sample_shop, later) == {}


def test_a_row_without_its_parent_is_a_lost_reference(sample_shop: Shop) -> None:
    row = one(sample_shop, "SELECT max(id) FROM sale_lines")
    damage(sample_shop, f"UPDATE sale_lines SET product_id = 999999 WHERE id = {row}")
    assert found(sample_shop) == {Fault.REFERENCES: (f"sale_lines#{row}",)}


@pytest.mark.parametrize(
    ("pragma", "mark"), [("application_id = 7", "application_id"), ("user_version = 99", "user_version")]
)
def test_a_file_that_says_it_is_something_else_is_seen(sample_shop: Shop, pragma: str, mark: str) -> None:
    damage(sample_shop, f"PRAGMA {pragma}")
    assert found(sample_shop) == {Fault.HEADER: (mark,)}


@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TRIGGER audit_entries_no_delete",),
        (
            "DROP TRIGGER audit_entries_no_delete",
            "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT 1; END",
        ),
        (
            "DROP TRIGGER audit_entries_no_delete",
            "CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries WHEN 0 "
            "BEGIN SELECT RAISE(ABORT, 'never'); END",
        ),
    ],
)
def test_a_guard_that_is_gone_or_lets_through_is_seen(sample_shop: Shop, statements: tuple[str, ...]) -> None:
    damage(sample_shop, *statements)
    assert found(sample_shop) == {Fault.GUARDS: ("audit_entries_no_delete",)}


def test_a_lot_drawn_below_zero_is_seen(sample_shop: Shop) -> None:
    lot, owner = one(sample_shop, LOT), one(sample_shop, OWNER)
    damage(sample_shop, UNGUARDED, f"UPDATE point_entries SET points = 1 WHERE id = {lot}")
    said = found(sample_shop)
    assert said[Fault.POINTS_LOTS] == said[Fault.LOTS_KEPT] == (str(lot),)
    assert said[Fault.FIGURES] == (str(owner),)
    assert said[Fault.GUARDS] == ("point_entries_no_update",)


def test_points_out_of_nowhere_are_seen(sample_shop: Shop) -> None:
    owner = one(sample_shop, OWNER)
    damage(
        sample_shop,
        "INSERT INTO point_entries (customer_id, at, shop_day, kind, points, opens_lot, staff_id, reason, rate, "
        f"operation_id, ordinal) VALUES ({owner}, '2026-11-01T00:00:00.000Z', '2026-11-01', 'adjust', 50, 0, 1, '', "
        "'', 'forged', 0)",
    )
    said = found(sample_shop)
    assert said[Fault.POINTS_BALANCE] == (str(owner),)
    assert said[Fault.FIGURES] == (str(owner),)


STORED = (
    "INSERT INTO stored_entries (id, customer_id, part, at, shop_day, move, units, opens_lot, lot_id, staff_id, "
    "reason, operation_id, ordinal) VALUES ({row}, 7, 'bonus', '2026-11-01T00:00:00.000Z', '2026-11-01', 'adjust', "
    "{units}, {lot}, 1, '', 'forged', {row})"
)


def test_money_out_of_nowhere_and_money_spent_twice_are_seen(sample_shop: Shop) -> None:
    damage(sample_shop, STORED.format(row=9001, units=50, lot="0, NULL"))
    assert found(sample_shop) == {Fault.PURSES: ("stored_entries#7",)}
    damage(sample_shop, STORED.format(row=9002, units=100, lot="1, NULL"))
    damage(sample_shop, STORED.format(row=9003, units=-101, lot="0, 9002"))
    assert found(sample_shop)[Fault.PURSE_LOTS] == ("stored_entries#9002",)


def test_a_reward_nobody_paid_for_and_an_empty_stock_are_seen(sample_shop: Shop) -> None:
    damage(
        sample_shop,
        "INSERT INTO rewards (id, name, kind, cost, amount, counted) VALUES (9001, 'Cup', 'gift', 300, 0, 1)",
        "INSERT INTO reward_entries (id, reward_id, customer_id, at, shop_day, kind, units, points, staff_id, reason, "
        "operation_id, ordinal) VALUES (9002, 9001, 7, '2026-11-01T00:00:00.000Z', '2026-11-01', 'redeem', -1, -300, "
        "1, '', 'forged', 0)",
    )
    assert found(sample_shop) == {Fault.REWARDS: ("rewards#9001", "reward_entries#9002")}


@pytest.mark.parametrize("column", ["revenue", "counted_lines", "returned", "total"])
def test_a_sale_that_is_not_the_sum_of_its_lines_is_seen(sample_shop: Shop, column: str) -> None:
    sale = one(sample_shop, "SELECT max(id) FROM sales WHERE customer_id IS NULL")
    damage(sample_shop, f"UPDATE sales SET {column} = {column} + 1 WHERE id = {sale}")
    assert found(sample_shop) == {Fault.SALE_SUMS: (str(sale),)}


def test_a_lost_line_is_seen_in_its_sale(sample_shop: Shop) -> None:
    line, sale = (
        one(sample_shop, "SELECT max(id) FROM sale_lines"),
        one(sample_shop, "SELECT max(sale_id) FROM sale_lines"),
    )
    damage(sample_shop, f"DELETE FROM sale_lines WHERE id = {line}")
    assert found(sample_shop)[Fault.SALE_SUMS] == (str(sale),)


CACHE_DAMAGE: list[tuple[str, Fault]] = [
    ("UPDATE customer_figures SET net = net + 1 WHERE customer_id = 7", Fault.FIGURES),
    ("UPDATE customer_figures SET last_sale_on = NULL WHERE last_sale_on IS NOT NULL", Fault.FIGURES),
    ("DELETE FROM customer_figures WHERE customer_id = 7", Fault.FIGURES),
    (
        "UPDATE point_lots SET remaining = remaining + 1 WHERE lot_id = (SELECT max(lot_id) FROM point_lots)",
        Fault.LOTS_KEPT,
    ),
    ("DELETE FROM point_lots WHERE lot_id = (SELECT min(lot_id) FROM point_lots)", Fault.LOTS_KEPT),
    ("UPDATE complaint_clocks SET pressing = pressing + 1 WHERE complaint_id = 2", Fault.CLOCKS),
    ("DELETE FROM complaint_clocks WHERE complaint_id = 2", Fault.CLOCKS),
    ("DELETE FROM search_entries WHERE kind = 'customer' AND ref = 7", Fault.SEARCH),
    ("INSERT INTO search_entries (id, kind, ref) VALUES (900000, 'product', 900000)", Fault.SEARCH),
    (
        "DELETE FROM search_words WHERE rowid = (SELECT id FROM search_entries WHERE kind = 'product' LIMIT 1)",
        Fault.SEARCH,
    ),
    ("DELETE FROM tier_moves WHERE to_rank = 2", Fault.TIERS),
    ("UPDATE tier_moves SET to_rank = 2 WHERE to_rank = 1 AND cause = 'reached'", Fault.TIERS),
]


@pytest.mark.parametrize(("statement", "fault"), CACHE_DAMAGE)
def test_a_cache_that_tells_something_else_is_seen_and_mended(sample_shop: Shop, statement: str, fault: Fault) -> None:
    before = sample_shop.work.read(contents)
    damage(sample_shop, statement)
    report = sample_shop.work.read(check, TODAY)
    assert fault in {problem.code for problem in report.problems}
    assert all(problem.mendable for problem in report.problems)
    sample_shop.work.write(rebuild, TODAY)
    assert sample_shop.work.read(check, TODAY).ok
    assert sample_shop.work.read(contents) == before


def test_facts_are_never_mended(sample_shop: Shop) -> None:
    damage(sample_shop, "UPDATE sales SET revenue = revenue + 1, total = total + 1, gross = gross + 1 WHERE id = 5")
    sample_shop.work.write(rebuild, TODAY)
    assert found(sample_shop) == {Fault.SALE_SUMS: ("5",)}


def test_only_the_first_ids_are_told_but_all_are_counted(sample_shop: Shop) -> None:
    damage(sample_shop, "UPDATE customer_figures SET points = points + 1")
    (problem,) = sample_shop.work.read(check, TODAY).problems
    assert problem.count == 400
    assert len(problem.ids) == 20


def overwrite_a_page(path: Path, page: int, size: int = 4096) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def root_of(shop: Shop, name: str) -> int:
    connection = connect(shop.path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    connection.close()
    return int(page)


def test_a_broken_page_is_seen_and_the_rest_is_still_looked_at(sample_shop: Shop) -> None:
    damage(sample_shop, "UPDATE customer_figures SET points = points + 1 WHERE customer_id = 7")
    page = root_of(sample_shop, "complaint_events")
    sample_shop.work.engine.dispose()
    overwrite_a_page(sample_shop.path, page, one(sample_shop, "PRAGMA page_size"))
    said = found(sample_shop)
    assert Fault.PAGES in said or said.get(Fault.UNREADABLE)
    assert said[Fault.FIGURES] == ("7",)


def test_what_the_shop_holds_is_what_a_copy_of_it_says(sample_shop: Shop) -> None:
    held = sample_shop.work.read(contents)
    manifest = sample_shop.work.copies.make("by-hand").manifest
    assert (held.counts, held.points) == (manifest.counts, manifest.points)


def test_every_kind_of_damage_but_the_unreadable_has_a_test_above() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [fault for fault in Fault if f"Fault.{fault.name}" not in text] == []
