"""The place of insights: five figures, three charts and what they say, over any period and as of any day."""

from datetime import date, timedelta

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from app.services import insights, interactions
from app.services.insights import MonthSales, Overview, Period, TierMonth
from app.services.loyalty import TierRow, tiers
from app.views.insights import words
from app.views.insights.drawings import (
    OfClassA,
    OfMonth,
    OfNobody,
    OfTier,
    pareto_line,
    sales_bars,
    tier_bars,
)
from app.views.insights.findings import FindingsCard
from app.views.insights.tiles import FigureTiles
from app.views.shared import look
from app.views.shared.actions import retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.chart_card import ChartCard
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import BringIn, OpenPlace, ShowCustomers
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, box, column, page, row
from app.views.shared.look import px
from app.views.shared.screen import Screen
from app.views.shared.tasks import Task
from app.views.shared.tokens import PAGE_HEAD
from app.views.shared.typed_fields import DateField

WIDE, MIDDLE = 1000, 640
"""From these widths on the tiles stand in one row, in two; the charts beside each other from `WIDE`."""
YEAR = 365
"""Care and selling are counted over so many days."""
COLUMNS = 30
"""Parts as wide as a fifth, a third and a half of the page all end on a column."""


class InsightsScreen(Screen):
    """Figures are worked out on a worker thread; until they come, the last ones stay."""

    watches = frozenset({"sales", "loyalty", "customers", "complaints", "interactions", "settings"})

    def build(self) -> None:
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.periods = Chips()
        self.as_of_words = PlainLabel("", "small", tone="ink2")
        self.as_of = DateField(today=self.desk.today, height=32)
        self.tiles = FigureTiles(self.desk, self)
        self.tier_chart, self.pareto_chart, self.sales_chart = (ChartCard(self.desk) for _ in range(3))
        self.findings = FindingsCard(self.desk)
        self.first_import, self.first_sale = Button("", "primary"), Button("", "secondary")
        self.empty = EmptyState("ph.chart-line-up", primary=self.first_import, other=self.first_sale)
        self._tasks: list[Task] = []
        self._overview: Overview | None = None
        self._tiers: list[TierRow] = []
        self._wide: int | None = None
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _arrange(self) -> None:
        chips = column(None, self.periods, None)
        self._head = box(row(self.title, (self.context, 1), chips, self.as_of_words, self.as_of, gap=12))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._pages.addWidget(Scroll(box(self._grid)))
        self._pages.addWidget(self.empty)
        self.setLayout(page(self._head, (self._pages, 1), gap=4))
        self.periods.show_chips(self._chips())
        self.periods.set_value(Period.MONTH)
        self.setFocusProxy(self.periods)

    def _listen(self) -> None:
        self.periods.chosen.connect(lambda _period: self.refresh())
        self.as_of.left.connect(self._on_day)
        self.as_of.picked.connect(lambda _day: self._on_day())
        for chart in (self.tier_chart, self.pareto_chart, self.sales_chart):
            chart.opened.connect(lambda mark: self._open(mark.key, mark.label))
        self.first_import.clicked.connect(lambda: self.desk.ask(BringIn(kind="sales")))
        self.first_sale.clicked.connect(lambda: self.desk.ask(OpenPlace("till")))

    # words

    def retranslate(self) -> None:
        self.title.setText(self.tr("Insights"))
        self.as_of_words.setText(self.tr("As of"))
        self.as_of.setAccessibleName(self.tr("As of"))
        self.periods.show_chips(self._chips())
        self.tier_chart.set_words(
            self.tr("Tiers"), self.tr("People at each month's end · click a bar to see who they are")
        )
        self.sales_chart.set_words(self.tr("Sales"), self.tr("Net by month · click a bar to see who bought"))
        self._say_pareto()
        self.empty.set_words(
            self.tr("Nothing to learn from yet"),
            self.tr("Once there are sales, this page shows who comes back, who stays away and who brings the most."),
        )
        self.first_import.setText(self.tr("Import past sales"))
        self.first_sale.setText(self.tr("Open the till"))
        for part in (self.tiles, self.findings, self.tier_chart, self.pareto_chart, self.sales_chart):
            part.retranslate()
        retranslate_acts(self)

    def _chips(self) -> list[ChipView]:
        return [
            ChipView(Period.MONTH, self.tr("Month")),
            ChipView(Period.QUARTER, self.tr("Quarter")),
            ChipView(Period.YEAR, self.tr("Year")),
        ]

    def _say_pareto(self) -> None:
        buyers = self._overview.pareto.pair.of if self._overview else 0
        self.pareto_chart.set_words(
            self.tr("Pareto"), self.tr("12 months' net sales · %n buyer(s)", "", buyers) if buyers else ""
        )

    # what is shown

    @property
    def day(self) -> date:
        """The day everything is looked at; never one that has not come yet."""
        today = self.desk.today()
        return min(self.as_of.value() or today, today)

    @property
    def period(self) -> Period:
        chosen = self.periods.value()
        return chosen if isinstance(chosen, Period) else Period.MONTH

    def reload(self) -> None:
        if not self.as_of.text():
            self.as_of.set_value(self.desk.today())
        for task in self._tasks:
            task.drop()
        self._tiers = self.gateway.read(tiers)
        day, later = self.day, self.gateway.read_later
        self._tasks = [
            later(insights.overview, self.period, day, then=self._show_overview, owner=self),
            later(insights.customers_by_tier_by_month, day, then=self._show_tiers, owner=self),
            later(insights.sales_by_month, day, then=self._show_sales, owner=self),
        ]
        for task in self._tasks:
            task.ended.connect(lambda ended=task: self._forget(ended))

    @property
    def settled(self) -> bool:
        """Whether everything asked for has been shown."""
        return not self._tasks

    def _forget(self, ended: Task) -> None:
        self._tasks = [task for task in self._tasks if task is not ended]

    def _show_overview(self, overview: Overview) -> None:
        self._overview = overview
        now, before = (words.period(self.period, span) for span in (overview.tiles.span, overview.tiles.before))
        self.context.setText(self.tr("{now} · against the same days of {before}").format(now=now, before=before))
        self._pages.setCurrentIndex(0 if overview.tiles.anything else 1)
        self.tiles.show_tiles(overview.tiles)
        self._say_pareto()
        year = self.day - timedelta(days=YEAR)
        self.findings.show_ratio(self.desk.gateway.read(interactions.service_ratio, None, year, self.day))
        self.findings.show_findings(overview.findings, words.tier(self._tiers[-1]) if self._tiers else "")
        self.pareto_chart.setVisible(bool(overview.pareto.curve))
        if overview.pareto.curve:
            self.pareto_chart.show_drawing(pareto_line(overview.pareto), overview.pareto)

    def _show_tiers(self, months: list[TierMonth]) -> None:
        if self._tiers:
            self.tier_chart.show_drawing(tier_bars(months, self._tiers), (months, self._tiers))

    def _show_sales(self, months: list[MonthSales]) -> None:
        self.sales_chart.show_drawing(sales_bars(months, self.desk), (months, self.desk.settings.currency))

    # acts

    def _on_day(self) -> None:
        if self.as_of.value() is not None:
            self.as_of.set_value(self.day)
            self.refresh()

    def _open(self, key: object, label: str) -> None:
        """Show the people behind a mark."""
        if isinstance(key, OfTier):
            people = self.gateway.read(insights.people_of_tier, key.rank, key.day)
            self._show_people(f"{key.name} · {label}", people)
        elif isinstance(key, OfMonth):
            people = self.gateway.read(insights.people_of_month, key.month, self.day)
            self._show_people(self.tr("Bought in {month}").format(month=label), people)
        elif isinstance(key, OfClassA) and self._overview:
            self._show_people(self.tr("Class A: the best customers"), self._overview.pareto.best)
        elif isinstance(key, OfNobody):
            self.desk.tell(self.tr("These buyers did not leave a name"))

    def _show_people(self, title: str, people: tuple[int, ...]) -> None:
        if people:
            self.desk.ask(ShowCustomers(title, people))

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relook()

    def relook(self) -> None:
        """Beside each other where there is room, beneath each other where there is not."""
        self.as_of.setFixedWidth(px(140))
        self._head.setFixedHeight(px(PAGE_HEAD))
        wide = 5 if self.width() >= px(WIDE) else 3 if self.width() >= px(MIDDLE) else 2
        self._grid.setSpacing(px(12))
        if wide != self._wide:
            self._wide = wide
            self._place_cards(wide)

    def _place_cards(self, across: int) -> None:
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        lines = [self.tiles.all[at : at + across] for at in range(0, len(self.tiles.all), across)]
        for line, tiles in enumerate(lines):
            each = COLUMNS // len(tiles)  # the last line may be shorter, and fills the page all the same
            for place, tile in enumerate(tiles):
                self._grid.addWidget(tile, line, place * each, 1, each)
        below = len(lines)
        if across == 5:
            self._put(((self.tier_chart, 0, 0, 15), (self.pareto_chart, 0, 15, 15)), below)
            self._put(((self.sales_chart, 1, 0, 21), (self.findings, 1, 21, 9)), below)
        else:
            charts = (self.tier_chart, self.pareto_chart, self.sales_chart, self.findings)
            self._put(tuple((card, line, 0, COLUMNS) for line, card in enumerate(charts)), below)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)

    def _put(self, cards: tuple[tuple[QWidget, int, int, int], ...], below: int) -> None:
        for card, line, left, wide in cards:
            self._grid.addWidget(card, below + line, left, 1, wide)
            self._grid.setRowStretch(below + line, 1)
