"""The place of complaints: four rates, and every case on the board in the lane of its state, or in a list."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.complaints import ComplaintState
from app.domain.shop_rules import opening_hours
from app.services import complaints
from app.services.complaints import CLOSED_DAYS, CLOSED_SHOWN, Board, CaseCard, CaseFilter, Lane
from app.views.complaints import words
from app.views.complaints.card import CardView, card_view
from app.views.complaints.case import open_case
from app.views.complaints.case_table import CaseTable
from app.views.complaints.cases import Cases
from app.views.complaints.filter_bar import FilterBar
from app.views.complaints.lane import LaneList, LaneView
from app.views.complaints.learning import LearningPage
from app.views.complaints.moving import beside, note_answer, start_call, start_move
from app.views.complaints.print_list import open_print
from app.views.complaints.rates import RatesStrip
from app.views.complaints.words import ClockWords
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import LogComplaint
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD

EVERY_MINUTE = 60_000
MORE = 50
LANE_SHOWN = 60
"""Cards in a lane; the list holds all."""


class ComplaintsScreen(Screen):
    """Left and right go between lanes, up and down within one, Enter opens a case, Ctrl with an arrow moves it."""

    watches = frozenset({"complaints", "customers", "sales", "settings", "loyalty"})

    def build(self) -> None:
        self.title, self.count = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.log, self.log_first = Button("", "primary", icon="ph.plus", key="F8"), Button("", "primary", key="F8")
        self.modes = Chips()
        self.learn = Button("", "quiet", icon="ph.chart-line-up", key="Ctrl+J", size="small")
        self.rates, self.cases = RatesStrip(self.desk), Cases(self.desk)
        self.bar = FilterBar(self.desk, self.cases)
        self.table = CaseTable(self.cases, self._words_of_clocks)
        self.lanes = {state: LaneView(state) for state in ComplaintState}
        self.active: LaneList = self.lanes[ComplaintState.OPEN].list
        self.empty = EmptyState("ph.chat-teardrop-text", primary=self.log_first)
        self._closed_shown, self._follow = CLOSED_SHOWN, 0
        self._board: Board | None = None
        self._arrange()
        self._listen()
        self._tick = QTimer(self, interval=EVERY_MINUTE)
        self._tick.timeout.connect(self.refresh)
        look.follow(self.relook)

    def _arrange(self) -> None:
        modes = box(column(None, self.modes, None, gap=0))
        self._head = box(row(self.title, (self.count, 1), self.learn, modes, self.log, gap=12))
        lanes = row(*((lane, 1) for lane in self.lanes.values()), gap=16)
        self._pages = QStackedWidget()
        self._views = QStackedWidget()
        self._views.addWidget(box(lanes))
        self._views.addWidget(self.table)
        self._pages.addWidget(box(column(self.rates, self.bar, (self._views, 1), gap=12)))
        self._pages.addWidget(self.empty)
        self.learning: LearningPage | None = None
        self.setLayout(page(self._head, (self._pages, 1), gap=4))

    def _listen(self) -> None:
        for button in (self.log, self.log_first):
            button.clicked.connect(lambda: self.desk.ask(LogComplaint(None)))
        self.modes.chosen.connect(lambda mode: self.show_mode(str(mode)))
        self.bar.changed.connect(self._on_asked)
        self.bar.entered.connect(self._on_entered)
        self.table.opened.connect(self.show_complaint)
        for lane in self.lanes.values():
            lane.list.opened.connect(lambda view: self.show_complaint(view.id))
            lane.list.sideways.connect(self._on_sideways)
            lane.list.came.connect(lambda held=lane.list: self._use(held))
            lane.list.dropped.connect(lambda key, _from, to=lane.lane: self._move(key, to))
            lane.more.connect(lambda state=lane.lane: self._on_more(state))
        self.forward = act(
            self,
            "complaints.forward",
            lambda: self.tr("Move the case on"),
            lambda: self._step(1),
            key="Ctrl+Right",
            icon_name="ph.arrow-right",
        )
        self.back = act(
            self,
            "complaints.back",
            lambda: self.tr("Move the case back"),
            lambda: self._step(-1),
            key="Ctrl+Left",
            icon_name="ph.arrow-left",
        )

        self.learn_act = act(
            self,
            "complaints.learn",
            lambda: self.tr("Back to the cases") if self.learns else self.tr("Learn"),
            lambda: self.show_learning(on=not self.learns),
            key="Ctrl+J",
            icon_name="ph.chart-line-up",
        )
        self.learn_act.setEnabled(self.gateway.may(complaints.learned))
        self.learn.setVisible(self.learn_act.isEnabled())
        self.learn.clicked.connect(self.learn_act.trigger)
        self._add_acts()

    def _add_acts(self) -> None:
        act(self, "complaints.filter", lambda: self.tr("Filter this list"), self._to_filter, key="Ctrl+F")
        act(self, "complaints.call", lambda: self.tr("Ask the customer of the case"), self.call)
        act(self, "complaints.answered", lambda: self.tr("The customer of the case was answered"), self.answer)
        act(self, "complaints.board", lambda: self.tr("Complaints as a board"), lambda: self.show_mode("board"))
        act(self, "complaints.list", lambda: self.tr("Complaints as a list"), lambda: self.show_mode("list"))
        act(self, "complaints.print", lambda: self.tr("Print the list…"), self.print, key="Ctrl+P")

    # what complaints teach

    def show_learning(self, *, on: bool) -> None:
        """Show what the cases teach, or the cases again."""
        if self.learning is None:
            self.learning = LearningPage(self.desk)
            self._pages.addWidget(self.learning)
        if on:
            self._pages.setCurrentWidget(self.learning)
        else:
            self._pages.setCurrentIndex(0)
        self._say_learning()
        self.refresh()
        self._focus()

    @property
    def learns(self) -> bool:
        """Whether what the cases teach is shown, in their place."""
        return self.learning is not None and self._pages.currentWidget() is self.learning

    def _say_learning(self) -> None:
        retranslate_acts(self)
        self.modes.set_value(None if self.learns else "list" if self.is_list else "board")
        self.learn.setText(self.learn_act.text())

    # what the window asks

    def customer_in_view(self) -> int | None:
        """Whose case is chosen, for F2, F8 and Ctrl+L."""
        card = self.chosen()
        return card.who.id if card and card.who else None

    def chosen(self) -> CaseCard | None:
        """The case that is acted on; none where cases are not shown."""
        if self.learns:
            return None
        if self.is_list:
            return self.table.card()
        view: CardView | None = self.active.choice.row()
        return view.card if view else None

    @property
    def is_list(self) -> bool:
        return self._views.currentWidget() is self.table

    def show_mode(self, mode: str) -> None:
        """Show the board or the list; the chosen case stays the chosen one."""
        if self.learns:
            self.show_learning(on=False)
        card = self.chosen()
        self._views.setCurrentIndex(1 if mode == "list" else 0)
        self.modes.set_value(mode)
        self._follow = card.id if card else 0
        self.refresh()
        self._focus()

    def show_only(self, only: CaseFilter) -> None:
        """Show the cases of a choice, as Today asks for."""
        self.bar.show_only(only)

    def print(self) -> None:
        """The cases that are asked for, on paper or as a PDF."""
        self.printing = open_print(self.desk, self.window(), self.cases, self._words_of_clocks())

    def show_complaint(self, complaint_id: int) -> None:
        """Open a case; its card is chosen where it is on the board."""
        self._follow = complaint_id
        self.refresh()
        self.case = open_case(self.desk, self.window(), complaint_id, self._on_moved)

    # what is shown

    def retranslate(self) -> None:
        self.title.setText(self.tr("Complaints"))
        for button in (self.log, self.log_first):
            button.setText(self.tr("Log complaint"))
        self.empty.set_words(
            self.tr("No complaint yet"),
            self.tr("A complaint that is heard and put right keeps the customer. Write down the next one here."),
        )
        self.modes.show_chips([ChipView("board", self.tr("Board")), ChipView("list", self.tr("List"))])
        for widget in (self.rates, self.bar, self.table):
            widget.retranslate()
        self._say_lanes()
        self._say_learning()

    def _say_lanes(self) -> None:
        captions = {
            ComplaintState.WAITING: self.tr("clock stopped"),
            ComplaintState.RESOLVED: self.tr("call back"),
            ComplaintState.CLOSED: self.tr("last %n day(s)", "", CLOSED_DAYS),
        }
        hints = {
            ComplaintState.OPEN: self.tr("Nothing open"),
            ComplaintState.WAITING: self.tr("Nobody to wait for"),
            ComplaintState.RESOLVED: self.tr("Nobody to call back"),
            ComplaintState.CLOSED: self.tr("Nothing closed lately"),
        }
        for state, lane in self.lanes.items():
            lane.say(words.state_words(state), captions.get(state, ""), hints[state])

    def reload(self) -> None:
        self.bar.reload()
        self.cases.ask()
        self._show_cases()
        self.rates.show_rates(self.gateway.read(complaints.rates, self.desk.today(), at=self.desk.now()))
        anything = self.gateway.read(complaints.next_number) > 1
        if not self.learns:
            self._pages.setCurrentIndex(0 if anything else 1)
        for shown in (self.log, self.count, self.modes):
            shown.setVisible(anything)
        self.learn.setVisible(anything and self.learn_act.isEnabled())

    def _show_cases(self) -> None:
        """Only what is in sight is read."""
        if self.is_list:
            self.table.reload()
            self._board = None
            self._choose_in_list()
        else:
            self._show_board()
        found = self.gateway.read(complaints.unsettled)
        said = self.tr("%n not settled", "", found)
        if self.cases.narrowed:
            many = self.table.rows.rowCount() if self.is_list else sum(lane.count for lane in self._lanes_read())
            said += " · " + self.tr("%n shown", "", many)
        self.count.setText(said)

    def _show_board(self) -> None:
        read, held = self.gateway.read, self.cases
        self._board = board = read(
            complaints.board, held.at, closed_shown=self._closed_shown, shown=LANE_SHOWN, only=held.only
        )
        clocks = self._words_of_clocks()
        for lane in board.lanes:
            self.lanes[lane.state].show_cards([card_view(card, clocks) for card in lane.cards], lane.count)
        self._choose_something()

    def _lanes_read(self) -> tuple[Lane, ...]:
        return self._board.lanes if self._board else ()

    def _words_of_clocks(self) -> ClockWords:
        length = opening_hours(self.desk.settings).usual_day
        return ClockWords(length, self.desk.today(), self.desk.zone)

    def _choose_in_list(self) -> None:
        if not (self._follow and self.table.choose(self._follow)) and self.table.card() is None:
            self.table.table.choice.choose_place(0)
        self._follow = 0

    def _choose_something(self) -> None:
        """Follow the case that was just moved or opened; else keep the lane in use, or take the first with cards."""
        followed = next((lane.list for lane in self.lanes.values() if lane.list.choice.choose(self._follow)), None)
        if followed is not None and self._follow:
            self._go(followed)
        elif not self.active.rows.rowCount():
            first = next((lane.list for lane in self.lanes.values() if lane.list.rows.rowCount()), self.active)
            self._go(first)
        self._follow = 0
        if not self.active.currentIndex().isValid():
            self.active.choice.choose_place(0)
        self._use(self.active)

    def _go(self, held: LaneList) -> None:
        had_focus = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._use(held)
        if had_focus or self.active.hasFocus():
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use(self, held: LaneList) -> None:
        """This lane is the one whose chosen card is shown and acted on."""
        self.active = held
        for lane in self.lanes.values():
            lane.list.set_active(lane.list is held)
        if not self.learns:
            self.setFocusProxy(held)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self._focus()

    def _focus(self) -> None:
        cases = self.table if self.is_list else self.active
        held = self.learning if self.learning is not None and self.learns else cases
        self.setFocusProxy(held)
        held.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    # what a person does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single letters, while board or list has the focus."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        acts = {
            Qt.Key.Key_B: lambda: self.show_mode("board"),
            Qt.Key.Key_L: lambda: self.show_mode("list"),
            Qt.Key.Key_C: self.call,
            Qt.Key.Key_A: self.answer,
        }
        if plain and event.key() == Qt.Key.Key_Escape and self.bar.step_back():
            return
        done = acts.get(Qt.Key(event.key())) if plain else None
        if done is None:
            super().keyPressEvent(event)
        else:
            done()

    def call(self) -> None:
        """Ask the customer of the chosen case whether they agree."""
        if card := self.chosen():
            self.asking = start_call(self.desk, self.window(), card, self._on_moved)

    def answer(self) -> None:
        """Note that the customer of the chosen case has heard from us."""
        if card := self.chosen():
            note_answer(self.desk, card, self._on_moved)

    def _on_asked(self) -> None:
        self._show_cases()

    def _on_entered(self) -> None:
        self._focus()

    def _to_filter(self) -> None:
        self.bar.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.field.selectAll()

    def _on_sideways(self, step: int) -> None:
        lists = [lane.list for lane in self.lanes.values()]
        place = lists.index(self.active)
        ahead = lists[place + 1 :] if step > 0 else lists[:place][::-1]
        to = next((held for held in ahead if held.rows.rowCount()), None)
        if to is not None:
            if not to.currentIndex().isValid():
                to.choice.choose_place(max(0, self.active.currentIndex().row()))
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self, state: ComplaintState) -> None:
        """More of the closed ones; of any other lane the list holds them all."""
        if state is ComplaintState.CLOSED:
            self._closed_shown += MORE
            self.refresh()
        else:
            self.bar.show_only(replace(self.cases.asked.only, states=(state,)))
            self.show_mode("list")

    def _step(self, step: int) -> None:
        card = self.chosen()
        to = beside(card.state, step) if card else None
        if card is not None and to is not None:
            self.asking = start_move(self.desk, self.window(), card, to, self._on_moved)

    def _move(self, complaint_id: int, to: ComplaintState) -> None:
        card = next((view.card for view in self._cards() if view.id == complaint_id), None)
        if card is not None:
            self.asking = start_move(self.desk, self.window(), card, to, self._on_moved)

    def _on_moved(self, complaint_id: int) -> None:
        """The choice goes with the case."""
        self._follow = complaint_id
        self.refresh()

    def _cards(self) -> list[CardView]:
        return [view for lane in self.lanes.values() for view in lane.list.rows.rows]
