"""The card is lost: refused with its reason, replaced, and the new one scans. By keys and a scanner alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.services import customers, loyalty, member_cards, products
from app.services.customers import CustomerDraft
from app.services.products import ProductDraft
from app.views.customers.screen import CustomersScreen
from app.views.member_cards.dialog import MemberCardDialog
from app.views.member_cards.lost_dialog import LostDialog
from app.views.till.screen import TillScreen
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on, is_shown

ENTER = Qt.Key.Key_Return
OLD, NEW = "M0000018", "M0000026"
REFUSED = {
    "en": f"Card {OLD} was reported lost on 23 Nov (left in a taxi). The new one is {NEW}.",
    "zh_CN": f"卡 {OLD} 已于11月23日挂失（left in a taxi）。新卡号是 {NEW}。",
}


@pytest.fixture(params=("zh_CN", "en"))
def language(request: pytest.FixtureRequest) -> str:
    said: str = request.param
    return said


@pytest.fixture
def hands(language: str, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hands]:
    """The real window on a shop with one regular, who was given a card yesterday."""
    clock, path = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)), tmp_path / "茶.shop"
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=clock)
    shop, yesterday = open_shop(path, clock=clock), clock() - timedelta(days=1)
    shop.work.write(products.add, ProductDraft(name="Phoenix Dancong", price=168_0000, code="T100"))
    regular, _ = shop.work.write(customers.add, CustomerDraft(name="Joanna Shen"), at=yesterday)
    assert shop.work.write(member_cards.issue, regular, at=yesterday)[0] == OLD
    shop.close()
    with hands_on(qtbot, qapp, path, clock, language) as ready:
        yield ready


def test_a_lost_card_is_refused_replaced_and_the_new_one_scans(hands: Hands, language: str) -> None:
    screen = at_the_till(hands)
    scan(hands, OLD)
    buys(hands, screen)
    reports_the_loss(hands)
    screen = at_the_till(hands)
    scan(hands, OLD)
    assert screen.basket.customer_id is None
    assert hands.window.toasts.words() == REFUSED[language]
    scan(hands, NEW)
    assert screen.basket.customer_id == 1


def at_the_till(hands: Hands) -> TillScreen:
    hands.key(Qt.Key.Key_5, CONTROL)
    screen: TillScreen = hands.screen(TillScreen)
    hands.until(screen.scan.hasFocus)
    return screen


def scan(hands: Hands, code: str) -> None:
    """What a scanner does: the letters of the code and Enter."""
    hands.write(code)
    hands.key(ENTER)


def buys(hands: Hands, screen: TillScreen) -> None:
    """The card was good: its holder buys one packet."""
    assert screen.basket.customer_id == 1
    scan(hands, "T100")
    hands.key(ENTER, CONTROL)
    hands.until(lambda: screen.basket.empty)
    assert hands.session.gateway.read(loyalty.balance, 1) == 168
    hands.key(Qt.Key.Key_Z, CONTROL)  # the sale, not what was typed before it
    hands.until(lambda: hands.session.gateway.read(loyalty.balance, 1) == 0)
    assert screen.scan.text() == ""
    hands.key(Qt.Key.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    hands.until(lambda: hands.session.gateway.read(loyalty.balance, 1) == 168)


def reports_the_loss(hands: Hands) -> None:
    """On the card of the regular, M shows the member card: from Print it is two steps back to Lost."""
    hands.key(Qt.Key.Key_2, CONTROL)
    screen = hands.screen(CustomersScreen)
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.write("joanna")
    hands.key(Qt.Key.Key_Down)
    hands.key(ENTER)
    hands.until(screen.customer_in_view)
    hands.key(Qt.Key.Key_M)
    dialog = hands.dialog(MemberCardDialog)
    assert dialog.held.number == OLD
    dialog.lost.setFocus()
    hands.key(Qt.Key.Key_Space)
    lost = hands.dialog(LostDialog)
    hands.key(Qt.Key.Key_A, CONTROL)
    hands.write("left in a taxi")
    hands.key(ENTER)
    hands.until(lambda: dialog.number.text() == NEW and not is_shown(lost))
    hands.until(lambda: QApplication.activeWindow() is dialog)
    hands.key(Qt.Key.Key_Escape)
    hands.closed(dialog)
