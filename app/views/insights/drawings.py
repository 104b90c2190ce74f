"""From rows to charts: which bars there are, what each stands for and in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication

from app.services.insights import MonthSales, Pareto, TierMonth
from app.services.loyalty import TierRow
from app.views.insights import words
from app.views.shared.chart_card import Drawing
from app.views.shared.desk import Desk
from app.views.shared.look import ChartColours

if TYPE_CHECKING:  # matplotlib costs half a second: only once something is drawn
    from app.charts.drawn import Drawn


@dataclass(frozen=True, slots=True)
class OfMonth:
    """A bar of sales: the buyers of that month."""

    month: date


@dataclass(frozen=True, slots=True)
class OfTier:
    """A bar of people: who stood in a tier on a day."""

    rank: int
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class OfClassA:
    """The best customers of the Pareto curve."""


@dataclass(frozen=True, slots=True)
class OfNobody:
    """Sales whose buyers did not say who they are."""


def tier_bars(months: Sequence[TierMonth], tiers: Sequence[TierRow]) -> Drawing:
    """People by tier at each month's end: the highest tier at the bottom, the lowest outlined on top."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.insights import Bars, Series, stacked_bars

        ends = [month.end for month in months]
        series = [
            Series(
                words.tier(tier),
                _hue(tier, tiers),
                [month.counts.get(tier.rank, 0) for month in months],
                [OfTier(tier.rank, words.tier(tier), end) for end in ends],
            )
            for tier in reversed(tiers)
        ]
        names = [words.month_and_year(end) for end in ends]
        return stacked_bars(Bars(words.month_ticks(ends), names, series, words.number, words.number), colours)

    return draw


def _hue(tier: TierRow, tiers: Sequence[TierRow]) -> Literal["gold", "accent", "outline"]:
    if tier.rank == tiers[0].rank:
        return "outline"
    return "gold" if tier.rank == tiers[-1].rank else "accent"


def sales_bars(months: Sequence[MonthSales], desk: Desk) -> Drawing:
    """Net sales by month: those of known customers, and outlined on top those without a name."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.insights import Bars, Series, stacked_bars

        firsts = [month.first for month in months]
        known = QCoreApplication.translate("Insights", "Known customers")
        unknown = QCoreApplication.translate("Insights", "Without a name")
        series = [
            Series(known, "accent", [month.known for month in months], [OfMonth(first) for first in firsts]),
            Series(unknown, "outline", [month.unknown for month in months], [OfNobody()] * len(firsts)),
        ]
        bars = Bars(
            words.month_ticks(firsts),
            [words.month_and_year(first) for first in firsts],
            series,
            lambda minor: words.money(desk, minor),
            lambda minor: words.bare_money(desk, minor),
        )
        return stacked_bars(bars, colours)

    return draw


def pareto_line(pareto: Pareto) -> Drawing:
    """The curve with the shop's own pair."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.insights import Curve, CurveWords, pareto_curve

        pair = (pareto.pair.customer_share, pareto.pair.revenue_share)
        finding = QCoreApplication.translate("Insights", "{customers} of customers bring {sales} of sales").format(
            customers=words.share(pair[0]), sales=words.share(pair[1])
        )
        detail = QCoreApplication.translate("Insights", "Class A: {now} people, {before} three months ago").format(
            now=words.number(len(pareto.best)), before=words.number(pareto.best_before)
        )
        said = CurveWords(
            finding,
            detail,
            QCoreApplication.translate("Insights", "Customers, best first"),
            QCoreApplication.translate("Insights", "Share of sales"),
        )
        return pareto_curve(Curve(pareto.curve, pair, OfClassA()), said, colours)

    return draw
