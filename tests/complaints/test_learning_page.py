"""The page of what complaints teach: the charts show what logging and solving did; each bar opens its cases."""

from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services import complaints
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.learning import LearningPage
from app.views.complaints.learning_charts import OfCases
from app.views.complaints.screen import ComplaintsScreen
from app.views.shared.chart_card import ChartCard
from app.views.shared.desk import Desk, OpenComplaint, Request
from tests.complaints.conftest import Place, Press, Speak
from tests.complaints.story import CLOSED, NOW, OPEN, RESOLVED, bill, complain, move, person

WORDS = {
    "en": ("(Goods)", "(Waiting)", "1 case", "Only 2 cases in these days"),
    "zh_CN": ("（商品质量）", "（等候）", "1 件", "这段时间只有 2 件投诉"),
}


def learn(qtbot: QtBot, screen: ComplaintsScreen, press: Press) -> LearningPage:
    press("Ctrl+J")
    page = screen.learning
    assert page is not None
    qtbot.waitUntil(lambda: page.settled and bool(page.ranked.marks()), timeout=20_000)
    return page


def bars(chart: ChartCard) -> list[tuple[str, float]]:
    return [(label, value) for label, _, value in chart.values()]


@pytest.mark.parametrize("language", WORDS)
def test_a_journey_of_logging_and_solving_is_seen_in_the_charts(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, place: Place, press: Press, speak: Speak, language: str
) -> None:
    speak(language)
    goods, waiting, one_case, few = WORDS[language]
    ann = person(work, "Ann")
    for number in range(20):
        bill(work, f"b{number}", NOW - timedelta(days=1), customer_id=ann)
    first = complain(work, NOW - timedelta(hours=3), customer_id=ann)
    screen = place()
    page = learn(qtbot, screen, press)
    assert bars(page.ranked) == [(goods, 1.0)]
    assert page.tiles.per.figure.text() == "5.0"
    assert page.tiles.per.counts.text() == "1 / 20"
    assert page.months.values()[-1][2] == 5.0

    move(work, first, RESOLVED, NOW - timedelta(hours=3) + timedelta(minutes=10), remedy="Tea")
    move(work, first, CLOSED, NOW, satisfaction=5)
    second = complain(work, NOW, category="wait")
    page.refresh()
    qtbot.waitUntil(lambda: page.settled, timeout=20_000)
    assert bars(page.ranked) == [(goods, 1.0), (waiting, 1.0)]
    assert page.tiles.spot.figure.text() == "50%"
    assert page.tiles.spot.counts.text().startswith("1 / 2")
    assert page.findings.said()[0].startswith(few)
    assert page.payback.marks() == [], "no rhythm is known yet"

    asked: list[Request] = []
    desk.asked.connect(asked.append)
    page.ranked.surface.setFocus()
    press("Down", "Return")
    assert page.cases.caption.text() == one_case
    assert [card.id for card in page.cases.rows.rows] == [second]
    press("Return")
    assert asked == [OpenComplaint(second)]


def test_a_click_on_a_tile_lists_what_is_not_as_it_should_be(
    qtbot: QtBot, work: UnitOfWork, place: Place, press: Press
) -> None:
    bad, good = complain(work, NOW), complain(work, NOW - timedelta(hours=1))
    move(work, good, RESOLVED, NOW, remedy="Tea")
    page = learn(qtbot, place(), press)
    qtbot.mouseClick(page.tiles.spot, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert {card.id for card in page.cases.rows.rows} == {bad, good}
    assert page.cases.title.text() == "Not solved on the spot"


def test_the_bars_are_told_apart_by_what_is_chosen_and_read_as_a_table(
    qtbot: QtBot, work: UnitOfWork, place: Place, press: Press
) -> None:
    complain(work, NOW, channel="call")
    complain(work, NOW, channel="visit")
    complain(work, NOW, channel="visit")
    page = learn(qtbot, place(), press)
    page.by.setFocus()
    press(*["Down"] * list(complaints.By).index(complaints.By.CHANNEL))
    assert page.chosen_by is complaints.By.CHANNEL
    assert bars(page.ranked) == [("in the shop", 2.0), ("by phone", 1.0)]
    page.ranked.numbers_act.trigger()
    model = page.ranked.table.model()
    assert [model.index(row, 1).data() for row in range(2)] == ["2 · 67%", "1 · 100%"]


def test_no_case_out_of_sight_is_acted_on(qtbot: QtBot, work: UnitOfWork, place: Place, press: Press) -> None:
    key = complain(work, NOW)
    screen = place()
    learn(qtbot, screen, press)
    press("Ctrl+Right", "A", "C")
    assert screen.chosen() is None
    assert work.read(complaints.case, key, NOW).card.state is OPEN
    press("Ctrl+J", "Ctrl+Right")
    assert screen.asking is not None and screen.asking.isVisible()


def test_an_empty_shop_is_told_what_will_be_here(qtbot: QtBot, place: Place, press: Press, window: QWidget) -> None:
    screen = place()
    press("Ctrl+J")
    page = screen.learning
    assert page is not None
    qtbot.waitUntil(lambda: page.settled, timeout=20_000)
    assert page.empty.isVisible()
    press("Ctrl+J")
    assert screen.empty.isVisible()


def test_a_redraw_is_not_felt(qtbot: QtBot, work: UnitOfWork, place: Place, press: Press) -> None:
    for category in ("product", "service", "price", "delivery", "wait", "place", "other"):
        complain(work, NOW, category=category)
    page = learn(qtbot, place(), press)
    page.ranked.relook()
    took = []
    for _ in range(5):
        began = perf_counter()
        page.ranked.relook()
        took.append(perf_counter() - began)
    assert min(took) < 0.1
    assert len({mark.key for mark in page.ranked.marks() if isinstance(mark.key, OfCases)}) == 7
