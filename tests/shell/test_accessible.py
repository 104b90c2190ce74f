"""What a screen reader hears: on every place, and in the dialogs, each part that takes the keyboard has a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.views.shared.translator import interpreter
from app.views.shell.first_run import FirstRun
from app.views.shell.places import PAGES, PLACES
from app.views.shell.scenes import SCENES
from app.views.shell.screenshots import close_dialogs
from app.views.shell.start import Session

PLAYED = (
    *(place.name for place in (*PLACES, *PAGES) if place.name != "duplicates"),
    *("edit-card", "edit-fact", "log-contact", "log-complaint", "book-followup", "merge"),
    *("consents", "bulk-edit", "settings-care", "settings-trail", "complaint", "handbook"),
)


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, sample_shop: Shop) -> Iterator[Session]:
    made = Session(sample_shop, interpreter(qapp))
    made.window.resize(1366, 768)
    with qtbot.waitExposed(made.window):
        made.window.show()
    yield made
    made.window.close()


def nameless(root: QWidget) -> list[str]:
    """Parts that take Tab and of which a screen reader could only say what kind they are."""
    found = []
    for part in root.findChildren(QWidget):
        takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        if takes and part.isVisible():
            heard = QAccessible.queryAccessibleInterface(part)
            if not heard.text(QAccessible.Text.Name).strip():
                parent = part.parentWidget()
                found.append(f"{type(part).__name__} in {type(parent).__name__}")
    return found


def test_every_part_that_takes_the_keyboard_has_a_name(session: Session) -> None:
    scenes, wrong = {scene.name: scene for scene in SCENES}, {}
    for name in PLAYED:
        scenes[name].play(session.window, 105)
        session.gateway.settle()
        QApplication.processEvents()
        if found := nameless(session.window):
            wrong[name] = found
        close_dialogs(session.window)
    assert wrong == {}


def test_names_follow_the_language(session: Session, qapp: QApplication) -> None:
    session.window.go("members")
    table = session.window.screens["members"].table  # type: ignore[attr-defined]
    assert table.accessibleName() == "Members"
    session.window.speak("zh_CN")
    try:
        assert table.accessibleName() == "会员"
    finally:
        session.window.speak("en")


def test_the_first_page_names_its_fields(qtbot: QtBot) -> None:
    page = FirstRun()
    qtbot.addWidget(page)
    page.show()
    assert nameless(page) == []
    assert page.opens.accessibleName() == "Opening hours"
