"""A laptop at double the text: no place pushes the window beyond the screen; what does not fit is scrolled to."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.views.shared import look
from app.views.shared.screen import Screen
from app.views.shared.translator import interpreter
from app.views.shell.places import PAGES, PLACES
from app.views.shell.start import Session
from app.views.shell.window import Window


@pytest.fixture
def large(qtbot: QtBot, qapp: QApplication, shop: Shop) -> Iterator[Window]:
    look.apply(qapp, scale=2.0)
    session = Session(shop, interpreter(qapp))
    session.window.resize(1366, 697)
    with qtbot.waitExposed(session.window):
        session.window.show()
    yield session.window
    session.window.close()
    look.apply(qapp, scale=1.0)


def fills(window: Window, screen: Screen) -> bool:
    """Whether a screen has all the room there is, and no less than it needs."""
    return screen.size() == screen.minimumSizeHint().expandedTo(window.pages.viewport().size())


def test_the_window_keeps_its_size_whatever_is_visited(qtbot: QtBot, large: Window) -> None:
    for place in (*PLACES, *PAGES):
        screen = large.go(place.name)
        qtbot.waitUntil(lambda shown=screen: fills(large, shown))  # type: ignore[misc]
        assert (large.width(), large.height()) == (1366, 697), place.name


def test_a_low_place_is_not_scrolled_because_a_high_one_was_visited(large: Window) -> None:
    for name in ("till", "customers"):
        large.go(name)
        QApplication.processEvents()
    assert large.pages.verticalScrollBar().maximum() == 0
    assert large.pages.horizontalScrollBar().maximum() == 0
