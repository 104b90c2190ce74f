"""A regular at the counter: buys with points and gets a slip, brings half back, the day is closed. By keys alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.services import customers, loyalty, products, till
from app.services.customers import CustomerDraft
from app.services.products import ProductDraft
from app.views.shared.paper import write_pdf
from app.views.till.closing_dialog import ClosingDialog
from app.views.till.return_dialog import ReturnDialog
from app.views.till.screen import TillScreen
from app.views.till.slip_dialog import SlipDialog
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on, is_shown

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
MOST_KEYS = 40
"""For a whole sale with points and change: ten seconds of a practised hand, at four keys a second."""


@pytest.fixture
def journey_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@pytest.fixture(params=("zh_CN", "en"))
def hands(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path, journey_clock: FixedClock
) -> Iterator[Hands]:
    """The real window on a shop with two articles and a regular who holds 2,000 points."""
    path = tmp_path / "茶.shop"
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=journey_clock)
    shop, at = open_shop(path, clock=journey_clock), journey_clock()
    shop.work.write(products.add, ProductDraft(name="Phoenix Dancong", price=168_0000, code="T1", unit="50 g"))
    shop.work.write(products.add, ProductDraft(name="White gaiwan", price=76_0000, code="W1"))
    regular, _ = shop.work.write(customers.add, CustomerDraft(name="Joanna Shen"), at=at)
    shop.work.write(loyalty.adjust, regular, 2000, "moved over", operation_id="moved", at=at)
    shop.close()
    with hands_on(qtbot, qapp, path, journey_clock, request.param) as ready:
        yield ready


class Counted:
    """Counts the keys that are pressed."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.keys = hands, 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.keys += 1
        self.hands.key(key, modifiers)

    def write(self, words: str) -> None:
        self.keys += len(words)
        self.hands.write(words)


def test_a_regular_buys_with_points_gets_a_slip_and_brings_half_back(hands: Hands, tmp_path: Path) -> None:
    screen = at_the_till(hands)
    used = buys(hands, screen)
    assert used <= MOST_KEYS
    last_slip(hands, tmp_path / "sale.pdf")
    brings_back(hands)
    last_slip(hands, tmp_path / "return.pdf")
    closes(hands)


def at_the_till(hands: Hands) -> TillScreen:
    hands.key(Qt.Key.Key_5, CONTROL)
    screen: TillScreen = hands.screen(TillScreen)
    hands.until(screen.scan.hasFocus)
    return screen


def buys(hands: Hands, screen: TillScreen) -> int:
    """F4 and a name, two articles, 700 points, cash for the rest; how many keys that took."""
    counted = Counted(hands)
    counted.key(Qt.Key.Key_F4)
    counted.write("joanna")
    counted.key(ENTER)
    counted.write("2*T1")
    counted.key(ENTER)
    counted.write("W1")
    counted.key(ENTER)
    counted.key(Qt.Key.Key_F6)
    counted.write("700")
    counted.key(ENTER)
    assert screen.sums.total.text() == "¥405.00"
    counted.key(Qt.Key.Key_3, ALT)
    counted.write("410")
    assert screen.payment.change.text().endswith("¥5.00")
    counted.key(ENTER, CONTROL)
    assert screen.basket.empty
    assert balance(hands) == 2000 - 700 + 405
    return counted.keys


def last_slip(hands: Hands, file: Path) -> None:
    """F11, and the page it shows is what a PDF would be."""
    hands.key(Qt.Key.Key_F11)
    dialog = hands.dialog(SlipDialog)
    write_pdf(dialog.sheets(), file)
    assert file.stat().st_size > 1000
    hands.key(Qt.Key.Key_Escape)
    hands.closed(dialog)


def brings_back(hands: Hands) -> None:
    """One of two packets: a share of the points both ways, and the money they were not."""
    hands.key(Qt.Key.Key_F9)
    dialog = hands.dialog(ReturnDialog)
    hands.key(ENTER)
    hands.until(dialog.take.lines.hasFocus)
    hands.write("+")
    # 168 of 412: 700 points paid 7.00, of which 2.85 fall on one packet; 405 points earned, 239 for what is kept.
    assert dialog.take.total.text() == "¥165.15"
    assert (dialog.take.taken.amount.text(), dialog.take.given.amount.text()) == ("−166", "+286")
    hands.key(ENTER, CONTROL)
    hands.closed(dialog)
    assert balance(hands) == 1705 - 166 + 286


def closes(hands: Hands) -> None:
    """The drawer holds what cash came in, less what went back."""
    hands.key(Qt.Key.Key_E, CONTROL)
    dialog = hands.dialog(ClosingDialog)
    hands.write("239.85")
    hands.key(ENTER, CONTROL)
    slip = hands.dialog(SlipDialog)
    hands.key(Qt.Key.Key_Escape)
    hands.closed(slip)
    kept: Any = hands.session.gateway.read(till.closes)
    assert [(row.taken, row.difference) for row in kept] == [(23985, 0)]
    assert not is_shown(dialog)


def balance(hands: Hands) -> int:
    """Of the only customer."""
    return hands.session.gateway.read(loyalty.balance, 1)
