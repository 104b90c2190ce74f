"""The insight screen on the sample shop, its reads waited for."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.views.insights.screen import InsightsScreen
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.translator import interpreter
from tests.windows import let_go

Speak = Callable[[str], None]


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    """Put a language in force; English again afterwards."""
    speaker = interpreter(qapp)

    def in_language(language: str) -> None:
        look.apply(qapp, theme=look.Theme.LIGHT, scale=1.0, language=language)
        speaker.speak(language)

    in_language("en")
    yield in_language
    in_language("en")


@pytest.fixture
def sample_desk(qapp: QApplication, sample_shop: Shop) -> Iterator[Desk]:
    door = Gateway(sample_shop.work)
    yield Desk(door, sample_shop.clock)
    door.close()


@pytest.fixture
def screen(qtbot: QtBot, sample_desk: Desk, speak: Speak) -> Iterator[InsightsScreen]:
    """As it is when everything asked for has come."""
    made = InsightsScreen(sample_desk)
    made.resize(1190, 649)
    made.show()
    qtbot.waitUntil(lambda: made.settled)
    yield made
    let_go(made)
