"""Choosing many in the list and changing them; how complete the cards are, and whose have gaps."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import customers
from app.services.customers import BulkKind
from app.views.customers.base_completeness import CompletenessDialog, open_completeness
from app.views.customers.bulk_dialog import BulkDialog
from app.views.customers.screen import CustomersScreen
from app.views.shared import desk as asks
from app.views.shared.desk import Desk
from tests.customers.lively import PEOPLE, TODAY

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(qtbot: QtBot, ids: dict[str, int], desk: Desk) -> Iterator[CustomersScreen]:
    made = CustomersScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    qtbot.waitExposed(made)
    desk.gateway.settle()
    yield made


def commit(widget: QWidget, words: str) -> None:
    typed = QInputMethodEvent()
    typed.setCommitString(words)
    QApplication.sendEvent(widget, typed)


def dialog_of(screen: CustomersScreen) -> BulkDialog:
    found = screen.window().findChildren(BulkDialog)
    assert found
    return found[-1]


def test_shift_and_arrows_choose_several_and_a_bar_counts_them(qtbot: QtBot, screen: CustomersScreen) -> None:
    view, bar = screen.people.list, screen.people.bulk
    view.choice.choose_place(1)
    assert not bar.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert bar.isVisible()
    assert bar.told.text() == "3 chosen"
    model = screen.people.model
    shown = [row.id for row in (model.row_at(at) for at in (1, 2, 3)) if row is not None]
    assert bar.chosen() == shown
    bar.none.click()
    assert not bar.isVisible()


def test_all_are_chosen_without_reading_their_rows(qtbot: QtBot, screen: CustomersScreen) -> None:
    view, bar = screen.people.list, screen.people.bulk
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    assert bar.count() == len(PEOPLE)
    assert sorted(bar.chosen()) == sorted(screen.desk.gateway.read(customers.ids_of_page, limit=99))
    assert view.selectionModel().selection().count() == 1


def test_places_apart_are_chosen_one_by_one(screen: CustomersScreen) -> None:
    view, bar = screen.people.list, screen.people.bulk
    for place in (5, 0, 9):
        view.selectionModel().select(view.model().index(place, 0), QItemSelectionModel.SelectionFlag.Select)
    order = screen.desk.gateway.read(customers.ids_of_page, limit=99)
    assert bar.chosen() == [order[place] for place in (0, 5, 9)]


def test_a_tag_is_put_on_all_of_a_filtered_list_by_keys_and_taken_back(qtbot: QtBot, screen: CustomersScreen) -> None:
    gateway, view = screen.desk.gateway, screen.people.list
    commit(screen.people.field, "s")
    found = screen.people.model.rowCount()
    assert 1 < found < len(PEOPLE)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(view, Qt.Key.Key_E, CONTROL)
    dialog = dialog_of(screen)
    qtbot.keyClick(dialog.what, "1")
    commit(dialog.words, "秋茶会")
    qtbot.waitUntil(dialog.primary.isEnabled)
    assert dialog.primary.text() == f"Change {found} cards"
    assert [dialog.first.index(0, column).data() for column in (1, 2)] == ["nothing", "秋茶会"]
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert dict(gateway.read(customers.tags))["秋茶会"] == found
    assert gateway.undoable == f"{found} cards changed: Add a tag"
    gateway.undo()
    assert "秋茶会" not in dict(gateway.read(customers.tags))


def test_what_all_say_already_cannot_be_pressed(qtbot: QtBot, screen: CustomersScreen) -> None:
    screen.people.bulk.choose_all()
    screen.people.bulk.open()
    dialog = dialog_of(screen)
    place = list(BulkKind).index(BulkKind.DO_NOT_CONTACT) + 1
    qtbot.keyClick(dialog.what, str(place))
    assert dialog.answer.isVisible()
    qtbot.keyClick(dialog.answer, "2")
    assert dialog.foreseen.text() == "All of them say so already."
    assert not dialog.primary.isEnabled()
    assert dialog.primary.toolTip()
    qtbot.keyClick(dialog.answer, "1")
    assert dialog.primary.isEnabled()


def test_those_chosen_are_written_to_a_file_and_never_cut_in_number(qtbot: QtBot, screen: CustomersScreen) -> None:
    view, bar = screen.people.list, screen.people.bulk
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_A, CONTROL)
    QApplication.processEvents()
    assert bar.told.text() == f"{len(PEOPLE)} chosen" and not bar.told.toolTip()
    assert bar.change.toolTip().startswith("Change…")
    with qtbot.waitSignal(screen.desk.asked) as heard:
        bar.take_out.setFocus()
        qtbot.keyClick(bar.take_out, Qt.Key.Key_Return)
    assert heard.args == [asks.TakeOut("customers", tuple(bar.chosen()))]


def test_a_clerk_chooses_one_at_a_time(qtbot: QtBot, ids: dict[str, int], desk: Desk) -> None:
    from app.domain.staff import Actor, Role

    desk.gateway._work.actor = Actor(1, Role.CLERK)
    made = CustomersScreen(desk)
    qtbot.addWidget(made)
    made.show()
    made.people.list.setFocus()
    qtbot.keyClick(made.people.list, Qt.Key.Key_A, CONTROL)
    assert made.people.bulk.count() <= 1
    assert not made.people.bulk.isVisible()


@pytest.fixture
def complete(qtbot: QtBot, screen: CustomersScreen) -> CompletenessDialog:
    dialog = open_completeness(screen.desk, screen)
    screen.desk.gateway.settle()
    qtbot.waitUntil(lambda: dialog.base is not None)
    return dialog


def test_the_bars_say_what_the_shop_knows(complete: CompletenessDialog, desk: Desk) -> None:
    base = complete.desk.gateway.read(customers.base_completeness, TODAY)
    bars = {button.bar.key: button.bar for button in complete.fields.bars}
    without = base.everyone.cards - base.everyone.held["phone"]
    share = 100 * base.everyone.held["phone"] // base.everyone.cards
    assert bars["phone"].figures == f"{share}% · {without} without"
    assert bars["name"].share == (len(PEOPLE) - 1) / len(PEOPLE)  # one card is older than two years
    assert [button.bar.words for button in complete.sources.bars] == ["Not asked", "Walked in"]
    assert len(complete.staff.bars) == 1


def test_a_bar_opens_the_people_behind_it(qtbot: QtBot, complete: CompletenessDialog, ids: dict[str, int]) -> None:
    heard: list[object] = []
    complete.desk.asked.connect(heard.append)
    phone = complete.fields.bars[0]
    qtbot.keyClick(phone, Qt.Key.Key_Return)
    (asked,) = heard
    assert isinstance(asked, asks.ShowCustomers)
    assert asked.title == "Without: Phone"
    old = "沈静怡"  # made more than two years ago, and not looked at since
    assert set(asked.customer_ids) == {ids[name] for name, number, *_ in PEOPLE if not number or name == old}


def test_the_people_of_a_source_with_any_gap_are_those_without_one_of_the_fields(
    complete: CompletenessDialog,
) -> None:
    from app.domain.completeness import WEIGHTS

    read = complete.desk.gateway.read
    single = {card for field in WEIGHTS for card in read(customers.lacking, TODAY, field, source="")}
    assert set(read(customers.lacking, TODAY, None, source="")) == single
    assert len(single) == len(PEOPLE) - 1


def test_arrows_walk_the_bars(qtbot: QtBot, complete: CompletenessDialog) -> None:
    first, second = complete.fields.bars[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert complete.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Up)
    assert complete.focusWidget() is first
