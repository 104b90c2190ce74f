"""A real shop's December with points: the sum an independent count comes to, and nothing left when it is taken back."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from app.bootstrap import Shop, found_shop, open_shop
from app.services import backup
from app.services.transfer import undo_batch
from tests.transfer.bringing import asked, bring

pytestmark = pytest.mark.real_data
CENT = Decimal("0.01")


@pytest.fixture
def retail(shared_data: Path) -> Path:
    return shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv"


@pytest.fixture
def london(tmp_path: Path) -> Shop:
    path = tmp_path / "london.shop"
    found_shop(path, name="Gifts", currency="GBP", timezone="Europe/London")
    return open_shop(path, clock=lambda: datetime(2011, 1, 3, 9, tzinfo=UTC))


def worth(source: Path) -> dict[tuple[str, str], Decimal]:
    """Invoice and customer → Σ quantity × price of what was sold, each line rounded half up to the penny."""
    found: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            quantity, price = int(row["Quantity"]), Decimal(row["UnitPrice"])
            customer, invoice = row["CustomerID"].removesuffix(".0"), row["InvoiceNo"]
            if customer and quantity > 0 and price > 0 and not invoice.startswith("C"):
                found[invoice, customer] += (quantity * price).quantize(CENT, ROUND_HALF_UP)
    return found


def test_every_bill_earns_its_whole_pounds(london: Shop, retail: Path) -> None:
    outcome = bring(london.work, retail, "sales", earn=True)
    earned = {
        (invoice, customer): points
        for invoice, customer, points in asked(
            london.work,
            "SELECT s.invoice, c.external_id, p.points FROM point_entries p JOIN sales s ON s.id = p.sale_id "
            "JOIN customers c ON c.id = s.customer_id WHERE p.kind = 'earn'",
        )
    }
    expected = {bill: int(pounds) for bill, pounds in worth(retail).items() if int(pounds)}
    assert earned == expected
    assert outcome.sales is not None
    assert outcome.sales.points_earned == sum(expected.values())
    assert asked(london.work, "SELECT sum(points) FROM customer_figures") == asked(
        london.work, "SELECT sum(points) FROM point_entries"
    )
    assert london.work.read(backup.check, date(2011, 1, 3)).problems == ()


def test_no_bill_loses_more_than_it_earned(london: Shop, retail: Path) -> None:
    bring(london.work, retail, "sales", earn=True)
    by_sale = "SELECT sum(points), min(points), max(kind = 'take_back') FROM point_entries GROUP BY sale_id"
    left = asked(london.work, by_sale)
    assert min(points for points, *_ in left) >= 0
    assert any(taken for *_, taken in left)


def test_taken_back_every_balance_is_nothing(london: Shop, retail: Path) -> None:
    batch = bring(london.work, retail, "sales", earn=True).batch
    answer, _ = london.work.write(undo_batch, batch)
    assert answer.kept == ()
    assert asked(london.work, "SELECT count(*) FROM sale_lines") == [(0,)]
    assert asked(london.work, "SELECT customer_id FROM point_entries GROUP BY 1 HAVING sum(points) <> 0") == []
    assert asked(london.work, "SELECT count(*) FROM customers WHERE archived_at IS NULL") == [(0,)]
    assert london.work.read(backup.check, date(2011, 1, 3)).problems == ()
    again = bring(london.work, retail, "sales", earn=True)
    assert again.created == 42_481
    assert asked(london.work, "SELECT count(*) FROM customers WHERE archived_at IS NULL") == [(948,)]
