"""Writing the shop's own questions: added, changed, put in order and put away by keyboard, each taken back by undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.interactions import LandsIn
from app.services import interactions
from app.services.interactions import QuestionDraft, ScriptRow
from app.storage.unit_of_work import UnitOfWork
from app.views.settings.scripts_page import ScriptsPage
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> Iterator[ScriptsPage]:
    for name in ("Tea", "Gifts"):
        script, _ = work.write(interactions.add_script, name)
        for words in ("First?", "Second?"):
            work.write(interactions.add_question, script, QuestionDraft(words))
    made = ScriptsPage(desk)
    made.resize(900, 640)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    for dialog in made.findChildren(Dialog):
        dialog.done(0)


def scripts(work: UnitOfWork) -> list[ScriptRow]:
    return work.read(interactions.scripts)


def dialog_of(page: ScriptsPage) -> Dialog:
    return next(dialog for dialog in page.window().findChildren(Dialog) if dialog.isVisible())


def in_focus() -> QWidget:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def write(qtbot: QtBot, page: ScriptsPage, *fields: str) -> None:
    """Fill the open dialog field by field, then save."""
    dialog = dialog_of(page)
    qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or page))
    for place, words in enumerate(fields):
        if place:
            QTest.keyClick(in_focus(), Qt.Key.Key_Tab)
        qtbot.keyClicks(in_focus(), words)
    QTest.keyClick(in_focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_script_and_its_closed_question_are_written_by_keyboard(
    qtbot: QtBot, page: ScriptsPage, work: UnitOfWork
) -> None:
    page.scripts.list.setFocus()
    QTest.keyClick(page.scripts.list, Qt.Key.Key_N)
    write(qtbot, page, "Ware", "cups")
    assert [row.name for row in scripts(work)] == ["Tea", "Gifts", "Ware"]
    page.scripts.list.choice.choose(scripts(work)[2].id)
    qtbot.mouseClick(page.questions.add, Qt.MouseButton.LeftButton)
    write(qtbot, page, "For whom?", "oneself / a friend", "2")
    (question,) = scripts(work)[2].questions
    assert (question.text, question.choices, question.lands_in) == (
        "For whom?",
        ("oneself", "a friend"),
        LandsIn.NEEDS,
    )


def test_one_choice_alone_is_not_saved(qtbot: QtBot, page: ScriptsPage, work: UnitOfWork) -> None:
    qtbot.mouseClick(page.questions.add, Qt.MouseButton.LeftButton)
    write(qtbot, page, "For whom?", "oneself")
    assert dialog_of(page).isVisible()
    assert len(scripts(work)[0].questions) == 2


def test_a_name_that_is_taken_leaves_the_dialog_open(qtbot: QtBot, page: ScriptsPage, work: UnitOfWork) -> None:
    page.scripts.list.setFocus()
    QTest.keyClick(page.scripts.list, Qt.Key.Key_N)
    with qtbot.waitSignal(page.desk.gateway.refused):
        write(qtbot, page, "tea")
    assert dialog_of(page).isVisible()
    assert len(scripts(work)) == 2


def test_questions_change_places_and_keep_the_choice(page: ScriptsPage, desk: Desk, work: UnitOfWork) -> None:
    first = scripts(work)[0].questions[0].id
    page.questions.list.setFocus()
    page.questions.list.choice.choose(first)
    QTest.keyClick(page.questions.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert [row.text for row in scripts(work)[0].questions] == ["Second?", "First?"]
    page.reload()
    assert page.questions.current() == first
    assert desk.gateway.undo()
    assert [row.text for row in scripts(work)[0].questions] == ["First?", "Second?"]


def test_a_script_is_put_away_and_used_again(page: ScriptsPage, work: UnitOfWork) -> None:
    tea = scripts(work)[0].id
    page.scripts.list.setFocus()
    page.scripts.list.choice.choose(tea)
    QTest.keyClick(page.scripts.list, Qt.Key.Key_Delete)
    assert [row.name for row in scripts(work)] == ["Gifts"]
    page.reload()
    page.scripts.list.choice.choose(tea)
    assert page.scripts.away.text() == "Use again"
    assert not page.scripts.up.isEnabled()
    QTest.keyClick(page.scripts.list, Qt.Key.Key_Delete)
    assert [row.name for row in scripts(work)] == ["Tea", "Gifts"]
