"""Booking by keyboard: a digit answers and moves on, Ctrl+Enter saves, nothing typed is lost."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups
from app.services.followups import FollowUpRow
from app.storage.unit_of_work import UnitOfWork
from app.views.followups.editor import open_edit, open_followup
from app.views.shared.desk import Desk
from app.views.shared.hour_field import read_hour
from app.views.shared.translator import Interpreter
from tests.followups.conftest import shown
from tests.followups.people import TODAY, book, days, move, person, remove

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, english: Interpreter) -> QWidget:
    made: QWidget = shown(qtbot, QWidget(), 1366, 768)
    return made


def booked(work: UnitOfWork, day: date = TODAY) -> list[FollowUpRow]:
    return [strip.item for strip in work.read(followups.day, day, TODAY).strips]


def test_from_a_card_four_keys_book_a_call(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget, said: list[str]
) -> None:
    who = person(work, "Laura Ouyang")
    dialog = open_followup(desk, window, who, None)
    assert dialog.focusWidget() is dialog.form.kind.chips()[0]
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_5)
    assert dialog.form.purpose.value() is FollowUpPurpose.SELL
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_2)
    assert dialog.focusWidget() is dialog.form.text
    qtbot.keyClicks(dialog.form.text, "Day 38")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    (row,) = booked(work, days(1))
    assert (row.kind, row.purpose, row.text) == (FollowUpKind.REORDER, FollowUpPurpose.SELL, "Day 38")
    assert row.who is not None and row.who.id == who
    assert said == ["Booked for tomorrow"]
    assert not dialog.isVisible()


def test_a_customer_is_found_by_typing(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    who = person(work, "Laura Ouyang")
    dialog = open_followup(desk, window, None, days(3))
    qtbot.keyClicks(dialog.form.who.edit, "laur")
    qtbot.keyClick(dialog.form.who.edit, Qt.Key.Key_Return)
    assert dialog.form.who.customer_id == who
    assert dialog.focusWidget() is dialog.form.kind.chips()[0]
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, CONTROL)
    assert [row.due_on for row in booked(work, days(3))] == [days(3)]


def test_day_and_hour_are_typed_in_any_usual_way(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, person(work, "Laura"), None)
    dialog.form.when.day.selectAll()
    qtbot.keyClicks(dialog.form.when.day, "12-1")
    qtbot.keyClicks(dialog.form.when.hour, "1630")
    qtbot.keyClick(dialog.form.when.hour, Qt.Key.Key_Return, CONTROL)
    (row,) = booked(work, date(2026, 12, 1))
    assert row.due_at == time(16, 30)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("930", time(9, 30)),
        ("14", time(14)),
        ("2pm", time(14)),
        ("12 p.m.", time(12)),
        ("１４：３０", time(14, 30)),
        ("", None),
    ],
)
def test_hours_are_read(words: str, expected: time | None) -> None:
    assert read_hour(words) == expected


@pytest.mark.parametrize("words", ["25", "14:75", "noon", "1:2:3"])
def test_what_is_no_hour_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        read_hour(words)


def test_wrong_answers_are_said_under_their_field(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, None)
    dialog.form.when.day.selectAll()
    qtbot.keyClicks(dialog.form.when.day, "someday")
    qtbot.keyClick(dialog.form.when.day, Qt.Key.Key_Return, CONTROL)
    assert dialog.form.errors() == {
        "when": "Write a day such as 2026-01-31",
        "text": "Choose a customer, or write what is to be done.",
    }
    assert dialog.isVisible()
    assert booked(work) == []


def test_words_alone_are_enough(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, None)
    qtbot.keyClicks(dialog.form.text, "Order cups")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    assert [(row.text, row.who) for row in booked(work)] == [("Order cups", None)]


def test_words_survive_escape(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, None)
    qtbot.keyClicks(dialog.form.text, "Order cups")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    again = open_followup(desk, window, None, None)
    assert again.form.text.value() == "Order cups"
    again.reject()


def test_a_follow_up_is_changed_and_put_back(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    made = book(work, person(work, "Laura"), TODAY, FollowUpKind.QUOTE, text="Send it", due_at=time(9))
    dialog = open_edit(desk, window, made)
    assert dialog is not None
    form = dialog.form
    assert (form.kind.value(), form.when.value(), form.text.value()) == (
        FollowUpKind.QUOTE,
        (TODAY, time(9)),
        "Send it",
    )
    form.when.quick.setFocus()
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_4)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, CONTROL)
    row = work.read(followups.followup, made)
    assert (row.due_on, row.due_at, row.kind, row.text) == (days(7), time(9), FollowUpKind.QUOTE, "Send it")
    assert not dialog.isVisible()
    assert desk.gateway.undo()
    assert work.read(followups.followup, made).due_on == TODAY


def test_what_somebody_else_saved_is_not_overwritten(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget
) -> None:
    made = book(work, None, TODAY, text="Order cups")
    dialog = open_edit(desk, window, made)
    assert dialog is not None
    refusals: list[ShopError] = []
    desk.gateway.refused.connect(refusals.append)
    move(work, made, days(1))
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    assert [refusal.code for refusal in refusals] == ["follow_up_changed"]
    assert dialog.isVisible()
    dialog.reject()
    remove(work, made)
    assert open_edit(desk, window, made) is None
    assert [refusal.code for refusal in refusals] == ["follow_up_changed", "follow_up_gone"]


def test_with_more_staff_somebody_else_can_do_it(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    alone = open_followup(desk, window, None, None)
    assert not alone.form.staff.isVisible()
    alone.reject()
    with Session(work.engine) as session:
        session.add(Staff(id=2, name="Fiona", role=Role.CLERK))
        session.commit()
    dialog = open_followup(desk, window, None, None)
    assert dialog.form.staff.isVisible()
    assert dialog.form.staff.value() == 1
    dialog.form.staff.set_value(2)
    qtbot.keyClicks(dialog.form.text, "Order cups")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    assert [row.staff for row in booked(work)] == ["Fiona"]
