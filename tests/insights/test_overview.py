"""The five tiles, the months, the tiers by month, Pareto and the findings, each against the rows they come from."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import Shop
from app.services import insights, loyalty, till
from app.services.insights import FindingKind, Period, Span

TODAY = date(2026, 11, 23)


def rows(shop: Shop, statement: str) -> list[tuple[Any, ...]]:
    with Session(shop.work.engine) as session:
        return [tuple(row) for row in session.execute(text(statement))]


def buyers(shop: Shop, first: str, last: str) -> set[int]:
    found = rows(
        shop,
        f"""SELECT DISTINCT customer_id FROM sales WHERE revenue > 0 AND customer_id > 0
        AND shop_day BETWEEN '{first}' AND '{last}'""",
    )
    return {who for (who,) in found}


def test_a_period_is_compared_with_the_same_days_before(sample_shop: Shop) -> None:
    for period, now, before in (
        (Period.MONTH, Span(date(2026, 11, 1), TODAY), Span(date(2026, 10, 1), date(2026, 10, 23))),
        (Period.QUARTER, Span(date(2026, 10, 1), TODAY), Span(date(2026, 7, 1), date(2026, 8, 23))),
        (Period.YEAR, Span(date(2026, 1, 1), TODAY), Span(date(2025, 1, 1), date(2025, 11, 23))),
    ):
        tiles = sample_shop.work.read(insights.tiles, period, TODAY)
        assert (tiles.span, tiles.before) == (now, before)


def test_the_last_day_of_a_long_month_is_compared_with_that_of_a_short_one(shop: Shop) -> None:
    tiles = shop.work.read(insights.tiles, Period.MONTH, date(2026, 3, 31))
    assert tiles.before == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert not tiles.anything


def test_the_tiles_of_the_month(sample_shop: Shop) -> None:
    tiles = sample_shop.work.read(insights.tiles, Period.MONTH, TODAY)
    ((net, bills),) = rows(
        sample_shop,
        """SELECT sum(revenue) - sum(returned), sum(returns_id IS NULL) FROM sales
        WHERE shop_day BETWEEN '2026-11-01' AND '2026-11-23'""",
    )
    assert (tiles.net.now, tiles.bills) == (net, bills)
    assert tiles.net.line[-2:] == (tiles.net.before, tiles.net.now)
    assert len(tiles.net.line) == 12
    october, november = (
        buyers(sample_shop, "2026-10-01", "2026-10-23"),
        buyers(sample_shop, "2026-11-01", "2026-11-23"),
    )
    assert (tiles.churn.now.hits, tiles.churn.now.of) == (len(october - november), len(october))
    assert tiles.buyers == len(november)
    before = buyers(sample_shop, "2000-01-01", "2026-10-31")
    assert tiles.new.now == len(november - before)
    figures = sample_shop.work.read(insights.figures, TODAY)
    assert tiles.repeat.now == figures.repeat


def test_points_are_what_the_shop_owes(sample_shop: Shop) -> None:
    tiles = sample_shop.work.read(insights.tiles, Period.MONTH, TODAY)
    owed = sample_shop.work.read(loyalty.outstanding, TODAY)
    assert tiles.points.now == owed.usable > 0
    assert tiles.points_worth == owed.value


def test_months_and_their_people(sample_shop: Shop) -> None:
    months = sample_shop.work.read(insights.sales_by_month, TODAY)
    assert [month.first for month in months][::11] == [date(2025, 12, 1), date(2026, 11, 1)]
    for month in months:
        key = month.first.isoformat()[:7]
        ((known, unknown),) = rows(
            sample_shop,
            f"""SELECT sum((revenue - returned) * (customer_id IS NOT NULL)), sum((revenue - returned) *
            (customer_id IS NULL)) FROM sales WHERE substr(shop_day, 1, 7) = '{key}'""",
        )
        assert (month.known, month.unknown) == (known, unknown)
        people = sample_shop.work.read(insights.people_of_month, month.first, TODAY)
        assert set(people) == buyers(sample_shop, f"{key}-01", f"{key}-31")
        assert len(people) == len(set(people))


def test_a_sale_raises_this_month_at_once(sample_shop: Shop) -> None:
    before = sample_shop.work.read(insights.sales_by_month, TODAY)[-1]
    line = till.TicketLine(1, 1000, 1_980_000)
    ticket = till.Ticket(None, (line,))
    sample_shop.work.write(till.sell, ticket, operation_id="x", at=datetime(2026, 11, 23, 2, tzinfo=UTC))
    after = sample_shop.work.read(insights.sales_by_month, TODAY)[-1]
    assert (after.unknown - before.unknown, after.known - before.known, after.bills - before.bills) == (19_800, 0, 1)


def test_tiers_by_month_agree_with_the_people_in_them(sample_shop: Shop) -> None:
    months = sample_shop.work.read(insights.customers_by_tier_by_month, TODAY)
    assert [month.end for month in months][::11] == [date(2025, 12, 31), TODAY]
    for month in months:
        for rank, count in month.counts.items():
            people = sample_shop.work.read(insights.people_of_tier, rank, month.end)
            assert len(people) == len(set(people)) == count
    assert months[-1].total == 400
    listed = dict(rows(sample_shop, "SELECT tier_rank, count(*) FROM customer_figures GROUP BY 1"))
    assert months[-1].counts == listed


def test_the_pareto_pair_is_the_smallest_that_reaches_four_fifths(sample_shop: Shop) -> None:
    pareto = sample_shop.work.read(insights.overview, Period.MONTH, TODAY).pareto
    nets = sorted(
        (
            net
            for (net,) in rows(
                sample_shop,
                """SELECT sum(revenue - returned) FROM sales WHERE customer_id IS NOT NULL
                AND shop_day BETWEEN '2025-11-24' AND '2026-11-23' GROUP BY customer_id HAVING sum(revenue) > 0""",
            )
            if net > 0
        ),
        reverse=True,
    )
    enough = next(count for count in range(len(nets)) if sum(nets[:count]) >= 0.8 * sum(nets))
    assert (pareto.pair.customers, pareto.pair.of) == (enough, len(nets))
    assert len(pareto.best) == enough
    assert pareto.curve[0] == (0, 0)
    assert pareto.curve[-1] == (1, 1)
    shares = [share for _, share in pareto.curve]
    assert shares == sorted(shares)


def test_findings_name_people_who_have_done_just_that(sample_shop: Shop) -> None:
    overview = sample_shop.work.read(insights.overview, Period.MONTH, TODAY)
    found = {finding.kind: finding for finding in overview.findings}
    lately = buyers(sample_shop, "2026-11-01", "2026-11-23")
    silent = found[FindingKind.FELL_SILENT]
    assert silent.usual_days > 0
    for who in silent.people:
        days = rows(
            sample_shop, f"SELECT count(DISTINCT shop_day) FROM sales WHERE customer_id = {who} AND revenue > 0"
        )
        assert days[0][0] >= 3
    assert len(lately & set(silent.people)) <= 1
    away = found[FindingKind.STAYED_AWAY]
    newcomers = buyers(sample_shop, "2026-09-01", "2026-09-30") - buyers(sample_shop, "2000-01-01", "2026-08-31")
    assert away.of == len(newcomers)
    once = rows(
        sample_shop,
        "SELECT customer_id FROM sales WHERE revenue > 0 GROUP BY 1 HAVING count(DISTINCT shop_day) = 1",
    )
    assert set(away.people) == newcomers & {who for (who,) in once}


def test_an_empty_shop_says_nothing(shop: Shop) -> None:
    overview = shop.work.read(insights.overview, Period.MONTH, TODAY)
    assert overview.findings == ()
    assert overview.pareto.curve == ()
    assert not overview.tiles.anything
