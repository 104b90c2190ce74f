"""Cards and coupons in the window of the till: offered, used by a tap or by typing, sold, all by keys."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.rewards.kinds import PlanKind
from app.services import rewards, till
from app.services.rewards import KindDraft, PlanDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.till.card_sale import CardSaleDialog
from app.views.till.screen import TillScreen
from tests.till.counter import Counter

CONTROL = Qt.KeyboardModifier.ControlModifier


class Window:
    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self.desk, self.counter = desk, Counter(work)
        self.counter.article("Tea", 30_0000, code="T1", category="Tea")
        self.ann = self.counter.person("Ann")
        self.plan, _ = work.write(
            rewards.add_plan, PlanDraft(PlanKind.VISITS, "Ten teas", 25000, units=10, category="Tea")
        )
        kind, _ = work.write(rewards.add_kind, KindDraft("Five off", amount=500))
        self.code, _ = work.write(rewards.issue, kind, self.ann, operation_id="coupon", at=self.counter.now)
        self.screen = TillScreen(desk)

    def scan(self, typed: str) -> None:
        QTest.keyClicks(self.screen.scan, typed)
        QTest.keyClick(self.screen.scan, Qt.Key.Key_Return)

    def trigger(self, name: str) -> None:
        action = self.screen.findChild(QAction, name)
        assert action is not None
        action.trigger()

    def chips(self) -> list[tuple[str, bool]]:
        return [(chip.view.words, chip.isChecked()) for chip in self.screen.holdings.chips.chips()]

    def charge(self) -> None:
        QTest.keyClick(self.screen.scan, Qt.Key.Key_Return, CONTROL)

    def held(self) -> rewards.Held:
        return self.desk.gateway.read(rewards.held, self.ann, self.counter.day)

    def card_dialog(self) -> Any:
        self.trigger("till.card")
        return self.screen.window().findChildren(CardSaleDialog)[-1]


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> Iterator[Window]:
    made = Window(desk, work)
    qtbot.addWidget(made.screen)
    made.screen.resize(1190, 720)
    made.screen.show()
    made.screen.refresh()
    made.screen.sell_to(made.ann)
    yield made


def test_a_card_is_sold_and_then_pays_by_one_key(window: Window) -> None:
    dialog = window.card_dialog()
    QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert window.screen.sums.total.text() == "¥250.00"
    assert window.chips() == [("Ten teas ¥250", True)]
    window.charge()
    assert [card.left for card in window.held().cards] == [10]
    window.screen.sell_to(window.ann)
    window.scan("T1")
    assert window.chips() == [("Five off −¥5", False), ("Ten teas: use 1 · 10 visits left", False)]
    window.trigger("till.held")
    QTest.keyClick(window.screen.holdings.chips.chips()[0], Qt.Key.Key_2)
    assert window.screen.sums.total.text() == "¥0.00"
    assert [line.amount for line in window.screen.lines.lines.rows] == ["¥30.00"]
    window.screen._rest()
    window.charge()
    assert [card.left for card in window.held().cards] == [9]
    assert window.desk.gateway.undo()
    assert [card.left for card in window.held().cards] == [10]


def test_a_coupon_is_used_by_a_tap_or_by_its_code_and_refused_in_words(qtbot: QtBot, window: Window) -> None:
    window.scan("T1")
    window.screen.holdings.chips.chips()[0].click()
    assert (window.screen.basket.coupons, window.screen.sums.total.text()) == ((window.code,), "¥25.00")
    window.screen.holdings.chips.chips()[0].click()
    assert (window.screen.basket.coupons, window.screen.sums.total.text()) == ((), "¥30.00")
    window.scan(window.code.lower())
    assert window.chips() == [("Five off −¥5", True)]
    window.charge()
    assert window.held().coupons == ()
    window.scan("T1")
    with qtbot.waitSignal(window.desk.told) as told:
        window.scan(window.code)
    assert "used on 2026-11-23" in told.args[0]
    assert window.screen.basket.coupons == ()


def test_stored_value_is_topped_up_and_pays(window: Window) -> None:
    dialog = window.card_dialog()
    dialog.form.field("card").choose_digit(2)
    dialog.form.field("amount").setText("100")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    window.charge()
    assert window.held().stored.total == 10000
    window.screen.sell_to(window.ann)
    window.scan("T1")
    assert window.screen.holdings.stored.text().startswith("Stored value ¥100")
    codes = [row.code for row in window.screen.payment.known]
    window.screen.payment.choose(codes.index("stored") + 1)
    window.charge()
    assert window.held().stored.total == 7000


def test_a_card_is_sold_to_somebody(qtbot: QtBot, window: Window) -> None:
    window.screen.basket.customer_id = None
    window.screen.show_bill()
    with qtbot.waitSignal(window.desk.told) as told:
        window.trigger("till.card")
    assert told.args == ["Choose the customer first: a card belongs to somebody"]
    assert window.screen.basket.ticket() == till.Ticket(None, payment=window.screen.basket.payment)
