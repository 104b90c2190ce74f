"""No part of the window is ever shown as a window of its own while it is made: that would flash on the desktop."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_shop
from app.views.shared import look
from app.views.shell.places import PLACES
from app.views.shell.start import Session, dressed

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Windows(QObject):
    """Notes every window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Windows:
    return Windows()


def test_visiting_every_place_shows_one_window(
    qtbot: QtBot, qapp: QApplication, windows: Windows, shop_path: Path, tmp_path: Path
) -> None:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    interpreter = dressed(qapp, language="en", theme=look.Theme.LIGHT, scale=1.0)
    session = Session(open_shop(shop_path, clock=lambda: NOW), interpreter)
    qapp.installEventFilter(windows)
    session.window.show()
    for place in PLACES:
        session.window.go(place.name)
        session.gateway.settle()
    qapp.removeEventFilter(windows)
    session.window.close()
    assert windows.shown == ["Window"]
