"""Two customers complain: one is put right with points, the other by taking the goods back. By keys alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.domain.complaints import ComplaintState
from app.domain.remedies import RemedyKind
from app.services import backup, complaints, customers, loyalty, sales, till
from app.services.customers import CustomerDraft
from app.views.complaints.case import CaseDialog
from app.views.complaints.entry import EntryDialog
from app.views.complaints.moving import MoveDialog
from app.views.complaints.remedy_dialog import RemedyDialog
from app.views.shared.desk import OpenComplaint
from app.views.till.return_dialog import ReturnDialog
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on, is_shown

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
ANN, BO = 1, 2


@pytest.fixture
def journey_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


@pytest.fixture
def hands(qtbot: QtBot, qapp: QApplication, tmp_path: Path, journey_clock: FixedClock) -> Iterator[Hands]:
    """The real window on a shop where one of two customers has just bought something."""
    path = tmp_path / "茶.shop"
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=journey_clock)
    shop, at = open_shop(path, clock=journey_clock), journey_clock()
    for name in ("Ann Shen", "Bo Feng"):
        shop.work.write(customers.add, CustomerDraft(name=name), at=at)
    ticket = till.Ticket(BO, (till.TicketLine(None, 1000, 1_280_000),))
    shop.work.write(till.sell, ticket, operation_id="sale", at=at)
    shop.close()
    with hands_on(qtbot, qapp, path, journey_clock, "en") as ready:
        yield ready


def test_one_is_put_right_with_points_the_other_by_a_refund(hands: Hands, journey_clock: FixedClock) -> None:
    first = logs(hands, "ann", "2", "The clerk shouted")
    second = logs(hands, "bo", "1", "The pot leaks")
    gives_points(hands, first)
    refunds(hands, second)
    told = [hands.session.gateway.read(complaints.case, key, journey_clock()) for key in (first, second)]
    assert [[row.kind for row in case.remedies] for case in told] == [[RemedyKind.POINTS], [RemedyKind.REFUND]]
    assert [case.cost for case in told] == [200, 12800]
    assert [case.card.state for case in told] == [ComplaintState.RESOLVED, ComplaintState.OPEN]
    assert hands.session.gateway.read(loyalty.balance, ANN) == 200
    assert hands.session.gateway.read(sales.day_sales, journey_clock().date()) is not None
    assert hands.session.gateway.read(backup.check, journey_clock().date()).ok


def logs(hands: Hands, who: str, what: str, words: str) -> int:
    """F8, who, what, how bad, the words; the id of the case."""
    hands.window.go("today")
    number = hands.session.gateway.read(complaints.next_number)
    hands.key(Qt.Key.Key_F8)
    entry = hands.dialog(EntryDialog)
    hands.until(lambda: entry.form.who.isAncestorOf(QApplication.focusWidget() or hands.window))
    hands.write(who)
    hands.key(ENTER)
    hands.write(what)
    hands.write("2")
    hands.write(words)
    hands.key(ENTER, CONTROL)
    hands.closed(entry)
    return number


def opened(hands: Hands, key: int) -> CaseDialog:
    hands.session.desk.ask(OpenComplaint(key))
    page: CaseDialog = hands.dialog(CaseDialog)
    return page


def gives_points(hands: Hands, key: int) -> None:
    """200 points from the page of the case, which is solved then."""
    page = opened(hands, key)
    hands.key(Qt.Key.Key_R, ALT)
    dialog = hands.dialog(RemedyDialog)
    hands.write("4")
    hands.until(lambda: dialog.points.hasFocus())
    hands.write("200")
    hands.key(ENTER, CONTROL)
    hands.until(lambda: not is_shown(dialog) and QApplication.activeWindow() is page)
    hands.key(ENTER, CONTROL)
    move = hands.dialog(MoveDialog)
    hands.key(ENTER, CONTROL)
    hands.closed(move)


def refunds(hands: Hands, key: int) -> None:
    """The goods come back over the page of the case; the return is the remedy."""
    page = opened(hands, key)
    hands.key(Qt.Key.Key_R, ALT)
    dialog = hands.dialog(RemedyDialog)
    hands.write("1")
    hands.key(Qt.Key.Key_F9)
    back = hands.dialog(ReturnDialog)
    hands.key(ENTER)
    hands.until(back.take.lines.hasFocus)
    hands.write("+")
    hands.key(ENTER, CONTROL)
    hands.until(lambda: not is_shown(back) and QApplication.activeWindow() is dialog)
    assert dialog.cost.value() == 12800
    hands.key(ENTER, CONTROL)
    hands.until(lambda: not is_shown(dialog) and QApplication.activeWindow() is page)
    hands.key(Qt.Key.Key_Escape)
    hands.closed(page)
