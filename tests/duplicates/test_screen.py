"""The list of pairs: best first, by keyboard, decided pairs gone at once and back by undo, a search that stops."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import customers, duplicates
from app.storage.unit_of_work import UnitOfWork
from app.views.duplicates.merging import MergeDialog
from app.views.duplicates.screen import DuplicatesScreen
from app.views.shared.desk import Desk, OpenPlace, ShowLookAlikes
from app.views.shared.translator import interpreter
from app.views.shell.key_sheet import groups_of
from app.views.shell.window import Window
from tests.duplicates.people import add


@pytest.fixture
def people(work: UnitOfWork) -> dict[str, int]:
    """Two of one name and phone, two who share a phone alone, and one like nobody."""
    return {
        "one": add(work, "Mei Lin", "13800138000"),
        "two": add(work, "Mei Lin", "13800138000"),
        "father": add(work, "Old Zhou", "13700137000"),
        "son": add(work, "Young Zhou", "13700137000"),
        "nobody": add(work, "Ada", "13600136000"),
    }


def show(qtbot: QtBot, window: QWidget, desk: Desk) -> DuplicatesScreen:
    screen = DuplicatesScreen(desk)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(screen)
    qtbot.waitUntil(lambda: screen.pairs.known and not screen.pairs.running)
    screen.take_focus()
    return screen


def names(screen: DuplicatesScreen) -> list[str]:
    views = (screen.list.rows.shown(screen.model.index(at, 0)) for at in range(screen.model.rowCount()))
    return [view.title for view in views]  # type: ignore[union-attr]


def settled(qtbot: QtBot, screen: DuplicatesScreen, number: int) -> None:
    qtbot.waitUntil(lambda: not screen.pairs.running and screen.model.rowCount() == number)


def test_the_likeliest_comes_first_with_its_reasons(
    qtbot: QtBot, window: QWidget, desk: Desk, people: dict[str, int]
) -> None:
    screen = show(qtbot, window, desk)
    assert names(screen) == ["Mei Lin", "Old Zhou — Young Zhou"]
    assert screen.glance.reasons.text() == "same phone 138 0013 8000, same name"
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    assert screen.glance.reasons.text() == "same phone 137 0013 7000"
    assert (screen.glance.heads.left.name.text(), screen.glance.heads.right.name.text()) == ("Old Zhou", "Young Zhou")


def test_enter_opens_the_merge_and_the_pair_is_gone_after_it(
    qtbot: QtBot, window: QWidget, desk: Desk, people: dict[str, int], asked: list[Any]
) -> None:
    screen = show(qtbot, window, desk)
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    (dialog,) = window.findChildren(MergeDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert names(screen) == ["Old Zhou — Young Zhou"]
    settled(qtbot, screen, 1)
    assert asked == []
    assert desk.gateway.undo()
    settled(qtbot, screen, 2)


def test_n_says_they_are_two_people_and_undo_takes_it_back(
    qtbot: QtBot, window: QWidget, desk: Desk, people: dict[str, int]
) -> None:
    screen = show(qtbot, window, desk)
    qtbot.keyClick(screen.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(desk.gateway.said) as said:
        qtbot.keyClick(screen.list, Qt.Key.Key_N)
    assert said.args == ["Old Zhou and Young Zhou are two people", True]
    assert names(screen) == ["Mei Lin"]
    settled(qtbot, screen, 1)
    assert desk.gateway.undo()
    settled(qtbot, screen, 2)


def test_a_clerk_may_say_that_two_are_two(
    qtbot: QtBot, window: QWidget, clerk_desk: Desk, people: dict[str, int]
) -> None:
    screen = show(qtbot, window, clerk_desk)
    qtbot.mouseClick(screen.glance.not_same, Qt.MouseButton.LeftButton)
    settled(qtbot, screen, 1)


def test_what_is_too_common_is_named(qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork) -> None:
    for number in range(31):
        add(work, f"Guest{chr(97 + number % 26)}{number}", "057188886666")
    screen = show(qtbot, window, desk)
    assert screen.common.isVisible()
    assert "on 31 card" in screen.common.label.text()
    assert "57188886666" in screen.common.label.text()


def test_an_empty_list_says_so_and_leads_back(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork, asked: list[Any]
) -> None:
    add(work, "Ada", "13600136000")
    screen = show(qtbot, window, desk)
    assert screen.empty.isVisible()
    assert screen.empty.title.text() == "No two cards look like one person"
    assert screen.empty.other is not None
    qtbot.mouseClick(screen.empty.other, Qt.MouseButton.LeftButton)
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    assert asked == [OpenPlace("customers")] * 2


def test_a_search_can_be_stopped_and_started_again(
    qtbot: QtBot, window: QWidget, desk: Desk, people: dict[str, int]
) -> None:
    screen = show(qtbot, window, desk)
    screen.pairs.pairs, screen.pairs.known = [], False
    screen.model.reload()
    screen.pairs.look()
    screen.pairs.stop()
    desk.gateway.settle()
    assert screen.model.rowCount() == 0
    assert screen.empty.title.text() == "The search was stopped"
    assert screen.empty.other is not None
    qtbot.mouseClick(screen.empty.other, Qt.MouseButton.LeftButton)
    settled(qtbot, screen, 2)


def test_the_menu_of_the_window_leads_there_and_alt_left_back(
    qtbot: QtBot, desk: Desk, people: dict[str, int], qapp: Any
) -> None:
    made = Window(desk, interpreter(qapp))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.go("today")
    made.acts.look_alikes.trigger()
    screen = made.pages.currentWidget()
    assert isinstance(screen, DuplicatesScreen)
    assert made.rail.items["customers"].isChecked()
    settled(qtbot, screen, 2)
    assert made.focusWidget() is screen.list
    assert [index.row() for index in screen.list.selectionModel().selectedRows()] == [0]
    made.back()
    assert made.pages.currentWidget() is made.screens["today"]
    desk.ask(ShowLookAlikes())
    assert made.pages.currentWidget() is screen
    assert desk.gateway.read(duplicates.pair_count) == 2
    assert desk.gateway.read(customers.counts).total == len(people)


def test_the_key_sheet_has_a_group_for_the_pairs(qtbot: QtBot, desk: Desk, people: dict[str, int], qapp: Any) -> None:
    made = Window(desk, interpreter(qapp))
    qtbot.addWidget(made)
    desk.ask(ShowLookAlikes())
    assert groups_of(made)["duplicates"] == {"N": "Not the same"}


def test_in_a_narrow_window_the_list_stands_alone_and_enter_shows_both(
    qtbot: QtBot, window: QWidget, desk: Desk, people: dict[str, int]
) -> None:
    screen = show(qtbot, window, desk)
    assert screen.glance.isVisible()
    window.resize(700, 600)
    assert not screen.glance.isVisible()
    qtbot.waitUntil(lambda: screen.list.width() > 600)
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert window.findChildren(MergeDialog)
