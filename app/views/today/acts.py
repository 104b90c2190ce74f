"""The keys of the day's list: on the chosen row, or on all that are marked, which are then one act and one undo."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel, Purpose
from app.domain.recurrence import Scope
from app.services import followups
from app.services.followups import FollowUpRow, Later, MayWrite, Spot, TodayRow, put_off
from app.services.interactions import ContactDraft
from app.views.shared.day_words import agenda_day, near_day
from app.views.shared.desk import Desk, EditFollowUp, LogContact, OpenComplaint
from app.views.shared.digit_menu import Choice, DigitMenu
from app.views.shared.followup_acts import FollowUpActs
from app.views.shared.followup_words import kind_words, only_these, title
from app.views.shared.lists import RowList
from app.views.today.messages import message
from app.views.today.outcome import OutcomeBar

MovingOn = Callable[[Sequence[TodayRow]], object]


class TodayActs(FollowUpActs):
    """`row` is the chosen one, `many` the marked ones or that one; `moving_on` is called before rows leave."""

    def __init__(
        self,
        view: RowList,
        desk: Desk,
        row: Callable[[], TodayRow | None],
        many: Callable[[], list[TodayRow]],
        moving_on: MovingOn,
        why: Callable[[TodayRow], str],
        marking: Callable[[], object],
    ) -> None:
        self.marking = marking
        self._row, self._many, self._move_on, self._why_words = row, many, moving_on, why
        self._about: TodayRow | None = None
        self._called: tuple[TodayRow, Channel] | None = None
        self.outcome = OutcomeBar(view)
        super().__init__(view, desk, "today", self._item)
        self.outcome.reached.connect(lambda: self._on_outcome(reached=True))
        self.outcome.missed.connect(lambda: self._on_outcome(reached=False))
        self.outcome.more.connect(self._on_more)

    def _make(self, place: str) -> None:
        super()._make(place)
        add = self._act
        self.message = add(
            f"{place}.message", lambda: self.tr("Copy a message"), self._on_message, "M", "ph.chats-teardrop"
        )
        self.move_to = add(
            f"{place}.move", lambda: self.tr("Another day…"), lambda _item: self._on_day(), "R", "ph.calendar-blank"
        )
        self.mark = add(
            f"{place}.mark", lambda: self.tr("Mark"), lambda _item: self.marking(), "Space", "ph.check-square"
        )
        self.why = add(f"{place}.why", lambda: self.tr("Why here"), lambda _item: self._on_why(), "W", "ph.question")

    # what rows are acted on

    def _item(self) -> FollowUpRow | None:
        shown = self._row()
        return shown.item if shown else None

    def finish_rows(self, rows: Sequence[TodayRow]) -> None:
        """Mark these done, as one act."""
        said = self._said(self.tr("Done: {what}"), rows)
        self._leave_all(rows)
        self.desk.gateway.write(followups.finish_many, _taken(rows), self.desk.now(), said=said)

    def put_off_rows(self, rows: Sequence[TodayRow], later: Later) -> None:
        """Put these off, as one act; each from its own day."""
        today = self.desk.today()
        days = {put_off(later, shown.item.due_on, today) for shown in rows}
        said = self._moved_to(days.pop(), rows) if len(days) == 1 else self._said(self.tr("Put off: {what}"), rows)
        self._leave_all(rows)
        self.desk.gateway.write(followups.snooze_many, _taken(rows), later, today, self.desk.now(), said=said)

    def move_rows(self, rows: Sequence[TodayRow], day: date) -> None:
        """Put these on one day, as one act; of many that repeat these alone, of a single one those that are asked."""
        said, item = self._moved_to(day, rows), rows[0].item
        gateway, now = self.desk.gateway, self.desk.now()

        def write(scope: Scope) -> None:
            self._leave_all(rows)
            if scope is Scope.THIS:
                gateway.write(followups.move_many, _taken(rows), Spot(day), now, said=_of_these(said, rows))
            else:
                gateway.write(followups.move_occurrence, item.id, day, scope, at=now, said=said)

        if len(rows) == 1:
            self.ask_move(item, write)
        else:
            write(Scope.THIS)

    def stop_asking(self) -> bool:
        """Ask no more how the last call went; False when nothing was asked."""
        self._called = None
        return self.outcome.close_bar()

    def _leave_all(self, rows: Sequence[TodayRow]) -> None:
        self.stop_asking()
        self._move_on(rows)

    def _said(self, words: str, rows: Sequence[TodayRow]) -> str:
        what = _what(rows[0]) if len(rows) == 1 else self.tr("%n follow-up(s)", "", len(rows))
        return words.replace("{what}", what)

    def _moved_to(self, day: date, rows: Sequence[TodayRow]) -> str:
        said = self.tr("Moved to {day}: {what}").replace("{day}", near_day(day, self.desk.today()))
        return self._said(said, rows)

    # the keys

    def _on_done(self, _item: FollowUpRow) -> None:
        self.finish_rows(self._many())

    def _on_call(self, item: FollowUpRow) -> None:
        shown, who = self._row(), item.who
        super()._on_call(item)
        if shown is None or who is None or not (who.phone or who.wechat):
            return
        by_wechat = bool(who.wechat) and (item.kind is FollowUpKind.WECHAT or not who.phone)
        self.ask_about(shown, Channel.WECHAT if by_wechat else Channel.CALL)

    def ask_about(self, shown: TodayRow, channel: Channel = Channel.CALL) -> None:
        """Ask how it went with the customer of this row."""
        self._called = (shown, channel)
        self.outcome.ask(self.tr("How did it go with **{name}**?").replace("{name}", title(shown.item)))

    def _on_outcome(self, *, reached: bool) -> None:
        if self._called is None:
            return
        shown, channel = self._called
        purpose = Purpose.SELL if shown.item.purpose is FollowUpPurpose.SELL else Purpose.CARE
        contact = ContactDraft(channel, purpose=purpose, reached=reached)
        taken, now, today, write = _taken([shown])[0], self.desk.now(), self.desk.today(), self.desk.gateway.write
        self._leave_all([shown])
        if reached:
            said = self._said(self.tr("Logged and done: {what}"), [shown])
            write(followups.log_and_finish, taken, contact, at=now, said=said)
        else:
            said = self._said(self.tr("Logged, again tomorrow: {what}"), [shown])
            write(followups.log_and_put_off, taken, contact, Later.ONE_DAY, today, at=now, said=said)

    def _on_more(self) -> None:
        if self._called is not None:
            shown = self._called[0]
            self.stop_asking()
            self._log(shown)

    def _on_log(self, _item: FollowUpRow) -> None:
        shown = self._row()
        if shown is not None:
            self._log(shown)

    def _log(self, shown: TodayRow) -> None:
        if shown.item.who is not None:
            self._about, self._logging = shown, shown.item
            self.desk.ask(LogContact(shown.item.who.id))

    def _on_logged(self, _item: FollowUpRow) -> None:
        if self._about is not None:
            self.finish_rows([self._about])

    def _on_later(self, _item: FollowUpRow) -> None:
        rows = self._many()
        choices: list[Choice] = self._delays(rows[0].item) if len(rows) == 1 else self._delays_of(rows)
        self.menu = DigitMenu(self.view, [*choices, (self.tr("Another day…"), self._on_day)])
        spot = self.view.visualRect(self.view.currentIndex())
        self.menu.pop_up(self.view.viewport().mapToGlobal(QPoint(spot.center().x(), spot.bottom())))

    def put_off(self, _row: FollowUpRow, later: Later) -> None:
        self.put_off_rows(self._many(), later)

    def _delays_of(self, rows: Sequence[TodayRow]) -> list[Choice]:
        """Of many: the day is named where it is the same for all of them."""
        today = self.desk.today()
        said = {
            Later.ONE_DAY: self.tr("One day later"),
            Later.THREE_DAYS: self.tr("Three days later"),
            Later.NEXT_WEEK: self.tr("The week after"),
        }

        def worded(later: Later) -> str:
            days = {put_off(later, shown.item.due_on, today) for shown in rows}
            return f"{said[later]} · {agenda_day(days.pop())}" if len(days) == 1 else said[later]

        return [(worded(later), lambda later=later: self.put_off_rows(rows, later)) for later in said]  # type: ignore[misc]

    def _on_day(self) -> None:
        rows = self._many()
        if rows:
            what = self._said("{what}", rows)
            from app.views.today.day_dialog import open_day  # here: the first paint needs no dialog

            open_day(self.desk, self.view.window(), what, lambda day: self.move_rows(rows, day))

    def _on_message(self, item: FollowUpRow) -> None:
        if item.who is None:
            self.desk.decline(self.tr("There is nobody to write to"))
            return
        facts = self.desk.gateway.read(followups.message_facts, item.who.id, item.kind, item.purpose, self.desk.today())
        if facts.may is MayWrite.BARRED:
            self.desk.decline(self.tr("{name} is not to be contacted").replace("{name}", facts.name))
            return
        if facts.may is MayWrite.NO_CONSENT:
            said = self.tr("{name} has not allowed messages that sell; ask, and note it on the card")
            self.desk.decline(said.replace("{name}", facts.name))
            return
        QGuiApplication.clipboard().setText(message(facts, item.kind, self.desk.settings.name))
        said = self.tr("Copied a message to {name}: {kind}")
        if facts.may is MayWrite.CARE:
            said = self.tr("Copied a message to {name} about the complaint; it sells nothing")
        self.desk.tell(said.replace("{name}", facts.name).replace("{kind}", kind_words(item.kind)))

    def _on_why(self) -> None:
        shown = self._row()
        if shown is not None:
            self.desk.tell(self._why_words(shown))

    def _on_open(self, item: FollowUpRow) -> None:
        if item.id == 0 and item.complaint_id is not None:
            self.desk.ask(OpenComplaint(item.complaint_id))
        else:
            super()._on_open(item)

    def _on_edit(self, item: FollowUpRow) -> None:
        """A matter nobody booked has nothing to change but its day."""
        if item.id:
            self.desk.ask(EditFollowUp(item.id))
        else:
            self._on_day()

    def _on_remove(self, _item: FollowUpRow) -> None:
        rows = [shown for shown in self._many() if shown.matter is None]
        if not rows:
            self.desk.decline(self.tr("It was not booked by anybody: finish it or put it off"))
            return
        said, item = self._said(self.tr("Removed: {what}"), rows), rows[0].item
        gateway = self.desk.gateway

        def write(scope: Scope) -> None:
            self._leave_all(rows)
            if scope is Scope.THIS:
                ids = [shown.item.id for shown in rows]
                gateway.write(followups.remove_many, ids, said=_of_these(said, rows))
            else:
                gateway.write(followups.remove_occurrence, item.id, scope, said=said)

        if len(rows) == 1:
            self.ask_remove(item, write)
        else:
            write(Scope.THIS)

    def _fill_menu(self, menu: QMenu) -> None:
        acts = (self.open, self.call, self.log, self.message, self.later, self.move_to, self.done)
        for action in (*acts, self.mark, self.edit, self.remove, self.why):
            menu.addAction(action)


def _taken(rows: Sequence[TodayRow]) -> list[followups.Taken]:
    return [shown.matter or shown.item.id for shown in rows]


def _of_these(said: str, rows: Sequence[TodayRow]) -> str:
    """Of many, that what repeats goes on; of one that was asked."""
    return only_these(said, [shown.item for shown in rows]) if len(rows) > 1 else said


def _what(shown: TodayRow) -> str:
    return title(shown.item) or kind_words(shown.item.kind)
