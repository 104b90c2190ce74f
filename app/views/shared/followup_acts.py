"""What can be done with the follow-up that is chosen in a list: call, log, put off, finish, change, take away."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QMenu

from app.domain.followups import FollowUpKind
from app.domain.recurrence import Scope
from app.services import followups
from app.services.followups import FollowUpRow, Later, put_off
from app.storage.unit_of_work import Changes
from app.views.shared import people_words
from app.views.shared.actions import Act, act
from app.views.shared.day_words import agenda_day, near_day
from app.views.shared.desk import Desk, EditFollowUp, LogContact, OpenCustomer, TakeOut
from app.views.shared.digit_menu import DigitMenu
from app.views.shared.followup_words import kind_words, title

Slot = Callable[[FollowUpRow], object]
_LOGS = ("interactions.log_contact", "followups.log_and_book")


class FollowUpActs(QObject):
    """Gives a list its keys. `moving_on` is called before a row leaves, so that the next one is chosen in time."""

    def __init__(
        self,
        view: QAbstractItemView,
        desk: Desk,
        place: str,
        chosen: Callable[[], FollowUpRow | None],
        moving_on: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(view)
        self.view, self.desk, self._chosen, self._moving_on = view, desk, chosen, moving_on
        self._logging: FollowUpRow | None = None
        self.menu: DigitMenu | None = None
        self.more: list[Act] = []
        """What else the screen offers for the chosen row, at the end of its menu."""
        self._make(place)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu)
        desk.gateway.changed.connect(self._on_changed)

    def _make(self, place: str) -> None:
        self.call = self._act(f"{place}.call", lambda: self.tr("Call"), self._on_call, "C", "ph.phone")
        self.log = self._act(f"{place}.log", lambda: self.tr("Log and next"), self._on_log, "L", "ph.note-pencil")
        self.later = self._act(f"{place}.later", lambda: self.tr("Later"), self._on_later, "Z", "ph.clock")
        self.done = self._act(f"{place}.done", lambda: self.tr("Done"), self._on_done, "E", "ph.check")
        self.open = self._act(f"{place}.open", lambda: self.tr("Open the card"), self._on_open, "", "ph.user")
        self.edit = self._act(f"{place}.edit", lambda: self.tr("Change…"), self._on_edit, "Ctrl+E", "ph.pencil-simple")
        self.to_calendar = self._act(
            f"{place}.calendar", lambda: self.tr("Into a calendar file…"), self._on_calendar, "", "ph.calendar-plus"
        )
        self.remove = self._act(f"{place}.remove", lambda: self.tr("Remove"), self._on_remove, "Del", "ph.trash")

    def _act(
        self, name: str, words: Callable[[], str], slot: Callable[[FollowUpRow], object], key: str, icon: str
    ) -> Act:
        context = Qt.ShortcutContext.WidgetShortcut
        return act(self.view, name, words, lambda: self._do(slot), key=key, icon_name=icon, context=context)

    def _do(self, slot: Callable[[FollowUpRow], object]) -> None:
        row = self._chosen()
        if row is not None:
            slot(row)

    def finish(self, row: FollowUpRow) -> None:
        """Mark a follow-up done; one that is done is taken up again."""
        what = title(row) or kind_words(row.kind)
        if row.done_at is not None:
            said = self.tr("To do again: {what}").replace("{what}", what)
            self.desk.gateway.write(followups.reopen, row.id, said=said)
            return
        self._leave(row)
        said = self.tr("Done: {what}").replace("{what}", what)
        self.desk.gateway.write(followups.finish, row.id, self.desk.now(), said=said)

    def move(self, row: FollowUpRow, day: date) -> None:
        """Put a follow-up on another day; of a series, this one, the later ones too, or all."""
        if day == row.due_on:
            return
        said = self._moved(row, day)

        def write(scope: Scope) -> None:
            now = self.desk.now()
            self.desk.gateway.write(followups.move_occurrence, row.id, day, scope, at=now, said=said)

        self.ask_move(row, write)

    def ask_move(self, row: FollowUpRow, write: Callable[[Scope], object]) -> None:
        """Which ones go along; what counts from the day it is done follows by itself."""
        if row.repeats:
            self._ask(row, self.tr("Move which ones?"), self.tr("Move"), write)
        else:
            write(Scope.THIS)

    def ask_remove(self, row: FollowUpRow, write: Callable[[Scope], object]) -> None:
        """Which ones go; of what counts from the day it is done, "only this one" brings the next."""
        if row.series_id is not None:
            self._ask(row, self.tr("Remove which ones?"), self.tr("Remove"), write)
        else:
            write(Scope.THIS)

    def _ask(self, row: FollowUpRow, question: str, button: str, write: Callable[[Scope], object]) -> None:
        if row.done_at is not None:
            write(Scope.THIS)
            return
        # Here, and not above: the first paint does not wait for it.
        from app.views.shared.scope_question import ask_scope

        ask_scope(self.view, question, button, write)

    def put_off(self, row: FollowUpRow, later: Later) -> None:
        """Put a follow-up off."""
        today = self.desk.today()
        said = self._moved(row, put_off(later, row.due_on, today))
        self._leave(row)
        self.desk.gateway.write(followups.snooze, row.id, later, today, said=said)

    def forget_log(self) -> None:
        """The log was closed without a word: the next contact is not about that follow-up."""
        self._logging = None

    def _moved(self, row: FollowUpRow, day: date) -> str:
        said = self.tr("Moved to {day}: {what}").replace("{day}", near_day(day, self.desk.today()))
        return said.replace("{what}", title(row) or kind_words(row.kind))

    def _leave(self, row: FollowUpRow) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.id == row.id:
            self._moving_on()

    def _on_call(self, row: FollowUpRow) -> None:
        who = row.who
        if who is None or not (who.phone or who.wechat):
            self.desk.tell(self.tr("There is no number to call"))
        elif who.wechat and (row.kind is FollowUpKind.WECHAT or not who.phone):
            QGuiApplication.clipboard().setText(who.wechat)
            self.desk.tell(self.tr("Copied WeChat {id}").replace("{id}", who.wechat))
        else:
            QGuiApplication.clipboard().setText(who.phone)
            self.desk.tell(self.tr("Copied {phone}").replace("{phone}", people_words.phone(who.phone)))
            QDesktopServices.openUrl(QUrl(f"tel:{who.phone}"))

    def _on_log(self, row: FollowUpRow) -> None:
        if row.who is not None:
            self._logging = row if row.done_at is None else None
            self.desk.ask(LogContact(row.who.id))

    def _on_changed(self, changes: Changes | None) -> None:
        """A contact was logged for the follow-up it was opened from: that is done, and the next one chosen."""
        row = self._logging
        if row is None or row.who is None or changes is None:
            return
        if changes.action in _LOGS and row.who.id in changes.customers:
            self._logging = None
            QTimer.singleShot(0, self, lambda: self._on_logged(row))

    def _on_logged(self, row: FollowUpRow) -> None:
        self.finish(row)

    def _on_later(self, row: FollowUpRow) -> None:
        self.menu = DigitMenu(self.view, [*self._delays(row), (self.tr("Another day…"), lambda: self._on_edit(row))])
        spot = self.view.visualRect(self.view.currentIndex())
        self.menu.pop_up(self.view.viewport().mapToGlobal(QPoint(spot.center().x(), spot.bottom())))

    def _delays(self, row: FollowUpRow) -> list[tuple[str, Callable[[], object]]]:
        today = self.desk.today()
        ahead = row.due_on > today
        said = {
            Later.ONE_DAY: self.tr("One day later") if ahead else self.tr("Tomorrow"),
            Later.THREE_DAYS: self.tr("Three days later") if ahead else self.tr("In three days"),
            Later.NEXT_WEEK: self.tr("The week after") if ahead else self.tr("Next week"),
        }
        return [
            (f"{words} · {agenda_day(put_off(later, row.due_on, today))}", lambda later=later: self.put_off(row, later))  # type: ignore[misc]
            for later, words in said.items()
        ]

    def _on_done(self, row: FollowUpRow) -> None:
        self.finish(row)

    def _on_open(self, row: FollowUpRow) -> None:
        self.desk.ask(OpenCustomer(row.who.id) if row.who else EditFollowUp(row.id))

    def _on_edit(self, row: FollowUpRow) -> None:
        self.desk.ask(EditFollowUp(row.id))

    def _on_calendar(self, row: FollowUpRow) -> None:
        self.desk.ask(TakeOut("followups", (row.id,)))

    def _on_remove(self, row: FollowUpRow) -> None:
        said = self.tr("Removed: {what}").replace("{what}", title(row) or kind_words(row.kind))

        def write(scope: Scope) -> None:
            self._leave(row)
            self.desk.gateway.write(followups.remove_occurrence, row.id, scope, said=said)

        self.ask_remove(row, write)

    def _on_menu(self, at: QPoint) -> None:
        row = self._chosen()
        if row is None or not self.view.indexAt(at).isValid():
            return
        menu = QMenu(self.view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(self.view.viewport().mapToGlobal(at))

    def _fill_menu(self, menu: QMenu) -> None:
        acts = (self.open, self.call, self.log, self.later, self.done, self.edit, self.to_calendar, self.remove)
        for action in (*acts, *self.more):
            menu.addAction(action)
