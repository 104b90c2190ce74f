"""The keys of Today beyond the first four: how a call went, a message, another day, many at once, why, the fold."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups, interactions
from app.services.settings import change
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk, LogContact, OpenComplaint, Request
from app.views.shared.gateway import Gateway
from app.views.shared.translator import Interpreter
from app.views.today.day_dialog import DayDialog
from app.views.today.rows import Fold
from app.views.today.screen import TodayScreen
from tests.followups.conftest import shown
from tests.followups.people import TODAY, at, book, bought, complain, days, hour, person
from tests.followups.test_screens_today import GRABS, chosen, press, three_people, titles

Open = Callable[[], TodayScreen]


@pytest.fixture
def open_today(qtbot: QtBot, desk: Desk, english: Interpreter, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The telephone of this computer is not rung."""
    monkeypatch.setattr("app.views.shared.followup_acts.QDesktopServices.openUrl", lambda _url: True)
    return lambda: shown(qtbot, TodayScreen(desk))


def test_a_call_asks_how_it_went_and_one_digit_logs_it(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, said: list[str]
) -> None:
    ids = three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_1)
    assert said == [], "nobody was called"
    press(qtbot, screen, Qt.Key.Key_C)
    assert screen.acts.outcome.isVisible()
    assert screen.acts.outcome.label.text() == "How did it go with Jack Wu?"
    press(qtbot, screen, Qt.Key.Key_1)
    assert said[1:] == ["Logged and done: Jack Wu"]
    assert not screen.acts.outcome.isVisible()
    assert chosen(screen) == "Laura Ouyang"
    assert [row.reached for row in work.read(interactions.contacts, ids[0])] == [True]
    assert gateway.undo()
    assert work.read(interactions.contacts, ids[0]) == []
    assert "Jack Wu" in titles(screen)


def test_who_was_not_reached_comes_again_tomorrow(
    qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]
) -> None:
    ids = three_people(work)
    screen = open_today()
    item = screen.acts._row()
    press(qtbot, screen, Qt.Key.Key_C)
    qtbot.mouseClick(screen.acts.outcome.buttons[1], Qt.MouseButton.LeftButton)
    assert said[1:] == ["Logged, again tomorrow: Jack Wu"]
    assert [row.reached for row in work.read(interactions.contacts, ids[0])] == [False]
    assert item is not None and work.read(followups.followup, item.item.id).due_on == days(1)


def test_escape_and_another_act_ask_no_more_and_more_opens_the_log(
    qtbot: QtBot, work: UnitOfWork, open_today: Open, asked: list[Request]
) -> None:
    ids = three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_C)
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert not screen.acts.outcome.isVisible()
    press(qtbot, screen, Qt.Key.Key_C)
    press(qtbot, screen, Qt.Key.Key_3)
    assert asked == [LogContact(ids[0])]
    press(qtbot, screen, Qt.Key.Key_C)
    press(qtbot, screen, Qt.Key.Key_E)
    assert not screen.acts.outcome.isVisible()


def test_a_message_greets_by_name_and_is_signed(
    qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]
) -> None:
    book(work, person(work, "Joanna"), TODAY, FollowUpKind.BIRTHDAY)
    press(qtbot, open_today(), Qt.Key.Key_M)
    assert said == ["Copied a message to Joanna: Birthday"]
    words = QGuiApplication.clipboard().text()
    assert words.startswith("Dear Joanna, happy birthday!") and words.endswith("— Cloudrest Tea")


def test_a_message_that_sells_is_refused_without_leave_and_turned_to_care_under_the_brake(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, open_today: Open, said: list[str]
) -> None:
    declined: list[str] = []
    desk.declined.connect(declined.append)
    who = person(work, "Joanna")
    book(work, who, TODAY, FollowUpKind.REORDER)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_M)
    assert declined == ["Joanna has not allowed messages that sell; ask, and note it on the card"]
    complain(work, who, at(22))
    book(work, who, TODAY, FollowUpKind.BIRTHDAY)
    screen.refresh()
    press(qtbot, screen, Qt.Key.Key_Home)
    press(qtbot, screen, Qt.Key.Key_M)
    assert said == ["Copied a message to Joanna about the complaint; it sells nothing"]
    assert "birthday" not in QGuiApplication.clipboard().text()


def test_many_are_marked_and_moved_as_one_act(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, said: list[str]
) -> None:
    three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_Space)
    press(qtbot, screen, Qt.Key.Key_Space)
    assert chosen(screen) == "Nora Tang"
    press(qtbot, screen, Qt.Key.Key_R)
    dialog = next(dialog for dialog in screen.findChildren(DayDialog) if dialog.isVisible())
    assert dialog.windowTitle() or dialog.caption.text() == "2 follow-ups"
    dialog.day.setFocus()
    qtbot.keyClicks(dialog.day, "2026-12-24")
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    assert said == ["Moved to 24 Dec: 2 follow-ups"]
    assert titles(screen) == ["— This week 1", "Nora Tang"]
    assert gateway.undo()
    assert len(titles(screen)) == 6
    assert screen.board.many() == [screen.acts._row()], "no mark is left"


