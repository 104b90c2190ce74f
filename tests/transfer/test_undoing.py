"""Ctrl+Z after an import: at once where nothing was used, else with the list of what stays first."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import customers
from app.services.transfer import IMPORTS, Kind, inspect_file
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.shared.translator import interpreter
from app.views.shell.window import Window
from app.views.transfer.imports import ImportsDialog
from tests.transfer.bringing import NOW, asked, written


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk) -> Window:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = Window(desk, interpreter(app))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.go("today")
    return window


def brought(desk: Desk, tmp_path: Path) -> None:
    plan = inspect_file(written(tmp_path, "会员号,姓名\nV1,王伟\nV2,李娜"), Kind.CUSTOMERS)
    desk.gateway.write(IMPORTS[Kind.CUSTOMERS], plan, at=NOW, said="Brought in")


def test_what_nobody_used_goes_at_once(
    qtbot: QtBot, desk: Desk, work: UnitOfWork, shell: Window, tmp_path: Path
) -> None:
    brought(desk, tmp_path)
    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: asked(work, "SELECT count(*) FROM customers") == [(0,)], timeout=10_000)
    assert shell.findChildren(ImportsDialog) == []
    assert desk.gateway.undoable is None


def test_what_was_used_since_is_listed_first(
    qtbot: QtBot, desk: Desk, work: UnitOfWork, shell: Window, tmp_path: Path
) -> None:
    brought(desk, tmp_path)
    work.write(customers.confirm_field, 1, "phone", on=NOW.date())  # by another window: no step of this one
    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shell.findChildren(ImportsDialog)), timeout=10_000)
    (dialog,) = shell.findChildren(ImportsDialog)
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=10_000)
    assert [kept.title for kept in dialog.staying.rows] == ["王伟"]
    assert asked(work, "SELECT count(*) FROM customers") == [(2,)]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: asked(work, "SELECT name FROM customers") == [("王伟",)], timeout=10_000)
    qtbot.waitUntil(lambda: desk.gateway.undoable is None, timeout=10_000)
