"""The follow-up calendar: month, week, day or a running agenda, with the chosen day beside the first three."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.services import followups, staff
from app.services.followups import DayPlan, FollowUpRow, Spot, Whose
from app.views.followups import kept
from app.views.followups.acts import CalendarActs
from app.views.followups.agenda import Agenda
from app.views.followups.grid import Grid
from app.views.followups.halves import Halves
from app.views.followups.head import CalendarHead
from app.views.followups.hours import open_slots
from app.views.followups.hours_view import STRIPS_READ as OF_A_DAY
from app.views.followups.hours_view import HoursView
from app.views.followups.kept import View
from app.views.followups.marked_bar import MarkedBar
from app.views.followups.month_view import MonthView
from app.views.followups.page import WEEKDAYS
from app.views.followups.printing import open_print_calendar
from app.views.followups.read_ahead import Page, ReadAhead
from app.views.followups.running import RunningAgenda
from app.views.shared import look
from app.views.shared.actions import retranslate_acts
from app.views.shared.day_words import long_day, month_title, week_title
from app.views.shared.keys import keycap
from app.views.shared.layouts import box, page, row
from app.views.shared.look import px
from app.views.shared.month import months_later
from app.views.shared.people_words import staff_name
from app.views.shared.screen import Screen

WIDEST = 1152
"""Lists stop growing there (look.md, the window)."""


class FollowUpsScreen(Screen):
    """M W D A choose the view, arrows the day, Enter goes into it, N adds, T is today; drag or cut and paste moves."""

    watches = frozenset({"followups", "customers", "complaints", "settings", "staff", "loyalty"})

    def build(self) -> None:
        now = self.desk.now().astimezone(self.desk.zone)
        self.head = CalendarHead()
        self.month, self.week, self.one_day = MonthView(now), HoursView(now, WEEKDAYS), HoursView(now, 1)
        self.running = RunningAgenda(self._read_running, self._nearest)
        self.agenda = Agenda()
        self._grids: dict[View, Grid] = {View.MONTH: self.month, View.WEEK: self.week, View.DAY: self.one_day}
        self.view: View | None = None
        self._running_day = now.date()
        self._plans: list[DayPlan] = []
        self._most = 0
        """How much of a day was read."""
        self.ahead = ReadAhead(self.gateway, self)
        self._in_full: dict[date, DayPlan] = {}
        """The days of the page that were looked at."""
        self.me = self.gateway.read(staff.acting)
        self.whose_choice = kept.kept_whose(self.me)
        self.acts = CalendarActs(self, self.desk, self.agenda, self.running, self.spot, self.chosen)
        self.held = self.acts.held
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _arrange(self) -> None:
        self.title, self.layers = self.head.title, self.head.layers
        self._calendar = QStackedWidget()
        self._running_page = box(row((self.running, 1000), None))
        for part in (*self._grids.values(), self._running_page):
            self._calendar.addWidget(part)
        self.bar = MarkedBar(self.acts.cut, self.acts.hand_over, self.acts.unmark)
        self.halves = Halves(self._calendar, self.agenda, self.head)
        self.setLayout(page(self.head, self.bar, (self.halves, 1), gap=0))
        self.head.offers = [self.acts.hand_over, self.acts.print]
        self.agenda.add.set_action(self.acts.add)
        self.head.today.set_action(self.acts.today)

    def _listen(self) -> None:
        for grid in self._grids.values():
            grid.day_chosen.connect(lambda _day: self._on_day())
            grid.entered.connect(self._on_entered)
            grid.adding.connect(self.acts.book)
            grid.opened.connect(self.acts.open)
            grid.touched.connect(self.acts.touch)
            grid.dropped.connect(self.held.drop)
            grid.resized.connect(lambda grid=grid: self._on_resized(grid))
        for part in (self.agenda, self.running):
            part.list.left.connect(self._on_left)
        self.running.day_changed.connect(self._on_running_day)
        self.held.changed.connect(self._show_held)
        self.head.layers_chosen.connect(self._on_layers)
        self.head.whose_chosen.connect(self._on_whose)
        self.head.views.chosen.connect(lambda view: self.show_view(View(str(view))))
        self.head.back.clicked.connect(lambda: self._turn(-1))
        self.head.on.clicked.connect(lambda: self._turn(1))
        self.halves.arranged.connect(self._on_arranged)
        self.halves.turned.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.acts.view_asked.connect(self.show_view)
        self.acts.today_asked.connect(lambda: self._go(self.desk.today()))
        self.acts.print_asked.connect(self._on_print)

    # what is chosen

    @property
    def grid(self) -> Grid | None:
        """The painted calendar that is shown; none while the running agenda is."""
        return self._grids.get(self.view) if self.view else None

    @property
    def whose(self) -> Whose | None:
        return kept.whose(self.whose_choice, self.me)

    def spot(self) -> Spot:
        """Where something new or cut would be put."""
        return self.grid.spot() if self.grid else Spot(self._running_day)

    def chosen(self) -> FollowUpRow | None:
        """The follow-up that is chosen in the list beside the calendar, or in the running agenda."""
        return self.agenda.chosen() if self.grid else self.running.chosen()

    def customer_in_view(self) -> int | None:
        """Whom the chosen row is about, for F2, F8 and Ctrl+L."""
        return self.agenda.customer() if self.grid else self.running.customer()

    # what is shown

    def retranslate(self) -> None:
        self.head.retranslate()
        self.head.layers.set_values(sorted(kept.kept_layers(chinese=look.current().language.startswith("zh"))))
        retranslate_acts(self)
        self.head.show_views([(view, made.text(), keycap(made.shortcut())) for view, made in self.acts.views.items()])
        self.head.views.set_value(self.view)
        self.agenda.retranslate()
        self.halves.retranslate()

    def reload(self) -> None:
        now = self.desk.now().astimezone(self.desk.zone)
        for grid in self._grids.values():
            grid.now = now
        self.me = self.gateway.read(staff.acting)
        self._show_people()
        keys = tuple(
            (made.text(), made.shortcut().toString()) for made in (self.acts.of_day.later, self.acts.of_day.done)
        )
        for part in (self.agenda, self.running):
            part.words.me, part.words.keys = self.me.id, keys
        self._read()

    def _read(self) -> None:
        """Read anew what is shown."""
        self.ahead.forget()
        layers, today = self.head.layers_on(), self.desk.today()
        if self.grid is not None:
            self._show_page(self.grid)
        else:
            if self.running.begun:
                self.running.show_again(layers, today)
            else:
                self.running.show_from(self._running_day, layers, today)
            self._say_title()

    def _show_page(self, grid: Grid) -> None:
        """Show the page, and the chosen day in full; then read the pages next to it."""
        self._in_full = {}
        self._most = grid.wants()
        shown = self._page(grid.days)
        self._plans = self.ahead.page(shown, grid.day)
        grid.show_plans(self._plans, self.head.layers_on())
        if isinstance(grid, HoursView):
            grid.show_open(open_slots(self.desk.settings, grid.days))
        self._show_day()
        near = [grid.turned(pages) for pages in (1, -1)]
        self.ahead.expect({shown: grid.day, **{self._page(grid.page_of(day)): day for day in near}})

    def _page(self, days: Sequence[date]) -> Page:
        return Page(days[0], days[-1], self._most, self.whose, self.desk.today())

    def _read_days(self, first: date, last: date, most: int | None = None) -> list[DayPlan]:
        return self.gateway.read(followups.days, first, last, self.desk.today(), whose=self.whose, most=most)

    def _read_running(self, first: date, last: date) -> list[DayPlan]:
        return self._read_days(first, last, OF_A_DAY)

    def _nearest(self, day: date, forward: bool) -> date | None:
        return self.gateway.read(followups.next_planned, day, forward=forward, whose=self.whose)

    def _show_day(self) -> None:
        grid = self.grid
        if grid is None:
            return
        self.agenda.show_day(self._plan_in_full(grid.day), self.head.layers_on(), self.desk.today())
        self._say_title()

    def _plan_in_full(self, day: date) -> DayPlan:
        """A day with all it holds; whoever walks over the page reads each once."""
        if day not in self._in_full:
            plan = next((plan for plan in self._plans if plan.day == day), None)
            self._in_full[day] = plan if plan and plan.is_whole else self._read_days(day, day)[0]
        return self._in_full[day]

    def _on_resized(self, grid: Grid) -> None:
        if grid is self.grid and self._plans and grid.wants() > self._most:
            self._read()

    def _say_title(self) -> None:
        grid, today = self.grid, self.desk.today()
        if grid is self.one_day:
            self.title.setText(long_day(grid.day, today))
        elif grid is self.week:
            self.title.setText(week_title(grid.days[0], grid.days[-1]))
        else:
            self.title.setText(month_title(self.month.page_month if grid else self._running_day))
        self.head.make_room()

    def _show_people(self) -> None:
        names = {str(row.id): staff_name(row.name) for row in self.gateway.read(followups.holders)}
        others = {key: name for key, name in names.items() if key != str(self.me.id)}
        people = {kept.ALL: self.tr("Everybody"), kept.MINE: self.tr("Mine"), **others}
        if self.whose_choice not in people:
            self.whose_choice = kept.kept_whose(self.me) if kept.kept_whose(self.me) in people else kept.ALL
        self.head.show_people(list(people.items()) if others else [], self.whose_choice)

    def _show_held(self) -> None:
        for grid in self._grids.values():
            grid.show_held(self.held.cut, self.held.marked)
        for part in (self.agenda, self.running):
            part.show_marked(self.held.marked)
        self.bar.show_count(len(self.held.marked))

    # how it is seen

    def relook(self) -> None:
        self.running.setMaximumWidth(px(WIDEST))

    def showEvent(self, event: QShowEvent) -> None:
        if self.view is None:
            self._begin()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.held.marked or self.held.cut):
            self.held.unmark()
            return
        super().keyPressEvent(event)

    def _begin(self) -> None:
        """The view chosen last; until one was, what suits the room there is."""
        self._put(kept.kept_view() or (View.AGENDA if self.halves.is_small else View.MONTH))

    def _on_arranged(self) -> None:
        front = (self.grid or self.running.list) if self.halves.shows_calendar else self.agenda.list
        self.setFocusProxy(front)

    # going

    def show_view(self, view: View) -> None:
        """Show a view, on the day that was chosen in the one before; it is remembered."""
        kept.keep_view(view)
        day = self.spot().day
        self._put(view)
        self._go(day)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, view: View) -> None:
        self.view = view
        self.head.views.set_value(view)
        self._calendar.setCurrentWidget(self.grid or self._running_page)
        self.halves.show_calendar(beside=self.grid is not None)

    def _go(self, day: date) -> None:
        """Stand on a day of the view that is shown."""
        grid = self.grid
        if grid is None:
            self._running_day = day
            self.running.show_from(day, self.head.layers_on(), self.desk.today())
            self._say_title()
            return
        grid.go(day)
        self._on_day()

    def _on_day(self) -> None:
        grid = self.grid
        if grid and (not self._plans or (self._plans[0].day, len(self._plans)) != (grid.days[0], len(grid.days))):
            self._show_page(grid)
        else:
            self._show_day()

    def _on_running_day(self, day: date) -> None:
        self._running_day = day
        self._say_title()

    def _turn(self, pages: int) -> None:
        self._go(self.grid.turned(pages) if self.grid else months_later(self._running_day, pages))

    def _on_entered(self) -> None:
        if self.agenda.isHidden():
            self.halves.turn()
        if self.agenda.list.choice.row() is None:
            self.agenda.list.choice.choose_place(0)
        self.agenda.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self) -> None:
        if self.held.marked:
            self.held.unmark()
        elif self.grid is not None:
            if not self.halves.shows_calendar:
                self.halves.turn()
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_layers(self) -> None:
        kept.keep_layers(self.head.layers_on())
        self._read()

    def _on_whose(self, choice: str) -> None:
        kept.keep_whose(choice)
        self.whose_choice = choice
        self.reload()

    def _on_print(self) -> None:
        assert self.view is not None
        open_print_calendar(self.desk, self, self._read_running, self.view, self.spot().day, self.head.layers_on())
