"""Starts the window: application, language and look, then the shop asked for, or the first run."""

import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from app.bootstrap import Clock, Shop, found_shop, open_shop, remember_shop, system_clock
from app.domain.errors import ShopError, StorageError
from app.domain.opening_hours import written_hours
from app.services.settings import change
from app.views.shared import look
from app.views.shared.desk import BringIn, Desk, Scanned
from app.views.shared.gateway import Gateway
from app.views.shared.scanner import Scanner
from app.views.shared.translator import Interpreter, interpreter
from app.views.shell import machine
from app.views.shell.afterwards import Afterwards, warming
from app.views.shell.day import ShopDay
from app.views.shell.going_up import GoingUp
from app.views.shell.keeper import Keeper
from app.views.shell.places import PLACES
from app.views.shell.refusals import sentence
from app.views.shell.reminders import Reminders
from app.views.shell.window import Window

if TYPE_CHECKING:
    from app.views.shell.first_run import Answers, FirstRun

DESIGN_SIZE = (1366, 768)


def application() -> QApplication:
    """The one QApplication, named so that settings land in the same place on every system."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    QCoreApplication.setApplicationName("Regulars")
    QCoreApplication.setOrganizationName("Regulars")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    return QApplication(sys.argv[:1])


def dressed(app: QApplication, *, language: str, theme: look.Theme, scale: float) -> Interpreter:
    """Put a language and a look in force before the first widget is made."""
    look.apply(app, theme=theme, scale=scale, language=language)
    look.follow_system(app)
    speaker = interpreter(app)
    speaker.speak(language)
    return speaker


class Session(QObject):
    """One open shop with its window; closing it makes the last copy and lets go of the file."""

    def __init__(self, shop: Shop, interpreter: Interpreter) -> None:
        super().__init__()
        self.shop = shop
        self.gateway = Gateway(shop.work)
        self.desk = Desk(self.gateway, shop.clock)
        self.keeper = Keeper(self.gateway, self)
        self.day = ShopDay(self.desk, self)
        self.going_up = GoingUp(self.desk, self)
        self.window = Window(self.desk, interpreter)
        self.reminders = Reminders(self.window, self)
        first = (self.day.open, self._take_up, self.going_up.start, self.reminders.start)
        self.afterwards = Afterwards([*first, *warming(), self._warm_calendar], self)
        self.keeper.copied.connect(self.window.rail.set_copied)
        self.window.wants_backup.connect(self._on_backup)
        self.window.painted.connect(self.afterwards.start)
        self.window.closed.connect(self.close)
        self.keeper.tell()

    def show(self, place: str) -> None:
        self.window.resize(*DESIGN_SIZE)
        if kept := machine.geometry():
            self.window.restoreGeometry(kept)
        self.window.go(place)
        self.window.show()
        self.gateway.watch()

    def _take_up(self) -> None:
        """A complaint that was being written when the program was killed is on the screen again."""
        if self.gateway.drafts.known():
            from app.views.complaints.entry import take_up

            take_up(self.desk, self.window)

    def _warm_calendar(self) -> None:
        """A day of the calendar is asked for: to put its statements together takes as long as to read a month."""
        from app.services import followups

        day = self.desk.today()
        self.gateway.read_later(followups.days, day, day, day, most=1, whole=day, then=lambda _days: None, owner=self)

    def close(self) -> None:
        self.afterwards.stop()
        self.day.close()
        self.reminders.close()
        self.going_up.stop()
        self.keeper.finish()
        self.gateway.close()
        self.shop.close()

    def _on_backup(self) -> None:
        done = QCoreApplication.translate("Program", "Backed up, and the copy was checked")
        self.keeper.back_up("by-hand", lambda: self.desk.tell(done))


class Program(QObject):
    """Holds the one open window, and changes it for another when another shop is opened."""

    def __init__(self, interpreter: Interpreter, clock: Clock, *, remember: bool = True) -> None:
        super().__init__()
        self.interpreter, self.clock, self._remember = interpreter, clock, remember
        self.session: Session | None = None
        self.first_run: FirstRun | None = None

    def open(self, path: Path) -> Session:
        """Open a shop in place of what is open now.

        Raises StorageError when it cannot be opened; what was open stays.
        """
        session = Session(open_shop(path, clock=self.clock), self.interpreter)
        before, self.session = self.session, session
        session.window.wants_another.connect(self._on_another)
        session.window.wants_shop.connect(self._on_wanted)
        place = machine.PLACE.get()
        session.show(place if any(place == known.name for known in PLACES) else "today")
        if before is not None:
            before.window.close()
        if self.first_run is not None:
            self.first_run.close()
        if self._remember:
            remember_shop(path)
        return session

    def listen(self, app: QApplication, clock: Callable[[], float]) -> Scanner:
        """Hear a scanner on any screen of the open shop; `clock` tells milliseconds."""
        scanner = Scanner(clock, self._knows, self._take_scanned, self)
        scanner.watch(app)
        return scanner

    def _knows(self, code: str) -> bool:
        from app.views.shared import scanned

        return self.session is not None and scanned.is_known(self.session.desk, code)

    def _take_scanned(self, code: str) -> None:
        if self.session is not None:
            self.session.desk.ask(Scanned(code))

    def welcome(self) -> "FirstRun":
        """The page of the first minutes."""
        from app.views.shell.first_run import FirstRun

        self.first_run = page = FirstRun()
        page.resize(*DESIGN_SIZE)
        page.empty_wanted.connect(lambda answers: self._found(answers))
        page.import_wanted.connect(self._on_import)
        page.sample_wanted.connect(self._on_sample)
        page.language_wanted.connect(self._on_language)
        page.theme_wanted.connect(self._on_theme)
        page.show()
        page.name.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def _found(self, answers: "Answers") -> Session | None:
        try:
            found_shop(
                answers.path,
                name=answers.name,
                currency=answers.currency,
                timezone=local_zone(),
                language=look.current().language,
                clock=self.clock,
            )
            session = self.open(answers.path)
        except (ShopError, StorageError) as trouble:
            self._tell(trouble)
            return None
        hours = written_hours([(answers.opens, answers.closes)])
        session.gateway.write(change, {"week": (hours,) * 7})
        return session

    def _on_import(self, answers: "Answers", path: str) -> None:
        if session := self._found(answers):
            session.desk.ask(BringIn(path))

    def _on_sample(self) -> None:
        from app.views.shell.demo import sample_copy

        self.open(sample_copy(look.current().language, self.clock))

    def _on_another(self) -> None:
        assert self.session is not None
        start = str(self.session.shop.path.parent)
        words = QCoreApplication.translate("Program", "Open a shop")
        kind = QCoreApplication.translate("Program", "Shops (*.shop)")
        path, _ = QFileDialog.getOpenFileName(self.session.window, words, start, kind)
        if path:
            self._on_wanted(Path(path))

    def _on_wanted(self, path: Path) -> None:
        try:
            self.open(path)
        except StorageError as trouble:
            self._tell(trouble)

    def _on_language(self, language: str) -> None:
        machine.LANGUAGE.set(language)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.apply(app, language=language)
        self.interpreter.speak(language)

    def _on_theme(self, theme: str) -> None:
        machine.THEME.set(theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        look.apply(app, theme=look.Theme(theme))

    def _tell(self, trouble: ShopError | StorageError) -> None:
        from app.views.shared.dialogs import show_trouble

        parent = self.session.window if self.session else self.first_run
        assert parent is not None
        show_trouble(parent, QCoreApplication.translate("Program", "The shop could not be opened"), sentence(trouble))


def local_zone() -> str:
    """The IANA name of this computer's time zone."""
    from PySide6.QtCore import QTimeZone

    return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii") or "Asia/Shanghai"


def run(path: Path | None, *, language: str = "", clock: Clock = system_clock, remember: bool = True) -> int:
    """Open the window on a shop (or the first run when there is none) and stay until it is closed.

    Raises StorageError when the file cannot be opened.
    """
    app = application()
    interpreter = dressed(
        app,
        language=language or machine.language(),
        theme=look.Theme(machine.THEME.get()),
        scale=machine.TEXT_SCALE.get(),
    )
    program = Program(interpreter, clock, remember=remember)
    program.listen(app, lambda: monotonic() * 1000)
    if path is None:
        program.welcome()
    else:
        program.open(path)
    return app.exec()
