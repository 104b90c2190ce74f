"""The page of points owed: figures, months and people, as of any day, by keyboard."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import loyalty
from app.views.members.points_screen import PointsScreen
from app.views.shared.desk import Desk, OpenCustomer, OpenPlace, ShowCustomers
from app.views.shared.gateway import Gateway

TODAY = date(2026, 11, 23)


@pytest.fixture
def screen(qtbot: QtBot, sample_shop: Shop) -> Iterator[PointsScreen]:
    gateway = Gateway(sample_shop.work)
    made = PointsScreen(Desk(gateway, sample_shop.clock))
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    qtbot.waitUntil(lambda: made.owed is not None and bool(made.ending))
    yield made
    gateway.close()


def test_what_is_owed_stands_in_figures_months_and_bars(screen: PointsScreen) -> None:
    owed = screen.gateway.read(loyalty.outstanding, TODAY)
    assert screen.usable.figure.text() == f"{owed.usable:,}"
    assert screen.usable.counts.text() == f"worth ¥{owed.value / 100:,.2f}"
    assert screen.pending.figure.text() == "0"
    assert [screen.months.index(row, 1).data() for row in range(screen.months.rowCount())] == [
        f"{points:,}" for _, points in owed.by_month
    ]
    assert [height for _, _, height in screen.chart.values()] == [points for _, points in owed.by_month]
    assert screen.months.index(0, 0).data() == "November 2026"


def test_another_day_shows_what_was_owed_then(qtbot: QtBot, screen: PointsScreen) -> None:
    then = screen.gateway.read(loyalty.outstanding, date(2026, 3, 1))
    screen.as_of.setFocus()
    screen.as_of.selectAll()
    QTest.keyClicks(screen.as_of, "2026-03-01")
    qtbot.waitUntil(lambda: screen.usable.figure.text() == f"{then.usable:,}")


def test_whose_points_end_soon_are_listed_opened_and_shown_as_customers(qtbot: QtBot, screen: PointsScreen) -> None:
    ending = screen.gateway.read(loyalty.expiring, TODAY, date(2026, 12, 23))
    assert screen.soon.figure.text() == f"{sum(each.points for each in ending):,}"
    assert screen.people.rowCount() == len(ending)
    screen.table.setFocus()
    screen.table.choice.choose_place(0)
    with qtbot.waitSignal(screen.desk.asked) as heard:
        QTest.keyClick(screen.table, Qt.Key.Key_Return)
    assert heard.args == [OpenCustomer(ending[0].customer_id)]
    with qtbot.waitSignal(screen.desk.asked) as heard:
        QTest.keyClick(screen.table, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert heard.args == [ShowCustomers("Points end within 30 days", tuple(each.customer_id for each in ending))]
    with qtbot.waitSignal(screen.desk.asked) as heard:
        QTest.keyClick(screen.table, Qt.Key.Key_Escape)
    assert heard.args == [OpenPlace("members")]
