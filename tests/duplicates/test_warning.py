"""The warning in the form of a new customer: found while typing, opened instead, never in the way of saving."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.services import customers
from app.storage.unit_of_work import UnitOfWork
from app.views.customers.editor import Editor, open_editor
from app.views.shared.desk import Desk, OpenCustomer
from tests.duplicates.people import add

PHONE = "13800138000"


def shown(editor: Editor) -> list[tuple[str, str, str]]:
    """Name, reason and strength of each card the form warns of."""
    rows = editor.alike.list.rows
    model = editor.alike.model
    views = [rows.shown(model.index(place, 0)) for place in range(model.rowCount())]
    return [(view.title, view.reason, view.badge.words) for view in views]  # type: ignore[union-attr]


def phone(editor: Editor) -> Any:
    return editor.form.field("phones").lines[0].edit


def found(qtbot: QtBot, editor: Editor, number: int) -> None:
    qtbot.waitUntil(lambda: editor.alike.model.rowCount() == number)


def test_a_phone_that_is_known_is_said_while_it_is_typed(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork
) -> None:
    add(work, "Mei Lin", PHONE)
    editor = open_editor(desk, window)
    qtbot.keyClicks(phone(editor), PHONE[:-1])
    assert not editor.alike.isVisible()
    qtbot.keyClicks(phone(editor), PHONE[-1])
    found(qtbot, editor, 1)
    assert shown(editor) == [("Mei Lin", "same phone 138 0013 8000", "Possibly the same")]
    assert editor.alike.isVisible()
    qtbot.keyClick(phone(editor), Qt.Key.Key_Backspace)
    found(qtbot, editor, 0)
    assert not editor.alike.isVisible()


def test_name_and_birthday_say_it_too(qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork) -> None:
    add(work, "王芳", birthday=Birthday(4, 30, 1988))
    editor = open_editor(desk, window)
    typed = QInputMethodEvent()
    typed.setCommitString("王芳")
    QApplication.sendEvent(editor.form.field("name"), typed)
    qtbot.keyClicks(editor.form.field("birthday").edit, "1988-04-30")
    found(qtbot, editor, 1)
    assert shown(editor) == [("王芳", "same name and birthday", "Likely the same")]


def test_down_and_enter_open_the_card_that_is_there_and_forget_the_form(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork, asked: list[Any]
) -> None:
    known = add(work, "Mei Lin", PHONE)
    editor = open_editor(desk, window)
    qtbot.keyClicks(phone(editor), PHONE)
    found(qtbot, editor, 1)
    qtbot.keyClick(phone(editor), Qt.Key.Key_Down)
    qtbot.keyClick(editor.alike.list, Qt.Key.Key_Return)
    assert asked == [OpenCustomer(known)]
    assert desk.gateway.read(customers.counts).total == 1
    assert open_editor(desk, window).form.values()["phones"] == ()


def test_escape_and_up_lead_back_to_the_field(qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork) -> None:
    add(work, "Mei Lin", PHONE)
    editor = open_editor(desk, window)
    phone(editor).setFocus()
    qtbot.keyClicks(phone(editor), PHONE)
    found(qtbot, editor, 1)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Up):
        qtbot.keyClick(phone(editor), Qt.Key.Key_Down)
        assert editor.focusWidget() is editor.alike.list
        qtbot.keyClick(editor.alike.list, key)
        assert editor.focusWidget() is phone(editor)
    assert editor.isVisible()


def test_a_click_opens_it_as_well(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork, asked: list[Any]
) -> None:
    known = add(work, "Mei Lin", PHONE)
    editor = open_editor(desk, window)
    qtbot.keyClicks(phone(editor), PHONE)
    found(qtbot, editor, 1)
    rows = editor.alike.list
    where = rows.visualRect(editor.alike.model.index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert asked == [OpenCustomer(known)]


def test_the_card_is_added_all_the_same(qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork) -> None:
    add(work, "Mei Lin", PHONE)
    editor = open_editor(desk, window)
    assert editor.primary.text() == "Save"
    qtbot.keyClicks(phone(editor), PHONE)
    found(qtbot, editor, 1)
    assert editor.primary.text() == "Add all the same"
    qtbot.mouseClick(editor.primary, Qt.MouseButton.LeftButton)
    assert desk.gateway.read(customers.counts).total == 2


def test_a_card_that_is_edited_warns_of_nothing(qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork) -> None:
    add(work, "Mei Lin", PHONE)
    other = add(work, "Mei Ling", "13900139000")
    editor = open_editor(desk, window, card=desk.gateway.read(customers.card, other, desk.today()))
    phone(editor).clear()
    qtbot.keyClicks(phone(editor), PHONE)
    desk.gateway.settle()
    assert not editor.alike.isVisible()
    assert editor.primary.text() == "Save"
