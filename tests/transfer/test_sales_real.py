"""A real shop's December comes out to the penny, comes in once, and goes out without a trace."""

import csv
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.bootstrap import Shop, found_shop, open_shop
from app.services.transfer import undo_batch
from tests.transfer.bringing import asked, bring, counts

pytestmark = pytest.mark.real_data
KEPT_LINE = "s.customer_id IS NOT NULL AND l.is_return = 0 AND l.quantity > 0 AND l.unit_price > 0"


@pytest.fixture
def retail(shared_data: Path) -> Path:
    return shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv"


@pytest.fixture
def london(tmp_path: Path) -> Shop:
    path = tmp_path / "london.shop"
    found_shop(path, name="Gifts", currency="GBP", timezone="Europe/London")
    return open_shop(path, clock=lambda: datetime(2011, 1, 3, 9, tzinfo=UTC))


def test_every_published_figure(london: Shop, retail: Path) -> None:
    outcome = bring(london.work, retail, "sales")
    assert counts(outcome) == (42_481, 0, 0, 0, 0)
    assert outcome.read == 42_481
    assert outcome.sales is not None
    assert outcome.sales.anonymous_lines == 15_631
    assert outcome.sales.customers_created == 948
    assert outcome.sales.return_lines == 798
    lines = "FROM sale_lines l JOIN sales s ON s.id = l.sale_id"
    assert asked(
        london.work,
        f"SELECT count(*), count(DISTINCT customer_id), count(DISTINCT s.id), sum(l.amount) {lines} WHERE {KEPT_LINE}",
    ) == [(26_157, 885, 1_400, 57_271_389)]
    assert asked(london.work, f"SELECT count(*) {lines} WHERE l.quantity < 0") == [(798,)]
    assert asked(london.work, f"SELECT count(*) {lines} WHERE s.invoice LIKE 'C%' AND l.is_return = 1") == [(728,)]
    assert asked(london.work, f"SELECT -sum(l.amount) {lines} WHERE l.is_return = 1 AND s.customer_id > 0") == [
        (1_810_987,)
    ]
    assert asked(london.work, "SELECT external_id FROM customers WHERE external_id LIKE '%.%'") == []


def test_sums_of_sales_are_the_sums_of_their_lines(london: Shop, retail: Path) -> None:
    bring(london.work, retail, "sales")
    wrong = asked(
        london.work,
        """
        SELECT s.id FROM sales s LEFT JOIN sale_lines l ON l.sale_id = s.id GROUP BY s.id
        HAVING s.revenue <> coalesce(sum(l.amount) FILTER (WHERE NOT is_return AND quantity > 0 AND unit_price > 0), 0)
            OR s.returned <> coalesce(-sum(l.amount) FILTER (WHERE is_return), 0)
            OR s.counted_lines <> count(l.id) FILTER (WHERE NOT is_return AND quantity > 0 AND unit_price > 0)
            OR s.total <> s.revenue - s.returned
        """,
    )
    assert wrong == []


def test_top_customers_and_repeaters(london: Shop, retail: Path) -> None:
    bring(london.work, retail, "sales")
    top = asked(
        london.work,
        "SELECT c.external_id, sum(s.revenue) FROM sales s JOIN customers c ON c.id = s.customer_id "
        "GROUP BY c.id ORDER BY 2 DESC LIMIT 2",
    )
    assert top == [("18102", 2_783_461), ("15061", 1_995_066)]
    assert asked(london.work, "SELECT count(*) FROM customer_figures WHERE purchase_days >= 2") == [(212,)]
    bills = "SELECT customer_id FROM sales WHERE counted_lines > 0 AND customer_id > 0 GROUP BY 1 HAVING count(*) > 1"
    assert asked(london.work, f"SELECT count(*) FROM ({bills})") == [(263,)]
    assert asked(london.work, "SELECT count(*) FROM customer_figures WHERE purchase_days = 0") == [(63,)]


def test_again_shuffled_and_longer(london: Shop, retail: Path, tmp_path: Path) -> None:
    with retail.open(encoding="utf-8-sig", newline="") as file:
        head, *body = list(csv.reader(file))

    def saved(name: str, rows: list[list[str]]) -> Path:
        target = tmp_path / name
        with target.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([head, *rows])
        return target

    assert counts(bring(london.work, saved("half.csv", body[:20_000]), "sales"))[0] == 20_000
    assert counts(bring(london.work, retail, "sales")) == (22_481, 0, 20_000, 0, 0)
    random.Random(7).shuffle(body)
    assert counts(bring(london.work, saved("shuffled.csv", body), "sales")) == (0, 0, 42_481, 0, 0)
    assert asked(
        london.work, "SELECT count(*), sum(revenue) FROM sales WHERE customer_id > 0 AND counted_lines > 0"
    ) == [(1_400, 57_271_389)]


def test_taken_back_nothing_is_left(london: Shop, retail: Path) -> None:
    batch = bring(london.work, retail, "sales").batch
    answer, _ = london.work.write(undo_batch, batch)
    assert answer.kept == ()
    assert answer.removed == 42_481 + 2_025 + 948 + 2_822
    for table in ("sales", "sale_lines", "customers", "products", "customer_figures", "search_entries", "tier_moves"):
        assert asked(london.work, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_file_without_headers_by_column_numbers(london: Shop, shared_data: Path, tmp_path: Path) -> None:
    source = tmp_path / "cdnow.csv"
    rows = [line.split() for line in (shared_data / "cdnow" / "CDNOW_sample.txt").read_text("ascii").splitlines()]
    source.write_text("\n".join(",".join(row) for row in rows), encoding="ascii")
    mapping = {"customer_id": 0, "moment": 2, "quantity": 3, "amount": 4, "invoice": None, "product_code": None}
    outcome = bring(london.work, source, "sales", mapping=mapping)
    assert outcome.read == 6_919
    assert outcome.rejections == ()
    assert outcome.sales is not None
    assert outcome.sales.customers_created == 2_357
    assert outcome.sales.net_total == 24_409_194
