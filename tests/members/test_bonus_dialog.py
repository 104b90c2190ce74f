"""Points for many, by keyboard: to whom, what it comes to, given as one act and taken back as one."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.domain.complaints import Severity
from app.domain.selling import AT_THE_COUNTER
from app.services import complaints, customers, loyalty
from app.services.customers import Only
from app.views.members.bonus_dialog import BonusDialog, open_bonus
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.held_back import HeldBackDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sample_desk(qtbot: QtBot, sample_shop: Shop) -> Iterator[Desk]:
    gateway = Gateway(sample_shop.work)
    yield Desk(gateway, sample_shop.clock)
    gateway.close()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made


def fill(dialog: BonusDialog, points: str, reason: str) -> None:
    for field, words in ((dialog.points, points), (dialog.reason, reason)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, words)


def vips(desk: Desk) -> list[int]:
    return desk.gateway.read(customers.ids_of_page, None, Only(tier_rank=2), 0, 1000)


def test_a_tier_gets_points_and_gives_them_back(qtbot: QtBot, window: QWidget, sample_desk: Desk) -> None:
    desk, read = sample_desk, sample_desk.gateway.read
    before_the_case = len(read(customers.audience, vips(desk), AT_THE_COUNTER).held)
    case = complaints.ComplaintDraft("service", Severity.MINOR, "Cold", customer_id=vips(desk)[0])
    desk.gateway.write(complaints.log, case, desk.now())
    meant = read(customers.audience, vips(desk), AT_THE_COUNTER)
    people, held = meant.may, len(meant.held)
    assert held == before_the_case + 1
    before = {one: read(loyalty.balance, one) for one in people}
    dialog = open_bonus(desk, window, rank=2)
    fill(dialog, "50", "anniversary")
    money = desk.money(50 * len(people), drop_zeros=True)
    assert dialog.foreseen.text() == f"{len(people)} customers · {50 * len(people):,} points in all, worth {money}"
    assert dialog.held.text() == f"{held} held back"
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return, CONTROL)
    assert {one: read(loyalty.balance, one) - before[one] for one in people} == dict.fromkeys(people, 50)
    assert desk.gateway.undoable == f"{len(people)} customers got 50 points each"
    assert desk.gateway.undo()
    assert {one: read(loyalty.balance, one) for one in people} == before


def test_a_list_of_people_is_meant_first_and_a_digit_takes_everyone(window: QWidget, sample_desk: Desk) -> None:
    dialog = open_bonus(sample_desk, window, ids=tuple(vips(sample_desk)[:3]))
    fill(dialog, "10", "")
    assert dialog.foreseen.text() == "3 customers · 30 points in all, worth ¥0.30"
    dialog.whom.setFocus()
    QTest.keyClick(dialog.whom.chips()[0], Qt.Key.Key_4)
    everyone, held = sample_desk.gateway.read(customers.count), sample_desk.gateway.read(customers.held_back)
    assert dialog.foreseen.text().startswith(f"{everyone - len(held)} customers")
    assert dialog.held.text() == f"{len(held)} held back"
    QTest.mouseClick(dialog.held, Qt.MouseButton.LeftButton)
    (listed,) = dialog.findChildren(HeldBackDialog)
    assert {one.name for one in listed.rows.rows} == {one.name for one in held}
    listed.reject()


def test_without_a_reason_nobody_gets_anything(window: QWidget, sample_desk: Desk) -> None:
    dialog: Any = open_bonus(sample_desk, window, rank=2)
    fill(dialog, "10", "")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return, CONTROL)
    assert dialog.form.errors() == {"reason": "Say why: it stays in the ledger"}
    assert sample_desk.gateway.undoable is None
