"""A toast says one thing, goes by itself unless someone is at it, and takes back what it told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.shared.toasts import LIVES_MS, WIDEST, Toasts


@pytest.fixture
def toasts(window: QWidget) -> Toasts:
    return Toasts(window, lives_ms=60)


def test_undo_on_the_toast_takes_it_back(qtbot: QtBot, toasts: Toasts) -> None:
    undone: list[str] = []
    toasts.show_done("Moved to tomorrow", undo=lambda: undone.append("moved"))
    qtbot.mouseClick(toasts.act, Qt.MouseButton.LeftButton)
    assert undone == ["moved"]
    assert toasts.words() == ""


def test_a_toast_goes_by_itself(qtbot: QtBot, toasts: Toasts) -> None:
    assert LIVES_MS == 6000
    toasts.show_done("Saved")
    assert toasts.words() == "Saved"
    qtbot.waitUntil(toasts.isHidden)


def test_the_next_toast_replaces_the_last(toasts: Toasts) -> None:
    undone: list[str] = []
    toasts.show_done("First", undo=lambda: undone.append("first"))
    toasts.show_done("Second", undo=lambda: undone.append("second"))
    assert toasts.words() == "Second"
    toasts.act.click()
    assert undone == ["second"]


def test_a_refusal_offers_nothing_to_undo(toasts: Toasts) -> None:
    toasts.show_done("First", undo=lambda: None)
    toasts.show_refusal("Short by 300 points")
    assert toasts.act.isHidden()
    assert toasts.words() == "Short by 300 points"


def test_it_stays_while_the_mouse_is_over_it(qtbot: QtBot, toasts: Toasts) -> None:
    toasts.show_done("Saved", undo=lambda: None)
    at = QPointF(5, 5)
    QApplication.sendEvent(toasts, QEnterEvent(at, at, at))
    assert not toasts._timer.isActive()
    QApplication.sendEvent(toasts, QEvent(QEvent.Type.Leave))
    assert toasts._timer.isActive()
    qtbot.waitUntil(toasts.isHidden)


def test_it_stays_while_its_act_has_the_focus(qtbot: QtBot, toasts: Toasts) -> None:
    toasts.show_done("Saved", undo=lambda: None)
    toasts.act.setFocus(Qt.FocusReason.TabFocusReason)
    assert not toasts._timer.isActive()
    toasts.act.clearFocus()
    qtbot.waitUntil(toasts.isHidden)


def test_it_stands_at_the_bottom_in_the_middle_and_fits_a_narrow_window(toasts: Toasts, window: QWidget) -> None:
    toasts.show_done("A sentence", undo=lambda: None)
    window.resize(420, 500)
    assert window.rect().contains(toasts.geometry())
    assert abs(toasts.geometry().center().x() - window.rect().center().x()) <= 1
    assert toasts.height() == 44


def test_what_is_too_long_for_one_line_goes_on_in_the_next(toasts: Toasts, window: QWidget) -> None:
    window.resize(1400, 500)
    toasts.show_done("A very long sentence " * 6)
    assert toasts.width() == WIDEST
    assert 44 < toasts.height() < 2 * 44
    toasts.show_done("A sentence")
    assert toasts.height() == 44
