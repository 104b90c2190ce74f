"""A window for the screens of the complaint log, worded in one language, plain and light."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.complaints.entry import EntryDialog, open_entry
from app.views.complaints.screen import ComplaintsScreen
from app.views.shared import dialogs, look
from app.views.shared.desk import Desk
from app.views.shared.layouts import column
from app.views.shared.look import Theme
from app.views.shared.translator import interpreter

Speak = Callable[[str], None]
Press = Callable[..., None]
Enter = Callable[..., EntryDialog]
Place = Callable[[], ComplaintsScreen]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    """Changes the language of the program for one test."""
    speaker = interpreter(qapp)

    def to(language: str) -> None:
        look.apply(qapp, language=language)
        speaker.speak(language)

    dialogs.forget_drafts()
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0)
    to("en")
    yield to
    to("en")
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0)


@pytest.fixture
def window(qtbot: QtBot, speak: Speak) -> Iterator[QWidget]:
    """A shown, active window of the design size."""
    made = QWidget()
    made.resize(1190, 720)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    for dialog in made.findChildren(dialogs.Dialog):
        dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def place(window: QWidget, desk: Desk) -> Place:
    """Puts the screen into the window, once the shop is furnished."""

    def put() -> ComplaintsScreen:
        screen = ComplaintsScreen(desk, window)
        window.setLayout(column(screen))
        screen.show()
        return screen

    return put


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    """Presses keys where the focus is, as a person would; each settles before the next."""

    def keys(*wanted: str) -> None:
        for name in wanted:
            qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
            target = QApplication.focusWidget()
            assert target is not None
            combination = QKeySequence(name)[0]  # type: ignore[index]
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    return keys


@pytest.fixture
def enter(qtbot: QtBot, window: QWidget, desk: Desk) -> Enter:
    """Opens the entry, and waits until it has the focus."""

    def opened(customer_id: int | None = None) -> EntryDialog:
        dialog = open_entry(desk, window, customer_id)
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window))
        return dialog

    return opened
