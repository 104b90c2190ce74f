"""The sample shop is a shop: its sums add up, its rules were kept, and it is the same twice."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop, found_shop, open_shop
from app.domain.followups import Due, due_bucket
from app.domain.phones import normalise
from app.domain.text import is_han
from app.services import loyalty, sample, search
from app.services.customers.figures import COLUMNS, truth
from app.storage.unit_of_work import UnitOfWork

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def rows(shop: Shop, statement: str) -> list[tuple[Any, ...]]:
    with Session(shop.work.engine) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def made(path: Path, **story: Any) -> Shop:
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=lambda: AT)
    shop = open_shop(path, clock=lambda: AT)
    shop.work.write(sample.make_sample, until=AT, **story)
    return shop


def everything(shop: Shop) -> list[Sequence[Any]]:
    tables = rows(shop, "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%' ORDER BY name")
    return [row for (table,) in tables for row in rows(shop, f"SELECT '{table}', * FROM {table}")]


def test_the_same_seed_tells_the_same_story(tmp_path: Path) -> None:
    stories = []
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        shop = made(tmp_path / f"{name}.shop", customers=60, years=1, seed=seed)
        stories.append(everything(shop))
        shop.close()
    assert stories[0] == stories[1]
    assert stories[0] != stories[2]


def test_a_shop_with_people_is_left_alone(sample_shop: Shop) -> None:
    before = rows(sample_shop, "SELECT count(*) FROM customers")
    with pytest.raises(sample.ShopNotEmpty):
        sample_shop.work.write(sample.make_sample, until=AT)
    assert rows(sample_shop, "SELECT count(*) FROM customers") == before == [(400,)]


def test_the_lines_add_up_to_their_bill(sample_shop: Shop) -> None:
    wrong = rows(
        sample_shop,
        """SELECT s.id FROM sales s JOIN sale_lines l ON l.sale_id = s.id GROUP BY s.id
        HAVING s.gross <> sum(l.amount) OR s.discount <> sum(l.discount) OR s.points_value <> sum(l.points_value)
            OR s.total <> sum(l.amount - l.discount - l.points_value)
            OR s.revenue - s.returned <> sum(l.amount - l.discount)
            OR s.counted_lines <> sum(NOT l.is_return)""",
    )
    assert wrong == []
    assert rows(sample_shop, "SELECT count(*) FROM sales WHERE id NOT IN (SELECT sale_id FROM sale_lines)") == [(0,)]


def test_amounts_are_quantity_times_price(sample_shop: Shop) -> None:
    for quantity, price, amount in rows(sample_shop, "SELECT DISTINCT quantity, unit_price, amount FROM sale_lines"):
        exact = Fraction(abs(quantity) * price * 100, 1000 * 10_000)
        assert abs(amount) == floor(exact + Fraction(1, 2))
        assert (amount < 0) == (quantity < 0)


def test_points_are_earned_by_the_shops_rule(sample_shop: Shop) -> None:
    """One point for each yuan paid in money, twice that for a VIP in the month of the birthday."""
    found = rows(
        sample_shop,
        """SELECT s.points_earned, p.rate, sum(l.amount - l.discount - l.points_value), p.points
        FROM sales s JOIN sale_lines l ON l.sale_id = s.id
        JOIN point_entries p ON p.sale_id = s.id AND p.kind = 'earn' GROUP BY s.id""",
    )
    assert {rate for _, rate, _, _ in found} == {"1", "1*2"}
    for earned, rate, paid, points in found:
        assert earned == points == paid * (2 if rate == "1*2" else 1) // 100


def test_the_ledger_balances(sample_shop: Shop) -> None:
    """Every lot keeps at least nothing, and the lots less the debt are the sum of all rows (semantics.md)."""
    lots: dict[int, int] = {}
    balance: defaultdict[int, int] = defaultdict(int)
    held: defaultdict[int, int] = defaultdict(int)
    ledger = "SELECT id, customer_id, points, opens_lot, lot_id FROM point_entries ORDER BY at, id"
    for row_id, customer, points, opens, lot in rows(sample_shop, ledger):
        balance[customer] += points
        if opens:
            lots[row_id] = points
        elif lot is not None:
            lots[lot] += points
        held[customer] += points if opens or lot is not None else 0
        assert lot is None or lots[lot] >= 0
    owed = dict(
        rows(
            sample_shop,
            "SELECT customer_id, -sum(points) FROM point_entries WHERE lot_id IS NULL AND NOT opens_lot GROUP BY 1",
        )
    )
    for customer, points in balance.items():
        assert held[customer] - owed.get(customer, 0) == points
    assert rows(sample_shop, "SELECT count(*) FROM point_entries WHERE kind = 'expire'")[0][0] > 0


def test_nothing_is_left_to_expire_or_to_run_out(sample_shop: Shop) -> None:
    expired, _ = sample_shop.work.write(loyalty.open_day, TODAY)
    assert expired.lots == 0


def test_the_tiers_are_those_of_the_sales(sample_shop: Shop) -> None:
    moves = 'SELECT customer_id, "on", from_rank, to_rank, cause, valid_until FROM tier_moves ORDER BY 1, 2'
    before = rows(sample_shop, moves)
    sample_shop.work.write(loyalty.refresh, None, TODAY)
    assert rows(sample_shop, moves) == before
    assert {row[3] for row in before} == {0, 1, 2}


def test_only_a_vip_had_the_member_price(sample_shop: Shop) -> None:
    """The tier at the counter, followed purchase by purchase, is the one that the history of moves tells."""
    found = rows(
        sample_shop,
        """SELECT s.gross, s.discount, coalesce((SELECT m.to_rank FROM tier_moves m
            WHERE m.customer_id = s.customer_id AND m."on" < s.shop_day ORDER BY m."on" DESC, m.id DESC LIMIT 1), 0)
        FROM sales s WHERE s.customer_id IS NOT NULL AND s.returns_id IS NULL
            AND s.customer_id NOT IN (SELECT customer_id FROM sales WHERE returned > 0 AND customer_id > 0)""",
    )
    assert {rank for _, discount, rank in found if discount} == {2}
    assert all(discount > 0 for _, discount, rank in found if rank == 2)


def test_nothing_happens_after_the_moment_it_is_told(sample_shop: Shop) -> None:
    stamp = "2026-11-23T02:00:00.000Z"
    for table, column in (
        ("sales", "at"),
        ("point_entries", "at"),
        ("interactions", "at"),
        ("complaints", "opened_at"),
        ("complaint_events", "at"),
        ("customers", "created_at"),
        ("followups", "created_at"),
        ("pinned_facts", "at"),
    ):
        assert rows(sample_shop, f"SELECT count(*) FROM {table} WHERE {column} > '{stamp}'") == [(0,)], table


def test_bills_of_a_day_have_numbers_of_their_own_in_the_order_of_time(sample_shop: Shop) -> None:
    found = rows(sample_shop, "SELECT shop_day, number FROM sales ORDER BY at, id")
    assert len(set(found)) == len(found)
    by_day: defaultdict[str, list[str]] = defaultdict(list)
    for day, number in found:
        by_day[day].append(number)
    assert all(numbers == sorted(numbers) for numbers in by_day.values())


def test_there_is_work_of_every_kind(sample_shop: Shop) -> None:
    due = rows(sample_shop, "SELECT due_on FROM followups WHERE done_at IS NULL")
    assert {due_bucket(date.fromisoformat(day), TODAY) for (day,) in due} == set(Due)
    assert rows(sample_shop, "SELECT count(*) FROM followups WHERE done_at IS NOT NULL")[0][0] > 0
    assert {state for (state,) in rows(sample_shop, "SELECT DISTINCT state FROM complaints")} == {
        "open",
        "waiting",
        "resolved",
        "closed",
    }
    assert {kind for (kind,) in rows(sample_shop, "SELECT DISTINCT kind FROM point_entries")} >= {"earn", "redeem"}


def test_a_complaint_stands_where_its_last_event_left_it(sample_shop: Shop) -> None:
    last = """SELECT k.state, (SELECT e.state FROM complaint_events e WHERE e.complaint_id = k.id
        ORDER BY e.at DESC, e.id DESC LIMIT 1) FROM complaints k"""
    assert all(state == event for state, event in rows(sample_shop, last))


def test_numbers_reach_nobody_and_are_valid(sample_shop: Shop) -> None:
    found = rows(sample_shop, "SELECT typed, e164, digits FROM customer_phones")
    assert len(found) == 400
    for typed, e164, digits in found:
        assert digits[3:7] == "0000"
        assert (e164, digits) == (normalise(typed).e164, normalise(typed).digits)
    assert 380 < len({digits for _, _, digits in found}) < 400


def test_figures_and_search_are_up_to_date(sample_shop: Shop) -> None:
    assert rows(sample_shop, f"SELECT {COLUMNS} FROM customer_figures ORDER BY 1") == rows(
        sample_shop, f"SELECT * FROM ({truth(False)}) ORDER BY 1"
    )
    assert sample_shop.work.read(search.missing) == {"customer": [], "product": [], "complaint": []}
    name, *_ = rows(sample_shop, "SELECT name FROM customers WHERE name LIKE '欧阳%' OR name LIKE '诸葛%' LIMIT 1")
    assert name[0] in {hit.title for hit in sample_shop.work.read(search.find, name[0])}


def test_an_english_shop_speaks_english(tmp_path: Path) -> None:
    shop = made(tmp_path / "en.shop", customers=80, years=1, language="en")
    said = rows(
        shop,
        """SELECT name FROM products UNION ALL SELECT category FROM products UNION ALL SELECT words FROM complaints
        UNION ALL SELECT text FROM followups UNION ALL SELECT summary FROM interactions
        UNION ALL SELECT name FROM customer_tags
        UNION ALL SELECT source FROM customers UNION ALL SELECT text FROM pinned_facts""",
    )
    assert len(said) > 200
    assert not [words for (words,) in said if any(map(is_han, words))]
    names = [name for (name,) in rows(shop, "SELECT name FROM customers")]
    assert 0 < sum(any(map(is_han, name)) for name in names) < 20
    shop.close()


def test_the_trade_is_the_same_in_both_languages(tmp_path: Path) -> None:
    trade = []
    for language in ("en", "zh_CN"):
        shop = made(tmp_path / f"{language}.shop", customers=40, years=1, language=language)
        trade.append(rows(shop, "SELECT customer_id, at, total, points_earned FROM sales ORDER BY id"))
        shop.close()
    assert trade[0] == trade[1]


def test_nearly_all_guests_of_a_chinese_tea_house_have_chinese_names(sample_shop: Shop) -> None:
    names = [name for (name,) in rows(sample_shop, "SELECT name FROM customers")]
    western = [name for name in names if not any(map(is_han, name))]
    assert 0.06 * len(names) < len(western) < 0.12 * len(names)


def test_a_shop_not_yet_open_has_sold_nothing_today(work: UnitOfWork) -> None:
    early = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    work.write(sample.make_sample, until=early, customers=100, years=1)
    with Session(work.engine) as session:
        assert session.scalar(text("SELECT count(*) FROM sales WHERE shop_day >= '2026-11-23'")) == 0
        assert session.scalar(text("SELECT count(*) FROM customers WHERE created_at > '2026-11-22T23:30'")) == 0


def test_a_complaint_is_about_what_was_bought_before(sample_shop: Shop) -> None:
    found = rows(sample_shop, "SELECT k.opened_at, s.at FROM complaints k JOIN sales s ON s.id = k.sale_id")
    assert found
    assert all(bought <= opened for opened, bought in found)
