"""Two customers complain: one is put right with points, the other by taking the goods back; one is not content.

By keys alone; the charts of what complaints teach follow each step.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.domain.complaints import ComplaintState
from app.domain.remedies import RemedyKind
from app.services import backup, complaints, customers, loyalty, till
from app.services.complaints import By
from app.services.customers import CustomerDraft
from app.views.complaints.case import CaseDialog
from app.views.complaints.entry import EntryDialog
from app.views.complaints.learning import LearningPage
from app.views.complaints.moving import MoveDialog
from app.views.complaints.remedy_dialog import RemedyDialog
from app.views.complaints.screen import ComplaintsScreen
from app.views.shared.chart_card import ChartCard
from app.views.shared.desk import OpenComplaint
from app.views.till.return_dialog import ReturnDialog
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on, is_shown

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
ANN, BO = 1, 2
KEY, THOUGHT = 0.28, 1.35
"""Seconds of a key and of a decision: the keystroke-level model of Card, Moran and Newell, for an average typist."""
KEYS = 8
"""Of one complaint, beside its words: F8, up to three letters of who, Enter, what, how bad, and save."""


@pytest.fixture
def journey_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


class Desk(Hands):
    """Hands that take the time a person takes: every key moves the clock."""

    pressed = 0

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._tick(1)
        super().key(key, modifiers)

    def write(self, words: str) -> None:
        self._tick(len(words))
        super().write(words)

    def think(self) -> None:
        """Before each thing that is decided."""
        self.clock.forward(seconds=THOUGHT)

    def _tick(self, keys: int) -> None:
        self.pressed += keys
        self.clock.forward(seconds=keys * KEY)

    @property
    def clock(self) -> FixedClock:
        clock = self.session.desk.now
        assert isinstance(clock, FixedClock)
        return clock


@pytest.fixture
def shop(tmp_path: Path, journey_clock: FixedClock) -> Path:
    """Where one of two customers has just bought something."""
    path = tmp_path / "茶.shop"
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=journey_clock)
    opened, at = open_shop(path, clock=journey_clock), journey_clock()
    for name in ("Ann Shen", "Bo Feng"):
        opened.work.write(customers.add, CustomerDraft(name=name), at=at)
    ticket = till.Ticket(BO, (till.TicketLine(None, 1000, 1_280_000),))
    opened.work.write(till.sell, ticket, operation_id="sale", at=at)
    opened.close()
    return path


WORDS = {
    "en": ("The clerk shouted", "The pot leaks", ["(Service)", "(Goods)"], {"Refund": 12800.0, "Points": 200.0}),
    "zh_CN": ("店员凶我", "壶漏水", ["（服务态度）", "（商品质量）"], {"退款": 12800.0, "积分": 200.0}),
}


@pytest.mark.parametrize("language", WORDS)
def test_complaints_are_logged_put_right_asked_about_and_learned_from(
    qtbot: QtBot, qapp: QApplication, shop: Path, journey_clock: FixedClock, language: str
) -> None:
    with hands_on(qtbot, qapp, shop, journey_clock, language) as ready:
        hands = Desk(qtbot, ready.session)
        shouted, leaks, causes, cost = WORDS[language]
        began = journey_clock()
        first = logs(hands, "ann", "2", shouted)
        second = logs(hands, "bo", "1", leaks)
        assert journey_clock() - began < timedelta(minutes=1)
        assert hands.pressed <= 2 * KEYS + len(shouted) + len(leaks)
        page = learns(hands)
        assert sorted(bars(page.ranked)) == sorted((name, 1.0) for name in causes)
        assert bars_by(hands, page, By.COST_BY_KIND) == []
        assert (page.tiles.reopened.counts.text(), page.tiles.cost.figure.text()) == ("0 / 0", "¥0")
        gives_points(hands, first)
        refunds(hands, second)
        told = [hands.session.gateway.read(complaints.case, key, journey_clock()) for key in (first, second)]
        assert [[row.kind for row in case.remedies] for case in told] == [[RemedyKind.POINTS], [RemedyKind.REFUND]]
        assert [case.cost for case in told] == [200, 12800]
        assert [case.card.state for case in told] == [ComplaintState.RESOLVED, ComplaintState.OPEN]
        assert hands.session.gateway.read(loyalty.balance, ANN) == 200
        hands.until(lambda: dict(bars(page.ranked)) == cost)
        answers_low(hands, first)
        assert hands.session.gateway.read(complaints.case, first, journey_clock()).card.state is ComplaintState.OPEN
        page = learns(hands)
        hands.until(lambda: page.tiles.reopened.counts.text().startswith("1 / 1"))
        assert page.tiles.cost.figure.text() == "¥130"
        assert hands.session.gateway.read(backup.check, journey_clock().date()).ok


def learns(hands: Hands) -> LearningPage:
    """The page of what complaints teach, once it has been worked out."""
    hands.window.go("complaints")
    screen = hands.screen(ComplaintsScreen)
    if not screen.learns:
        hands.key(Qt.Key.Key_J, CONTROL)
    page: LearningPage = hands.until(lambda: screen.learning)
    hands.until(lambda: page.settled and page.ranked.marks())
    return page


def bars(chart: ChartCard) -> list[tuple[str, float]]:
    return [(label, value) for label, _, value in chart.values()]


def bars_by(hands: Hands, page: LearningPage, by: By) -> list[tuple[str, float]]:
    """What the bars show once they are told apart this way, chosen by keys."""
    page.by.setFocus()
    for _ in list(By)[: list(By).index(by)]:
        hands.key(Qt.Key.Key_Down)
    assert page.chosen_by is by
    return bars(page.ranked)


def answers_low(hands: Hands, key: int) -> None:
    """Three days later they are asked, and are unhappy still."""
    hands.session.desk.now.forward(days=3)  # type: ignore[attr-defined]
    page = opened(hands, key)
    hands.key(ENTER, CONTROL)
    move = hands.dialog(MoveDialog)
    hands.write("1")
    hands.until(lambda: not is_shown(move))
    if is_shown(page):
        hands.key(Qt.Key.Key_Escape)
        hands.closed(page)


def logs(hands: Desk, who: str, what: str, words: str) -> int:
    """F8, who, what, how bad, the words; the id of the case."""
    hands.window.go("today")
    number = hands.session.gateway.read(complaints.next_number)
    hands.think()
    hands.key(Qt.Key.Key_F8)
    entry = hands.dialog(EntryDialog)
    hands.until(lambda: entry.form.who.isAncestorOf(QApplication.focusWidget() or hands.window))
    hands.write(who)
    hands.key(ENTER)
    for said in (what, "2", words):
        hands.think()
        hands.write(said)
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
