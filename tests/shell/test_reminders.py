"""Reminders in the window: at their hour, in the morning, missed ones summed up; once over restarts; opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_shop
from app.domain.followups import FollowUpKind
from app.services import followups
from app.services.followups import Spot
from app.services.settings import change
from app.storage.unit_of_work import UnitOfWork
from app.views.followups.editor import ChangingDialog
from app.views.shared import look
from app.views.shared.desk import OpenPlace, ShowFollowUp
from app.views.shared.translator import Interpreter
from app.views.shell.reminder_words import Told
from app.views.shell.start import Session, dressed
from app.views.shell.tray import Tray
from app.views.today.screen import TodayScreen
from tests.conftest import FixedClock
from tests.followups.people import SHANGHAI, TODAY, book, days, hour, person

MORNING = datetime(2026, 11, 23, 8, 50, tzinfo=SHANGHAI)


@pytest.fixture(params=["en"])
def interpreter(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Interpreter]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "machine"))
    made = dressed(qapp, language=request.param, theme=look.Theme.LIGHT, scale=1.0)
    yield made
    made.speak("en")
    look.apply(qapp, language="en")


@contextmanager
def running(qtbot: QtBot, path: Path, clock: FixedClock, interpreter: Interpreter) -> Iterator[Session]:
    """The program from its start to its end, reminders looked at once."""
    session = Session(open_shop(path, clock=clock), interpreter)
    session.show("customers")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is session.window)
    session.reminders.start()
    session.gateway.settle()
    yield session
    session.window.close()
    session.window.deleteLater()


def at(clock: FixedClock, moment: str) -> None:
    """Set the clock to a moment of November 2026 in the shop: "23 14:05"."""
    clock.moment = datetime.strptime(f"2026-11-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


def said(session: Session, clock: FixedClock, moment: str) -> str:
    """What is said after the look at a moment; the line is closed before."""
    session.window.reminder.close_bar()
    at(clock, moment)
    session.reminders.look()
    session.gateway.settle()
    return session.window.reminder.words()


def three(work: UnitOfWork) -> list[int]:
    """Two for today at any time, one at two in the afternoon."""
    jack = person(work, "Jack Wu", "138 0013 6628")
    booked = [book(work, None, TODAY, text="Order cups"), book(work, jack, TODAY)]
    return [*booked, book(work, jack, TODAY, FollowUpKind.VISIT, due_at=hour(14), text="Bring 2 boxes")]


@pytest.mark.parametrize(
    ("interpreter", "morning", "single"),
    [
        ("en", "2 follow-ups for today Order cups, Jack Wu", "14:00 Jack Wu Bring 2 boxes"),
        ("zh_CN", "今天有 2 件跟进 Order cups、Jack Wu", "14:00 Jack Wu Bring 2 boxes"),
    ],
    indirect=["interpreter"],
)
def test_a_day_of_reminders_each_told_once(
    qtbot: QtBot, work: UnitOfWork, clock: FixedClock, interpreter: Interpreter, morning: str, single: str
) -> None:
    clock.moment = MORNING
    three(work)
    with running(qtbot, work.path, clock, interpreter) as session:
        assert session.window.reminder.words() == ""
        assert said(session, clock, "23 09:00") == morning
        assert said(session, clock, "23 13:49") == ""
        assert said(session, clock, "23 13:50") == single
        assert said(session, clock, "23 13:51") == ""
    with running(qtbot, work.path, clock, interpreter) as again:
        assert again.window.reminder.words() == ""


def test_what_was_missed_while_the_program_was_closed_is_summed_up_once(
    qtbot: QtBot, work: UnitOfWork, clock: FixedClock, interpreter: Interpreter
) -> None:
    clock.moment = MORNING
    three(work)
    with running(qtbot, work.path, clock, interpreter):
        pass
    book(work, None, days(1), text="Tomorrow's")
    at(clock, "24 08:00")
    with running(qtbot, work.path, clock, interpreter) as session:
        assert session.window.reminder.words() == "", "never in quiet hours"
        assert said(session, clock, "24 09:30") == (
            "3 reminders while the program was closed Order cups yesterday, Jack Wu (yesterday), "
            "Jack Wu (yesterday 14:00) · 1 follow-up for today Tomorrow's"
        )
        assert said(session, clock, "24 09:31") == ""


def test_a_snoozed_one_comes_again_at_its_new_time(
    qtbot: QtBot, work: UnitOfWork, clock: FixedClock, interpreter: Interpreter
) -> None:
    clock.moment = MORNING
    key = three(work)[2]
    with running(qtbot, work.path, clock, interpreter) as session:
        said(session, clock, "23 09:00")
        assert said(session, clock, "23 13:55").startswith("14:00")
        session.gateway.write(followups.move_many, [key], Spot(days(1)), clock.moment)
        assert said(session, clock, "24 13:50").startswith("14:00")
        session.gateway.write(change, {"reminders": False})
        session.gateway.write(followups.move_many, [key], Spot(days(2)), clock.moment)
        assert said(session, clock, "25 13:50") == ""


def test_the_key_opens_the_row_and_the_editor_where_it_is_not_on_the_list(
    qtbot: QtBot, work: UnitOfWork, clock: FixedClock, interpreter: Interpreter
) -> None:
    clock.moment = MORNING
    keys = three(work)
    with running(qtbot, work.path, clock, interpreter) as session:
        said(session, clock, "23 09:00")
        said(session, clock, "23 13:50")
        window = session.window
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        today = window.pages.currentWidget()
        assert isinstance(today, TodayScreen)
        chosen = today.board.chosen()
        assert chosen is not None and chosen.id == keys[2]
        assert today.list.hasFocus()
        assert not window.reminder.isVisible()
        window.desk.ask(ShowFollowUp(book(work, None, days(90), text="Far away")))
        assert any(dialog.isVisible() for dialog in window.findChildren(ChangingDialog))
        window.findChild(ChangingDialog).reject()  # type: ignore[union-attr]


def test_the_mouse_opens_and_closes_the_line(
    qtbot: QtBot, work: UnitOfWork, clock: FixedClock, interpreter: Interpreter
) -> None:
    clock.moment = MORNING
    three(work)
    with running(qtbot, work.path, clock, interpreter) as session:
        bar = session.window.reminder
        said(session, clock, "23 09:00")
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
        assert not bar.isVisible()
        said(session, clock, "23 13:50")
        qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
        assert isinstance(session.window.pages.currentWidget(), TodayScreen)


def test_a_click_on_a_notification_of_the_tray_goes_where_it_says(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    tray = Tray(window)
    went: list[object] = []
    tray.opened.connect(went.append)
    one, other = Told("14:00 Jack", "Call", ShowFollowUp(7)), Told("15:00 Ann", "Call", ShowFollowUp(8))
    tray.tell([one])
    tray.icon.messageClicked.emit()
    tray.tell([one, other])
    tray.icon.messageClicked.emit()
    tray.icon.activated.emit(tray.icon.ActivationReason.Trigger)
    tray.icon.activated.emit(tray.icon.ActivationReason.Context)
    tray.open.trigger()
    assert went == [ShowFollowUp(7), OpenPlace("today"), None, OpenPlace("today")]
    assert tray.open.text() == "What is to do today"
