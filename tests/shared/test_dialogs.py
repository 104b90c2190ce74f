"""Dialogs are modal, stand inside their window, save with Enter or Ctrl+Enter, and lose no words to Esc."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.views.shared import dialogs, look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import CheckBox, ComboBox, LineEdit, TextArea
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.tables import Table
from app.views.shared.typed_fields import MoneyField
from app.views.shared.veil import Veil
from tests.shared.placing import put


def name_form() -> Form:
    form = Form()
    form.add("name", "Name", LineEdit(), check=lambda name: None if name else "Write a name")
    form.add("words", "Words", TextArea())
    return form


def name_dialog(window: QWidget, draft: str | None = None) -> Dialog:
    dialog = Dialog(window, draft=draft)
    dialog.set_title("New customer")
    dialog.primary.setText("Save")
    dialog.set_form(name_form())
    dialog.present()
    return dialog


def form_of(dialog: Dialog) -> Form:
    found = dialog.findChild(Form)
    assert isinstance(found, Form)
    return found


def test_a_dialog_is_modal_and_stands_inside_its_window(qtbot: QtBot, window: QWidget) -> None:
    dialog = name_dialog(window)
    assert dialog.isModal()
    assert QApplication.activeModalWidget() is dialog
    inside = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    assert inside.contains(dialog.card().translated(dialog.pos()))
    assert dialog.card().width() == 480
    veil = window.findChild(Veil)
    assert veil is not None and veil.geometry() == window.rect()
    dialog.reject()
    assert window.findChild(Veil) is None


def test_a_dialog_is_never_larger_than_its_window(qtbot: QtBot, window: QWidget, qapp: QApplication) -> None:
    look.apply(qapp, scale=2.0)
    window.resize(700, 400)
    dialog = name_dialog(window)
    qtbot.waitUntil(lambda: dialog.card().width() <= 700)
    assert dialog.card().height() <= 400
    assert dialog.rect().contains(dialog.primary.geometry())
    dialog.reject()


def test_a_list_gives_way_before_what_stands_below_it_is_scrolled_away(qtbot: QtBot, window: QWidget) -> None:
    dialog, table, below = Dialog(window), Table(), PlainLabel("A word under the list that is broken", wrap=True)
    table.set_shown(9)
    dialog.body.add(table, below)
    window.resize(700, 700)
    dialog.present()
    assert table.height() == look.px(32 + 9 * 36 + 4)
    window.resize(700, 400)
    qtbot.waitUntil(lambda: dialog.card().height() <= 400)
    qtbot.waitUntil(lambda: below.visibleRegion().boundingRect() == below.rect())
    assert look.px(32 + 2 * 36 + 4) <= table.height() < look.px(32 + 9 * 36 + 4)
    dialog.reject()


def test_enter_in_a_line_saves_once_the_form_is_right(qtbot: QtBot, window: QWidget) -> None:
    dialog = name_dialog(window)
    form = form_of(dialog)
    with qtbot.assertNotEmitted(dialog.submitted):
        qtbot.keyClick(form.field("name"), Qt.Key.Key_Return)
    assert form.errors() == {"name": "Write a name"}
    qtbot.keyClicks(form.field("name"), "Ann")
    assert form.errors() == {}
    with qtbot.waitSignal(dialog.submitted):
        qtbot.keyClick(form.field("name"), Qt.Key.Key_Return)
    dialog.accept()


@pytest.mark.parametrize("where", ["name", "words"])
def test_ctrl_enter_saves_from_anywhere(qtbot: QtBot, window: QWidget, where: str) -> None:
    dialog = name_dialog(window)
    form = form_of(dialog)
    form.set_values({"name": "Ann"})
    heard: list[int] = []
    dialog.submitted.connect(lambda: heard.append(1))
    qtbot.keyClick(form.field(where), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == [1]
    dialog.accept()


def test_enter_among_several_lines_is_a_new_line(qtbot: QtBot, window: QWidget) -> None:
    dialog = name_dialog(window)
    words = form_of(dialog).field("words")
    words.setFocus()
    qtbot.keyClicks(words, "a")
    qtbot.keyClick(words, Qt.Key.Key_Return)
    qtbot.keyClicks(words, "b")
    assert words.value() == "a\nb"
    dialog.reject()


def test_esc_keeps_the_words_and_saving_drops_them(qtbot: QtBot, window: QWidget) -> None:
    dialog = name_dialog(window, draft="customer")
    qtbot.keyClicks(form_of(dialog).field("name"), "Ann")
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(form_of(dialog).field("name"), Qt.Key.Key_Escape)
    again = name_dialog(window, draft="customer")
    assert form_of(again).values()["name"] == "Ann"
    assert again.note.text() != ""
    again.accept()
    third = name_dialog(window, draft="customer")
    assert form_of(third).values()["name"] == ""
    third.reject()


def test_a_form_closed_untouched_leaves_no_draft(window: QWidget) -> None:
    name_dialog(window, draft="customer").reject()
    again = name_dialog(window, draft="customer")
    assert again.note.text() == ""
    again.reject()


def test_the_focus_returns_to_where_it_was(qtbot: QtBot, window: QWidget) -> None:
    field = LineEdit()
    put(window, column(field, None))
    field.setFocus()
    dialog = name_dialog(window)
    qtbot.waitUntil(lambda: form_of(dialog).field("name").hasFocus())
    dialog.reject()
    qtbot.waitUntil(field.hasFocus)


def test_enter_never_destroys(qtbot: QtBot, window: QWidget) -> None:
    done: list[int] = []
    loss = "Their 3 visits go with them."
    dialog = dialogs.confirm_destructive(window, "Delete Ann?", loss, "Delete 1 customer", lambda: done.append(1))
    qtbot.waitUntil(dialog.cancel.hasFocus)
    assert not dialog.primary.isDefault()
    with qtbot.waitSignal(dialog.finished) as heard:
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    assert heard.args == [QDialog.DialogCode.Rejected]
    assert done == []
    again = dialogs.confirm_destructive(window, "Delete Ann?", loss, "Delete 1 customer", lambda: done.append(1))
    qtbot.mouseClick(again.primary, Qt.MouseButton.LeftButton)
    assert done == [1]


def test_trouble_offers_its_ways_out(qtbot: QtBot, window: QWidget) -> None:
    taken: list[str] = []
    ways = [("Choose a folder", lambda: taken.append("folder")), ("Try again", lambda: taken.append("again"))]
    dialog = dialogs.show_trouble(window, "The disk is full", "Nothing was lost.", ways)
    assert dialog.primary.text() == "Choose a folder"
    other = next(b for b in dialog.findChildren(type(dialog.primary)) if b.text() == "Try again")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert taken == ["again"]


def test_a_dialog_grows_with_what_is_wrong(qtbot: QtBot, window: QWidget) -> None:
    dialog = name_dialog(window)
    before = dialog.height()
    form_of(dialog).check()
    qtbot.waitUntil(lambda: dialog.height() > before)
    dialog.reject()


def test_a_picture_of_the_window_shows_the_dialog(window: QWidget) -> None:
    dialog = name_dialog(window)
    middle = window.rect().center()
    behind = window.grab().toImage().pixelColor(middle.x(), dialog.card().translated(dialog.pos()).top() + 8)
    seen = dialogs.picture(window).toImage()
    corner = window.mapFromGlobal(dialog.card().translated(dialog.pos()).topLeft())
    assert seen.pixelColor(middle.x(), corner.y() + 8) == look.colour("raised") != behind
    dialog.reject()


def every_field(window: QWidget) -> Form:
    form = Form(keys=True)
    what = Chips(size="form", digits=True)
    what.show_chips([ChipView("goods", "Goods"), ChipView("wait", "Waiting")])
    pay = ComboBox()
    pay.show_choices([("cash", "Cash"), ("card", "Card")])
    form.add("what", "What", what)
    form.add("sum", "Sum", MoneyField())
    form.add("pay", "Payment", pay)
    form.add("done", "Done", CheckBox("On the spot"))
    put(window, column(form, None))
    return form


def test_a_form_gives_back_what_it_was_given(window: QWidget) -> None:
    form = every_field(window)
    values = {"what": "wait", "sum": 1250, "pay": "card", "done": True}
    form.set_values(values)
    assert form.values() == values


def test_a_digit_answers_and_moves_to_the_next_row(qtbot: QtBot, window: QWidget) -> None:
    form = every_field(window)
    form.field("what").setFocus()
    qtbot.keyClick(form.field("what").chips()[0], Qt.Key.Key_2)
    assert form.values()["what"] == "wait"
    assert form.field("sum").hasFocus()


def test_alt_and_a_number_reach_a_row(qtbot: QtBot, window: QWidget) -> None:
    form = every_field(window)
    form.field("what").setFocus()
    qtbot.keyClick(form.field("what").chips()[0], Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert form.field("pay").hasFocus()


def test_a_hidden_row_is_not_checked(window: QWidget) -> None:
    form = name_form()
    put(window, column(form))
    form.set_row_visible("name", False)
    assert form.check()
