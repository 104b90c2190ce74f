"""The place of complaints: four rates, and every case in the lane of its state."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.domain.complaints import ON_THE_RAIL, ComplaintState
from app.services import complaints
from app.services.complaints import CLOSED_DAYS, CLOSED_SHOWN, Board
from app.views.complaints import words
from app.views.complaints.card import CardView, card_view
from app.views.complaints.case import open_case
from app.views.complaints.lane import LaneList, LaneView
from app.views.complaints.moving import beside, start_move
from app.views.complaints.rates import RatesStrip
from app.views.complaints.words import ClockWords
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.desk import LogComplaint
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD

EVERY_MINUTE = 60_000
MORE = 50


class ComplaintsScreen(Screen):
    """Left and right go between lanes, up and down within one, Enter opens a case, Ctrl with an arrow moves it."""

    watches = frozenset({"complaints", "customers", "sales", "settings", "loyalty"})

    def build(self) -> None:
        self.title, self.count = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.log, self.log_first = Button("", "primary", icon="ph.plus", key="F8"), Button("", "primary", key="F8")
        self.rates = RatesStrip(self.desk)
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
        self._head = box(row(self.title, (self.count, 1), self.log, gap=12))
        lanes = row(*((lane, 1) for lane in self.lanes.values()), gap=16)
        self._pages = QStackedWidget()
        self._pages.addWidget(box(column(self.rates, (lanes, 1), gap=16)))
        self._pages.addWidget(self.empty)
        self.setLayout(page(self._head, (self._pages, 1), gap=4))

    def _listen(self) -> None:
        for button in (self.log, self.log_first):
            button.clicked.connect(lambda: self.desk.ask(LogComplaint(None)))
        for lane in self.lanes.values():
            lane.list.opened.connect(lambda view: self.show_complaint(view.id))
            lane.list.sideways.connect(self._on_sideways)
            lane.list.came.connect(lambda held=lane.list: self._use(held))
            lane.list.dropped.connect(lambda key, _from, to=lane.lane: self._move(key, to))
            lane.more.connect(self._on_more)
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

    # what the window asks

    def customer_in_view(self) -> int | None:
        """Whose case is chosen, for F2, F8 and Ctrl+L."""
        view = self.active.choice.row()
        return view.card.who.id if view and view.card.who else None

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
        self.rates.retranslate()
        self._say_lanes()
        retranslate_acts(self)

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
        now = self.desk.now()
        self._board = board = self.gateway.read(complaints.board, now, closed_shown=self._closed_shown)
        clocks = ClockWords(board.day_length, self.desk.today(), self.desk.zone)
        for lane in board.lanes:
            self.lanes[lane.state].show_cards([card_view(card, clocks) for card in lane.cards], lane.count)
        unsettled = sum(board.lane(state).count for state in ON_THE_RAIL)
        self.count.setText(self.tr("%n not settled", "", unsettled))
        self.rates.show_rates(self.gateway.read(complaints.rates, self.desk.today(), at=now))
        anything = any(lane.count for lane in board.lanes) or self.gateway.read(complaints.next_number) > 1
        self._pages.setCurrentIndex(0 if anything else 1)
        self.log.setVisible(anything)
        self.count.setVisible(anything)
        self._choose_something()

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
        self.setFocusProxy(held)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.active.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    # what a person does

    def _on_sideways(self, step: int) -> None:
        lists = [lane.list for lane in self.lanes.values()]
        place = lists.index(self.active)
        ahead = lists[place + 1 :] if step > 0 else lists[:place][::-1]
        to = next((held for held in ahead if held.rows.rowCount()), None)
        if to is not None:
            if not to.currentIndex().isValid():
                to.choice.choose_place(max(0, self.active.currentIndex().row()))
            to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self) -> None:
        self._closed_shown += MORE
        self.refresh()

    def _step(self, step: int) -> None:
        view = self.active.choice.row()
        to = beside(view.card.state, step) if view else None
        if to is not None:
            self._move(view.id, to)

    def _move(self, complaint_id: int, to: ComplaintState) -> None:
        card = next((view.card for view in self._views() if view.id == complaint_id), None)
        if card is not None:
            self.asking = start_move(self.desk, self.window(), card, to, self._on_moved)

    def _on_moved(self, complaint_id: int) -> None:
        """The choice goes with the case."""
        self._follow = complaint_id
        self.refresh()

    def _views(self) -> list[CardView]:
        return [view for lane in self.lanes.values() for view in lane.list.rows.rows]
