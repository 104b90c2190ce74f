"""The rail: one place is chosen at a time, and every place can be reached however low the window is."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.settings import change
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shell.places import PLACES
from app.views.shell.rail import Rail
from tests.conftest import FixedClock


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    look.apply(qapp, scale=2.0)
    yield
    look.apply(qapp, scale=1.0)


def shown(rail: Rail, name: str) -> bool:
    """Whether the whole item lies inside the rail and inside what scrolls in it."""
    item = rail.items[name]
    return item.visibleRegion().boundingRect() == QRect(item.rect())


@pytest.mark.parametrize("narrow", [False, True])
def test_a_low_window_with_large_text_still_shows_the_chosen_place_and_the_foot(
    qtbot: QtBot, desk: Desk, large_text: None, narrow: bool
) -> None:
    rail = Rail(desk)
    qtbot.addWidget(rail)
    rail.set_narrow(narrow)
    assert rail.minimumSizeHint().height() <= 640
    rail.resize(rail.width(), 640)
    with qtbot.waitExposed(rail):
        rail.show()
    for place in PLACES:
        rail.choose(place.name)
        assert shown(rail, place.name), place.name
        assert shown(rail, "settings"), place.name


def test_only_one_place_is_chosen_also_across_the_foot(qtbot: QtBot, desk: Desk) -> None:
    rail = Rail(desk)
    qtbot.addWidget(rail)
    for name in ("insights", "settings", "today"):
        rail.choose(name)
        assert [item.name for item in rail.items.values() if item.isChecked()] == [name]


@pytest.mark.parametrize(("hour", "said"), [(1, "Open until 02:00"), (10, "Opens at 18:00"), (20, "Open until 02:00")])
def test_a_shop_that_closes_after_midnight_is_open_then(
    qtbot: QtBot, desk: Desk, clock: FixedClock, hour: int, said: str
) -> None:
    desk.gateway.write(change, {"week": ("18:00-02:00",) * 7})
    local = desk.now().astimezone(desk.zone)
    clock.forward(hours=(hour - local.hour) % 24)
    rail = Rail(desk)
    qtbot.addWidget(rail)
    assert rail.hours.text() == said
