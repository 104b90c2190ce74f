"""The merge by keyboard and mouse: field by field, either card stays, taken back by undo and taken apart later."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.services import customers, duplicates, loyalty
from app.services.customers import Labelled
from app.storage.unit_of_work import UnitOfWork
from app.views.customers.card_pane import CardPane
from app.views.duplicates.merging import MergeDialog, open_merge
from app.views.duplicates.picking import open_pick
from app.views.duplicates.taking_apart import open_apart
from app.views.shared.desk import Desk, MergeCards, OpenCustomer, TakeApart
from tests.duplicates.people import add, everything, sell

ENTER, CONTROL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def pair(work: UnitOfWork) -> tuple[int, int]:
    """Two cards that differ in name, birthday, note and phones; 300 and 900 points by two sales."""
    one = add(work, "Mei Lin", "13800138000", note="likes oolong", birthday=Birthday(4, 30, 1988), source="friend")
    two = add(work, "Lin Mei", "13911112222", note="gift boxes", birthday=Birthday(4, 3, 1988), wechat="linmei")
    sell(work, one, 300, "a")
    sell(work, two, 900, "b")
    return one, two


@pytest.fixture
def dialog(window: QWidget, desk: Desk, pair: tuple[int, int]) -> MergeDialog:
    opened = open_merge(desk, window, *pair)
    assert opened is not None
    return opened


def draft(desk: Desk, customer_id: int) -> customers.CustomerDraft:
    return desk.gateway.read(customers.card, customer_id, desk.today()).draft


def merge(qtbot: QtBot, dialog: MergeDialog) -> None:
    qtbot.keyClick(dialog, ENTER, CONTROL)
    assert not dialog.isVisible()


def test_what_differs_is_asked_and_what_only_one_says_is_filled(dialog: MergeDialog) -> None:
    asked = [(line.view.name, str(line.take())) for line in dialog.fields.lines]
    assert asked == [
        ("name", "left"),
        ("birthday", "left"),
        ("note", "both"),
        ("phones", "both"),
        ("wechat", "right"),
        ("source", "left"),
    ]


def test_the_outcome_says_who_it_will_be_with_both_phones_and_all_points(qtbot: QtBot, dialog: MergeDialog) -> None:
    assert dialog.outcome.who.text() == "One card: Mei Lin · 138 0013 8000 · 139 1111 2222"
    sums = dialog.outcome.sums.text()
    assert sums == "1,200 points together · 2 sales · 0 complaints"
    qtbot.keyClick(dialog.fields.line("name"), Qt.Key.Key_2)
    qtbot.keyClick(dialog.fields.line("phones"), Qt.Key.Key_1)
    assert dialog.outcome.who.text() == "One card: Lin Mei · 138 0013 8000"


def test_digits_and_arrows_choose_and_ctrl_enter_merges(
    qtbot: QtBot, dialog: MergeDialog, desk: Desk, pair: tuple[int, int], asked: list[Any]
) -> None:
    first = dialog.focusWidget()
    assert first is dialog.fields.line("name")
    qtbot.keyClick(first, Qt.Key.Key_2)
    assert dialog.focusWidget() is dialog.fields.line("birthday")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Left)
    merge(qtbot, dialog)
    kept = draft(desk, pair[0])
    assert (kept.name, kept.birthday, kept.note) == ("Lin Mei", Birthday(4, 3, 1988), "gift boxes")
    assert {phone.text for phone in kept.phones} == {"13800138000", "13911112222"}
    assert (kept.wechat, kept.source) == ("linmei", "friend")
    assert desk.gateway.read(loyalty.balance, pair[0]) == 1200
    assert asked == [OpenCustomer(pair[0])]


def test_a_click_on_the_other_side_chooses_it(
    qtbot: QtBot, dialog: MergeDialog, desk: Desk, pair: tuple[int, int]
) -> None:
    line = dialog.fields.line("name")
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.cell(line.view.offered[1]).center())
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert draft(desk, pair[0]).name == "Lin Mei"


def test_s_lets_the_other_card_stay_and_what_was_chosen_by_hand_stays_chosen(
    qtbot: QtBot, dialog: MergeDialog, desk: Desk, pair: tuple[int, int]
) -> None:
    qtbot.keyClick(dialog.fields.line("birthday"), Qt.Key.Key_1)
    qtbot.keyClick(dialog, Qt.Key.Key_S)
    assert str(dialog.fields.line("name").take()) == "right"
    assert str(dialog.fields.line("birthday").take()) == "left"
    merge(qtbot, dialog)
    kept = draft(desk, pair[1])
    assert (kept.name, kept.birthday) == ("Lin Mei", Birthday(4, 30, 1988))
    assert desk.gateway.read(duplicates.merges, pair[1])[0].gone_id == pair[0]


def test_enter_leads_through_the_fields_and_merges_nothing(qtbot: QtBot, dialog: MergeDialog, desk: Desk) -> None:
    for _ in dialog.fields.lines:
        qtbot.keyClick(dialog.focusWidget(), ENTER)
    assert dialog.focusWidget() is dialog.primary
    assert desk.gateway.read(customers.counts).total == 2


def test_undo_brings_back_every_row(qtbot: QtBot, dialog: MergeDialog, desk: Desk, work: UnitOfWork) -> None:
    before = everything(work)
    with qtbot.waitSignal(desk.gateway.said) as said:
        merge(qtbot, dialog)
    assert said.args == ["Merged Lin Mei into Mei Lin", True]
    assert everything(work) != before
    assert desk.gateway.undo()
    assert everything(work) == before


def test_a_pair_that_was_judged_says_so(window: QWidget, desk: Desk, pair: tuple[int, int]) -> None:
    desk.gateway.write(duplicates.judge_not_same, *pair, at=desk.now())
    opened = open_merge(desk, window, *pair)
    assert opened is not None
    assert opened.judged.isVisible()


def test_a_card_that_is_gone_is_refused_in_words(
    qtbot: QtBot, window: QWidget, desk: Desk, pair: tuple[int, int]
) -> None:
    desk.gateway.write(duplicates.merge, *pair)
    with qtbot.waitSignal(desk.gateway.refused) as refusal:
        assert open_merge(desk, window, *pair) is None
    assert isinstance(refusal.args[0], duplicates.AlreadyMerged)


def test_a_clerk_may_compare_and_is_told_who_merges(
    qtbot: QtBot, window: QWidget, clerk_desk: Desk, pair: tuple[int, int]
) -> None:
    opened = open_merge(clerk_desk, window, *pair)
    assert opened is not None
    assert not opened.primary.isEnabled()
    assert "manager" in opened.note.text()
    qtbot.keyClick(opened, ENTER, CONTROL)
    assert opened.isVisible()
    assert clerk_desk.gateway.read(customers.counts).total == 2


def shown_pane(window: QWidget, desk: Desk) -> CardPane:
    """The card of the customers' place, in the window."""
    pane, layout = CardPane(desk), window.layout()
    assert layout is not None
    layout.addWidget(pane)
    pane.show()
    return pane


