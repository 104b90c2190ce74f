"""Earning rules on trial: what they would have given last year beside the present ones, and who would gain or lose."""

from datetime import timedelta
from typing import Literal

from PySide6.QtWidgets import QStackedWidget

from app.domain.errors import Cancelled
from app.domain.loyalty.rules import RulesDraft
from app.services import loyalty, products
from app.services.loyalty import Given, PersonGiven, TierGiven, TierRow, Trial
from app.views.members import rule_words, words
from app.views.members.rules_editor import use_rules
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, SectionHead
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import EditRules, OpenCustomer, OpenPlace, ShowCustomers
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.meters import Meter
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.screen import Screen
from app.views.shared.tables import Table
from app.views.shared.tasks import Task
from app.views.shared.tiles import Tile
from app.views.shared.tokens import PAGE_HEAD

YEAR = timedelta(days=364)
WAITS, SHOWS, EMPTY = 0, 1, 2
Side = Literal["winners", "losers"]


class TrialScreen(Screen):
    """Ctrl+Enter uses the rules from today on; Enter on a person opens the card; Esc goes back to the members."""

    watches = frozenset({"loyalty", "sales", "customers", "settings", "products"})

    def build(self) -> None:
        self.draft: RulesDraft | None = None
        self.trial: Trial | None = None
        self._task: Task | None = None
        self._tiers: list[TierRow] = []
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.back, self.change, self.use = Button("", "quiet"), Button(""), Button("", "primary")
        self._head = box(row(self.title, (self.context, 1), self.back, self.change, self.use, gap=8))
        self.said = PlainLabel("", "body", wrap=True)
        self.finding = PlainLabel("", "strong", wrap=True)
        self._build_result()
        self.doing, self.meter = PlainLabel("", "body", tone="ink2"), Meter(0, high=8)
        self.stop = Button("", "secondary", key="Esc")
        waits = box(column(None, self.doing, self.meter, row(self.stop, None), None, gap=12))
        self.again = Button("", "primary")
        self.empty = EmptyState("ph.flask", primary=self.again)
        self.pages = QStackedWidget()
        for part in (waits, self._result, self.empty):
            self.pages.addWidget(part)
        rules = Card(self.said, kind="soft")
        self.setLayout(page(self._head, rules, (self.pages, 1), gap=12))
        self._make_acts()
        self.setFocusProxy(self.table)
        look.follow(self.relook)

    def _build_result(self) -> None:
        self.points, self.cost, self.more, self.less = Tile(), Tile(), Tile(), Tile()
        self.tiers_head, self.by_tier = SectionHead(), Table(compact=True)
        self.tier_rows: RowsModel[TierGiven] = RowsModel((), self, identity=lambda each: each.rank)
        self.by_tier.setModel(self.tier_rows)
        self.sides, self.open = Chips(), Button("", "link")
        self.people: RowsModel[PersonGiven] = RowsModel((), self)
        self.table = Table(compact=True)
        self.table.setModel(self.people)
        for each in (self.by_tier, self.table):
            each.take_the_rest()
        tiles = row((self.points, 1), (self.cost, 1), (self.more, 1), (self.less, 1), gap=12)
        left = Card(self.tiers_head, (self.by_tier, 1), gap=4)
        right = Card(row((self.sides, 1), self.open), (self.table, 1), gap=4)
        body = row((left, 1), (right, 1), gap=16)
        self._result = box(column(self.finding, tiles, (body, 1), gap=12))
        self.sides.chosen.connect(lambda _side: self._show_people())
        self.table.opened.connect(lambda person: self.desk.ask(OpenCustomer(person.id)))

    def _make_acts(self) -> None:
        self.use_act = act(
            self, "trial.use", lambda: self.tr("Use from today"), self._on_use, key="Ctrl+Return", icon_name="ph.check"
        )
        self.change_act = act(
            self, "trial.change", lambda: self.tr("Change these rules"), self._on_change, icon_name="ph.pencil-simple"
        )
        back = act(self, "trial.back", lambda: self.tr("Back to the members"), self._on_back, key="Esc")
        people = act(self, "trial.people", lambda: self.tr("Show them as customers"), self._on_people, key="Ctrl+U")
        again = act(self, "trial.again", lambda: self.tr("Try again"), self._start)
        for button, one in (
            (self.use, self.use_act),
            (self.change, self.change_act),
            (self.back, back),
            (self.open, people),
            (self.again, again),
        ):
            button.set_action(one)
        self.stop.clicked.connect(self._on_back)
        self.use_act.setEnabled(self.gateway.may(loyalty.change_rules))

    def try_rules(self, draft: RulesDraft) -> None:
        """Try these rules on the sales of the last year."""
        self.draft = draft
        self._start()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Rules on trial"))
        self.doing.setText(self.tr("Laying the rules over every sale of the last year…"))
        self.stop.setText(self.tr("Stop"))
        self.empty.set_words(
            self.tr("Nothing has been tried yet"),
            self.tr("Change the earning rules and try them: every sale of the last year is counted under both."),
        )
        retranslate_acts(self)
        self._word_tables()

    def _word_tables(self) -> None:
        self.tier_rows.show_columns(
            [
                Column(self.tr("Tier that day"), self._tier_name),
                Column(self.tr("People"), lambda each: f"{each.people:,}", align="right"),
                Column(self.tr("Now"), lambda each: f"{each.given.now:,}", align="right"),
                Column(self.tr("Then"), lambda each: f"{each.given.then:,}", align="right"),
                Column(self.tr("Change"), lambda each: _signed(each.given), align="right"),
            ]
        )
        self.by_tier.set_widths(None, 72, 92, 92, 104, give_way=(1, 2))
        self.people.show_columns(
            [
                Column(self.tr("Name"), lambda each: each.name),
                Column(self.tr("Now"), lambda each: f"{each.given.now:,}", align="right"),
                Column(self.tr("Then"), lambda each: f"{each.given.then:,}", align="right"),
                Column(self.tr("Change"), lambda each: _signed(each.given), align="right"),
            ]
        )
        self.table.set_widths(None, 92, 92, 104, give_way=(1,), least=120)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))

    def reload(self) -> None:
        self._tiers = self.gateway.read(loyalty.tiers)
        self._show()

    def _start(self) -> None:
        if self.draft is None:
            self.desk.ask(EditRules())
            return
        if self._task is not None:
            self._task.drop()
            self._task.cancel()
        self.trial, last = None, self.desk.today()
        self._task = self.gateway.read_long(
            loyalty.try_rules,
            self.draft.rules,
            self.draft.tier_times,
            first=last - YEAR,
            last=last,
            day=last,
            then=self._on_tried,
            owner=self,
        )
        self._task.progressed.connect(lambda done, total: self.meter.show_share(done / total if total else 0))
        self._task.failed.connect(self._on_failed)
        self.meter.show_share(0)
        self.refresh()

    def _on_tried(self, trial: Trial) -> None:
        self._task, self.trial = None, trial
        self._show()
        self.use.setFocus()

    def _on_failed(self, trouble: BaseException) -> None:
        self._task = None
        if isinstance(trouble, Cancelled):
            self.desk.tell(self.tr("Stopped: nothing was changed"))
        self._show()

    def _show(self) -> None:
        known = self.draft is not None
        self.change_act.setEnabled(known)
        self.use_act.setEnabled(self.trial is not None and self.gateway.may(loyalty.change_rules))
        self.said.setText(self._sentence() if known else self.tr("No rules are on trial."))
        self.pages.setCurrentIndex(WAITS if self._task is not None else SHOWS if self.trial else EMPTY)
        self.context.setText("")
        if self.trial is not None:
            self._show_trial(self.trial)

    def _sentence(self) -> str:
        assert self.draft is not None
        names = {each.id: each.name for each in self.gateway.read(products.products, retired=True)}
        return rule_words.sentence(self.draft, names, self._tiers, self.desk)

    def _show_trial(self, trial: Trial) -> None:
        today = self.desk.today()
        span = self.tr("{first} – {last}").replace("{first}", words.day(trial.first, today))
        sales = self.tr("%n sale(s)", "", trial.sales).replace(str(trial.sales), f"{trial.sales:,}", 1)
        counts = [sales, self.desk.money(trial.revenue, drop_zeros=True)]
        self.context.setText(" · ".join([span.replace("{last}", words.day(trial.last, today)), *counts]))
        self.finding.setText(self._finding(trial))
        self.points.caption.setText(self.tr("Points given"))
        self.cost.caption.setText(self.tr("Worth, if all are spent"))
        self.more.caption.setText(self.tr("Would get more"))
        self.less.caption.setText(self.tr("Would get less"))
        now = self.tr("now {figure}")
        self.points.show_figure(f"{trial.given.then:,}", counts=now.replace("{figure}", f"{trial.given.now:,}"))
        money = self.desk.money
        before = now.replace("{figure}", money(trial.worth.now, drop_zeros=True))
        self.cost.show_figure(money(trial.worth.then, drop_zeros=True), counts=f"{before} · {self._share(trial)}")
        people = self.tr("of {all} people").replace("{all}", f"{len(trial.winners) + len(trial.losers) + trial.same:,}")
        self.more.show_figure(f"{len(trial.winners):,}", counts=people)
        self.less.show_figure(f"{len(trial.losers):,}", counts=people)
        self.tiers_head.set_words(self.tr("By tier"), self.tr("points for what was bought while in it"))
        self.tier_rows.show_rows(list(trial.by_tier))
        self._show_sides(trial)

    def _show_sides(self, trial: Trial) -> None:
        kept = self.sides.value()
        self.sides.show_chips(
            [
                ChipView("winners", self.tr("Would get more"), len(trial.winners)),
                ChipView("losers", self.tr("Would get less"), len(trial.losers)),
            ]
        )
        better = "winners" if trial.winners or not trial.losers else "losers"
        self.sides.set_value(kept or better)
        self._show_people()

    def _show_people(self) -> None:
        trial = self.trial
        if trial is not None:
            self.people.show_rows(list(trial.most if self.side == "winners" else trial.least))
            self.open.setEnabled(bool(self._ids()))

    @property
    def side(self) -> Side:
        """Whose names are listed."""
        return "losers" if self.sides.value() == "losers" else "winners"

    def _ids(self) -> tuple[int, ...]:
        if self.trial is None:
            return ()
        return self.trial.winners if self.side == "winners" else self.trial.losers

    def _finding(self, trial: Trial) -> str:
        more = trial.worth.more
        if not trial.sales:
            return self.tr("There was no sale to a known customer in this year.")
        if not trial.given.more:
            return self.tr("Both rules give the same number of points.")
        said = self.tr("A year costs {money} more") if more > 0 else self.tr("A year costs {money} less")
        if not more:
            return self.tr("Both rules cost the same.")
        return said.replace("{money}", self.desk.money(abs(more), drop_zeros=True)) + self._by(trial.given)

    def _by(self, given: Given) -> str:
        """In parts of what the present rules give."""
        if not given.now:
            return ""
        share = f"{given.more / given.now:+.0%}".replace("-", "−")
        return self.tr(" ({share})").replace("{share}", share)

    def _share(self, trial: Trial) -> str:
        part = f"{trial.worth.then / trial.revenue:.1%}" if trial.revenue else "–"
        return self.tr("{share} of sales").replace("{share}", part)

    def _tier_name(self, each: TierGiven) -> str:
        return next((words.name_of(tier) for tier in self._tiers if tier.rank == each.rank), "–")

    def _on_use(self) -> None:
        if self.draft is not None and self.trial is not None:
            use_rules(self.desk, self.draft)
            self.draft = self.trial = None
            self.desk.ask(OpenPlace("members"))

    def _on_change(self) -> None:
        self.desk.ask(EditRules(self.draft))

    def _on_people(self) -> None:
        if self._ids():
            winners = self.side == "winners"
            title = self.tr("Would get more points") if winners else self.tr("Would get fewer points")
            self.desk.ask(ShowCustomers(title, self._ids()))

    def _on_back(self) -> None:
        """Esc stops what runs, else goes back."""
        if self._task is not None:
            self._task.cancel()
        else:
            self.desk.ask(OpenPlace("members"))


def _signed(given: Given) -> str:
    return words.signed(given.more) if given.more else "0"
