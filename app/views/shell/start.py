"""Starts the window: application, language and look, then the shop last opened, the sample shop, or the first run."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication

from app.bootstrap import Clock, Shop, open_shop, system_clock
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.translator import Interpreter
from app.views.shell import machine
from app.views.shell.window import Window

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


class Session:
    """One open shop with its window; closing it lets go of the file."""

    def __init__(self, app: QApplication, shop: Shop, interpreter: Interpreter) -> None:
        self.app, self.shop = app, shop
        self.gateway = Gateway(shop.work)
        self.desk = Desk(self.gateway, shop.clock)
        self.window = Window(self.desk, interpreter)
        self.window.closed.connect(self.close)

    def show(self, place: str) -> None:
        self.window.resize(*DESIGN_SIZE)
        if kept := machine.geometry():
            self.window.restoreGeometry(kept)
        self.window.go(place)
        self.window.show()
        self.gateway.watch()

    def close(self) -> None:
        self.gateway.close()
        self.shop.close()


def dressed(app: QApplication, *, language: str, theme: look.Theme, scale: float) -> Interpreter:
    """Put a language and a look in force before the first widget is made."""
    look.apply(app, theme=theme, scale=scale, language=language)
    look.follow_system(app)
    interpreter = Interpreter(app)
    interpreter.speak(language)
    return interpreter


def run(path: Path, *, language: str = "", clock: Clock = system_clock) -> int:
    """Open the window on a shop and stay until it is closed.

    Raises StorageError when the file cannot be opened.
    """
    shop = open_shop(path, clock=clock)
    app = application()
    interpreter = dressed(
        app,
        language=language or machine.language(),
        theme=look.Theme(machine.THEME.get()),
        scale=machine.TEXT_SCALE.get(),
    )
    session = Session(app, shop, interpreter)
    session.show(machine.PLACE.get())
    return app.exec()
