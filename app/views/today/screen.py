"""Today: what to do, in the order in which it matters, each with its reason in a sentence and its keys."""

from collections.abc import Hashable
from datetime import date, timedelta

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.birthdays import lunar_date, to_lunar
from app.services import customers, followups, staff
from app.services.followups import Matters
from app.views.shared import look
from app.views.shared.actions import retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.day_words import long_day
from app.views.shared.desk import BringIn, NewCustomer
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, page, row
from app.views.shared.look import px
from app.views.shared.screen import Screen
from app.views.shared.tasks import Task
from app.views.shared.tokens import PAGE_HEAD
from app.views.today.board import DayBoard
from app.views.today.rows import RowPainter
from app.views.today.side import Side, side_width

EVERY_MINUTE = 60_000
FOLDED, WORDED, WIDEST = 1000, 760, 960
"""Widths at 100 % text: below the first the side folds into a button, below the second what is held back is an icon;
the list never grows beyond the third."""
_SIX_DAYS, _ANY_WIDTH = timedelta(days=6), 16_777_215
_ASKED_ANEW = frozenset({"customers", "sales", "loyalty", "settings"})
"""Changes of these may bring or end a birthday, points about to end, a silence."""


class TodayScreen(Screen):
    """C calls, L logs and goes on, M copies a message, Z puts off, R takes another day, E is done, Space marks, W says
    why, A shows one's own alone, Enter opens the card."""

    watches = frozenset({"followups", "customers", "complaints", "sales", "loyalty", "settings"})

    def build(self) -> None:
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.glance = Button("", "secondary", icon="ph.chart-line-up", size="small")
        self.glance.setCheckable(True)
        self.board = DayBoard(self.desk)
        self.list, self.model, self.acts = self.board.list, self.board.model, self.board.acts
        self.bring_in, self.new = Button("", "primary", icon="ph.download-simple"), Button("", icon="ph.user-plus")
        self.empty = EmptyState("ph.sun", primary=self.bring_in, other=self.new)
        self.side = Side(self.desk)
        self._tasks: list[Task] = []
        self._asking: Task | None = None
        self._matters = Matters()
        self._asked_on: date | None = None
        self._painted = False
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _arrange(self) -> None:
        self._head = box(row(self.title, (self.context, 1), self.glance, gap=12))
        self._pages = QStackedWidget()
        self._pages.addWidget(box(row((self.board, 1000), (self.side, 1000), None, gap=16)))
        self._pages.addWidget(self.empty)
        self.setLayout(page(self._head, (self._pages, 1), gap=0))
        self.setFocusProxy(self.list)

    def _listen(self) -> None:
        self.board.mine_chosen.connect(lambda _mine: self.refresh())
        self.board.folding.connect(self._show_list)
        self.gateway.changed.connect(self._on_anything)
        self.glance.clicked.connect(self._on_glance)
        self.bring_in.clicked.connect(lambda: self.desk.ask(BringIn()))
        self.new.clicked.connect(lambda: self.desk.ask(NewCustomer()))
        self._tick = QTimer(self, interval=EVERY_MINUTE)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()

    def customer_in_view(self) -> int | None:
        """Whom the chosen row is about, for F2, F8 and Ctrl+L."""
        chosen = self.board.chosen()
        return chosen.item.who.id if chosen and chosen.item.who else None

    def show_followup(self, followup_id: Hashable) -> bool:
        """Choose a row of the list; False when it is not in it."""
        return self.board.choose(followup_id)

    # what is shown

    def retranslate(self) -> None:
        self.title.setText(self.tr("Today"))
        self.glance.setText(self.tr("The day in figures"))
        self.bring_in.setText(self.tr("Bring in a spreadsheet"))
        self.new.setText(self.tr("New customer"))
        self.empty.set_words(
            self.tr("Whom to call, and why"),
            self.tr("Bring in your customers or add the first one: every morning this page says whom to think of."),
        )
        retranslate_acts(self)

    def reload(self) -> None:
        self._show_list()
        if self._painted:
            self._read_side()
            self._ask_matters()

    def _show_list(self) -> None:
        today, now = self.desk.today(), self.desk.now()
        self.context.setText(self._date())
        mine = self.gateway.read(staff.acting).id if self.board.mine.isChecked() else None
        asked = {"matters": self._matters.rows, "staff_id": mine, "whole": self.board.unfolded}
        day = self.gateway.read(followups.today, today, now, **asked)
        anyone = bool(day.rows) or self.gateway.read(customers.count) > 0
        self._pages.setCurrentIndex(0 if anyone else 1)
        places = {shown.id: place for place, shown in enumerate(day.rows)}
        self.board.show_day(day, RowPainter(today, self._keys(), self._money, places, self.board.marked))
        self.setFocusProxy(self.board.front() if anyone else self.bring_in)
        if mine is None:
            self.desk.due_counted.emit(day.left)
        self.side.figures.set_left(day.left if mine is None else None)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Of the folded page: asking for room for both halves would keep a window from ever folding."""
        return QSize(px(480), px(320))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.board.chosen() is None:
            self.list.choice.choose_place(0)
            self.list.scrollToTop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The list is what a start waits for; the rest of the page is asked for once the list can be seen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def _date(self) -> str:
        today = self.desk.today()
        said = long_day(today, today)
        if not self._painted or not look.current().language.startswith("zh"):
            return said
        _, month, day, leap = to_lunar(today)
        return self.tr("{day} · Lunar {date}").replace("{day}", said).replace("{date}", lunar_date(month, day, leap))

    def _money(self, minor: int) -> str:
        return self.desk.money(minor, drop_zeros=True)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        acts = (self.acts.call, self.acts.log, self.acts.later, self.acts.done)
        return tuple((act.text(), act.shortcut().toString()) for act in acts)

    def _read_side(self) -> None:
        for task in self._tasks:
            task.drop()
        today, now, later = self.desk.today(), self.desk.now(), self.gateway.read_later
        side = self.side
        self._tasks = [
            later(followups.day_figures, today, now, then=side.figures.show_figures, owner=self),
            later(followups.decisions, today, now, then=side.decisions.show_decisions, owner=self),
            later(followups.birthdays, today, today + _SIX_DAYS, then=side.birthdays.show_birthdays, owner=self),
        ]

    def _on_painted(self) -> None:
        self.context.setText(self._date())
        self._read_side()
        self._ask_matters()

    def _ask_matters(self) -> None:
        """What nobody booked takes reading all sales: it joins the list when it is known."""
        today = self.desk.today()
        if self._asked_on == today:
            return
        self._asked_on = today
        if self._asking is not None:
            self._asking.drop()
        self._asking = self.gateway.read_later(followups.matters, today, then=self._on_matters, owner=self)

    def _on_matters(self, found: Matters) -> None:
        self.side.aside.show_aside(found.aside)
        if found.rows != self._matters.rows:
            self._matters = found
            self._stale = not self.isVisible()
            if self.isVisible():
                self._show_list()

    def _on_anything(self, changes: object) -> None:
        if getattr(changes, "features", _ASKED_ANEW) & _ASKED_ANEW:
            self._asked_on = None

    def _make_room(self) -> None:
        wide = self.width() >= px(FOLDED)
        self.glance.setVisible(not wide)
        if wide:
            self.glance.setChecked(False)
        self.side.setVisible(wide or self.glance.isChecked())
        self.board.setVisible(wide or not self.glance.isChecked())
        self.board.set_compact(self.width() < px(WORDED))
        self.board.setMaximumWidth(px(WIDEST) if wide else _ANY_WIDTH)
        if wide:
            self.side.setFixedWidth(side_width(self.width()))
        else:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(_ANY_WIDTH)

    def _on_glance(self) -> None:
        """The list and the figures change places; the focus goes to what is there."""
        self.glance.setFocus(Qt.FocusReason.OtherFocusReason)
        self._make_room()
        if not self.glance.isChecked():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
