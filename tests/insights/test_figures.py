"""The figures of the sample shop against a second reckoning that reads every line and knows no SQL sums."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop
from app.services import insights
from app.services.insights import Figures

TODAY = date(2026, 11, 23)
LONG_AGO = date(2000, 1, 1)


@dataclass
class Known:
    """What the naive reckoning knows of one customer."""

    revenue: int = 0
    returns: int = 0
    days: set[date] = field(default_factory=set)
    lines: int = 0
    bills: set[int] = field(default_factory=set)


def rows(shop: Shop, statement: str) -> list[tuple[Any, ...]]:
    with Session(shop.work.engine) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def reckon(shop: Shop, first: date, last: date) -> dict[int, Known]:
    """Every line that has a customer, is not taken back and lies within the days, one by one."""
    found: defaultdict[int, Known] = defaultdict(Known)
    for sale, who, on, amount, off, back in rows(
        shop,
        """SELECT s.id, s.customer_id, s.shop_day, l.amount, l.discount, l.is_return FROM sale_lines l
        JOIN sales s ON s.id = l.sale_id WHERE s.customer_id IS NOT NULL AND s.voided_at IS NULL""",
    ):
        day = date.fromisoformat(on)
        if not first <= day <= last:
            continue
        known = found[who]
        if back:
            known.returns -= amount - off
        else:
            known.revenue += amount - off
            known.days.add(day)
            known.lines += 1
            known.bills.add(sale)
    return dict(found)


def check(figures: Figures, known: dict[int, Known]) -> None:
    bought = {who: k for who, k in known.items() if k.lines}
    revenue = sum(k.revenue for k in known.values())
    bills = sum(len(k.bills) for k in known.values())
    assert figures.buyers == len(bought) > 50
    assert figures.sales == bills
    assert figures.lines == sum(k.lines for k in known.values())
    assert figures.revenue == revenue
    assert figures.returns == sum(k.returns for k in known.values())
    assert figures.net == revenue - figures.returns
    assert abs(figures.average_sale * bills - revenue) <= bills / 2
    assert figures.repeat.of == len(bought)
    assert figures.repeat.hits == sum(len(k.days) >= 2 for k in known.values())
    best = sorted(bought.values(), key=lambda k: -k.revenue)
    assert [top.revenue for top in figures.top] == [k.revenue for k in best[:10]]
    assert all(bought[top.id].revenue == top.revenue for top in figures.top)
    assert figures.top20.revenue == sum(k.revenue for k in best[: ceil(len(best) / 5)])
    assert figures.abc == naive_abc([k.revenue - k.returns for k in bought.values()])
    assert sum(figures.rfm.values()) == figures.buyers


def naive_abc(nets: list[int]) -> dict[str, int]:
    total, so_far, counts = sum(net for net in nets if net > 0), 0, {"A": 0, "B": 0, "C": 0}
    for net in sorted(nets, reverse=True):
        if net > 0 and so_far < Fraction(80, 100) * total:
            counts["A"] += 1
        elif net > 0 and so_far < Fraction(95, 100) * total:
            counts["B"] += 1
        else:
            counts["C"] += 1
        so_far += max(0, net)
    return counts


@pytest.mark.parametrize(
    ("first", "last"),
    [(None, None), (date(2026, 1, 1), None), (date(2025, 12, 1), date(2026, 2, 28)), (None, date(2026, 6, 30))],
)
def test_sums_are_those_of_the_lines(sample_shop: Shop, first: date | None, last: date | None) -> None:
    figures = sample_shop.work.read(insights.figures, TODAY, first, last)
    check(figures, reckon(sample_shop, first or LONG_AGO, last or TODAY))
    assert figures.customers == 400
    for groups in (figures.tiers, figures.phases, figures.stages):
        assert sum(groups.values()) == 400


def test_months_add_up(sample_shop: Shop) -> None:
    figures = sample_shop.work.read(insights.figures, TODAY)
    assert sum(month.revenue for month in figures.months) == figures.revenue
    assert sum(month.sales for month in figures.months) == figures.sales
    march = reckon(sample_shop, date(2026, 3, 1), date(2026, 3, 31))
    assert {m.month: m.revenue for m in figures.months}["2026-03"] == sum(k.revenue for k in march.values())


def test_a_day_of_the_past_knows_nothing_of_what_came_later(sample_shop: Shop) -> None:
    then = date(2026, 3, 31)
    figures = sample_shop.work.read(insights.figures, then)
    check(figures, reckon(sample_shop, LONG_AGO, then))
    with Session(sample_shop.work.engine) as session:
        for statement in (
            "UPDATE sales SET voided_at = '2026-11-23T02:00:00.000Z' WHERE shop_day > '2026-03-31'",
            "DELETE FROM interactions WHERE complaint_id IN (SELECT id FROM complaints)",
            "DELETE FROM followups WHERE complaint_id IN (SELECT id FROM complaints)",
            "DELETE FROM complaints WHERE opened_at >= '2026-03-31T16:00'",
        ):
            session.execute(text(statement))
        session.commit()
    assert sample_shop.work.read(insights.figures, then) == figures


def gaps_of(days: Iterable[date]) -> list[int]:
    ordered = sorted(days)
    return [(b - a).days for a, b in pairwise(ordered)]


def test_phases_follow_the_purchase_days(sample_shop: Shop) -> None:
    """Silence is longer than twice one's own median gap, the shop's below three purchase days (semantics.md)."""
    known = reckon(sample_shop, LONG_AGO, TODAY)
    everyone = [gap for k in known.values() for gap in gaps_of(k.days)]
    severe = {
        who
        for (who,) in rows(
            sample_shop, "SELECT customer_id FROM complaints WHERE severity = 'severe' AND state <> 'closed'"
        )
    }
    counts = dict.fromkeys(("establish", "strengthen", "maintain", "recover", "ended"), 0)
    for (who,) in rows(sample_shop, "SELECT id FROM customers"):
        days = known[who].days if who in known else set()
        own = gaps_of(days)
        usual = median(own) if len(days) >= 3 else median(everyone)
        quiet = bool(days) and (TODAY - max(days)).days > max(14, 2 * usual)
        n = len(days)
        name = "maintain" if n >= 4 else "strengthen" if n >= 2 else "establish"
        counts["recover" if quiet or who in severe else name] += 1
    assert sample_shop.work.read(insights.figures, TODAY).phases == counts


def test_tiers_and_complaints_are_those_on_the_lists(sample_shop: Shop) -> None:
    figures = sample_shop.work.read(insights.figures, TODAY)
    codes = {0: "potential", 1: "ordinary", 2: "vip"}
    listed = rows(sample_shop, "SELECT tier_rank, count(*) FROM customer_figures GROUP BY 1")
    assert figures.tiers == {codes[rank]: count for rank, count in listed}
    assert figures.complaints == dict(rows(sample_shop, "SELECT state, count(*) FROM complaints GROUP BY 1"))


def test_a_complaint_stood_where_it_stood(sample_shop: Shop) -> None:
    """The day after it was opened the newest closed case was not closed yet."""
    number, opened = rows(
        sample_shop, "SELECT id, opened_at FROM complaints WHERE state = 'closed' ORDER BY opened_at DESC LIMIT 1"
    )[0]
    day = datetime.fromisoformat(opened).astimezone(ZoneInfo("Asia/Shanghai")).date()
    before = sample_shop.work.read(insights.figures, day - timedelta(days=1)).complaints
    on = sample_shop.work.read(insights.figures, day).complaints
    after = sample_shop.work.read(insights.figures, day + timedelta(days=12)).complaints
    assert sum(on.values()) == sum(before.values()) + 1
    assert after["closed"] == sum(on.values()) == number


def test_merged_cards_count_as_one(sample_shop: Shop) -> None:
    before = sample_shop.work.read(insights.figures, TODAY)
    first, second = (top.id for top in before.top[:2])
    with Session(sample_shop.work.engine) as session:
        session.execute(text(f"UPDATE customers SET merged_into = {first} WHERE id = {second}"))
        session.commit()
    after = sample_shop.work.read(insights.figures, TODAY)
    assert after.customers == before.customers - 1
    assert after.buyers == before.buyers - 1
    assert (after.revenue, after.sales) == (before.revenue, before.sales)
    assert after.top[0].revenue == before.top[0].revenue + before.top[1].revenue
    assert sum(after.tiers.values()) == after.customers


def test_an_empty_shop_has_figures_too(shop: Shop) -> None:
    figures = shop.work.read(insights.figures, TODAY)
    assert (figures.customers, figures.buyers, figures.revenue, figures.average_sale) == (0, 0, 0, 0)
    assert figures.repeat.value is None
    assert figures.tiers == {"potential": 0, "ordinary": 0, "vip": 0}
    assert (figures.top, figures.months) == ((), ())
