"""Today: what to do, in the order in which it matters, each with its reason in a sentence and its keys."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.birthdays import lunar_date, to_lunar
from app.domain.followups import FollowUpPurpose
from app.services import customers, followups
from app.services.followups import FollowUpRow, TodayList, TodayRow
from app.views.shared import look
from app.views.shared.actions import retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.day_words import long_day
from app.views.shared.desk import BringIn, NewCustomer, ShowCustomers
from app.views.shared.empty import EmptyState
from app.views.shared.followup_acts import FollowUpActs
from app.views.shared.followup_words import title
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, page, row
from app.views.shared.lists import Heading, RowList, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import RowsModel
from app.views.shared.screen import Screen
from app.views.shared.tasks import Task
from app.views.shared.tokens import PAGE_HEAD
from app.views.today.rows import RowPainter, with_headings
from app.views.today.side import Side, side_width

EVERY_MINUTE = 60_000
FOLDED, WORDED, WIDEST = 1000, 760, 960
"""Widths at 100 % text: below the first the side folds into a button, below the second what is held back is an icon;
the list never grows beyond the third."""
_SIX_DAYS, _ANY_WIDTH = timedelta(days=6), 16_777_215


class TodayScreen(Screen):
    """C calls, L logs and goes on, Z puts off, E is done, Enter opens the card."""

    watches = frozenset({"followups", "customers", "complaints", "sales", "loyalty", "settings"})

    def build(self) -> None:
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.glance = Button("", "secondary", icon="ph.chart-line-up", size="small")
        self.glance.setCheckable(True)
        self.chips = Chips()
        self.held = Button("", "quiet", icon="ph.hand-palm", size="small")
        self.model: RowsModel[TodayRow | Heading] = RowsModel((), self, inert=lambda shown: isinstance(shown, Heading))
        self.list = RowList(self._view, headings=True)
        self.list.setModel(self.model)
        self.calm = EmptyState("ph.check")
        self.bring_in, self.new = Button("", "primary", icon="ph.download-simple"), Button("", icon="ph.user-plus")
        self.empty = EmptyState("ph.sun", primary=self.bring_in, other=self.new)
        self.side = Side(self.desk)
        self.acts = FollowUpActs(self.list, self.desk, "today", self._chosen, self._on_moving_on)
        self._day, self._painter = TodayList((), (), ()), RowPainter(self.desk.today(), ())
        self._tasks: list[Task] = []
        self._painted = False
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _arrange(self) -> None:
        self._head = box(row(self.title, (self.context, 1), self.glance, gap=12))
        above = box(row((self.chips, 1), self.held, gap=12, margins=(16, 12, 16, 4)))
        self.board = Card(above, (self.calm, 1), (self.list, 3), gap=0, margins=(0, 0, 0, 6))
        self._pages = QStackedWidget()
        self._pages.addWidget(box(row((self.board, 1000), (self.side, 1000), None, gap=16)))
        self._pages.addWidget(self.empty)
        self.setLayout(page(self._head, (self._pages, 1), gap=0))
        self.setFocusProxy(self.list)

    def _listen(self) -> None:
        self.list.opened.connect(lambda _row: self.acts.open.trigger())
        self.list.ticked.connect(lambda shown: self.acts.finish(shown.item))
        self.list.installEventFilter(self)
        self.chips.chosen.connect(lambda _purpose: self._show_rows())
        self.held.clicked.connect(self._on_held)
        self.glance.clicked.connect(self._on_glance)
        self.bring_in.clicked.connect(lambda: self.desk.ask(BringIn()))
        self.new.clicked.connect(lambda: self.desk.ask(NewCustomer()))
        self._tick = QTimer(self, interval=EVERY_MINUTE)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()

    def customer_in_view(self) -> int | None:
        """Whom the chosen row is about, for F2, F8 and Ctrl+L."""
        chosen = self._chosen()
        return chosen.who.id if chosen and chosen.who else None

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
        today, now = self.desk.today(), self.desk.now()
        self.context.setText(self._date())
        self._painter = RowPainter(today, self._keys())
        self._day = self.gateway.read(followups.today, today, now)
        anyone = bool(self._day.rows) or self.gateway.read(customers.count) > 0
        self._pages.setCurrentIndex(0 if anyone else 1)
        self.setFocusProxy(self.list if anyone else self.bring_in)
        self._show_chips()
        self._show_rows()
        if self._painted:
            self._read_side()

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Of the folded page: asking for room for both halves would keep a window from ever folding."""
        return QSize(px(480), px(320))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._chosen() is None:
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.FocusIn:
            self.acts.forget_log()
        return super().eventFilter(watched, event)

    def _view(self, shown: TodayRow | Heading) -> RowView | Heading:
        return self._painter.view(shown)

    def _date(self) -> str:
        today = self.desk.today()
        said = long_day(today, today)
        if not self._painted or not look.current().language.startswith("zh"):
            return said
        _, month, day, leap = to_lunar(today)
        return self.tr("{day} · Lunar {date}").replace("{day}", said).replace("{date}", lunar_date(month, day, leap))

    def _keys(self) -> tuple[tuple[str, str], ...]:
        acts = (self.acts.call, self.acts.log, self.acts.later, self.acts.done)
        return tuple((act.text(), act.shortcut().toString()) for act in acts)

    def _show_chips(self) -> None:
        purposes = [shown.item.purpose for shown in self._day.rows]
        words = {
            FollowUpPurpose.CARE: self.tr("Care"),
            FollowUpPurpose.SELL: self.tr("Sell"),
            FollowUpPurpose.COMPLAINT: self.tr("Complaints"),
        }
        chips = [ChipView(purpose, said, purposes.count(purpose)) for purpose, said in words.items()]
        self.chips.show_chips([ChipView("all", self.tr("All"), len(purposes)), *chips])
        if self.chips.value() is None:
            self.chips.set_value("all")
        count = len(self._day.held)
        self.held.setText(self.tr("%n kept out of selling: complaint open", "", count))
        self.held.setVisible(bool(count))

    def _show_rows(self) -> None:
        purpose = self.chips.value()
        rows = [shown for shown in self._day.rows if purpose == "all" or shown.item.purpose == purpose]
        self.model.show_rows(with_headings(rows))
        self.list.setVisible(bool(rows))
        self.calm.setVisible(not rows or not self._day.left)
        self._say_calm(shows_all=purpose == "all")

    def _say_calm(self, *, shows_all: bool) -> None:
        if self._day.left and not shows_all:
            self.calm.set_words(self.tr("Nothing of this kind"), self.tr("The other kinds are under “All”."))
            return
        names = self.tr(", ").join(title(item) for item in self._day.tomorrow)
        tomorrow = self.tr("Tomorrow begins with {names}.").replace("{names}", names)
        self.calm.set_words(
            self.tr("Done for today"), tomorrow if names else self.tr("Nothing is due tomorrow either.")
        )

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

    def _make_room(self) -> None:
        wide = self.width() >= px(FOLDED)
        self.glance.setVisible(not wide)
        if wide:
            self.glance.setChecked(False)
        self.side.setVisible(wide or self.glance.isChecked())
        self.board.setVisible(wide or not self.glance.isChecked())
        self.held.set_compact(self.width() < px(WORDED))
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

    # what is done

    def _chosen(self) -> FollowUpRow | None:
        shown: Any = self.list.choice.row()
        return shown.item if isinstance(shown, TodayRow) else None

    def _on_moving_on(self) -> None:
        """Choose the row after the one that is about to leave; the last one gives way to the one before."""
        rows, place = self.model.rows, self.list.currentIndex().row()
        after = [at for at in range(place + 1, len(rows)) if isinstance(rows[at], TodayRow)]
        before = [at for at in range(place) if isinstance(rows[at], TodayRow)]
        if after or before:
            self.list.choice.choose_place(after[0] if after else before[-1])

    def _on_held(self) -> None:
        self.desk.ask(ShowCustomers(self.tr("Complaint open: nothing is sold to them"), self._day.held))
