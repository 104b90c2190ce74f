"""The form of a customer: by keyboard in seconds, refused under the field, saved, undone."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.services import customers
from app.services.customers import Labelled
from app.views.customers.contact_fields import read_birthday, write_birthday
from app.views.customers.editor import Editor, open_editor
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import forget_drafts


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    forget_drafts()
    made = QWidget()
    made.resize(1366, 720)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    forget_drafts()


@pytest.fixture
def form(window: QWidget, desk: Desk, ids: dict[str, int]) -> Editor:
    return open_editor(desk, window)


def save(qtbot: QtBot, editor: Editor) -> None:
    qtbot.keyClick(editor.form.field("note"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_name_is_typed_and_enter_saves(qtbot: QtBot, form: Editor, desk: Desk) -> None:
    asked: list[Any] = []
    desk.asked.connect(asked.append)
    name = form.form.field("name")
    typed = QInputMethodEvent()
    typed.setCommitString("王大姐")
    QApplication.sendEvent(name, typed)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    (opened,) = asked
    assert isinstance(opened, OpenCustomer)
    assert desk.gateway.read(customers.rows, [opened.customer_id])[0].name == "王大姐"
    assert desk.gateway.undo()
    assert desk.gateway.read(customers.rows, [opened.customer_id]) == []


def test_nothing_at_all_is_refused_under_the_name(qtbot: QtBot, form: Editor) -> None:
    save(qtbot, form)
    assert form.isVisible()
    assert "name or a phone" in form.form.errors()["name"]


def test_the_second_phone_is_refused_in_its_own_line(qtbot: QtBot, form: Editor) -> None:
    phones = form.form.field("phones")
    qtbot.keyClicks(phones.lines[0].edit, "13900000001")
    qtbot.mouseClick(phones.more, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(phones.lines[1].edit, "1.38E+10")
    save(qtbot, form)
    assert form.isVisible()
    assert [bool(line.edit.error()) for line in phones.lines] == [False, True]
    qtbot.mouseClick(phones.lines[1].cross, Qt.MouseButton.LeftButton)
    save(qtbot, form)
    assert not form.isVisible()


def test_a_card_is_changed_and_what_is_not_shown_stays(
    qtbot: QtBot, window: QWidget, desk: Desk, ids: dict[str, int]
) -> None:
    before = desk.gateway.read(customers.card, ids["沈静怡"], desk.today())
    form = open_editor(desk, window, card=before)
    assert form.draft() == before.draft
    qtbot.keyClicks(form.form.field("note"), "WeChat only")
    qtbot.keyClicks(form.form.field("tags"), " VIP2, gift")
    save(qtbot, form)
    after = desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).draft
    assert after.note == "WeChat only"
    assert set(after.tags) == {*before.draft.tags, "VIP2", "gift"}
    assert after.phones == before.draft.phones


def test_a_card_changed_elsewhere_is_not_overwritten(
    qtbot: QtBot, window: QWidget, desk: Desk, ids: dict[str, int]
) -> None:
    opened = desk.gateway.read(customers.card, ids["王姐"], desk.today())
    form = open_editor(desk, window, card=opened)
    other = customers.CustomerDraft(name="王姐", phones=(Labelled("13900000009"),))
    desk.gateway.write(customers.edit, opened.id, other, version=opened.version)
    qtbot.keyClicks(form.form.field("wechat"), "wj")
    with qtbot.waitSignal(desk.gateway.refused):
        save(qtbot, form)
    assert form.isVisible()
    assert desk.gateway.read(customers.card, opened.id, desk.today()).draft.wechat == ""


def test_what_was_searched_for_is_already_filled_in(window: QWidget, desk: Desk) -> None:
    assert open_editor(desk, window, name="13912345678").draft().phones == (Labelled("13912345678", "mobile"),)
    assert open_editor(desk, window, name="Anna").draft().name == "Anna"


@pytest.mark.parametrize(
    ("typed", "calendar", "meant"),
    [
        ("11-23", "solar", Birthday(11, 23)),
        ("1988-11-23", "solar", Birthday(11, 23, 1988)),
        ("88.4.30", "lunar", Birthday(4, 30, 1988, lunar=True)),
        ("4/30", "leap", Birthday(4, 30, None, lunar=True, leap=True)),
        ("1988年11月23日", "solar", Birthday(11, 23, 1988)),
        ("19881123", "solar", Birthday(11, 23, 1988)),
        ("", "solar", None),
    ],
)
def test_birthdays_as_people_write_them(typed: str, calendar: str, meant: Birthday | None) -> None:
    assert read_birthday(typed, calendar) == meant
    if meant:
        assert read_birthday(write_birthday(meant), calendar) == meant


@pytest.mark.parametrize("typed", ["soon", "13-1", "2-30", "2-29-"])
def test_no_birthday(typed: str) -> None:
    with pytest.raises(NoSuchBirthday):
        read_birthday("1987-" + typed if typed == "2-29-" else typed, "solar")