def test_escape_takes_the_marks_off(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_Space)
    assert "Marked" in screen.list.rows.spoken(screen.model.rows[1])
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert "Marked" not in screen.list.rows.spoken(screen.model.rows[1])


def test_each_row_says_why_it_stands_there(qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]) -> None:
    who = person(work, "Jack Wu")
    bought(work, who, at(2), 1_240_000)
    book(work, who, days(-3))
    book(work, None, TODAY, due_at=hour(9, 30), text="Order cups")
    screen = open_today()
    why = "First because: Potential, ¥12,400 in the last year; Call, 3 days late"
    assert screen.list.rows.spoken(screen.model.rows[1]).endswith(why)
    press(qtbot, screen, Qt.Key.Key_W)
    assert said == [f"{why} · worth 37 of 100 × urgency 36 of 100"]
    press(qtbot, screen, Qt.Key.Key_End)
    press(qtbot, screen, Qt.Key.Key_W)
    assert said[1].startswith(
        "Stands here because: for nobody in particular; Call, for today, its hour, 09:30, has come"
    )


def test_what_can_wait_is_folded_and_opened(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    work.write(change, {"followup_daily_cap": 1})
    three_people(work)
    screen = open_today()
    assert titles(screen) == ["— Overdue 1", "Jack Wu", "— Today 1", "1 more can wait", "— This week 1", "Nora Tang"]
    press(qtbot, screen, Qt.Key.Key_Down)
    assert isinstance(screen.list.choice.row(), Fold)
    press(qtbot, screen, Qt.Key.Key_E)
    press(qtbot, screen, Qt.Key.Key_Return)
    assert titles(screen)[3:5] == ["Laura Ouyang", "1 that can wait: fold them again"]
    fold = screen.list.visualRect(screen.model.index(4, 0)).center()
    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=fold)
    assert titles(screen)[3] == "1 more can wait"
    assert screen.show_followup(2), "a row is unfolded to be chosen"
    assert chosen(screen) == "Laura Ouyang"


def test_what_nobody_booked_joins_the_list_and_is_acted_on_like_the_rest(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, said: list[str], asked: list[Request]
) -> None:
    person(work, "Born", "138 0013 6628", Birthday(11, 23, 1990))
    case = complain(work, person(work, "Wronged"), at(10))
    counted: list[int] = []
    screen = open_today()
    screen.desk.due_counted.connect(counted.append)
    qtbot.waitUntil(lambda: titles(screen) == ["— Overdue 1", "Wronged", "— Today 1", "Born"])
    assert counted[-1] == 2
    assert chosen(screen) == "Wronged"
    press(qtbot, screen, Qt.Key.Key_Return)
    assert asked == [OpenComplaint(case)]
    press(qtbot, screen, Qt.Key.Key_E)
    press(qtbot, screen, Qt.Key.Key_C)
    press(qtbot, screen, Qt.Key.Key_1)
    assert said == ["Done: Wronged", "Copied 138 0013 6628", "Logged and done: Born"]
    assert screen.board.calm.isVisible()
    assert gateway.undo() and gateway.undo()
    assert len(titles(screen)) == 4


def test_one_person_may_see_their_own_alone(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    assert not screen.board.mine.isVisible(), "alone in the shop everything is mine"
    with Session(work.engine) as session:
        helper = Staff(name="Li Fang", role=Role.CLERK)
        session.add(helper)
        session.commit()
        other = helper.id
    book(work, None, TODAY, text="Hers", staff_id=other)
    screen.refresh()
    assert "Hers" in titles(screen)
    press(qtbot, screen, Qt.Key.Key_A)
    assert "Hers" not in titles(screen)
    qtbot.mouseClick(screen.board.mine, Qt.MouseButton.LeftButton)
    assert "Hers" in titles(screen)


@GRABS
def test_the_menu_key_opens_the_menu_of_the_row_with_the_keys(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    below = screen.list.viewport().rect().bottomLeft()
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(screen.list, QContextMenuEvent(reason, below, screen.list.mapToGlobal(below)))
    menu = next(menu for menu in screen.list.findChildren(QMenu) if menu.isVisible())
    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}
    assert keys == {
        "Open the card": "",
        "Call": "C",
        "Log and next": "L",
        "Copy a message": "M",
        "Later": "Z",
        "Another day…": "R",
        "Done": "E",
        "Mark": "Space",
        "Change…": "Ctrl+E",
        "Remove": "Del",
        "Why here": "W",
    }
    menu.close()
