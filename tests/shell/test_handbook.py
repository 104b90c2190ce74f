"""The handbook in the window: F1 opens it where it is needed, links and keys lead through it, words are found."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.resources import chapters
from app.views.complaints.entry import EntryDialog
from app.views.shared.translator import interpreter
from app.views.shell.handbook import CHAPTER_OF, OF_SETTINGS, HandbookDialog
from app.views.shell.places import PAGES, PLACES
from app.views.shell.reader import Reader
from app.views.shell.start import Session
from app.views.shell.window import Window

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, shop: Shop) -> Iterator[Window]:
    session = Session(shop, interpreter(qapp))
    session.window.resize(1366, 768)
    session.window.show()
    session.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    yield session.window
    session.window.close()


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def handbook(qtbot: QtBot, window: Window) -> HandbookDialog:
    """F1, and what it opened, once it has the keyboard."""
    press(qtbot, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HandbookDialog))
    (dialog,) = (one for one in window.findChildren(HandbookDialog) if one.isVisible())
    qtbot.waitUntil(dialog.reader.hasFocus)
    return dialog


def test_f1_opens_the_chapter_of_the_screen_and_esc_goes_back(qtbot: QtBot, window: Window) -> None:
    window.go("products")
    dialog = handbook(qtbot, window)
    assert dialog.reader.chapter == "goods" and dialog.list.choice.row().title == "Goods"
    assert "Ctrl+G" in dialog.reader.toPlainText()
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    screen: Any = window.go("settings")
    screen.show_page("safety")
    assert handbook(qtbot, window).reader.chapter == "safety"


def test_f1_answers_over_a_dialog_which_keeps_what_was_typed(qtbot: QtBot, window: Window) -> None:
    window.go("complaints")
    press(qtbot, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), EntryDialog))
    entry: Any = QApplication.activeWindow()
    entry.form.field("words").setFocus()
    qtbot.keyClicks(entry.form.field("words"), "cold tea")
    dialog = handbook(qtbot, window)
    assert dialog.reader.chapter == "complaints"
    press(qtbot, Qt.Key.Key_F1)
    assert [one for one in window.findChildren(HandbookDialog) if one.isVisible()] == [dialog]
    press(qtbot, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is entry)
    assert entry.form.values()["words"] == "cold tea"


def test_words_are_found_in_every_chapter_and_stepped_through(qtbot: QtBot, window: Window) -> None:
    window.go("till")
    dialog = handbook(qtbot, window)
    press(qtbot, Qt.Key.Key_F, CONTROL)
    qtbot.waitUntil(dialog.field.hasFocus)
    qtbot.keyClicks(dialog.field, "wrong two")
    assert dialog.reader.chapter == "look-alikes" and [row.id for row in dialog.names.rows] == ["look-alikes"]
    assert dialog.reader.textCursor().selectedText() == "wrong two"
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, "drawer")  # not here: the first chapter that has it, not the one nearest in the list
    assert dialog.reader.chapter == "till" and [row.id for row in dialog.names.rows] == ["till", "safety"]
    assert dialog.list.choice.row().id == "till"
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, "the")
    first = dialog.reader.textCursor().position()
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.reader.textCursor().position() > first
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.reader.textCursor().position() == first
    press(qtbot, Qt.Key.Key_Escape)
    assert dialog.isVisible() and len(dialog.names.rows) == len(chapters.CHAPTERS)
    qtbot.keyClicks(dialog.field, "frobnicate")
    assert dialog.note.text() == "Nothing is found" and not dialog.names.rows


def test_a_link_is_followed_and_the_way_back_is_a_key(qtbot: QtBot, window: Window) -> None:
    window.go("customers")
    dialog = handbook(qtbot, window)
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    assert dialog.reader.chapter == "look-alikes" and dialog.back.isVisible()
    press(qtbot, Qt.Key.Key_Left, ALT)
    assert dialog.reader.chapter == "customers" and not dialog.back.isVisible()
    dialog.list.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.reader.chapter == "till"


def test_it_is_read_in_the_language_of_the_window_at_once(qtbot: QtBot, window: Window) -> None:
    window.go("members")
    dialog = handbook(qtbot, window)
    try:
        window.speak("zh_CN")
        qtbot.waitUntil(lambda: dialog.title.text() == "手册")
        assert dialog.reader.toPlainText().startswith("积分与等级")
        assert dialog.names.rows[0].title == "第一天"
    finally:
        window.speak("en")


def test_pictures_are_no_wider_than_the_page(qtbot: QtBot) -> None:
    reader = Reader()
    qtbot.addWidget(reader)
    for wide in (760, 420):
        reader.resize(wide, 500)
        reader.show_chapter("today-and-follow-ups", "zh_CN")
        reader.show()
        QApplication.processEvents()
        for name in ("pictures/today.png", "pictures/calendar-month.png"):
            image = reader.document().resource(QTextDocument.ResourceType.ImageResource, name)
            assert isinstance(image, QImage) and wide - 80 < image.width() <= reader.viewport().width()
        assert reader.horizontalScrollBar().maximum() == 0


def test_every_screen_and_page_of_the_settings_has_its_chapter() -> None:
    assert set(CHAPTER_OF) == {place.name for place in (*PLACES, *PAGES)}
    assert {*CHAPTER_OF.values(), *OF_SETTINGS.values()} <= set(chapters.CHAPTERS)
