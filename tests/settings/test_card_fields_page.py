"""The shop's own card fields, made, called otherwise, ordered and put away by keyboard, each taken back by undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.custom_fields import FieldKind
from app.services import customers
from app.storage.unit_of_work import UnitOfWork
from app.views.settings.card_fields_page import CardFieldsPage, FieldDialog
from app.views.shared.desk import Desk

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> Iterator[CardFieldsPage]:
    work.write(customers.add_field, "Shoes", FieldKind.NUMBER)
    work.write(customers.add_field, "Dog", FieldKind.TEXT)
    made = CardFieldsPage(desk)
    made.resize(900, 640)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.fields.list.setFocus()
    yield made
    for dialog in made.window().findChildren(FieldDialog):
        dialog.done(0)


def labels(work: UnitOfWork) -> list[str]:
    return [row.label for row in work.read(customers.custom_fields)]


def opened(qtbot: QtBot, page: CardFieldsPage) -> FieldDialog:
    dialog = next(found for found in page.window().findChildren(FieldDialog) if found.isVisible())
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or page))
    return dialog


def test_a_choice_is_added_by_keys(qtbot: QtBot, page: CardFieldsPage, work: UnitOfWork) -> None:
    qtbot.keyClick(page.fields.list, Qt.Key.Key_N)
    dialog = opened(qtbot, page)
    assert not dialog.choices.isVisible()
    qtbot.keyClicks(dialog.name, "Invoice")
    dialog.kind.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4)
    assert dialog.choices.hasFocus()
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Return)
    assert dialog.form.errors().keys() == {"choices"}
    qtbot.keyClicks(dialog.choices, "paper / mail")
    qtbot.keyClick(dialog.choices, Qt.Key.Key_Return)
    row = work.read(customers.custom_fields)[-1]
    assert (row.label, row.kind, row.choices) == ("Invoice", FieldKind.CHOICE, ("paper", "mail"))


def test_a_name_that_is_taken_is_refused_under_the_field(qtbot: QtBot, page: CardFieldsPage, work: UnitOfWork) -> None:
    qtbot.keyClick(page.fields.list, Qt.Key.Key_N)
    dialog = opened(qtbot, page)
    qtbot.keyClicks(dialog.name, "dog")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.form.errors().keys() == {"name"}
    assert labels(work) == ["Shoes", "Dog"]


def test_a_field_is_called_otherwise_moved_and_put_away_by_keys(
    qtbot: QtBot, page: CardFieldsPage, desk: Desk, work: UnitOfWork
) -> None:
    listed = page.fields.list
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    dialog = opened(qtbot, page)
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "Size")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert labels(work) == ["Size", "Dog"]
    qtbot.waitUntil(lambda: listed.window().isActiveWindow())
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Down, CONTROL)
    assert labels(work) == ["Dog", "Size"]
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    assert labels(work) == ["Dog"]
    assert desk.gateway.undo() and desk.gateway.undo()
    assert labels(work) == ["Size", "Dog"]
