"""Buttons show their action, tell their key and answer the keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.shared import focus, look
from app.views.shared.buttons import Button, IconButton
from app.views.shared.fields import LineEdit
from app.views.shared.icons import icon
from app.views.shared.keys import keycap
from app.views.shared.layouts import column
from tests.shared.placing import put


def test_a_button_shows_its_action_and_triggers_it(qtbot: QtBot) -> None:
    action = QAction(icon("ph.note-pencil"), "Log contact")
    action.setShortcut(QKeySequence("Ctrl+L"))
    button = Button()
    qtbot.addWidget(button)
    bare = button.sizeHint().width()
    button.set_action(action)
    assert (button.text(), button.glyph) == ("Log contact", "ph.note-pencil")
    assert button.sizeHint().width() > bare + look.current().measure("Log contact")
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    action.setEnabled(False)
    action.setText("Log a contact")
    assert not button.isEnabled()
    assert button.text() == "Log a contact"


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot, window: QWidget) -> None:
    button = Button("Save", parent=window)
    button.show()
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_an_icon_alone_has_a_name_and_a_tip_with_its_key(qtbot: QtBot) -> None:
    button = IconButton("ph.funnel-simple", "Filter", key="Ctrl+F")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Filter"
    assert button.toolTip() == f"Filter  {keycap('Ctrl+F')}"
    assert button.sizeHint().width() == button.sizeHint().height() == 28


def test_a_compact_button_keeps_its_words_for_the_tip(qtbot: QtBot) -> None:
    button = Button("New customer", icon="ph.user-plus")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.set_compact(True)
    assert button.sizeHint().width() < wide / 2
    assert button.toolTip() == "New customer"


@pytest.mark.parametrize(
    ("key", "shown"),
    [("Ctrl+K", "Ctrl K"), ("Ctrl+Return", "Ctrl ↵"), ("F8", "F8"), ("Ctrl++", "Ctrl +"), ("Alt+Left", "Alt ←")],
)
def test_keys_are_written_as_on_the_keyboard(key: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert keycap(key) == shown
    assert keycap("") == keycap(None) == ""


def test_the_ring_is_for_the_keyboard_only(qtbot: QtBot, window: QWidget) -> None:
    first, second = Button("First"), Button("Second")
    put(window, column(first, second, None, margins=24))
    ring = focus.ring_of(window)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.isHidden()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert ring.target is second
    assert ring.isVisible()
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    second.move(second.pos().x(), second.pos().y() + 40)
    assert ring.geometry() == second.geometry().adjusted(-4, -4, 4, 4)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring.isHidden()


def test_the_ring_leaves_when_a_field_takes_over(qtbot: QtBot, window: QWidget) -> None:
    button, field = Button("First"), LineEdit()
    put(window, column(button, field, None))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert focus.ring_of(window).isVisible()
    qtbot.keyClick(button, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert focus.ring_of(window).isHidden()
