"""Every test of the kit starts from the light theme at 100 %, and leaves the application as it found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.shared import dialogs, look
from app.views.shared.look import Theme


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    be_plain(qapp)
    dialogs.forget_drafts()
    yield
    be_plain(qapp)


def be_plain(app: QApplication) -> None:
    """Put the plain look in force where it is not: dressing every widget left by other tests again takes seconds."""
    now = look.current()
    if not app.styleSheet() or (now.theme, now.scale, now.language) != (Theme.LIGHT, 1.0, "en"):
        look.apply(app, theme=Theme.LIGHT, scale=1.0, language="en")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A shown, active window to put parts into."""
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window
