"""Week, day and running agenda by keyboard and mouse; what is marked, moved in many, and handed over."""

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.loyalty.rules import BonusDay, EarningRules
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups, loyalty, settings
from app.services.followups import Spot
from app.storage.unit_of_work import UnitOfWork
from app.views.followups import kept
from app.views.followups.grid import Grid
from app.views.followups.handing_over import HandingOverDialog
from app.views.followups.hours import slot_of
from app.views.followups.hours_view import HoursView
from app.views.followups.kept import View
from app.views.followups.pieces import piece_words
from app.views.followups.screen import FollowUpsScreen
from app.views.shared import look
from app.views.shared.desk import BookFollowUp, Desk, EditFollowUp, OpenCustomer, Request
from app.views.shared.gateway import Gateway
from app.views.shared.lists import Heading
from app.views.shared.translator import Interpreter
from tests.followups.conftest import shown
from tests.followups.people import NOW, TODAY, book, days, hour, person

Open = Callable[..., FollowUpsScreen]
LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
FIONA = 2


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, english: Interpreter) -> Open:
    def make(view: View = View.MONTH, width: int = 1190, height: int = 700) -> FollowUpsScreen:
        kept.keep_view(view)
        screen: FollowUpsScreen = shown(qtbot, FollowUpsScreen(desk), width, height)
        return screen

    return make


