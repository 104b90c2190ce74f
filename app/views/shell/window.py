"""The window: rail, head and the places, the toast at the bottom, and the trail back through where one has been."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.errors import ShopError, StorageError
from app.views.shared import look
from app.views.shared.actions import acts, retranslate_acts
from app.views.shared.desk import BringIn, Desk, LogComplaint
from app.views.shared.layouts import column, row
from app.views.shared.naming import name_parts
from app.views.shared.screen import Screen
from app.views.shared.toasts import Toasts
from app.views.shared.translator import Interpreter
from app.views.shell import machine, requests
from app.views.shell.acts import WindowActs
from app.views.shell.counts import Counts
from app.views.shell.head import Head
from app.views.shell.history import History
from app.views.shell.pages import Pages
from app.views.shell.places import PAGES, PLACES
from app.views.shell.places import words as place_words
from app.views.shell.rail import Rail
from app.views.shell.refusals import sentence, trouble_sentence
from app.views.shell.tray import ReminderBar

NARROW, TINY = 1280, 900
"""Widths at 100 % text below which the rail folds, and the menus hide behind one button."""

IMPORT_UNDONE = ("app.services.transfer.taking_back", "undo_batch")


class Window(QWidget):
    """One a shop file. Screens are made on the first visit and kept."""

    wants_another = Signal()
    wants_shop = Signal(object)
    """The path of a shop to be opened in place of this one."""
    wants_backup = Signal()
    closed = Signal()
    painted = Signal()
    """Once: it can be seen."""

    def __init__(self, desk: Desk, interpreter: Interpreter) -> None:
        super().__init__()
        self.desk, self.interpreter = desk, interpreter
        self.acts = WindowActs(self)
        self.screens: dict[str, Screen] = {}
        self.history = History()
        self.rail, self.pages = Rail(desk), Pages()
        self.head = Head(self.acts.menus(), self.acts.everywhere())
        self._came_from = ""
        self._palette: Any = None
        self._painted = False
        self.reminder = ReminderBar(self)
        self.setLayout(row(self.rail, (column(self.head, self.reminder, (self.pages, 1), gap=0), 1), gap=0))
        self.toasts = Toasts(self)
        self.counts = Counts(desk, self.rail)
        self.setAcceptDrops(True)
        self._listen()
        self.retranslate()
        self._on_steps()
        # Folded from the start: a layout made wide would not let the window open narrow.
        self._make_room()

    def _listen(self) -> None:
        self.rail.chosen.connect(self.go)
        self.desk.step_back = self._step_back
        self.head.find_wanted.connect(self.open_palette)
        self.desk.asked.connect(lambda request: requests.serve(self, request))
        self.desk.told.connect(self.toasts.show_done)
        self.desk.declined.connect(self.toasts.show_refusal)
        self.desk.settings_changed.connect(self._on_settings)
        gateway = self.desk.gateway
        gateway.said.connect(self._on_said)
        gateway.refused.connect(self._on_refused)
        gateway.troubled.connect(self._on_troubled)
        gateway.steps_changed.connect(self._on_steps)
        look.hub().changed.connect(self._make_room)

    # going

    def go(self, name: str) -> Screen:
        """Show a place; made when it is first visited."""
        self._came_from = ""
        screen = self.screens.get(name)
        fresh = screen is None
        if screen is None:
            place = next(place for place in (*PLACES, *PAGES) if place.name == name)
            screen = self.screens[name] = place.screen()(self.desk)
            self.pages.addWidget(screen)
        self.pages.setCurrentWidget(screen)
        name_parts(screen, place_words(name), by_hint=True)
        under = next((page.under for page in PAGES if page.name == name), name)
        self.rail.choose(under)
        self.history.visit(name)
        machine.PLACE.set(under)
        focus = QApplication.focusWidget()
        begins = fresh and screen.focusProxy() is not None  # the stack gives the focus to whatever stands first
        if begins or focus is None or not focus.isVisible() or not screen.isAncestorOf(focus):
            screen.take_focus()
        return screen

    def open_card(self, customer_id: int) -> None:
        """Show somebody's card; Esc on it goes back to the day's list where it was opened there."""
        today = self.screens.get("today")
        from_today = today is not None and self.pages.currentWidget() is today
        screen: Any = self.go("customers")
        screen.show_customer(customer_id)
        self._came_from = "today" if from_today else ""

    def _step_back(self) -> bool:
        came = self._came_from
        if came:
            self.go(came)
        return bool(came)

    def back(self) -> None:
        if name := self.history.back():
            self.go(name)

    def forward(self) -> None:
        if name := self.history.forward():
            self.go(name)

    def reload(self) -> None:
        self.desk.gateway.changed.emit(None)

    def customer_in_view(self) -> int | None:
        """The person the shown screen is about, if it is about one."""
        ask: Callable[[], int | None] | None = getattr(self.pages.currentWidget(), "customer_in_view", None)
        return ask() if ask else None

    def complain(self) -> None:
        """Log a complaint: of the person in view, about the bill just charged at the till."""
        ask: Callable[[], int | None] | None = getattr(self.pages.currentWidget(), "sale_in_view", None)
        self.desk.ask(LogComplaint(self.customer_in_view(), sale_id=ask() if ask else None))

    # acts

    def undo(self) -> None:
        words = self.desk.gateway.undoable
        if words is None:
            self.toasts.show_refusal(self.tr("There is nothing to undo"))
        elif self._undoes_import():
            from app.views.transfer.undoing import undo_import

            undo_import(self.desk, self, lambda: self._undo(words))
        else:
            self._undo(words)

    def _undo(self, words: str) -> None:
        if self.desk.gateway.undo():
            self.toasts.show_done(self.tr("Undone: {what}").replace("{what}", words))

    def _undoes_import(self) -> bool:
        """Of a whole import a person first sees what stays. Told by the name: the window starts without the service."""
        way = self.desk.gateway.next_way
        return way is not None and (way.service.__module__, way.service.__name__) == IMPORT_UNDONE

    def redo(self) -> None:
        words = self.desk.gateway.redoable
        if words is None:
            self.toasts.show_refusal(self.tr("There is nothing to redo"))
        elif self.desk.gateway.redo():
            self.toasts.show_done(self.tr("Done again: {what}").replace("{what}", words))

    def open_palette(self) -> None:
        from app.views.search.palette import Palette

        if self._palette is None:
            self._palette = Palette(self.desk, self)
        self._palette.set_acts([action for action in acts(self) if action.isEnabled()])
        self._palette.open_palette()

    def open_another(self) -> None:
        self.wants_another.emit()

    def back_up(self) -> None:
        self.wants_backup.emit()

    def scale_by(self, step: float) -> None:
        """Larger or smaller text; 0 puts it back to 100 %."""
        now = look.current().scale
        self._relook(scale=now + step if step else 1.0)
        machine.TEXT_SCALE.set(look.current().scale)

    def dress(self, theme: look.Theme) -> None:
        self._relook(theme=theme)
        machine.THEME.set(theme.value)

    def speak(self, language: str) -> None:
        """Switch the language of everything on screen, at once."""
        machine.LANGUAGE.set(language)
        self._relook(language=language)
        self.interpreter.speak(language)
        for name, screen in self.screens.items():
            name_parts(screen, place_words(name), by_hint=True)

    def show_handbook(self) -> None:
        from app.views.shell.handbook import open_handbook

        open_handbook(self)

    def show_keys(self) -> None:
        from app.views.shell.key_sheet import open_key_sheet

        open_key_sheet(self)

    def show_about(self) -> None:
        from app.views.shell.about import open_about

        open_about(self)

    # hearing

    def retranslate(self) -> None:
        self.head.retranslate()
        self.acts.retranslate_menus()
        retranslate_acts(self)
        self._on_settings()
        self._on_steps()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._keep_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def closeEvent(self, event: QCloseEvent) -> None:
        machine.remember_geometry(self.saveGeometry())
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        p.fillRect(self.rect(), look.colour("canvas"))
        p.end()
        if not self._painted:
            self._painted = True
            self.painted.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.desk.ask(BringIn(files[0]))

    def _keep_focus(self) -> None:
        """A window whose focus went away with a dialog would hear no key."""
        screen = self.pages.currentWidget()
        focus = self.focusWidget()
        if isinstance(screen, Screen) and (focus is None or not focus.isVisible()):
            screen.take_focus()

    def _relook(self, **wanted: Any) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.apply(app, **wanted)

    def _make_room(self) -> None:
        scale = look.current().scale
        narrow, tiny = self.width() < NARROW * scale, self.width() < TINY * scale
        self.rail.set_narrow(narrow)
        self.head.set_room(narrow=narrow, tiny=tiny)

    def _on_settings(self) -> None:
        program = self.tr("Regulars")
        self.setWindowTitle(f"{self.desk.settings.name} — {program}")

    def _on_said(self, words: str, undoable: bool) -> None:
        self.toasts.show_done(words, self.undo if undoable else None)

    def _on_refused(self, refusal: ShopError) -> None:
        self.toasts.show_refusal(sentence(refusal))

    def _on_troubled(self, trouble: StorageError) -> None:
        from app.views.shared.dialogs import show_trouble

        show_trouble(self, self.tr("This could not be saved"), trouble_sentence(trouble))

    def _on_steps(self) -> None:
        gateway = self.desk.gateway
        for action, words in ((self.acts.undo, gateway.undoable), (self.acts.redo, gateway.redoable)):
            action.retranslate()
            if words:
                action.setText(f"{action.text()}: {words}")