def test_the_other_card_is_picked_by_name_from_the_menu_of_a_card(
    qtbot: QtBot, window: QWidget, desk: Desk, pair: tuple[int, int], asked: list[Any]
) -> None:
    pane = shown_pane(window, desk)
    pane.show_customer(pair[0])
    pane.menu.aboutToShow.emit()
    next(act for act in pane.menu.actions() if act.text().startswith("Merge with")).trigger()
    assert asked == [MergeCards(pair[0])]
    dialog = open_pick(desk, window, pair[0])
    qtbot.keyClicks(dialog.picker.edit, "Lin Mei")
    qtbot.keyClick(dialog.picker.edit, ENTER)
    (merging,) = window.findChildren(MergeDialog)
    assert (merging.pair.kept.id, merging.pair.gone.id) == pair


def test_the_same_card_is_no_other_card(qtbot: QtBot, window: QWidget, desk: Desk, pair: tuple[int, int]) -> None:
    dialog = open_pick(desk, window, pair[0])
    qtbot.keyClicks(dialog.picker.edit, "13800138000")
    qtbot.keyClick(dialog.picker.edit, ENTER)
    assert dialog.isVisible()
    assert dialog.form.errors() == {"other": "That is this same card"}


def test_a_card_says_what_was_merged_into_it_and_leads_to_taking_it_apart(
    qtbot: QtBot, window: QWidget, desk: Desk, pair: tuple[int, int], asked: list[Any]
) -> None:
    pane = shown_pane(window, desk)
    pane.show_customer(pair[0])
    assert not pane.merged.isVisible()
    done = desk.gateway.write(duplicates.merge, *pair)
    assert done is not None
    pane.show_customer(pair[0])
    assert pane.merged.words.text() == "Merged from: Lin Mei on 23 Nov"
    qtbot.mouseClick(pane.merged.apart, Qt.MouseButton.LeftButton)
    assert asked == [TakeApart(pair[0], done.merge_id)]


def test_taking_apart_lists_the_points_that_are_put_right_and_does_it(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork, pair: tuple[int, int]
) -> None:
    one, two = pair
    done = desk.gateway.write(duplicates.merge, one, two)
    assert done is not None
    sell(work, one, 2000, "c", points=1000)
    (spent,) = desk.gateway.read(duplicates.unmerge_brings, done.merge_id)
    dialog = open_apart(desk, window, one, done.merge_id)
    assert dialog is not None
    assert "1 correction" in dialog.title_of_list.text()
    assert f"Mei Lin spent {spent.points:,} points of Lin Mei" in dialog.list.text()
    qtbot.keyClick(dialog, ENTER, CONTROL)
    assert not dialog.isVisible()
    assert desk.gateway.read(duplicates.merges, one) == []
    assert desk.gateway.read(loyalty.balance, two) == 900
    assert list(draft(desk, two).phones) == [Labelled("13911112222")]
    assert desk.gateway.undo()
    assert desk.gateway.read(duplicates.merges, one)[0].gone_id == two


def test_without_anything_since_there_is_nothing_to_put_right(
    window: QWidget, desk: Desk, pair: tuple[int, int]
) -> None:
    done = desk.gateway.write(duplicates.merge, *pair)
    assert done is not None
    dialog = open_apart(desk, window, pair[0], done.merge_id)
    assert dialog is not None
    assert not dialog.corrections.isVisible()


def test_a_clerk_sees_the_merge_and_cannot_take_it_apart(
    qtbot: QtBot, window: QWidget, desk: Desk, clerk_desk: Desk, pair: tuple[int, int]
) -> None:
    done = desk.gateway.write(duplicates.merge, *pair)
    assert done is not None
    pane = shown_pane(window, clerk_desk)
    pane.show_customer(pair[0])
    assert pane.merged.isVisible()
    assert not pane.merged.apart.isEnabled()
    assert "manager" in pane.merged.apart.toolTip()
    with qtbot.waitSignal(clerk_desk.gateway.refused):
        assert open_apart(clerk_desk, window, pair[0], done.merge_id) is None
