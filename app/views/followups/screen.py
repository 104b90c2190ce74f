"""The follow-up calendar: a month of six weeks, and the chosen day beside it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent

from app.services import followups
from app.services.followups import BirthdayRow, FollowUpRow
from app.views.followups.agenda import Agenda, wide
from app.views.followups.month_view import MonthView
from app.views.shared import look
from app.views.shared.actions import Act, act, retranslate_acts
from app.views.shared.buttons import Button, IconButton
from app.views.shared.chips import Chips, ChipView
from app.views.shared.day_words import month_title
from app.views.shared.desk import BookFollowUp, EditFollowUp, OpenCustomer
from app.views.shared.followup_acts import FollowUpActs
from app.views.shared.followup_words import kind_words, title
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.month import months_later
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD

FOLDED, LAYERED, LOW = 1000, 760, 480
"""At 100 % text: narrower than the first, month and agenda are two pages; than the second, the layers are not there to
be chosen; lower than the third, the agenda is the first page."""
_ANY_WIDTH = 16_777_215


class FollowUpsScreen(Screen):
    """Arrows move the day, Enter goes into it, N adds on it, T is today; drag or cut and paste moves a follow-up."""

    watches = frozenset({"followups", "customers", "complaints", "settings", "staff"})

    def build(self) -> None:
        today = self.desk.today()
        self.title = PlainLabel("", "title")
        self.layers = Chips(many=True)
        self.glance = Button("", "secondary", icon="ph.list-bullets", size="small")
        self.back, self.on = IconButton("ph.caret-left"), IconButton("ph.caret-right")
        self.today_button = Button("", "secondary", size="small")
        self.month, self.agenda = MonthView(today, today), Agenda()
        self.acts = FollowUpActs(self.agenda.list, self.desk, "followups", self.agenda.chosen, self._on_moving_on)
        self._cut: FollowUpRow | None = None
        self._shows_agenda: bool | None = None
        self._make_acts()
        self._arrange()
        self._listen()
        look.follow(self.relook)

    def _make_acts(self) -> None:
        self.add = self._act("add", lambda: self.tr("Add"), lambda: self._on_adding(self.month.day), "N", "ph.plus")
        self.to_today = self._act("today", lambda: self.tr("Today"), lambda: self._go_to_today(), "T", "")
        self.cut = self._act("cut", lambda: self.tr("Cut"), self._on_cut, "Ctrl+X", "ph.scissors")
        self.paste = self._act("paste", lambda: self.tr("Paste on this day"), self._on_paste, "Ctrl+V", "ph.clipboard")
        self.agenda.add.set_action(self.add)
        self.today_button.set_action(self.to_today)

    def _act(self, name: str, words: Callable[[], str], slot: Callable[[], object], key: str, icon: str) -> Act:
        return act(self, f"followups.{name}", words, slot, key=key, icon_name=icon)

    def _arrange(self) -> None:
        turn = row(self.back, self.today_button, self.on, gap=4)
        self._head = box(row(self.title, None, column(None, self.layers, None), 8, self.glance, turn, gap=12))
        self.setLayout(page(self._head, (row((self.month, 1), self.agenda, gap=16), 1), gap=0))
        self.setFocusProxy(self.month)

    def _listen(self) -> None:
        self.month.day_chosen.connect(lambda _day: self._on_day())
        self.month.entered.connect(self._on_entered)
        self.month.adding.connect(self._on_adding)
        self.month.opened.connect(lambda item: self.desk.ask(EditFollowUp(item.id)))
        self.month.dropped.connect(lambda item, day: self.acts.move(item, day))
        self.agenda.list.opened.connect(self._on_opened)
        self.agenda.list.left.connect(self._on_left)
        self.layers.chosen.connect(lambda _layers: self._show())
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.glance.clicked.connect(self._on_glance)

    def customer_in_view(self) -> int | None:
        """Whom the chosen row of the agenda is about, for F2, F8 and Ctrl+L."""
        return self.agenda.customer()

    # what is shown

    def retranslate(self) -> None:
        self.back.set_name(self.tr("Month before"))
        self.on.set_name(self.tr("Month after"))
        first = not self.layers.chips()
        self.layers.show_chips(
            [
                ChipView("followups", self.tr("Follow-ups"), icon="ph.calendar-check"),
                ChipView("birthdays", self.tr("Birthdays"), icon="ph.cake", hue="plum"),
                ChipView("lunar", self.tr("Lunar days"), icon="ph.flag", hue="plum"),
            ]
        )
        if first:
            chinese = look.current().language.startswith("zh")
            self.layers.set_values(["followups", "birthdays", *(["lunar"] if chinese else [])])
        self.agenda.retranslate()
        retranslate_acts(self)
        self._say_glance()

    def reload(self) -> None:
        self.month.today = self.desk.today()
        days = self.month.days
        self._plans = self.gateway.read(followups.month, days[0], days[-1], self.desk.today())
        self.agenda.keys = tuple((act.text(), act.shortcut().toString()) for act in (self.acts.later, self.acts.done))
        self._show()

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """Of the folded page: asking for room for both halves would keep a window from ever folding."""
        return QSize(px(520), px(320))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _show(self) -> None:
        layers = frozenset(str(layer) for layer in self.layers.values())
        self.month.lunar = "lunar" in layers
        self.month.show_plans(self._plans, layers)
        self.title.setText(month_title(self.month.page_month))
        plan = next((plan for plan in self._plans if plan.day == self.month.day), None)
        if plan is not None:
            self.agenda.show_day(plan, self.desk.today())

    def _make_room(self) -> None:
        both = self.width() >= px(FOLDED)
        if self._shows_agenda is None and self.isVisible():
            self._shows_agenda = self.height() < px(LOW)
        self.glance.setVisible(not both)
        self.layers.setVisible(self.width() >= px(LAYERED))
        self.month.setVisible(both or not self._shows_agenda)
        self.agenda.setVisible(both or bool(self._shows_agenda))
        self.agenda.setMinimumWidth(wide(self.width()) if both else 0)
        self.agenda.setMaximumWidth(wide(self.width()) if both else _ANY_WIDTH)
        self.setFocusProxy(self.month if self.month.isVisibleTo(self) else self.agenda.list)
        self._say_glance()

    def _say_glance(self) -> None:
        self.glance.setText(self.tr("Month") if self._shows_agenda else self.tr("The day"))

    # going

    def _on_day(self) -> None:
        if self._plans[0].day != self.month.days[0]:
            self.reload()
        else:
            self._show()

    def _go(self, step: Callable[[], None]) -> None:
        step()
        self._on_day()

    def _turn(self, months: int) -> None:
        self._go(lambda: self.month.go(months_later(self.month.day, months)))

    def _go_to_today(self) -> None:
        self._go(lambda: self.month.go(self.desk.today()))

    def _on_entered(self) -> None:
        if self.agenda.isHidden():
            self._on_glance()
        if self.agenda.chosen() is None:
            self.agenda.list.choice.choose_place(0)
        self.agenda.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_left(self) -> None:
        if self.month.isHidden():
            self._on_glance()
        self.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_glance(self) -> None:
        self._shows_agenda = not self._shows_agenda
        self.glance.setFocus(Qt.FocusReason.OtherFocusReason)
        self._make_room()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # doing

    def _on_adding(self, day: object) -> None:
        self.desk.ask(BookFollowUp(None, day))  # type: ignore[arg-type]

    def _on_opened(self, shown: object) -> None:
        if isinstance(shown, BirthdayRow):
            self.desk.ask(OpenCustomer(shown.who.id))
        else:
            self.acts.open.trigger()

    def _on_cut(self) -> None:
        chosen = self.agenda.chosen()
        if chosen is None:
            self.desk.tell(self.tr("Choose a follow-up in the day’s list first"))
            return
        self._cut = chosen
        self.month.show_cut(chosen.id)
        said = self.tr("Cut: {what}. Choose a day and press {key}").replace("{key}", keycap("Ctrl+V"))
        self.desk.tell(said.replace("{what}", title(chosen) or kind_words(chosen.kind)))

    def _on_paste(self) -> None:
        if self._cut is not None:
            self.acts.move(self._cut, self.month.day)
            self._cut = None
            self.month.show_cut(None)

    def _on_moving_on(self) -> None:
        """Done or put off: the next row of the day is chosen."""
        view = self.agenda.list
        last = self.agenda.model.rowCount() - 1
        place = view.currentIndex().row()
        view.choice.choose_place(place + 1 if place < last else max(0, place - 1))
