"""Going to a place gives the keyboard to what one works with there, not to whatever happens to stand first."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import customers
from app.services.customers import CustomerDraft
from app.views.followups import kept
from app.views.followups.kept import View
from app.views.followups.screen import FollowUpsScreen
from app.views.shared.tables import Table
from app.views.shared.translator import interpreter
from app.views.shell.start import Session
from app.views.shell.window import Window
from app.views.today.screen import TodayScreen


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, shop: Shop) -> Iterator[Window]:
    """The window of a new shop, on Today."""
    session = Session(shop, interpreter(qapp))
    session.show("today")
    session.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    yield session.window
    session.window.close()


def test_the_first_visit_to_the_calendar_begins_on_its_days(qtbot: QtBot, window: Window) -> None:
    kept.keep_view(View.MONTH)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    shown = window.pages.currentWidget()
    assert isinstance(shown, FollowUpsScreen)
    assert QApplication.focusWidget() is shown.grid


def test_today_leaves_the_button_of_its_empty_page_once_there_is_somebody(qtbot: QtBot, window: Window) -> None:
    today = window.pages.currentWidget()
    assert isinstance(today, TodayScreen)
    assert QApplication.focusWidget() is today.bring_in
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    window.desk.gateway.write(customers.add, CustomerDraft(name="Mary"), at=window.desk.now())
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is today.board.book


@pytest.mark.parametrize("name", ["members", "rewards", "products"])
def test_a_list_has_the_keyboard_where_its_page_begins(
    qtbot: QtBot, qapp: QApplication, sample_shop: Shop, name: str
) -> None:
    session = Session(sample_shop, interpreter(qapp))
    session.show("today")
    session.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    session.window.go(name)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), Table))
    session.gateway.settle()
    session.window.close()
