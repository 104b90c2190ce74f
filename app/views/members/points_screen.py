"""What the shop owes in points: how many, worth how much, until when, as of any day; and whose end soon."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.loyalty.spending import points_value
from app.domain.shop_rules import spending_rule
from app.services import loyalty
from app.services.loyalty import Ending, Outstanding
from app.views.members import words
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, SectionHead
from app.views.shared.chart_card import ChartCard, Drawing
from app.views.shared.day_words import month_title
from app.views.shared.desk import EditRules, GiveBonus, OpenCustomer, OpenPlace, ShowCustomers
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import ChartColours, px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.screen import Screen
from app.views.shared.tables import Table
from app.views.shared.tasks import Task
from app.views.shared.tiles import Tile
from app.views.shared.tokens import PAGE_HEAD
from app.views.shared.typed_fields import DateField

if TYPE_CHECKING:  # matplotlib costs half a second: only once something is drawn
    from app.charts.drawn import Drawn

SOON = timedelta(days=30)
NARROW = 940
Month = tuple[date | None, int]
"""The month end in which points end, None for never, and how many."""


class PointsScreen(Screen):
    """Another day in the field shows what was owed then; Enter on a person opens the card; Esc goes to the members."""

    watches = frozenset({"loyalty", "sales", "customers", "settings"})

    def build(self) -> None:
        self._tasks: list[Task] = []
        self.owed: Outstanding | None = None
        self.ending: list[Ending] = []
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.as_of, self.back = DateField(today=self.desk.today, height=32), Button("", "quiet")
        self.rules, self.bonus = Button(""), Button("")
        self.as_of_words = PlainLabel("", "small", tone="ink2")
        self._head = box(
            row(self.title, (self.context, 1), self.as_of_words, self.as_of, self.back, self.bonus, self.rules, gap=8)
        )
        self.usable, self.pending, self.debt, self.soon = Tile(), Tile(), Tile(), Tile()
        tiles = row((self.usable, 1), (self.pending, 1), (self.debt, 1), (self.soon, 1), gap=12)
        self.chart = ChartCard(self.desk)
        self.months: RowsModel[Month] = RowsModel((), self, identity=lambda month: month[0])
        self.by_month = Table(compact=True)
        self.by_month.setModel(self.months)
        self.month_card = Card((self.by_month, 1), margins=(4, 4, 4, 4))
        self.people_head, self.open = SectionHead(), Button("", "link")
        self.people: RowsModel[Ending] = RowsModel((), self, identity=lambda each: each.customer_id)
        self.table = Table(compact=True)
        self.table.setModel(self.people)
        right = Card(row((self.people_head, 1), self.open), (self.table, 1), gap=4)
        self.setLayout(page(self._head, tiles, (row((self._left(), 11), (right, 9), gap=16), 1), gap=12))
        self.as_of.changed.connect(lambda _day: self._on_day())
        self.as_of.picked.connect(lambda _day: self._on_day())
        self.as_of.left.connect(self._on_day)
        self.table.opened.connect(lambda each: self.desk.ask(OpenCustomer(each.customer_id)))
        self._make_acts()
        self.setFocusProxy(self.table)
        look.follow(self.relook)

    def _left(self) -> QWidget:
        return box(column((self.chart, 3), (self.month_card, 2), gap=12))

    def _make_acts(self) -> None:
        rules = act(
            self,
            "points.rules",
            lambda: self.tr("Earning rules"),
            lambda: self.desk.ask(EditRules()),
            icon_name="ph.coin",
        )
        bonus = act(
            self,
            "points.bonus",
            lambda: self.tr("Points for many"),
            lambda: self.desk.ask(GiveBonus()),
            key="Ctrl+Shift+J",
            icon_name="ph.gift",
        )
        back = act(
            self,
            "points.back",
            lambda: self.tr("Back to the members"),
            lambda: self.desk.ask(OpenPlace("members")),
            key="Esc",
        )
        people = act(self, "points.people", lambda: self.tr("Show them as customers"), self._on_people, key="Ctrl+U")
        rules.setEnabled(self.gateway.may(loyalty.change_rules))
        bonus.setEnabled(self.gateway.may(loyalty.give_bonus))
        for button, one in ((self.rules, rules), (self.bonus, bonus), (self.back, back), (self.open, people)):
            button.set_action(one)

    @property
    def day(self) -> date:
        """As of which day."""
        return self.as_of.value() or self.desk.today()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Points"))
        self.as_of_words.setText(self.tr("as of"))
        self.as_of.setAccessibleName(self.tr("As of"))
        self.chart.retranslate()
        self.months.show_columns(
            [
                Column(self.tr("Ends with"), lambda month: _month(month[0])),
                Column(self.tr("Points"), lambda month: f"{month[1]:,}", align="right"),
                Column(self.tr("Worth"), lambda month: self._worth(month[1]), align="right"),
            ]
        )
        self.by_month.set_widths(None, 88, 104)
        today = self.desk.today()
        self.people.show_columns(
            [
                Column(self.tr("Name"), lambda each: each.name),
                Column(self.tr("Points"), lambda each: f"{each.points:,}", align="right"),
                Column(self.tr("The first on"), lambda each: words.short_day(each.first, today), align="right"),
            ]
        )
        self.table.set_widths(None, 88, 104)
        retranslate_acts(self)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is narrow the acts that have an icon are that."""
        for button in (self.rules, self.bonus):
            button.set_compact(self.width() < px(NARROW))
        self.as_of.setFixedWidth(px(140))

    def reload(self) -> None:
        if not self.as_of.text():
            self.as_of.set_value(self.desk.today())
        for task in self._tasks:
            task.drop()
        read, day = self.gateway.read_later, self.day
        self._tasks = [
            read(loyalty.outstanding, day, then=self._show_owed, owner=self),
            read(loyalty.expiring, self.desk.today(), self.desk.today() + SOON, then=self._show_ending, owner=self),
        ]

    def _on_day(self) -> None:
        if not self.as_of.check() and self.as_of.value() is not None:
            self.refresh()

    def _show_owed(self, owed: Outstanding) -> None:
        self.owed = owed
        money = self.desk.money
        self.usable.caption.setText(self.tr("Can be spent"))
        self.usable.show_figure(
            f"{owed.usable:,}", counts=self.tr("worth {money}").replace("{money}", money(owed.value))
        )
        self.pending.caption.setText(self.tr("Not yet usable"))
        self.pending.show_figure(f"{owed.pending:,}", counts=self.tr("until their return window closes"))
        self.debt.caption.setText(self.tr("Owed by customers"))
        self.debt.show_figure(f"{owed.debt:,}", counts=self.tr("taken off what they earn next"))
        self.months.show_rows(list(owed.by_month))
        title = self.tr("When they end")
        self.chart.set_words(title, self._finding(owed))
        self.chart.show_drawing(month_bars(owed.by_month), (owed.by_month, self.day))
        self.context.setText(self.tr("what the shop owes"))

    def _finding(self, owed: Outstanding) -> str:
        """The month in which most of them end."""
        if not owed.usable:
            return self.tr("Nobody holds points.")
        month, points = max(owed.by_month, key=lambda each: each[1])
        said = self.tr("most with {month}: {share}")
        return said.replace("{month}", _month(month)).replace("{share}", f"{points / owed.usable:.0%}")

    def _show_ending(self, ending: list[Ending]) -> None:
        self.ending = ending
        total = sum(each.points for each in ending)
        people = self.tr("%n customer(s)", "", len(ending))
        self.soon.caption.setText(self.tr("End within 30 days"))
        worth = self.tr("worth {money}").replace("{money}", self._worth(total))
        self.soon.show_figure(f"{total:,}", counts=f"{worth} · {people}")
        self.people_head.set_words(self.tr("End within 30 days"), self.tr("a reason to call"))
        self.people.show_rows(ending)
        self.open.setEnabled(bool(ending))

    def _worth(self, points: int) -> str:
        return self.desk.money(points_value(points, spending_rule(self.desk.settings)))

    def _on_people(self) -> None:
        if self.ending:
            ids = tuple(each.customer_id for each in self.ending)
            self.desk.ask(ShowCustomers(self.tr("Points end within 30 days"), ids))


def _month(end: date | None) -> str:
    return QCoreApplication.translate("Points", "Never") if end is None else month_title(end)


def _short(end: date | None) -> str:
    if end is None:
        return QCoreApplication.translate("Points", "never")
    return f"{end:%m}" if end.month != 1 else f"{end:%m}\n{end:%Y}"


def month_bars(months: Sequence[Month]) -> Drawing:
    """Usable points by the month they end with, the nearest first."""

    def draw(colours: ChartColours) -> "Drawn":
        from app.charts.bars import Bars, Series, stacked_bars

        name = QCoreApplication.translate("Points", "Points")
        series = Series(name, "accent", [points for _, points in months], [end for end, _ in months])
        labels = [_short(end) for end, _ in months]
        if labels and months[0][0] is not None:
            labels[0] = f"{months[0][0]:%m}\n{months[0][0]:%Y}"
        names = [_month(end) for end, _ in months]
        return stacked_bars(Bars(labels, names, [series], _plain, _plain, told=_most(months)), colours)

    return draw


def _most(months: Sequence[Month]) -> int:
    """The place of the month the finding is about; -1 while there is none."""
    return max(range(len(months)), key=lambda place: months[place][1], default=-1)


def _plain(points: float) -> str:
    return f"{round(points):,}"
