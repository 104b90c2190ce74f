"""The members page: tiers to choose, members of each, a ledger, points by hand, a tier that is changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.services import loyalty
from app.views.members.adjusting import AdjustDialog, read_points
from app.views.members.screen import MembersScreen
from app.views.shared.desk import OpenCustomer, SellTo
from app.views.shared.gateway import Gateway
from tests.till.counter import Counter

ENTER = Qt.Key.Key_Return


def press(screen: MembersScreen, name: str) -> None:
    action = screen.findChild(QAction, name)
    assert action is not None
    action.trigger()


def names(screen: MembersScreen) -> list[str]:
    return [str(screen.people.index(at, 0).data()) for at in range(screen.people.rowCount())]


def test_the_highest_tier_is_shown_first_and_the_arrows_choose_another(qtbot: QtBot, screen: MembersScreen) -> None:
    assert names(screen) == ["Ben", "Ann"]
    assert [card.accessibleName().split(", ")[0] for card in screen.cards.cards] == ["VIP", "Ordinary", "Potential"]
    qtbot.keyClick(screen.cards.cards[0], Qt.Key.Key_Right)
    assert names(screen) == ["Cem"]
    qtbot.keyClick(screen.cards.cards[1], Qt.Key.Key_Right)
    assert screen.empty.isVisible() and screen.panel.isHidden()
    assert screen.context.text().startswith("13,140 points outstanding, worth ¥131.40")


def test_a_head_sorts_all_members(qtbot: QtBot, screen: MembersScreen) -> None:
    screen.people.sort(0, Qt.SortOrder.AscendingOrder)
    assert names(screen) == ["Ann", "Ben"]
    screen.people.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(screen) == ["Ben", "Ann"]


def test_enter_opens_the_card_and_f2_sells(qtbot: QtBot, screen: MembersScreen) -> None:
    screen.table.setFocus()
    with qtbot.waitSignal(screen.desk.asked) as heard:
        qtbot.keyClick(screen.table, ENTER)
    assert isinstance(heard.args[0], OpenCustomer)
    with qtbot.waitSignal(screen.desk.asked) as heard:
        press(screen, "members.sell")
    assert heard.args == [SellTo(screen.panel.customer_id)]


def test_points_are_given_by_hand_with_a_reason_and_taken_back(
    qtbot: QtBot, screen: MembersScreen, gateway: Gateway
) -> None:
    press(screen, "members.adjust")
    dialog = screen.findChild(AdjustDialog)
    assert isinstance(dialog, AdjustDialog)
    qtbot.keyClicks(dialog.points, "abc")
    qtbot.keyClick(dialog.points, ENTER)
    assert set(dialog.form.errors()) == {"points", "reason"}
    dialog.points.clear()
    qtbot.keyClicks(dialog.points, "-500")
    qtbot.keyClicks(dialog.reason, "broken cup")
    with qtbot.waitSignal(gateway.said) as heard:
        qtbot.keyClick(dialog.reason, ENTER)
    assert heard.args == ["Took 500 points from Ben", True]
    assert screen.panel.points.text() == "6,500"
    assert [screen.panel.ledger.index(0, at).data() for at in (1, 2, 3)] == [
        "Taken by hand · broken cup · Owner",
        "−500",
        "6,500",
    ]
    assert gateway.undo()
    assert screen.panel.points.text() == "7,000"
    assert screen.panel.ledger.index(0, 1).data() == "Given by hand · broken cup · Owner"
    assert gateway.redo()
    assert screen.panel.points.text() == "6,500"


def test_a_refused_adjustment_keeps_the_dialog_and_its_words(
    qtbot: QtBot, screen: MembersScreen, gateway: Gateway
) -> None:
    press(screen, "members.adjust")
    dialog = screen.findChild(AdjustDialog)
    assert isinstance(dialog, AdjustDialog)
    qtbot.keyClicks(dialog.points, "-7001")
    qtbot.keyClicks(dialog.reason, "too many")
    with qtbot.waitSignal(gateway.refused):
        qtbot.keyClick(dialog.reason, ENTER)
    assert dialog.isVisible() and dialog.points.value() == "-7001"
    assert screen.panel.points.text() == "7,000"


def test_a_sale_elsewhere_is_seen_at_once(screen: MembersScreen, gateway: Gateway, counter: Counter) -> None:
    screen.show_tier(1)
    (row,) = gateway.read(loyalty.members, 1)
    gateway.write(loyalty.adjust, row.id, 60, "welcome", operation_id="elsewhere", at=counter.now)
    assert screen.panel.points.text() == "100"


@pytest.mark.parametrize(
    ("typed", "points"), [("100", 100), (" −1,200 ", -1200), ("＋5", 5), ("", None), ("1.5", None), ("ten", None)]
)
def test_points_are_read_as_people_write_them(typed: str, points: int | None) -> None:
    assert read_points(typed) == points


def test_the_page_fits_a_small_laptop(screen: MembersScreen) -> None:
    assert screen.minimumSizeHint().height() <= 690 - 48
    assert screen.minimumSizeHint().width() <= 1360 - 176
