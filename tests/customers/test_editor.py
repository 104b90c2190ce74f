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
from app.services.customers import Labelled, Only
from app.views.customers.contact_fields import read_birthday, write_birthday
from app.views.customers.editor import Editor, open_editor
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import forget_drafts
from tests.customers.filled import fill_card


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


def test_the_form_holds_all_that_a_full_card_says(
    qtbot: QtBot, window: QWidget, desk: Desk, ids: dict[str, int]
) -> None:
    own = fill_card(desk.gateway._work, ids)
    before = desk.gateway.read(customers.card, ids["沈静怡"], desk.today())
    form = open_editor(desk, window, card=before)
    assert form.draft() == before.draft
    form.form.field("values_ranked").set_value(("price", "trust"))
    form.form.field("credit_limit").set_value(12_345)
    form.form.field(f"custom.{own['家里几口人']}").set_value("6")
    save(qtbot, form)
    after = desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).draft
    assert (after.values_ranked, after.credit_limit) == (("price", "trust"), 12_345)
    assert after.custom[own["家里几口人"]] == "6"
    assert after.dates == before.draft.dates and after.emails == before.draft.emails


def test_a_new_card_begins_with_little_and_offers_the_rest(qtbot: QtBot, window: QWidget, desk: Desk) -> None:
    form = open_editor(desk, window)
    assert not form.form.field("needs").isVisible()
    qtbot.mouseClick(form.more, Qt.MouseButton.LeftButton)
    assert form.form.field("needs").isVisible()
    qtbot.keyClicks(form.form.field("name"), "Anna")
    qtbot.keyClicks(form.form.field("needs"), "tea for two")
    form.form.field("name").setFocus()
    save(qtbot, form)
    added = desk.gateway.read(customers.rows, desk.gateway.read(customers.ids_of_page, None, Only(), 0, 1000))
    anna = next(found.id for found in added if found.name == "Anna")
    assert desk.gateway.read(customers.card, anna, desk.today()).draft.needs == "tea for two"


def test_the_form_takes_in_what_another_window_saved_and_keeps_what_was_typed(
    qtbot: QtBot, window: QWidget, desk: Desk, ids: dict[str, int]
) -> None:
    opened = desk.gateway.read(customers.card, ids["王姐"], desk.today())
    form = open_editor(desk, window, card=opened)
    desk.gateway.write(customers.set_field, opened.id, "company", "theirs", version=opened.version)
    qtbot.keyClicks(form.form.field("wechat"), "mine")
    save(qtbot, form)
    assert form.isVisible() and "李芳" in form.note.text()
    assert form.form.field("company").value() == "theirs"
    assert form.form.field("wechat").value() == "mine"
    save(qtbot, form)
    kept = desk.gateway.read(customers.card, opened.id, desk.today()).draft
    assert (kept.company, kept.wechat) == ("theirs", "mine")


def test_a_value_that_does_not_fit_is_refused_at_its_field(
    qtbot: QtBot, window: QWidget, desk: Desk, ids: dict[str, int]
) -> None:
    own = fill_card(desk.gateway._work, ids)
    form = open_editor(desk, window, card=desk.gateway.read(customers.card, ids["沈静怡"], desk.today()))
    form.form.field(f"custom.{own['家里几口人']}").set_value("many")
    save(qtbot, form)
    assert form.form.errors().keys() == {f"custom.{own['家里几口人']}"}


def test_tab_goes_through_the_form_as_the_eye_does(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    form = open_editor(desk, window)
    form.form.field("name").setFocus()
    seen = []
    for _ in range(12):
        now = form.focusWidget()
        assert now is not None
        middle = now.mapTo(form, now.rect().center())
        seen.append((middle.y() // 8, middle.x()))
        qtbot.keyClick(now, Qt.Key.Key_Tab)
    assert seen == sorted(set(seen))
    assert form.form.field("phones").lines[0].edit.accessibleName() == "Phone"
