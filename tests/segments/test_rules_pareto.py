"""ABC classes and the shop's own pair, checked by trying every number of customers."""

import csv
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import line_amount
from app.domain.segments.pareto import AbcClass, abc, class_change, concentration, pareto_pair, top_share
from app.domain.segments.rates import repeat_rate

nets = st.lists(st.integers(-50, 200), max_size=30)


@given(nets)
def test_each_class_is_the_smallest_set_that_reaches_its_share(found: list[int]) -> None:
    best = sorted((net for net in found if net > 0), reverse=True)
    sizes = {
        percent: next(n for n in range(len(best) + 1) if 100 * sum(best[:n]) >= percent * sum(best))
        for percent in (80, 95)
    }
    classes = abc(found)
    assert (classes.count(AbcClass.A), classes.count(AbcClass.B)) == (sizes[80], sizes[95] - sizes[80])
    by_class = {name: [net for net, its in zip(found, classes, strict=True) if its == name] for name in "ABC"}
    assert sorted(by_class["A"] + by_class["B"], reverse=True) == best[: sizes[95]]
    assert sorted(by_class["A"], reverse=True) == best[: sizes[80]]
    pair = pareto_pair(found)
    assert (pair.customers, pair.of, pair.revenue) == (sizes[80], len(best), sum(best[: sizes[80]]))


def test_the_one_that_crosses_belongs_to_the_class() -> None:
    # Best first 79, 14, 4, 2, 1: 79 is short of 80, the 14 crosses; 93 is short of 95, the 4 crosses.
    assert abc([79, 2, 14, 4, 1]) == ["A", "C", "A", "B", "C"]
    assert abc([80, 15, 5]) == ["A", "B", "C"]


def test_nothing_and_less_are_c_and_outside_the_total() -> None:
    assert abc([-1000, 0, 10]) == ["C", "C", "A"]
    assert abc([]) == []
    assert abc([0, -5]) == ["C", "C"]


def test_among_equals_the_earlier_comes_first() -> None:
    assert abc([10] * 5) == ["A"] * 4 + ["B"]


def test_the_pair_in_words() -> None:
    pair = pareto_pair([50, 30, 10, 5, 5, 0])
    assert (pair.customers, pair.of, pair.customer_share, pair.revenue_share) == (2, 5, 0.4, 0.8)
    nobody = pareto_pair([])
    assert (nobody.customer_share, nobody.revenue_share) == (0.0, 0.0)


def test_the_best_fifth_is_rounded_up() -> None:
    best = top_share([1, 2, 3, 4, 5, 6])
    assert (best.customers, best.of, best.revenue, best.total) == (2, 6, 11, 21)


def test_the_curve_runs_from_corner_to_corner() -> None:
    assert concentration([25, 75, 0]) == [(0.0, 0.0), (0.5, 0.75), (1.0, 1.0)]
    assert concentration([0]) == []


def test_who_entered_and_who_left() -> None:
    change = class_change([1, 2, 3], [3, 4])
    assert (sorted(change.entered), sorted(change.left)) == ([4], [1, 2])


@pytest.mark.real_data
def test_a_month_of_a_real_shop(shared_data: Path) -> None:
    """The figures the command line promises for the online retailer's December 2010."""
    revenue: defaultdict[str, int] = defaultdict(int)
    days: defaultdict[str, set[date]] = defaultdict(set)
    file = shared_data / "retail_uci_online_retail" / "online_retail_2010-12.csv"
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            quantity, price = int(row["Quantity"]), int(Decimal(row["UnitPrice"]) * 10_000)
            if row["CustomerID"] and quantity > 0 and price > 0 and not row["InvoiceNo"].startswith("C"):
                revenue[row["CustomerID"]] += line_amount(quantity * 1000, price)
                days[row["CustomerID"]].add(datetime.fromisoformat(row["InvoiceDate"]).date())
    best = top_share(revenue.values())
    assert (best.of, best.total) == (885, 57_271_389)
    assert round(best.revenue_share, 4) == 0.6320
    repeat = repeat_rate(map(len, days.values())).value
    assert repeat is not None
    assert round(repeat, 4) == 0.2395
