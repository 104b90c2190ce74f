"""The calendar by keyboard and mouse: days, strips, moving, adding, doing."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind
from app.domain.recurrence import Repeat
from app.services import followups
from app.services.followups import BirthdayRow, Mark
from app.storage.unit_of_work import UnitOfWork
from app.views.followups.kept import View
from app.views.followups.pieces import piece_words
from app.views.followups.screen import FollowUpsScreen
from app.views.shared import look
from app.views.shared.desk import BookFollowUp, Desk, EditFollowUp, OpenCustomer, Request
from app.views.shared.gateway import Gateway
from app.views.shared.translator import Interpreter
from tests.followups.conftest import least, shown
from tests.followups.people import NOW, TODAY, at, book, bought, complain, days, hour, person

Open = Callable[[], FollowUpsScreen]
GRABS = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
"""A menu grabs the keyboard, which the screen that is none cannot give."""


@pytest.fixture
def open_calendar(qtbot: QtBot, desk: Desk, english: Interpreter) -> Open:
    return lambda: shown(qtbot, FollowUpsScreen(desk))


def press(qtbot: QtBot, screen: FollowUpsScreen, *keys: Qt.Key) -> None:
    """Press keys on the month."""
    for key in keys:
        qtbot.keyClick(screen.month, key)


def pieces(screen: FollowUpsScreen, day: date) -> list[str]:
    return [piece_words(piece) for piece in screen.month.pieces_of(day)]


def agenda(screen: FollowUpsScreen) -> list[str]:
    views = [screen.agenda.words.view(row) for row in screen.agenda.model.rows]
    return [f"{view.title}: {view.reason}" for view in views]


def middle(screen: FollowUpsScreen, day: date) -> QPoint:
    place = screen.month.days.index(day)
    return screen.month.squares().square(place).center()


def test_it_opens_on_today_with_the_month_in_hand(work: UnitOfWork, open_calendar: Open) -> None:
    book(work, person(work, "Laura"), TODAY, text="Day 38")
    screen = open_calendar()
    assert screen.title.text() == "November 2026"
    assert screen.month.hasFocus()
    assert (screen.month.day, screen.month.days[0], screen.month.days[-1]) == (
        TODAY,
        date(2026, 10, 26),
        date(2026, 12, 6),
    )
    assert screen.agenda.title.text() == "Mon 23 Nov"
    assert agenda(screen) == ["Laura: Day **38**"]


@pytest.mark.parametrize(
    ("key", "day", "title"),
    [
        (Qt.Key.Key_Right, date(2026, 11, 24), "November 2026"),
        (Qt.Key.Key_Up, date(2026, 11, 16), "November 2026"),
        (Qt.Key.Key_End, date(2026, 11, 29), "November 2026"),
        (Qt.Key.Key_PageDown, date(2026, 12, 23), "December 2026"),
        (Qt.Key.Key_PageUp, date(2026, 10, 23), "October 2026"),
    ],
)
def test_arrows_move_the_day(qtbot: QtBot, open_calendar: Open, key: Qt.Key, day: date, title: str) -> None:
    screen = open_calendar()
    press(qtbot, screen, key)
    assert (screen.month.day, screen.title.text()) == (day, title)
    press(qtbot, screen, Qt.Key.Key_T)
    assert (screen.month.day, screen.title.text()) == (TODAY, "November 2026")


def test_walking_off_the_page_turns_it_and_reads_it(qtbot: QtBot, work: UnitOfWork, open_calendar: Open) -> None:
    book(work, None, date(2026, 12, 8), text="Order cups")
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert screen.month.day == date(2026, 12, 8)
    assert agenda(screen) == ["Order cups: Call"]


def test_a_click_beyond_the_month_stays_on_the_page_and_the_next_key_turns_it(
    qtbot: QtBot, open_calendar: Open
) -> None:
    screen = open_calendar()
    qtbot.mouseClick(screen.month, Qt.MouseButton.LeftButton, pos=middle(screen, date(2026, 12, 4)))
    assert (screen.month.day, screen.title.text()) == (date(2026, 12, 4), "November 2026")
    press(qtbot, screen, Qt.Key.Key_Right)
    assert (screen.month.day, screen.title.text()) == (date(2026, 12, 5), "December 2026")


def test_the_buttons_turn_the_month(qtbot: QtBot, open_calendar: Open) -> None:
    screen = open_calendar()
    qtbot.mouseClick(screen.head.on, Qt.MouseButton.LeftButton)
    assert screen.title.text() == "December 2026"
    for _ in range(2):
        qtbot.mouseClick(screen.head.back, Qt.MouseButton.LeftButton)
    assert screen.title.text() == "October 2026"
    qtbot.mouseClick(screen.head.today, Qt.MouseButton.LeftButton)
    assert screen.month.day == TODAY


def test_enter_goes_into_the_day_and_escape_comes_back(
    qtbot: QtBot, work: UnitOfWork, open_calendar: Open, asked: list[Request]
) -> None:
    who = person(work, "Laura")
    book(work, who, days(1), text="Call")
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert screen.agenda.list.hasFocus()
    assert screen.customer_in_view() == who
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Return)
    assert asked == [OpenCustomer(who)]
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Escape)
    assert screen.month.hasFocus()


def test_n_and_a_double_click_add_on_the_day(qtbot: QtBot, open_calendar: Open, asked: list[Request]) -> None:
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Right, Qt.Key.Key_N)
    qtbot.mouseDClick(screen.month, Qt.MouseButton.LeftButton, pos=middle(screen, days(3)))
    qtbot.mouseClick(screen.agenda.add, Qt.MouseButton.LeftButton)
    assert asked == [BookFollowUp(None, days(1)), BookFollowUp(None, days(3)), BookFollowUp(None, days(1))]


def test_what_is_booked_appears(qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_calendar: Open) -> None:
    screen = open_calendar()
    who = person(work, "Laura")
    gateway.write(followups.book, followups.FollowUpDraft(days(2), FollowUpKind.THANKS, who), NOW, said="Booked")
    assert pieces(screen, days(2)) == ["Thanks Laura"]
    assert gateway.undo()
    assert pieces(screen, days(2)) == []


def test_done_and_later_work_in_the_day(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_calendar: Open, said: list[str]
) -> None:
    for name, at_hour in (("Ann", hour(9)), ("Bob", hour(10))):
        book(work, person(work, name), TODAY, due_at=at_hour)
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_E)
    assert said == ["Done: Ann"]
    assert [piece.mark for piece in screen.month.pieces_of(TODAY)] == [Mark.DUE, Mark.DONE]
    assert screen.customer_in_view() != screen.agenda.model.rows[1].item.who.id  # type: ignore[union-attr]
    assert gateway.undo()
    assert [piece.mark for piece in screen.month.pieces_of(TODAY)] == [Mark.DUE, Mark.DUE]
    assert gateway.redo()
    assert [piece.mark for piece in screen.month.pieces_of(TODAY)] == [Mark.DUE, Mark.DONE]


def test_what_is_done_can_be_taken_up_again(
    qtbot: QtBot, work: UnitOfWork, open_calendar: Open, said: list[str]
) -> None:
    made = book(work, person(work, "Ann"), TODAY)
    work.write(followups.finish, made, NOW)
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_E)
    assert said == ["To do again: Ann"]
    assert work.read(followups.followup, made).done_at is None


@GRABS
def test_later_moves_by_a_digit(qtbot: QtBot, work: UnitOfWork, open_calendar: Open) -> None:
    book(work, person(work, "Ann"), TODAY)
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Z)
    assert screen.acts.of_day.menu is not None
    qtbot.keyClick(screen.acts.of_day.menu, Qt.Key.Key_2)
    assert pieces(screen, days(3)) == ["Call Ann"]


def test_cut_here_and_pasted_there(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_calendar: Open, said: list[str]
) -> None:
    book(work, person(work, "Ann"), TODAY, due_at=hour(16, 30))
    screen = open_calendar()
    press(qtbot, screen, Qt.Key.Key_Return)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Escape)
    press(qtbot, screen, Qt.Key.Key_Down)
    qtbot.keyClick(screen.month, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pieces(screen, days(7)) == ["Call Ann · 16:30"]
    assert said[-1] == "Moved to 30 Nov: Ann"
    assert gateway.undo()
    assert pieces(screen, TODAY) == ["Call Ann · 16:30"]
    qtbot.keyClick(screen.month, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert pieces(screen, TODAY) == ["Call Ann · 16:30"], "pasted once"


def test_cut_without_a_choice_says_what_to_do(qtbot: QtBot, open_calendar: Open, said: list[str]) -> None:
    screen = open_calendar()
    qtbot.keyClick(screen.month, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert said == ["Choose a follow-up first"]


def drag(qtbot: QtBot, screen: FollowUpsScreen, followup_id: int, to: date) -> None:
    start = screen.month.strip_of(followup_id)
    assert start is not None
    qtbot.mousePress(screen.month, Qt.MouseButton.LeftButton, pos=start)
    for at_point in (start + QPoint(30, 10), middle(screen, to)):
        qtbot.mouseMove(screen.month, at_point)
        QApplication.processEvents()
    qtbot.mouseRelease(screen.month, Qt.MouseButton.LeftButton, pos=middle(screen, to))


def test_a_strip_dragged_to_another_day_is_moved(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_calendar: Open, said: list[str]
) -> None:
    made = book(work, person(work, "Ann"), TODAY)
    screen = open_calendar()
    drag(qtbot, screen, made, days(3))
    assert work.read(followups.followup, made).due_on == days(3)
    assert said == ["Moved to Thu: Ann"]
    assert gateway.undo()
    assert pieces(screen, TODAY) == ["Call Ann"]


def test_what_is_done_stays_where_it_is(qtbot: QtBot, work: UnitOfWork, open_calendar: Open, said: list[str]) -> None:
    made = book(work, person(work, "Ann"), TODAY)
    work.write(followups.finish, made, NOW)
    drag(qtbot, open_calendar(), made, days(3))
    assert said == []


def test_a_double_click_on_a_strip_opens_it(
    qtbot: QtBot, work: UnitOfWork, open_calendar: Open, asked: list[Request]
) -> None:
    made = book(work, person(work, "Ann"), TODAY)
    screen = open_calendar()
    qtbot.mouseDClick(screen.month, Qt.MouseButton.LeftButton, pos=screen.month.strip_of(made))
    assert asked == [EditFollowUp(made)]


def test_strips_say_late_held_and_done(work: UnitOfWork, open_calendar: Open) -> None:
    who = person(work, "Joanna")
    complain(work, who, at(22))
    book(work, who, TODAY, FollowUpKind.REORDER)
    book(work, None, days(-1), text="Order cups")
    work.write(followups.finish, book(work, None, TODAY, text="Bring cups"), NOW)
    screen = open_calendar()
    assert pieces(screen, days(-1)) == ["Order cups · overdue"]
    assert pieces(screen, TODAY) == ["Re-order Joanna · held back: complaint open", "Bring cups · done"]
    assert agenda(screen)[0] == "Joanna: **Held back**: complaint open · Re-order"
    assert screen.agenda.caption.text() == "2 follow-ups · 1 held back"
    assert screen.agenda.count.text() == "1 of at most 12"


def test_lunar_birthdays_stand_on_their_solar_day(
    qtbot: QtBot, work: UnitOfWork, open_calendar: Open, asked: list[Request]
) -> None:
    who = person(work, "Uncle Feng", birthday=Birthday(10, 18, 1960, lunar=True))
    screen = open_calendar()
    assert pieces(screen, date(2026, 11, 26)) == ["Uncle Feng’s birthday · Lunar 10-18 · turns 66"]
    press(qtbot, screen, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert isinstance(screen.agenda.list.choice.row(), BirthdayRow)
    assert screen.customer_in_view() == who
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Return)
    assert asked == [OpenCustomer(who)]


def test_a_layer_that_is_off_is_not_drawn(qtbot: QtBot, work: UnitOfWork, open_calendar: Open) -> None:
    book(work, person(work, "Ruth", birthday=Birthday(11, 23)), TODAY)
    screen = open_calendar()
    assert pieces(screen, TODAY) == ["Ruth’s birthday", "Call Ruth"]
    birthdays = next(chip for chip in screen.layers.chips() if chip.view.value == "birthdays")
    qtbot.mouseClick(birthdays, Qt.MouseButton.LeftButton)
    assert pieces(screen, TODAY) == ["Call Ruth"]


@pytest.mark.parametrize(("language", "on"), [("en", False), ("zh_CN", True)])
def test_lunar_days_are_drawn_in_chinese_until_switched(
    qtbot: QtBot, qapp: QApplication, desk: Desk, english: Interpreter, language: str, on: bool
) -> None:
    look.apply(qapp, language=language)
    english.speak(language)
    screen = shown(qtbot, FollowUpsScreen(desk))
    assert screen.month.marks_days is on
    festivals = next(chip for chip in screen.layers.chips() if chip.view.value == "festivals")
    qtbot.mouseClick(festivals, Qt.MouseButton.LeftButton)
    assert screen.month.marks_days is not on


def test_a_full_square_says_how_many_more(work: UnitOfWork, open_calendar: Open) -> None:
    for name in "ABCDEF":
        book(work, None, TODAY, text=name)
    screen = open_calendar()
    squares = screen.month.squares()
    shown_strips = squares.shown(6)
    assert 1 <= shown_strips < 6
    place = screen.month.days.index(TODAY)
    square = squares.square(place)
    assert all(square.contains(squares.strip(place, nth)) for nth in range(shown_strips + 1))
    assert squares.shown(shown_strips + 1) == shown_strips + 1


def test_squares_have_no_seams(open_calendar: Open) -> None:
    screen = open_calendar()
    for width in (830, 831, 832, 833):
        screen.month.resize(width, 641)
        squares = screen.month.squares()
        for place in range(41):
            if place % 7 < 6:
                assert squares.square(place).right() + 1 == squares.square(place + 1).left()
            if place < 35:
                assert squares.square(place).bottom() + 1 == squares.square(place + 7).top()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_narrow_month_and_day_are_two_pages(
    qtbot: QtBot, qapp: QApplication, work: UnitOfWork, desk: Desk, english: Interpreter, scale: float
) -> None:
    book(work, person(work, "Ann"), TODAY)
    look.apply(qapp, scale=scale)
    screen = shown(qtbot, FollowUpsScreen(desk), round(900 * scale), round(600 * scale))
    assert screen.month.isVisible() and not screen.agenda.isVisible()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert screen.agenda.isVisible() and not screen.month.isVisible()
    qtbot.waitUntil(screen.agenda.list.hasFocus)
    qtbot.keyClick(screen.agenda.list, Qt.Key.Key_Escape)
    assert screen.month.isVisible() and screen.month.hasFocus()


@pytest.mark.parametrize(("scale", "width", "height"), [(1.0, 700, 400), (2.0, 1190, 700)])
def test_a_small_window_begins_with_the_running_agenda(
    qtbot: QtBot, qapp: QApplication, desk: Desk, english: Interpreter, scale: float, width: int, height: int
) -> None:
    look.apply(qapp, scale=scale)
    screen = shown(qtbot, FollowUpsScreen(desk), width, height)
    assert screen.view is View.AGENDA and screen.running.isVisible()
    assert not screen.agenda.isVisible() and not screen.month.isVisible()


def test_what_a_rule_brought_says_what_it_is_and_by_when_at_the_latest(work: UnitOfWork, open_calendar: Open) -> None:
    person(work, "Ann", birthday=Birthday(11, 24))
    quiet = person(work, "Quiet")
    for ago in (41, 31, 21):
        bought(work, quiet, NOW - timedelta(days=ago))
    work.write(followups.run_rules, TODAY, at=NOW)
    book(work, quiet, TODAY, text="New oolong", repeat=Repeat(after_done=30))
    assert agenda(open_calendar()) == [
        "Ann: Birthday **24 Nov**",
        "Quiet: Gone quiet, at the latest **7 Dec**",
        "Quiet: New oolong · comes again",
    ]


def test_tab_goes_from_the_head_through_the_calendar_into_the_day(qtbot: QtBot, open_calendar: Open) -> None:
    screen = open_calendar()
    head = screen.head
    month = next(chip for chip in head.views.chips() if chip.view.value == View.MONTH)
    way = [screen.agenda.add, screen.month, head.on, head.today, head.back, month]
    for before, after in pairwise(way):
        before.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.keyClick(before, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is after
        qtbot.keyClick(after, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is before


def test_it_fits_the_smallest_window(open_calendar: Open) -> None:
    screen = open_calendar()
    width, height = least(screen)
    assert width <= 1184 and height <= 642