@pytest.fixture
def with_fiona(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        session.add(Staff(id=FIONA, name="Fiona", role=Role.CLERK))
        session.commit()


def press(qtbot: QtBot, screen: FollowUpsScreen, *keys: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press keys where the focus is."""
    for key in keys:
        target = QApplication.focusWidget() or screen
        qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)


def strips(grid: Grid) -> list[str]:
    return [piece_words(piece) for _, piece in grid.shown()]


def drag(qtbot: QtBot, grid: Grid, followup_id: int, to: QPoint) -> None:
    start = grid.strip_of(followup_id)
    assert start is not None
    qtbot.mousePress(grid, LEFT, pos=start)
    for at in (start + QPoint(30, 10), to):
        qtbot.mouseMove(grid, at)
        QApplication.processEvents()
    qtbot.mouseRelease(grid, LEFT, pos=to)


def place(view: HoursView, day: int, at_hour: int) -> QPoint:
    """The middle of a half hour of the week's days."""
    return view.hours().slot(day, slot_of(hour(at_hour))).center()


def running_rows(screen: FollowUpsScreen) -> list[str]:
    views = [screen.running._view(row) for row in screen.running.model.rows]
    return [view.words if isinstance(view, Heading) else view.title for view in views]


# which view


def test_letters_and_chips_choose_the_view_and_it_is_remembered(qtbot: QtBot, opened: Open) -> None:
    screen = opened()
    for key, view, title in (
        (Qt.Key.Key_W, View.WEEK, "23–29 November 2026"),
        (Qt.Key.Key_D, View.DAY, "Monday 23 November"),
        (Qt.Key.Key_A, View.AGENDA, "November 2026"),
        (Qt.Key.Key_M, View.MONTH, "November 2026"),
    ):
        press(qtbot, screen, key)
        assert (screen.view, screen.title.text(), kept.kept_view()) == (view, title, view)
        assert screen._calendar.isVisible() and QApplication.focusWidget() in (screen.grid, screen.running.list)
    week = next(chip for chip in screen.head.views.chips() if chip.view.value == View.WEEK)
    qtbot.mouseClick(week, LEFT)
    assert screen.view is View.WEEK


def test_the_chosen_day_goes_along_into_every_view(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    book(work, None, days(8), text="Order cups", due_at=hour(15))
    screen = opened()
    press(qtbot, screen, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_W)
    assert screen.week.day == days(8) and strips(screen.week) == ["Order cups · 15:00"]
    press(qtbot, screen, Qt.Key.Key_A)
    assert screen.chosen() is not None and screen.spot() == Spot(days(8))
    press(qtbot, screen, Qt.Key.Key_D)
    assert screen.one_day.day == days(8)


def test_layers_and_people_are_remembered(qtbot: QtBot, opened: Open, with_fiona: None, desk: Desk) -> None:
    screen = opened()
    birthdays = next(chip for chip in screen.layers.chips() if chip.view.value == "birthdays")
    qtbot.mouseClick(birthdays, LEFT)
    screen.head.whose_chosen.emit("2")
    again = FollowUpsScreen(desk)
    qtbot.addWidget(again)
    again.reload()
    assert set(again.layers.values()) == {"followups", "points"}
    assert again.head.whose.text() == "Fiona"


# hours


def test_hours_hold_what_has_one_and_the_band_the_rest(work: UnitOfWork, opened: Open) -> None:
    ann = person(work, "Ann", birthday=Birthday(11, 24))
    book(work, ann, TODAY, due_at=hour(14, 10))
    book(work, None, TODAY, text="Order cups")
    work.write(loyalty.change_rules, EarningRules(days=(BonusDay(Decimal(2), weekday=4),)), day=TODAY)
    view = opened(View.WEEK).week
    found = {piece_words(piece): strip for strip, piece in view.shown()}
    assert set(found) == {"Order cups", "Call Ann · 14:10", "Ann’s birthday", "Points × 2"}
    hours = view.hours()
    assert hours.slot(0, slot_of(hour(14))).contains(found["Call Ann · 14:10"].center())
    assert found["Order cups"] == hours.band(0, 0) and found["Points × 2"] == hours.band(4, 0)


def test_a_half_hour_with_too_many_says_how_many_more(work: UnitOfWork, opened: Open) -> None:
    for name in "ABCDEFGH":
        book(work, None, TODAY, text=name, due_at=hour(10))
    screen = opened(View.WEEK)
    assert len(strips(screen.week)) == 1
    ((_, _, more),) = screen.week.fitting(screen.week.hours(), 0, 20, screen.week.pieces_of(TODAY))
    assert more == 7
    screen.show_view(View.DAY)
    assert len(strips(screen.one_day)) == screen.one_day.hours().side_by_side() > 1


def test_arrows_walk_days_and_half_hours_and_n_adds_there(qtbot: QtBot, opened: Open, asked: list[Request]) -> None:
    screen = opened(View.WEEK)
    press(qtbot, screen, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_N)
    press(qtbot, screen, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_N)
    assert asked == [BookFollowUp(None, days(1), hour(9, 30)), BookFollowUp(None, days(1), None)]
    assert screen.week.accessibleName().startswith("Tuesday 24 November")
    press(qtbot, screen, Qt.Key.Key_PageDown)
    assert screen.title.text() == "30 Nov–6 Dec 2026"


def test_closed_hours_follow_the_shop(gateway: Gateway, opened: Open) -> None:
    gateway.write(settings.change, {"week": ("11:00-15:00",) * 7})
    view = opened(View.WEEK).week
    assert view._open[TODAY] == frozenset(range(22, 30))
    assert view.first_slot() == 22


def test_a_strip_is_dragged_to_another_hour_and_comes_back(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, opened: Open, said: list[str]
) -> None:
    made = book(work, person(work, "Ann"), TODAY)
    view = opened(View.WEEK).week
    drag(qtbot, view, made, place(view, 2, 14))
    row = work.read(followups.followup, made)
    assert (row.due_on, row.due_at, said) == (days(2), hour(14), ["Moved to Wed 14:00: Ann"])
    drag(qtbot, view, made, view.hours().band(2, 3).center())
    assert work.read(followups.followup, made).due_at is None
    drag(qtbot, view, made, QPoint(view.hours().column(3).center().x(), 10))
    assert work.read(followups.followup, made).due_on == days(3)
    for _ in range(3):
        assert gateway.undo()
    row = work.read(followups.followup, made)
    assert (row.due_on, row.due_at) == (TODAY, None)


def test_a_double_click_on_an_hour_adds_and_on_a_strip_opens(
    qtbot: QtBot, work: UnitOfWork, opened: Open, asked: list[Request]
) -> None:
    born = person(work, "Ann", birthday=Birthday(11, 24))
    made = book(work, None, TODAY, text="Order cups", due_at=hour(10))
    view = opened(View.WEEK).week
    qtbot.mouseDClick(view, LEFT, pos=place(view, 1, 15))
    qtbot.mouseDClick(view, LEFT, pos=view.strip_of(made))
    qtbot.mouseDClick(view, LEFT, pos=view.hours().band(1, 0).center())
    assert asked == [BookFollowUp(None, days(1), hour(15)), EditFollowUp(made), OpenCustomer(born)]


def test_cut_in_the_week_and_pasted_at_another_hour(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    made = book(work, None, TODAY, text="Order cups", due_at=hour(10))
    screen = opened(View.WEEK)
    press(qtbot, screen, Qt.Key.Key_Return)
    press(qtbot, screen, Qt.Key.Key_X, modifier=CONTROL)
    press(qtbot, screen, Qt.Key.Key_Escape, Qt.Key.Key_Right)
    press(qtbot, screen, Qt.Key.Key_V, modifier=CONTROL)
    assert work.read(followups.followup, made).due_at == hour(10), "no hour was chosen: it keeps its own"
    press(qtbot, screen, Qt.Key.Key_Return)
    press(qtbot, screen, Qt.Key.Key_X, modifier=CONTROL)
    press(qtbot, screen, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    press(qtbot, screen, Qt.Key.Key_V, modifier=CONTROL)
    row = work.read(followups.followup, made)
    assert (row.due_on, row.due_at) == (days(1), hour(10))


# the running agenda


def test_the_agenda_lists_days_with_today_even_when_empty(work: UnitOfWork, opened: Open) -> None:
    book(work, None, days(-3), text="late")
    book(work, None, days(1), text="tomorrow")
    book(work, None, days(40), text="later")
    assert running_rows(opened(View.AGENDA)) == [
        "Fri 20 Nov",
        "late",
        "Today · Mon 23 Nov · nothing planned",
        "Tomorrow · Tue 24 Nov",
        "tomorrow",
        "2 Jan 2027",
        "later",
    ]


def test_the_agenda_is_read_on_at_both_ends_and_keeps_its_place(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    for number in range(-80, 81, 2):
        book(work, None, days(number), text=f"{number}")
    screen = opened(View.AGENDA)
    lst, bar = screen.running.list, screen.running.list.verticalScrollBar()
    assert screen.chosen() is not None and screen.chosen().text == "0"  # type: ignore[union-attr]
    assert len(screen.running.model.rows) < 80, "not everything is read at once"
    for end in (bar.maximum, bar.minimum):
        known = -1
        while known != len(screen.running.model.rows):
            known = len(screen.running.model.rows)
            before = lst.indexAt(QPoint(5, 40)).row(), known
            bar.setValue(end())
            QApplication.processEvents()
            assert before[0] >= 0
    rows = running_rows(screen)
    assert [row for row in rows if row.lstrip("-").isdigit()] == [f"{number}" for number in range(-80, 81, 2)]
    bar.setValue(bar.maximum() // 2)
    press(qtbot, screen, Qt.Key.Key_T)
    assert screen.chosen().text == "0"  # type: ignore[union-attr]


def test_in_the_agenda_keys_do_and_n_adds_on_the_day_of_the_row(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, opened: Open, asked: list[Request], said: list[str]
) -> None:
    book(work, person(work, "Ann"), days(1))
    book(work, person(work, "Bob"), days(2))
    screen = opened(View.AGENDA)
    press(qtbot, screen, Qt.Key.Key_E)
    assert said == ["Done: Ann"] and screen.chosen().who.name == "Bob"  # type: ignore[union-attr]
    press(qtbot, screen, Qt.Key.Key_N)
    assert asked == [BookFollowUp(None, days(2), None)]
    press(qtbot, screen, Qt.Key.Key_Delete)
    assert said[-1] == "Removed: Bob" and "Bob" not in running_rows(screen)
    assert gateway.undo() and "Bob" in running_rows(screen)


# many at once


def test_space_marks_and_all_that_are_marked_move_as_one(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, opened: Open, said: list[str]
) -> None:
    ids = [book(work, None, TODAY, text=text, due_at=hour(9 + n)) for n, text in enumerate("ABC")]
    screen = opened()
    press(qtbot, screen, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert screen.bar.isVisible() and screen.bar.said.text() == "2 follow-ups marked"
    assert [screen.agenda.words.view(row).mark for row in screen.agenda.model.rows] == ["done", "done", "todo"]
    press(qtbot, screen, Qt.Key.Key_X, modifier=CONTROL)
    press(qtbot, screen, Qt.Key.Key_Escape, Qt.Key.Key_Right)
    press(qtbot, screen, Qt.Key.Key_V, modifier=CONTROL)
    assert [work.read(followups.followup, one).due_on for one in ids] == [days(1), days(1), TODAY]
    assert said[-1] == "Moved to tomorrow: 2 follow-ups" and not screen.bar.isVisible()
    assert gateway.undo()
    assert [work.read(followups.followup, one).due_on for one in ids] == [TODAY] * 3


def test_a_marked_strip_takes_the_others_along_when_dragged(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    ids = [book(work, None, TODAY, text=text) for text in "AB"]
    screen = opened()
    for one in ids:
        qtbot.mouseClick(screen.month, LEFT, CONTROL, screen.month.strip_of(one))
    there = screen.month.squares().square(screen.month.days.index(days(2))).center()
    drag(qtbot, screen.month, ids[0], there)
    assert {work.read(followups.followup, one).due_on for one in ids} == {days(2)}


def test_escape_takes_marks_away_before_it_leaves(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    done = book(work, None, TODAY, text="done")
    work.write(followups.finish, done, NOW)
    book(work, None, TODAY, text="open")
    screen = opened()
    press(qtbot, screen, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert [row.text for row in screen.held.marked.values()] == ["open"], "what is done cannot be marked"
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert screen.agenda.list.hasFocus() and not screen.held.marked
    press(qtbot, screen, Qt.Key.Key_Escape)
    assert screen.month.hasFocus()


# whose


def test_whose_are_shown_and_who_does_it_is_said(work: UnitOfWork, opened: Open, with_fiona: None) -> None:
    for who, text in ((1, "mine"), (FIONA, "hers")):
        book(work, person(work, text), TODAY, text=text, staff_id=who)
    screen = opened()
    assert [screen.agenda.words.view(row).reason for row in screen.agenda.model.rows] == ["mine", "Fiona · hers"]
    screen.head.whose_chosen.emit(kept.MINE)
    assert strips(screen.month) == ["Call mine · mine"] and screen.agenda.count.text() == "1 of at most 12"
    screen.head.whose_chosen.emit(str(FIONA))
    assert strips(screen.month) == ["Call hers · hers"]


def test_marked_ones_are_handed_over_after_a_count(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, opened: Open, with_fiona: None, said: list[str]
) -> None:
    ids = [book(work, None, TODAY, text=text) for text in "ABC"]
    screen = opened()
    press(qtbot, screen, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_H)
    dialog = screen.findChild(HandingOverDialog)
    assert dialog is not None
    assert dialog.focusWidget() is dialog.what
    assert dialog.foreseen.text() == "2 follow-ups go to Fiona" and dialog.primary.text() == "Hand over 2"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert [work.read(followups.followup, one).staff_id for one in ids] == [FIONA, FIONA, 1]
    assert said == ["2 follow-ups handed to Fiona"] and not screen.held.marked
    assert gateway.undo()
    assert [work.read(followups.followup, one).staff_id for one in ids] == [1, 1, 1]


def test_all_of_somebody_between_two_days(
    qtbot: QtBot, work: UnitOfWork, opened: Open, with_fiona: None, desk: Desk
) -> None:
    ids = [book(work, None, days(n), text=f"{n}", staff_id=FIONA) for n in (-1, 1, 5)]
    dialog = HandingOverDialog(desk, opened())
    dialog.present()
    dialog.what.set_value(FIONA)
    dialog.form.changed.emit("what")
    assert dialog.to.currentText() == "Owner"
    assert dialog.foreseen.text() == "3 follow-ups go to Owner · 1 of them overdue"
    qtbot.keyClicks(dialog.last, days(1).isoformat())
    assert dialog.primary.text() == "Hand over 2"
    qtbot.keyClicks(dialog.first, days(9).isoformat())
    assert not dialog.primary.isEnabled()
    dialog.first.set_value(None)
    dialog.form.changed.emit("first")
    qtbot.mouseClick(dialog.primary, LEFT)
    assert [work.read(followups.followup, one).staff_id for one in ids] == [1, 1, FIONA]


def test_with_nobody_else_there_is_nobody_to_hand_to(qtbot: QtBot, opened: Open, said: list[str]) -> None:
    screen = opened()
    assert not screen.head.whose.isVisible()
    press(qtbot, screen, Qt.Key.Key_H)
    assert said == ["Nobody else works here yet: there is nobody to hand over to"]


# room


@pytest.mark.parametrize(("width", "scale"), [(1190, 1.0), (560, 1.0), (1190, 2.0), (1500, 1.5)])
def test_the_head_never_overlaps_and_gives_way(qapp: QApplication, opened: Open, width: int, scale: float) -> None:
    look.apply(qapp, scale=scale)
    screen = opened(View.WEEK, width, round(700 * min(scale, 1.2)))
    QApplication.processEvents()
    head = screen.head
    parts = (head.title, head.layers, head.folded, head.views, head.glance, head.back)
    rects = sorted((part.geometry() for part in parts if part.isVisible()), key=lambda rect: rect.left())
    assert all(left.right() < right.left() for left, right in pairwise(rects))
    assert head.on.geometry().right() <= head.width()
    assert head.layers.isVisible() is (width == 1190 and scale == 1.0)


def test_the_week_scrolls_and_what_is_under_its_head_is_not_hit(qtbot: QtBot, work: UnitOfWork, opened: Open) -> None:
    made = book(work, None, TODAY, text="early", due_at=hour(6))
    view = opened(View.WEEK).week
    assert view.strip_of(made) is not None, "what lies before opening time is scrolled to"
    assert view.bar is not None
    view.bar.setValue(view.bar.maximum())
    assert view.strip_of(made) is None
    assert view.bar.maximum() + view.height() - view.hours().top == view.hours().whole
