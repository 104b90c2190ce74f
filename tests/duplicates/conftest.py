"""A window to show what this feature shows in, and a hand that works for less than the owner."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop, unit_of_work
from app.domain.staff import Actor, Role
from app.views.shared.desk import Desk
from app.views.shared.dialogs import forget_drafts
from app.views.shared.gateway import Gateway
from app.views.shared.layouts import row
from tests.conftest import FixedClock


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    forget_drafts()
    made = QWidget()
    made.setLayout(row(gap=0))
    made.resize(1190, 720)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    forget_drafts()


@pytest.fixture
def asked(desk: Desk) -> list[Any]:
    """What was asked of the shell."""
    heard: list[Any] = []
    desk.asked.connect(heard.append)
    return heard


@pytest.fixture
def clerk_desk(qapp: QApplication, shop: Shop, clock: FixedClock) -> Iterator[Desk]:
    """The same shop with a clerk at the keyboard."""
    engine = shop.work.engine
    door = Gateway(unit_of_work(shop.path, engine, clock, Actor(1, Role.CLERK)))
    yield Desk(door, clock)
    door.close()
