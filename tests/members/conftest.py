"""The members page over a small shop, and speaking the other language and back again."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.storage.unit_of_work import UnitOfWork
from app.views.members.screen import MembersScreen
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.translator import interpreter
from tests.till.counter import Counter


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Any]:
    speaker = interpreter(qapp)

    def wear(language: str) -> None:
        look.apply(qapp, language=language)
        speaker.speak(language)
        qapp.processEvents()

    yield wear
    wear("en")


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, counter: Counter) -> Iterator[MembersScreen]:
    """Two VIPs, one ordinary customer, and the page in front."""
    for name, units in (("Ann", 6100), ("Ben", 7000), ("Cem", 40)):
        counter.buy(counter.person(name), units)
    made = MembersScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 649)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: "outstanding" in made.context.text())
    yield made
