"""A counter on a new shop, and the till in front of it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.till.screen import TillScreen
from tests.till.counter import Counter


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, counter: Counter) -> Iterator[TillScreen]:
    """The till with two articles on the shelf, shown and in front."""
    counter.article("Phoenix Dancong", 168_0000, code="T1", barcode="6901234567892", category="Tea", unit="50 g")
    counter.article("White gaiwan", 76_0000, code="W1", category="Ware", unit="each")
    made = TillScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 649)
    made.show()
    made.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitExposed(made)
    made.activateWindow()
    made.scan.setFocus()
    qtbot.waitUntil(lambda: made.scan.hasFocus())
    yield made
