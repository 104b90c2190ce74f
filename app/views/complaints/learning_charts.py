"""From what was learned to charts: which bars there are, the cases each stands for, and in which words."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.complaint_learning import TEXTS_ON_THE_SPOT, TEXTS_RESOLVED, Bar, Group, vital_few
from app.domain.complaint_learning import per_hundred as rate_of
from app.domain.money import currency
from app.services.complaints import By, Learned, MonthOfCases, Payback
from app.views.complaints import learning_words as words
from app.views.shared.chart_card import Drawing
from app.views.shared.desk import Desk
from app.views.shared.look import ChartColours
from app.views.shared.paint import figure

if TYPE_CHECKING:  # matplotlib costs half a second: only once something is drawn
    from app.charts.complaints import RankedBar
    from app.charts.drawn import Drawn

MOST = 7
"""Bars of one chart; what is left is one bar more."""
LONGEST = 22
"""Letters of a name under a bar."""


@dataclass(frozen=True, slots=True)
class OfCases:
    """A bar: these cases."""

    ids: tuple[int, ...]


def ranking(learned: Learned, by: By, desk: Desk) -> Drawing:
    """Bars by one of the things cases share, or by what putting them right cost."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.complaints import Ranked, RankedBar, ranked_bars

        bars, before = learned.bars[by], learned.before[by]
        vital = vital_few(bars)
        shown = [
            RankedBar(
                OfCases(bar.ids),
                _short(words.key_words(by, bar.key, learned)),
                bar.weight,
                _said(learned, by, bar, desk),
                place < vital,
                before.get(bar.key, 0) if any(before.values()) else None,
            )
            for place, bar in enumerate(bars[:MOST])
        ]
        if rest := bars[MOST:]:
            shown.append(_others(rest, before, by, desk))
        series = QCoreApplication.translate("Learning", "Cases")
        if by.is_cost:
            series = QCoreApplication.translate("Learning", "Cost of remedies")
        tick = _bare_money(desk) if by.is_cost else figure_of
        return ranked_bars(Ranked(shown, series, words.by_words(by), tick), colours)

    return draw


def _others(rest: Sequence[Bar], before: dict[Hashable, int], by: By, desk: Desk) -> "RankedBar":
    """All that is too light for a bar of its own."""
    from app.charts.complaints import RankedBar

    weight = sum(bar.weight for bar in rest)
    earlier = sum(before.get(bar.key, 0) for bar in rest) if any(before.values()) else None
    said = desk.money(weight, drop_zeros=True) if by.is_cost else figure(weight)
    ids = tuple(dict.fromkeys(key for bar in rest for key in bar.ids))
    return RankedBar(OfCases(ids), _how_many(len(rest)), weight, said, vital=False, before=earlier)


def _how_many(others: int) -> str:
    return QCoreApplication.translate("Learning", "%n other(s)", "", others)


def figure_of(value: float) -> str:
    return figure(round(value))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _said(learned: Learned, by: By, bar: Bar, desk: Desk) -> str:
    """The value; of goods and sellers how often on a hundred purchases; else the share up to here."""
    if by.is_cost:
        return f"{desk.money(bar.weight, drop_zeros=True)} · {words.percent(bar.so_far)}"
    if by in learned.bought:
        said = QCoreApplication.translate("Learning", "{count} · {rate} per 100 sold")
        rate = words.per_hundred(rate_of(bar.weight, learned.bought[by].get(bar.key, 0)))
        return said.replace("{count}", figure(bar.weight)).replace("{rate}", rate)
    return f"{figure(bar.weight)} · {words.percent(bar.so_far)}"


def _bare_money(desk: Desk) -> Callable[[float], str]:
    return lambda minor: figure(round(minor / 10 ** currency(desk.settings.currency).digits))


def trend(learned: Learned, desk: Desk, *, cost: bool) -> Drawing:
    """By month: complaints on a hundred purchases, or what remedies cost."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.bars import Bars, Series, stacked_bars

        months = learned.months
        if cost:
            name = QCoreApplication.translate("Learning", "Cost of remedies")
            values, keys = [month.cost for month in months], [OfCases(month.cost_ids) for month in months]
        else:
            name = QCoreApplication.translate("Learning", "Complaints per 100 purchases")
            values = [month.per_hundred or 0 for month in months]  # type: ignore[misc]
            keys = [OfCases(month.ids) for month in months]
        series = Series(name, "accent", values, keys)
        say = (lambda minor: desk.money(round(minor), drop_zeros=True)) if cost else words.per_hundred
        bars = Bars(
            [_tick(month, place) for place, month in enumerate(months)],
            [_named(m) for m in months],
            [series],
            say,
            _bare_money(desk) if cost else words.per_hundred,
        )
        return stacked_bars(bars, colours)

    return draw


def _tick(month: MonthOfCases, place: int) -> str:
    name = QLocale().standaloneMonthName(month.month.month, QLocale.FormatType.ShortFormat)
    return f"{name}\n{month.month.year}" if place == 0 or month.month.month == 1 else name


def _named(month: MonthOfCases) -> str:
    """The month, with the counts behind its rate."""
    said = QCoreApplication.translate("Learning", "{month} {year}: {cases} / {purchases}")
    name = QLocale().standaloneMonthName(month.month.month, QLocale.FormatType.ShortFormat)
    said = said.replace("{month}", name).replace("{year}", str(month.month.year))
    return said.replace("{cases}", figure(len(month.ids))).replace("{purchases}", figure(month.purchases))


def pays(found: Payback) -> Drawing:
    """Who came back, by how their case stood."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.complaints import PaybackBar, PaybackWords, payback_bars

        bars = [
            PaybackBar(
                OfCases(group.ids),
                words.outcome_words(group.outcome),
                None if group.thin else group.rate.value,
                group.interval,
                words.counts(group.rate),
                group_words(group),
            )
            for group in found.groups
        ]
        quick = QCoreApplication.translate("Learning", "95%: textbook, solved quickly")
        solved = QCoreApplication.translate("Learning", "70%: textbook, solved")
        return payback_bars(
            bars,
            PaybackWords(
                QCoreApplication.translate("Learning", "Came back"),
                QCoreApplication.translate("Learning", "cannot tell yet"),
                ((TEXTS_ON_THE_SPOT, quick), (TEXTS_RESOLVED, solved)),
            ),
            colours,
        )

    return draw


def group_words(group: Group) -> str:
    """The share of a group with its counts and how far it can be trusted."""
    said = f"{words.percent(group.rate.value)} · {words.counts(group.rate)}"
    if group.interval is None:
        return said
    low, high = (round(100 * end) for end in group.interval)
    return f"{said} · {low}–{high}%"
