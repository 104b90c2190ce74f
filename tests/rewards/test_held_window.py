"""What somebody holds, put right from the dialog on their card: each act by its key, each taken back by one undo."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.rewards.bonus import Parts
from app.domain.rewards.kinds import PlanKind
from app.services import customers, duplicates, rewards
from app.services.rewards import KindDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.duplicates.taking_apart import open_apart
from app.views.rewards.correct_dialog import CorrectDialog
from app.views.rewards.held_dialog import HeldDialog, open_held
from app.views.rewards.pay_out_dialog import PayOutDialog
from app.views.rewards.statement_dialog import StatementDialog
from app.views.rewards.withdraw_dialog import WithdrawDialog
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from tests.rewards.desk_drawer import MORNING, Drawer

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def ann(work: UnitOfWork) -> int:
    return work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]


def put(work: UnitOfWork, who: int, pocket: rewards.Pocket, units: int) -> None:
    opening = rewards.Opening(pocket, units)
    work.write(rewards.open_purse, who, opening, "", operation_id=f"{who} {pocket}", at=MORNING)


def on(opened: HeldDialog, qtbot: QtBot, row: int, key: Qt.Key, kind: type[Dialog]) -> Any:
    """Choose a line, press the key, and here is what opened."""
    opened.activateWindow()
    qtbot.waitUntil(opened.table.hasFocus)
    opened.table.choice.choose_place(row)
    qtbot.keyClick(opened.table, key)
    return [found for found in opened.findChildren(kind) if found.isVisible()][-1]


def cells(model: Any) -> list[list[str]]:
    return [[model.index(row, at).data() for at in range(model.columnCount())] for row in range(model.rowCount())]


def test_stored_value_is_paid_out_and_the_statement_tells_it(
    qtbot: QtBot, room: QWidget, desk: Desk, work: UnitOfWork, ann: int
) -> None:
    put(work, ann, rewards.PRINCIPAL, 5000)
    put(work, ann, rewards.BONUS, 700)
    opened = open_held(desk, room, ann, "Ann")
    asked = on(opened, qtbot, 0, Qt.Key.Key_O, PayOutDialog)
    assert asked.what.text() == "¥50.00 goes back to the customer. The bonus of ¥7.00 ends with it."
    asked.form.field("reason").setText("moves away")
    qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.read(rewards.stored, ann, desk.today()) == Parts(0, 0)
    shown = on(opened, qtbot, 0, Qt.Key.Key_M, StatementDialog)
    first, second = cells(shown.rows)
    assert first[1].startswith("Paid out") and first[1].endswith("moves away")
    assert first[2:4] == ["−¥50.00", "¥0.00"]
    assert second[1:4] == ["Brought along", "+¥50.00", "¥50.00"]
    qtbot.keyClick(shown, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.undo()
    assert desk.gateway.read(rewards.stored, ann, desk.today()) == Parts(5000, 700)
    assert opened.rows.index(0, 1).data() == "¥50.00"


def test_a_balance_that_changed_meanwhile_is_not_paid_out_unseen(
    qtbot: QtBot, room: QWidget, desk: Desk, work: UnitOfWork, ann: int
) -> None:
    put(work, ann, rewards.PRINCIPAL, 5000)
    opened = open_held(desk, room, ann, "Ann")
    asked = on(opened, qtbot, 0, Qt.Key.Key_O, PayOutDialog)
    found = "found in the old book"
    work.write(rewards.adjust_purse, ann, rewards.PRINCIPAL, 100, found, operation_id="meanwhile", at=MORNING)
    with qtbot.waitSignal(desk.gateway.refused):
        qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert asked.what.text() == "¥51.00 goes back to the customer."
    qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.read(rewards.stored, ann, desk.today()) == Parts(0, 0)


def test_a_balance_is_corrected_with_a_reason(
    qtbot: QtBot, room: QWidget, desk: Desk, work: UnitOfWork, ann: int
) -> None:
    plan = Drawer(work).plan(PlanKind.VISITS, 10, price=10000)
    put(work, ann, rewards.visits(plan), 4)
    opened = open_held(desk, room, ann, "Ann")
    asked = on(opened, qtbot, 0, Qt.Key.Key_C, CorrectDialog)
    asked.form.set_values({"units": "1.5"})
    qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert set(asked.form.errors()) == {"units", "reason"}
    asked.form.set_values({"units": "−9", "reason": "counted wrong"})
    with qtbot.waitSignal(desk.gateway.refused):
        qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert asked.isVisible()
    asked.form.set_values({"units": "−1"})
    qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert not asked.isVisible()
    assert opened.rows.index(0, 1).data() == "3 visits left"
    assert desk.gateway.undo()
    assert opened.rows.index(0, 1).data() == "4 visits left"


def test_a_coupon_is_taken_back(qtbot: QtBot, room: QWidget, desk: Desk, work: UnitOfWork, ann: int) -> None:
    kind = work.write(rewards.add_kind, KindDraft("Five off", amount=500))[0]
    work.write(rewards.issue, kind, ann, operation_id="coupon", at=MORNING)
    opened = open_held(desk, room, ann, "Ann")
    assert not opened.acts["statement"].isVisible()
    asked = on(opened, qtbot, 0, Qt.Key.Key_R, WithdrawDialog)
    qtbot.keyClick(asked, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.read(rewards.coupons_held, ann, desk.today()) == []
    assert opened.nothing.isVisible()
    assert desk.gateway.undo()
    assert len(desk.gateway.read(rewards.coupons_held, ann, desk.today())) == 1


def test_taking_a_merge_apart_lists_what_is_put_right_in_purses(
    room: QWidget, desk: Desk, work: UnitOfWork, ann: int
) -> None:
    drawer = Drawer(work)
    ben = drawer.person("Ben")
    drawer.top_up(ben, 2000)
    merge = work.write(duplicates.merge, ann, ben, at=MORNING)[0]
    drawer.pay(ann, 1500)
    dialog = open_apart(desk, room, ann, merge.merge_id)
    assert dialog is not None
    assert not dialog.corrections.isVisible()
    assert dialog.title_of_purses.text() == "1 correction of stored value and cards will be written"
    assert dialog.purse_list.text() == (
        "Ann used ¥15.00 (Stored value, paid in) of Ben: Ben gets it back, Ann owes it."
    )
