"""What can be done in the calendar: adding, marking, moving by cut and paste, handing over, and choosing the view."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services import staff
from app.services.followups import BirthdayRow, FollowUpRow, Spot
from app.views.followups.agenda import Agenda
from app.views.followups.handing_over import open_handing_over
from app.views.followups.held import Held
from app.views.followups.kept import View
from app.views.followups.pieces import Piece
from app.views.followups.running import RunningAgenda
from app.views.shared.actions import Act, act
from app.views.shared.desk import BookFollowUp, Desk, EditFollowUp, OpenCustomer
from app.views.shared.followup_acts import FollowUpActs


class CalendarActs(QObject):
    """Acts of the screen and of its two lists. `spot`: where something new would be put; `chosen`: the follow-up that
    is chosen in the list that is shown."""

    view_asked = Signal(object)
    today_asked = Signal()
    print_asked = Signal()

    def __init__(
        self,
        screen: QWidget,
        desk: Desk,
        agenda: Agenda,
        running: RunningAgenda,
        spot: Callable[[], Spot],
        chosen: Callable[[], FollowUpRow | None],
    ) -> None:
        super().__init__(screen)
        self._screen, self._desk, self._agenda = screen, desk, agenda
        self._spot, self._chosen = spot, chosen
        self.of_day, self.of_running = (
            FollowUpActs(part.list, desk, "followups", part.chosen, partial(_move_on, part))
            for part in (agenda, running)
        )
        self.held = Held(desk, self.of_day, chosen)
        self._make()
        self._make_views()
        for part, acts in ((agenda, self.of_day), (running, self.of_running)):
            acts.more = [self._marking(part), self.cut, self.hand_over]
            part.list.opened.connect(partial(self._on_opened, acts))
            part.list.ticked.connect(lambda _row: self._on_mark())

    def _make(self) -> None:
        self.add = self._act("add", lambda: self.tr("Add"), lambda: self.book(self._spot()), "N", "ph.plus")
        self.today = self._act("today", lambda: self.tr("Today"), self.today_asked.emit, "T", "ph.calendar-blank")
        self.cut = self._act("cut", lambda: self.tr("Cut"), self.held.take, "Ctrl+X", "ph.scissors")
        words, paste = lambda: self.tr("Paste on this day"), lambda: self.held.paste(self._spot())
        self.paste = self._act("paste", words, paste, "Ctrl+V", "ph.clipboard")
        words, icon = lambda: self.tr("Hand over…"), "ph.arrows-left-right"
        self.hand_over = self._act("hand_over", words, self._on_hand_over, "H", icon)
        self.print = self._act("print", lambda: self.tr("Print…"), self.print_asked.emit, "Ctrl+P", "ph.printer")
        self.unmark = self._act("unmark", lambda: self.tr("Unmark"), self.held.unmark, "", "ph.x")

    def _make_views(self) -> None:
        words: dict[View, Callable[[], str]] = {
            View.MONTH: lambda: self.tr("Month"),
            View.WEEK: lambda: self.tr("Week"),
            View.DAY: lambda: self.tr("Day"),
            View.AGENDA: lambda: self.tr("Agenda"),
        }
        self.views = {
            view: self._act(view.value, said, partial(self.view_asked.emit, view), view.value[0].upper(), "")
            for view, said in words.items()
        }

    def _act(self, name: str, words: Callable[[], str], slot: Callable[[], object], key: str, icon: str) -> Act:
        return act(self._screen, f"followups.{name}", words, slot, key=key, icon_name=icon)

    def _marking(self, part: Agenda | RunningAgenda) -> Act:
        context = Qt.ShortcutContext.WidgetShortcut
        return act(part.list, "followups.mark", lambda: self.tr("Mark"), self._on_mark, key="Space", context=context)

    # what the calendar asks for

    def book(self, spot: Spot) -> None:
        """Ask for a new follow-up on a day, and at its hour."""
        self._desk.ask(BookFollowUp(None, spot.day, spot.hour))

    def open(self, piece: Piece) -> None:
        """Open what a strip stands for."""
        if piece.item:
            self._desk.ask(EditFollowUp(piece.item.id))
        elif piece.birthday:
            self._desk.ask(OpenCustomer(piece.birthday.who.id))

    def touch(self, item: FollowUpRow, marks: bool) -> None:
        """A strip was clicked: its row is chosen beside the calendar, and marked where Ctrl was held."""
        self._agenda.list.choice.choose(item.id)
        if marks:
            self.held.mark(item)

    def _on_mark(self) -> None:
        self.held.mark(self._chosen())

    def _on_opened(self, acts: FollowUpActs, shown: object) -> None:
        if isinstance(shown, BirthdayRow):
            self._desk.ask(OpenCustomer(shown.who.id))
        elif self._chosen() is not None:
            acts.open.trigger()

    def _on_hand_over(self) -> None:
        me, everyone = self._desk.gateway.read(staff.acting), self._desk.gateway.read(staff.everyone)
        if not any(row.id != me.id for row in everyone):
            self._desk.tell(self.tr("Nobody else works here yet: there is nobody to hand over to"))
            return
        dialog = open_handing_over(self._desk, self._screen, tuple(self.held.marked))
        dialog.accepted.connect(self.held.unmark)


def _move_on(part: Agenda | RunningAgenda) -> None:
    """Done or put off: the next row of the list is chosen."""
    last, place = part.model.rowCount() - 1, part.list.currentIndex().row()
    part.list.choice.choose_place(place + 1 if place < last else max(0, place - 1))
