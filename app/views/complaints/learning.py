"""What the complaints teach: figures with their counts, what they come from, their trend, and whether it pays."""

from datetime import date, timedelta

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget

from app.services import complaints
from app.services.complaints import By, Days, Learned, Payback
from app.views.complaints import learning_words as words
from app.views.complaints.cases_dialog import open_cases
from app.views.complaints.learning_charts import OfCases, pays, ranking, trend
from app.views.complaints.learning_findings import LearningFindings
from app.views.complaints.learning_tiles import LearningTiles
from app.views.shared import look
from app.views.shared.chart_card import ChartCard
from app.views.shared.chips import Chips, ChipView
from app.views.shared.choice_fields import ComboBox
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.meters import Meter
from app.views.shared.screen import Screen
from app.views.shared.tasks import Task
from app.views.shared.typed_fields import DateField

PERIODS = (30, 90, 365)
"""Days looked at, the last one included; as many before them are compared with."""
WIDE = 900
COLUMNS = 30


class LearningPage(Screen):
    """Worked out on a worker thread; until the figures come, the last ones stay."""

    watches = frozenset({"complaints", "sales", "customers", "settings", "rewards", "loyalty"})

    def build(self) -> None:
        self.periods, self.by, self.trend_of = Chips(), ComboBox(), Chips()
        self.as_of_words = PlainLabel("", "small", tone="ink2")
        self.as_of = DateField(today=self.desk.today, height=32)
        self.context, self.meter = ElidedLabel("", "small", tone="ink2"), Meter()
        self.tiles = LearningTiles(self.desk, self)
        self.ranked, self.months, self.payback = (ChartCard(self.desk) for _ in range(3))
        self.findings = LearningFindings(self.desk)
        self.empty = EmptyState("ph.chat-teardrop-text")
        self._tasks: list[Task] = []
        self._learned: Learned | None = None
        self._payback: Payback | None = None
        self._wide: bool | None = None
        self._today: date | None = None
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _arrange(self) -> None:
        self.meter.hide()
        head = row(self.periods, self.by, self.trend_of, (self.context, 1), self.as_of_words, self.as_of, gap=12)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._pages.addWidget(Scroll(box(self._grid)))
        self._pages.addWidget(self.empty)
        self.setLayout(column(box(head), self.meter, (self._pages, 1), gap=8))
        self.setFocusProxy(self.periods)

    def _listen(self) -> None:
        self.periods.chosen.connect(lambda _days: self.refresh())
        self.by.currentIndexChanged.connect(lambda _place: self._show_ranked())
        self.trend_of.chosen.connect(lambda _which: self._show_months())
        self.as_of.left.connect(self._on_day)
        self.as_of.picked.connect(lambda _day: self._on_day())
        for chart in (self.ranked, self.months, self.payback):
            chart.opened.connect(lambda mark: self._open(mark.key, mark.label))
        for part in (self.tiles, self.findings):
            part.wanted.connect(lambda ids, title: self._open(OfCases(ids), title))

    # words

    def retranslate(self) -> None:
        chosen, by, of = self.days, self.chosen_by, self.trend_of.value()
        self.periods.show_chips([ChipView(days, self.tr("%n day(s)", "", days)) for days in PERIODS])
        self.periods.set_value(chosen)
        self.by.blockSignals(True)
        self.by.show_choices([(each, words.by_words(each)) for each in By])
        self.by.set_value(by)
        self.by.blockSignals(False)
        self.by.setAccessibleName(self.tr("Told apart"))
        self.trend_of.show_chips([ChipView("rate", self.tr("Per 100")), ChipView("cost", self.tr("Cost"))])
        self.trend_of.set_value(of or "rate")
        self.as_of_words.setText(self.tr("As of"))
        self.as_of.setAccessibleName(self.tr("As of"))
        self.empty.set_words(
            self.tr("Nothing to learn from yet"),
            self.tr("Once there are complaints, this page shows what they come from and whether solving them pays."),
        )
        for part in (self.tiles, self.findings, self.ranked, self.months, self.payback):
            part.retranslate()
        self._say()

    def _say(self) -> None:
        compared = self.tr("stroke: the %n day(s) before · click a bar for its cases", "", self.days)
        if self.chosen_by in (By.CAUSE, By.COST_BY_CAUSE):
            unfound = self.tr("(…): cause not found yet")
            compared = f"{unfound} · {compared}"
        self.ranked.set_words(words.by_words(self.chosen_by), compared)
        cost = self.trend_of.value() == "cost"
        of_months = self.tr("Cost of remedies by month") if cost else self.tr("Complaints per 100 purchases by month")
        self.months.set_words(of_months, self.tr("12 months · click a bar for its cases"))
        self.payback.set_words(self.tr("Does it pay?"), self._of_payback())
        self.payback.setToolTip(
            self.tr(
                "The lines are the textbook's, not this shop's. The research behind them says: 70% of those whose "
                "complaint was solved bought again, 95% where it was solved quickly, for small losses."
            )
        )

    def _of_payback(self) -> str:
        found = self._payback
        if found is None:
            return ""
        if found.within is None:
            return self.tr("cannot tell yet: the shop's rhythm is not known")
        said = self.tr("came back within %n day(s), twice the usual gap", "", found.within)
        if found.young:
            younger = self.tr("%n younger case(s) left out", "", found.young)
            said = f"{said} · {younger}"
        return said

    # what is shown

    @property
    def day(self) -> date:
        """The day everything is looked at; never one that has not come yet."""
        today = self.desk.today()
        return min(self.as_of.value() or today, today)

    @property
    def days(self) -> int:
        chosen = self.periods.value()
        return chosen if isinstance(chosen, int) else PERIODS[1]

    @property
    def chosen_by(self) -> By:
        return By(self.by.value() or By.CAUSE)  # Qt hands the code back as plain text

    @property
    def settled(self) -> bool:
        """Whether everything asked for has been shown."""
        return not self._tasks

    def reload(self) -> None:
        self._follow_today()
        for task in self._tasks:
            task.cancel()
            task.drop()
        day, now = self.day, self.desk.now()
        at = now if day == self.desk.today() else now - (self.desk.today() - day)
        days, later = Days(day - timedelta(days=self.days - 1), day), self.gateway.read_long
        self._tasks = [
            later(complaints.learned, days, at=at, then=self._show_learned, owner=self),
            later(complaints.payback, day, then=self._show_payback, owner=self),
            self.gateway.read_later(complaints.margin_of_shop, days, then=self.findings.show_margin, owner=self),
        ]
        for task in self._tasks:
            task.progressed.connect(self._on_progress)
            task.ended.connect(lambda ended=task: self._forget(ended))

    def _follow_today(self) -> None:
        """Until a person chooses another day, it is today, also when the day turns while the page is open."""
        today = self.desk.today()
        if not self.as_of.text() or self.as_of.value() == self._today:
            self.as_of.set_value(today)
        self._today = today

    def _on_progress(self, done: int, total: int) -> None:
        self.meter.show_share(done / total if total else 0)
        self.meter.setVisible(done < total)

    def _forget(self, ended: Task) -> None:
        self._tasks = [task for task in self._tasks if task is not ended]
        self.meter.setVisible(bool(self._tasks) and self.meter.isVisible())

    def _show_learned(self, learned: Learned) -> None:
        self._learned = learned
        self._pages.setCurrentIndex(0 if learned.anything else 1)
        self.context.setText(self.tr("%n case(s)", "", len(learned.ids)))
        self.tiles.show_learned(learned)
        self.findings.show_learned(learned)
        self._show_ranked()
        self._show_months()

    def _show_ranked(self) -> None:
        self._say()
        if self._learned is not None:
            by = self.chosen_by
            self.ranked.show_drawing(ranking(self._learned, by, self.desk), (self._learned, by))

    def _show_months(self) -> None:
        self._say()
        if self._learned is not None:
            cost = self.trend_of.value() == "cost"
            self.months.show_drawing(trend(self._learned, self.desk, cost=cost), (self._learned.months, cost))

    def _show_payback(self, found: Payback) -> None:
        self._payback = found
        self._say()
        self.findings.show_payback(found)
        self.payback.show_drawing(pays(found), found)

    # acts

    def _on_day(self) -> None:
        if self.as_of.value() is not None:
            self.as_of.set_value(self.day)
            self.refresh()

    def _open(self, key: object, label: str) -> None:
        """List the cases behind a mark; a bar of people without a case has none."""
        if isinstance(key, OfCases) and key.ids:
            self.cases = open_cases(self.desk, self.window(), label, key.ids)
        else:
            self.desk.tell(self.tr("No case stands behind this"))

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.relook()

    def relook(self) -> None:
        """Two charts beside each other where there is room."""
        self.as_of.setFixedWidth(px(140))
        self.by.setMinimumWidth(px(180))
        self._grid.setSpacing(px(12))
        wide = self.width() >= px(WIDE)
        if wide != self._wide:
            self._wide = wide
            self._place(wide)

    def _place(self, wide: bool) -> None:
        for line in range(self._grid.rowCount()):
            self._grid.setRowStretch(line, 0)
        across = len(self.tiles.all) if wide else 2
        for place, tile in enumerate(self.tiles.all):
            each = COLUMNS // across
            self._grid.addWidget(tile, place // across, place % across * each, 1, each)
        below = -(-len(self.tiles.all) // across)
        cards = (self.ranked, self.months, self.payback, self.findings)
        for place, card in enumerate(cards):
            line, left = divmod(place, 2) if wide else (place, 0)
            half = COLUMNS // 2 if wide else COLUMNS
            self._grid.addWidget(card, below + line, left * half, 1, half)
            self._grid.setRowStretch(below + line, 1)
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)
