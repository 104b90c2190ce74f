"""Two customers complain: the desk takes the goods of one back, who agrees; the owner gives the other points.

Three days later the owner asks both again, and neither is content. By keys alone; each has a window of their own, and
the charts of what complaints teach, which are the owner's, follow what both did.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.bootstrap import found_shop, open_shop
from app.domain.complaints import ComplaintState
from app.domain.remedies import RemedyKind
from app.domain.staff import Actor, Role
from app.models.staff import Staff
from app.services import backup, complaints, customers, loyalty, till
from app.services.complaints import By, Case
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
OWNER = "owner"
FIONA = Actor(2, Role.CLERK)
OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
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
    with Session(opened.work.engine) as session:
        session.add(Staff(id=FIONA.staff_id, name="Fiona", role=FIONA.role))
        session.commit()
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
    shouted, leaks, causes, cost = WORDS[language]
    with hands_on(qtbot, qapp, shop, journey_clock, language, FIONA) as ready:
        desk = Desk(qtbot, ready.session)
        began = journey_clock()
        first = logs(desk, "ann", "2", shouted)
        second = logs(desk, "bo", "1", leaks)
        assert journey_clock() - began < timedelta(minutes=1)
        assert desk.pressed <= 2 * KEYS + len(shouted) + len(leaks)
        refunds(desk, second)
        agrees(desk, second)
        assert not desk.session.gateway.may(complaints.learned)
    with hands_on(qtbot, qapp, shop, journey_clock, language) as owner:
        page = learns(owner)
        assert sorted(bars(page.ranked)) == sorted((name, 1.0) for name in causes)
        assert (reopened(page), page.tiles.cost.figure.text()) == ("0 / 1", "¥128")
        gives_points(owner, first)
        told = cases(owner, first, second)
        assert [[row.kind for row in case.remedies] for case in told] == [[RemedyKind.POINTS], [RemedyKind.REFUND]]
        assert [case.cost for case in told] == [200, 12800]
        assert [case.card.state for case in told] == [RESOLVED, CLOSED]
        assert owner.session.gateway.read(loyalty.balance, ANN) == 200
        owner.until(lambda: page.settled and page.tiles.cost.figure.text() == "¥130")
        assert reopened(page) == "0 / 2"
        assert dict(bars_by(owner, page, By.COST_BY_KIND)) == cost
        asks_again(owner)
        told = cases(owner, first, second)
        assert [case.card.state for case in told] == [OPEN, OPEN]
        assert [case.card.satisfaction for case in told] == [1, 2]
        assert [[(e.state, e.staff) for e in case.events] for case in told] == [
            [(OPEN, "Fiona"), (RESOLVED, OWNER), (OPEN, OWNER)],
            [(OPEN, "Fiona"), (RESOLVED, "Fiona"), (CLOSED, "Fiona"), (OPEN, OWNER)],
        ]
        page = learns(owner)
        owner.until(lambda: reopened(page) == "2 / 2")
        assert owner.session.gateway.read(backup.check, journey_clock().date()).ok


def cases(hands: Hands, *keys: int) -> list[Case]:
    return [hands.session.gateway.read(complaints.case, key, hands.session.desk.now()) for key in keys]


def learns(hands: Hands) -> LearningPage:
    """The page of what complaints teach, once it has been worked out."""
    hands.window.go("complaints")
    screen = hands.screen(ComplaintsScreen)
    if not screen.learns:
        hands.key(Qt.Key.Key_J, CONTROL)
    page: LearningPage = hands.until(lambda: screen.learning)
    hands.until(lambda: page.settled and page.ranked.marks())
    return page


def reopened(page: LearningPage) -> str:
    """How many of how many, without the interval."""
    return page.tiles.reopened.counts.text().partition(" · ")[0]


def bars(chart: ChartCard) -> list[tuple[str, float]]:
    return [(label, value) for label, _, value in chart.values()]


def bars_by(hands: Hands, page: LearningPage, by: By) -> list[tuple[str, float]]:
    """What the bars show once they are told apart this way, chosen by keys."""
    page.by.setFocus()
    for _ in list(By)[: list(By).index(by)]:
        hands.key(Qt.Key.Key_Down)
    assert page.chosen_by is by
    return bars(page.ranked)


def agrees(hands: Hands, key: int) -> None:
    """Solved, and asked at once: the customer is content."""
    opened(hands, key)
    for answer in ("", "4"):
        hands.key(ENTER, CONTROL)
        move = hands.dialog(MoveDialog)
        if answer:
            hands.write(answer)
        else:
            hands.key(ENTER, CONTROL)
        hands.closed(move)
        if not answer:
            opened(hands, key)


def asks_again(hands: Hands) -> None:
    """Three days later, from the board: the one is very unhappy, and whoever had agreed is unhappy after all."""
    hands.session.desk.now.forward(days=3)  # type: ignore[attr-defined]
    screen = hands.screen(ComplaintsScreen)
    hands.key(Qt.Key.Key_J, CONTROL)
    for lane, answer in ((RESOLVED, "1"), (CLOSED, "2")):
        hands.until(lambda lane=lane: screen.active.lane is lane)  # type: ignore[misc]
        hands.key(Qt.Key.Key_C)
        move = hands.dialog(MoveDialog)
        hands.write(answer)
        hands.closed(move)
        hands.key(Qt.Key.Key_Right)


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
