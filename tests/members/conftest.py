"""Speaking the other language, and back again."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.views.shared import look
from app.views.shared.translator import Interpreter


@pytest.fixture
def dress(qapp: QApplication) -> Iterator[Any]:
    interpreter = Interpreter(qapp)

    def wear(language: str) -> None:
        look.apply(qapp, language=language)
        interpreter.speak(language)
        qapp.processEvents()

    yield wear
    wear("en")
