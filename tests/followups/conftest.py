"""Screens are shown in an English window at 100 %, and what they ask of the shell and say is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.views.shared import dialogs, look
from app.views.shared.desk import Desk, Request
from app.views.shared.gateway import Gateway
from app.views.shared.look import Theme
from app.views.shared.machine_store import store
from app.views.shared.translator import Interpreter, interpreter


@pytest.fixture
def english(qapp: QApplication) -> Iterator[Interpreter]:
    """Plain English; whatever a test changes of language and look is put back."""
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0, language="en")
    speaker = interpreter(qapp)
    speaker.speak("en")
    yield speaker
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0, language="en")
    speaker.speak("en")
    dialogs.forget_drafts()
    QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def new_machine() -> None:
    """A computer that remembers nothing of a calendar."""
    store().remove("calendar")


@pytest.fixture
def asked(desk: Desk) -> list[Request]:
    """What was asked of the shell."""
    requests: list[Request] = []
    desk.asked.connect(requests.append)
    return requests


@pytest.fixture
def said(gateway: Gateway, desk: Desk) -> list[str]:
    """The words of toasts."""
    words: list[str] = []
    gateway.said.connect(lambda told, _undo: words.append(told))
    desk.told.connect(words.append)
    return words


def shown(qtbot: Any, screen: Any, width: int = 1190, height: int = 700) -> Any:
    """A screen as the window shows it at 1366 × 768, with the focus where it wants it."""
    qtbot.addWidget(screen)
    screen.resize(width, height)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.setFocus()
    return screen


def least(screen: QWidget) -> tuple[int, int]:
    """The least width and height at which nothing of a screen is cut while both halves are shown."""
    inner = screen.layout()
    assert inner is not None
    size = screen.minimumSizeHint().expandedTo(inner.totalMinimumSize())
    return size.width(), size.height()
