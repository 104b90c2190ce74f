"""The page of the first minutes: what it refuses it says, and it fits a laptop with large text."""

from datetime import time

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.shared import look
from app.views.shared.translator import interpreter
from app.views.shell.first_run import FirstRun


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication) -> FirstRun:
    made = FirstRun()
    qtbot.addWidget(made)
    made.name.set_value("Cloudrest Tea")
    return made


@pytest.mark.parametrize(("opens", "closes"), [("9:00", "25:00"), ("", "21:00"), ("nine", "21:00"), ("9", "09:00")])
def test_hours_that_cannot_be_kept_are_told_under_their_fields(page: FirstRun, opens: str, closes: str) -> None:
    page.opens.set_value(opens)
    page.closes.set_value(closes)
    assert page.answers_given() is None
    assert "09:00" in page.hours_box.error()
    page.opens.set_value("9")
    page.closes.set_value("21")
    assert page.answers_given() is not None
    assert page.hours_box.error() == ""


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_all_is_filled_in_and_every_way_has_its_key(qtbot: QtBot, qapp: QApplication, language: str) -> None:
    heard: list[str] = []
    interpreter(qapp).speak(language)
    try:
        page = FirstRun()
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.name.setFocus()
        page.sample_wanted.connect(lambda: heard.append("sample"))
        page.empty_wanted.connect(lambda answers: heard.append(answers.name))
        for key in (Qt.Key.Key_3, Qt.Key.Key_2):
            qtbot.keyClick(page.name, key, Qt.KeyboardModifier.ControlModifier)
        assert heard == [{"en": "My shop", "zh_CN": "我的店"}[language], "sample"]
    finally:
        interpreter(qapp).speak("en")


def test_a_shop_may_close_after_midnight(page: FirstRun) -> None:
    page.opens.set_value("18:00")
    page.closes.set_value("02:00")
    answers = page.answers_given()
    assert answers is not None
    assert (answers.opens, answers.closes) == (time(18), time(2))


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_way_to_begin_can_be_reached_on_a_laptop(
    qtbot: QtBot, qapp: QApplication, page: FirstRun, scale: float
) -> None:
    look.apply(qapp, scale=scale)
    try:
        assert page.minimumSizeHint().height() <= 690
        page.resize(1366, 690)
        with qtbot.waitExposed(page):
            page.show()
        for button in (page.bring.button, page.sample.button, page.empty.button, page.elsewhere):
            page._scroll.ensureWidgetVisible(button)
            assert button.visibleRegion().boundingRect() == QRect(button.rect())
    finally:
        look.apply(qapp, scale=1.0)
