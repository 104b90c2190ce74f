"""Copies on screen: made, looked into, brought back in three clicks; the check and what it mends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import backup
from app.services.customers import CustomerDraft, add
from app.storage.engine import connect
from app.views.settings.safety_page import SafetyPage
from app.views.settings.screen import SettingsScreen
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.labels import PlainLabel
from tests.conftest import FixedClock


@pytest.fixture
def desk(qapp: object, sample_shop: Shop) -> Iterator[Desk]:
    gateway = Gateway(sample_shop.work)
    yield Desk(gateway, sample_shop.clock)
    gateway.close()


@pytest.fixture
def page(desk: Desk) -> Iterator[SafetyPage]:
    screen = SettingsScreen(desk)
    screen.resize(1180, 640)
    screen.show()
    shown = screen.show_page("safety")
    assert isinstance(shown, SafetyPage)
    yield shown
    screen.close()
    screen.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def click_row(page: SafetyPage, row: int) -> None:
    spot = page.table.visualRect(page.table.model().index(row, 1)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def customers(desk: Desk) -> int:
    return desk.gateway.read(backup.contents).counts["customers"]


def test_a_copy_is_made_by_a_click_and_stands_in_the_list(qtbot: QtBot, page: SafetyPage, desk: Desk) -> None:
    assert (page.table.isVisible(), page.restore.isEnabled()) == (False, False)
    with qtbot.waitSignal(desk.told) as heard:
        QTest.mouseClick(page.now, Qt.MouseButton.LeftButton)
    copy = desk.gateway.copies[0]
    assert copy.path.name in heard.args[0]
    cells = [page.rows.index(0, column).data() for column in range(5)]
    assert cells[:2] == ["Today 10:00", "By hand"]
    assert [cell.replace(",", "") for cell in cells[3:]] == ["400", str(copy.manifest.counts["sales"])]
    assert page.table.isVisible()


def test_three_clicks_bring_a_copy_back_and_three_more_take_that_back(
    qtbot: QtBot, page: SafetyPage, desk: Desk, clock: FixedClock
) -> None:
    with qtbot.waitSignal(desk.told):
        QTest.mouseClick(page.now, Qt.MouseButton.LeftButton)
    clock.forward(minutes=5)
    desk.gateway.write(add, CustomerDraft(name="Late Comer"), at=clock())
    assert customers(desk) == 401

    click_row(page, 0)
    QTest.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    assert page.dialog is not None
    with qtbot.waitSignal(desk.told):
        QTest.mouseClick(page.dialog.primary, Qt.MouseButton.LeftButton)
    assert customers(desk) == 400
    assert desk.gateway.undoable is None

    qtbot.waitUntil(lambda: page.rows.rowCount() == 2)
    assert page.rows.index(0, 1).data() == "Before a restore"
    click_row(page, 0)
    QTest.mouseClick(page.restore, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(desk.told):
        QTest.mouseClick(page.dialog.primary, Qt.MouseButton.LeftButton)
    assert customers(desk) == 401
    qtbot.waitUntil(page.check_now.isEnabled)


def test_the_dialog_shows_what_is_and_what_would_be(qtbot: QtBot, page: SafetyPage, desk: Desk) -> None:
    with qtbot.waitSignal(desk.told):
        QTest.mouseClick(page.now, Qt.MouseButton.LeftButton)
    desk.gateway.write(add, CustomerDraft(name="Late Comer"), at=desk.now())
    click_row(page, 0)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.dialog is not None
    grid = page.dialog.compared._grid
    row = [grid.itemAtPosition(1, column).widget().text() for column in range(3)]  # type: ignore[union-attr]
    assert row == ["Customers", "401", "400"]
    page.dialog.reject()
    assert customers(desk) == 401


def test_a_copy_from_anywhere_is_verified_first(
    qtbot: QtBot, page: SafetyPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(drive))
    with qtbot.waitSignal(desk.told):
        QTest.mouseClick(page.elsewhere, Qt.MouseButton.LeftButton)
    (copy,) = drive.glob("*.shop")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copy), ""))
    QTest.mouseClick(page.other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.dialog is not None)
    assert page.dialog is not None
    page.dialog.reject()

    damaged = copy.read_bytes()
    copy.write_bytes(damaged[:50_000] + b"\xa5" * 100 + damaged[50_100:])
    with qtbot.waitSignal(desk.gateway.troubled) as heard:
        QTest.mouseClick(page.other, Qt.MouseButton.LeftButton)
    assert heard.args[0].code == "copy_damaged"


def test_the_check_says_that_all_is_well(qtbot: QtBot, page: SafetyPage) -> None:
    QTest.mouseClick(page.check_now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "400 customers" in said(page))
    assert not page.mend.isVisible()


def test_what_can_be_put_right_is_put_right_by_a_click(qtbot: QtBot, page: SafetyPage, desk: Desk) -> None:
    connection = connect(desk.gateway.path)
    connection.execute("UPDATE customer_figures SET net = net + 1 WHERE customer_id = 7")
    connection.close()
    QTest.mouseClick(page.check_now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.mend.isVisible)
    assert "out of date: 1 (7)" in said(page)
    QTest.mouseClick(page.mend, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in order" in said(page))
    assert not page.mend.isVisible()


def said(page: SafetyPage) -> str:
    shown = [page.findings.itemAt(at).widget() for at in range(page.findings.count())]  # type: ignore[union-attr]
    labels = [label for box in shown if box for label in (*box.findChildren(PlainLabel), box)]
    return " ".join(label.text() for label in labels if isinstance(label, PlainLabel))
