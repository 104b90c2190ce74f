"""Today by keyboard and mouse: finishing, putting off, calling and logging, and what stands beside the list."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.services import customers, followups, interactions
from app.services.followups import TodayRow
from app.services.interactions import ContactDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.shared import look
from app.views.shared.chips import Chip
from app.views.shared.desk import (
    BringIn,
    Desk,
    LogContact,
    NewCustomer,
    OpenComplaint,
    OpenCustomer,
    Request,
)
from app.views.shared.gateway import Gateway
from app.views.shared.held_back import HeldBackDialog
from app.views.shared.lists import Heading
from app.views.shared.translator import Interpreter
from app.views.today.day_dialog import DayDialog
from app.views.today.screen import TodayScreen
from tests.conftest import FixedClock
from tests.followups.conftest import least, shown
from tests.followups.people import NOW, TODAY, at, book, bought, complain, days, hour, person

Open = Callable[[], TodayScreen]
GRABS = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
"""A menu grabs the keyboard, which the screen that is none cannot give."""


@pytest.fixture
def open_today(qtbot: QtBot, desk: Desk, english: Interpreter) -> Open:
    return lambda: shown(qtbot, TodayScreen(desk))


def titles(screen: TodayScreen) -> list[str]:
    """The rows as they are painted, headings with their count."""
    views = [screen.list.rows.shown(screen.model.index(at, 0)) for at in range(screen.model.rowCount())]
    return [f"— {view.words} {view.count}" if isinstance(view, Heading) else view.title for view in views if view]


def reasons(screen: TodayScreen) -> list[str]:
    return [screen.board._view(row).reason for row in screen.model.rows if isinstance(row, TodayRow)]  # type: ignore[union-attr]


def chosen(screen: TodayScreen) -> str:
    row = screen.list.choice.row()
    return row.item.who.name if row and row.item.who else ""


def press(qtbot: QtBot, screen: TodayScreen, key: Qt.Key) -> None:
    qtbot.keyClick(screen.list, key)


def open_dialog(screen: TodayScreen) -> DayDialog:
    """The dialog that asks for another day."""
    return next(dialog for dialog in screen.findChildren(DayDialog) if dialog.isVisible())


def three_people(work: UnitOfWork) -> list[int]:
    """One overdue, one today at two, one on Thursday."""
    ids = [person(work, name, "138 0013 6628") for name in ("Jack Wu", "Laura Ouyang", "Nora Tang")]
    book(work, ids[0], days(-1), text="Answer him")
    book(work, ids[1], TODAY, FollowUpKind.REORDER, due_at=hour(14), text="Day 38 of 30")
    book(work, ids[2], days(3), text="Photos")
    return ids


def test_the_list_opens_on_its_first_row_with_the_focus(work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    assert titles(screen) == ["— Overdue 1", "Jack Wu", "— Today 1", "Laura Ouyang", "— This week 1", "Nora Tang"]
    assert screen.list.hasFocus()
    assert chosen(screen) == "Jack Wu"
    assert screen.customer_in_view() is not None


def test_the_due_is_said_from_today(work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    views = [screen.board._view(row) for row in screen.model.rows if isinstance(row, TodayRow)]
    assert [(view.trailing, view.mark) for view in views] == [  # type: ignore[union-attr]
        ("1 day late", "late"),
        ("14:00", "todo"),
        ("Thu", "todo"),
    ]
    assert reasons(screen)[1] == "Day **38** of **30**"


def test_done_goes_on_to_the_next_and_is_undone_and_done_again(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, said: list[str]
) -> None:
    three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_E)
    assert said == ["Done: Jack Wu"]
    assert chosen(screen) == "Laura Ouyang"
    assert "Jack Wu" not in titles(screen)
    assert work.read(followups.due_count, TODAY) == 1
    assert gateway.undo()
    assert titles(screen)[:2] == ["— Overdue 1", "Jack Wu"]
    assert gateway.redo()
    assert "Jack Wu" not in titles(screen)


def test_the_last_row_gives_way_to_the_one_before(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_End)
    assert chosen(screen) == "Nora Tang"
    press(qtbot, screen, Qt.Key.Key_E)
    assert chosen(screen) == "Laura Ouyang"


def test_a_click_on_the_round_is_done(qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]) -> None:
    three_people(work)
    screen = open_today()
    row = screen.list.visualRect(screen.model.index(3, 0))
    qtbot.mouseClick(screen.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, row.center().y()))
    assert said == ["Done: Laura Ouyang"]


@GRABS
@pytest.mark.parametrize(
    ("digit", "due", "told"),
    [
        (Qt.Key.Key_1, days(1), "Moved to tomorrow: Jack Wu"),
        (Qt.Key.Key_2, days(3), "Moved to Thu: Jack Wu"),
        (Qt.Key.Key_3, days(7), "Moved to 30 Nov: Jack Wu"),
    ],
)
def test_later_is_chosen_by_its_digit(
    qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str], digit: Qt.Key, due: object, told: str
) -> None:
    three_people(work)
    screen = open_today()
    item = screen.list.choice.row().item
    press(qtbot, screen, Qt.Key.Key_Z)
    assert screen.acts.menu is not None
    qtbot.keyClick(screen.acts.menu, digit)
    assert work.read(followups.followup, item.id).due_on == due
    assert said == [told]
    assert chosen(screen) == "Laura Ouyang"


@GRABS
def test_another_day_is_asked_for(qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]) -> None:
    three_people(work)
    screen = open_today()
    item = screen.list.choice.row().item
    press(qtbot, screen, Qt.Key.Key_Z)
    assert screen.acts.menu is not None
    qtbot.keyClick(screen.acts.menu, Qt.Key.Key_4)
    dialog = open_dialog(screen)
    qtbot.keyClick(dialog.quick, Qt.Key.Key_3)
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)
    assert work.read(followups.followup, item.id).due_on == days(7)
    assert said == ["Moved to 30 Nov: Jack Wu"]
    assert chosen(screen) == "Laura Ouyang"


class Dialled(QObject):
    """Stands in for the telephone of this computer."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[str] = []

    @Slot(QUrl)
    def dial(self, url: QUrl) -> None:
        self.numbers.append(url.toString())


def test_call_copies_the_number_and_dials_it(qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]) -> None:
    three_people(work)
    screen, phone = open_today(), Dialled()
    QDesktopServices.setUrlHandler("tel", phone, "dial")  # type: ignore[arg-type]
    press(qtbot, screen, Qt.Key.Key_C)
    QDesktopServices.unsetUrlHandler("tel")
    assert QGuiApplication.clipboard().text() == "13800136628"
    assert phone.numbers == ["tel:13800136628"]
    assert said == ["Copied 138 0013 6628"]


def test_who_has_only_wechat_is_written_to(qtbot: QtBot, work: UnitOfWork, open_today: Open, said: list[str]) -> None:
    book(work, person(work, "Aygul", wechat="aygul_m"), TODAY)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "aygul_m"
    book(work, None, days(-1), text="Order cups")
    screen.refresh()
    press(qtbot, screen, Qt.Key.Key_Home)
    press(qtbot, screen, Qt.Key.Key_C)
    assert said == ["Copied WeChat aygul_m", "There is no number to call"]


def test_enter_opens_the_card(qtbot: QtBot, work: UnitOfWork, open_today: Open, asked: list[Request]) -> None:
    ids = three_people(work)
    press(qtbot, open_today(), Qt.Key.Key_Return)
    assert asked == [OpenCustomer(ids[0])]


def test_a_logged_contact_is_the_follow_up_done(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, asked: list[Request], said: list[str]
) -> None:
    ids = three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_L)
    assert asked == [LogContact(ids[0])]
    gateway.write(interactions.log_contact, ids[0], ContactDraft(), at=NOW, said="Logged")
    qtbot.waitUntil(lambda: said == ["Logged", "Done: Jack Wu"])
    assert chosen(screen) == "Laura Ouyang"


def test_a_contact_after_the_log_was_left_is_not_about_that_row(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, said: list[str]
) -> None:
    ids = three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_L)
    screen.board.held.setFocus()
    screen.board.chips.setFocus()
    screen.list.setFocus()
    gateway.write(interactions.log_contact, ids[0], ContactDraft(), at=NOW, said="Logged")
    QApplication.processEvents()
    assert said == ["Logged"]
    assert chosen(screen) == "Jack Wu"


def test_what_was_removed_comes_back(qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    press(qtbot, screen, Qt.Key.Key_Delete)
    assert "Jack Wu" not in titles(screen)
    assert gateway.undo()
    assert "Jack Wu" in titles(screen)


def chip(screen: TodayScreen, purpose: object) -> Chip:
    return next(found for found in screen.board.chips.chips() if found.view.value == purpose)


def test_chips_count_the_purposes_and_show_one_of_them(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    assert [(found.view.words, found.view.count) for found in screen.board.chips.chips()] == [
        ("All", 3),
        ("Care", 2),
        ("Sell", 1),
        ("Complaints", 0),
    ]
    qtbot.mouseClick(chip(screen, FollowUpPurpose.SELL), Qt.MouseButton.LeftButton)
    assert titles(screen) == ["— Today 1", "Laura Ouyang"]
    qtbot.mouseClick(chip(screen, FollowUpPurpose.COMPLAINT), Qt.MouseButton.LeftButton)
    assert titles(screen) == []
    assert screen.board.calm.title.text() == "Nothing of this kind"


def test_the_brake_keeps_selling_off_the_list_and_says_so(
    qtbot: QtBot, work: UnitOfWork, open_today: Open, asked: list[Request]
) -> None:
    who = person(work, "Joanna Shen")
    book(work, who, TODAY, FollowUpKind.REORDER, text="Dancong finished")
    book(work, who, TODAY, FollowUpKind.BIRTHDAY, text="Sweet")
    case, quiet = complain(work, who, at(22)), person(work, "Quiet")
    book(work, quiet, TODAY, FollowUpKind.REORDER)
    work.write(customers.set_field, quiet, "do_not_contact", True, version=1)
    screen = open_today()
    assert titles(screen) == ["— Today 1", "Joanna Shen"]
    assert reasons(screen) == ["Complaint open: **greet, do not sell** · Sweet"]
    assert screen.board.held.text() == "2 kept out of selling"
    qtbot.mouseClick(screen.board.held, Qt.MouseButton.LeftButton)
    (listed,) = screen.window().findChildren(HeldBackDialog)
    said = [[listed.rows.index(row, column).data() for column in range(3)] for row in range(2)]
    assert said == [["Joanna Shen", "complaint open C-0001", "22 Nov"], ["Quiet", "not to be contacted", ""]]
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    assert asked == [OpenComplaint(case)]


def test_reasons_nobody_wrote_are_sentences(work: UnitOfWork, open_today: Open) -> None:
    who = person(work, "Laura", birthday=Birthday(11, 23, 1988))
    for ago in (100, 70, 40):
        bought(work, who, NOW - timedelta(days=ago))
    for kind in (FollowUpKind.REORDER, FollowUpKind.SILENCE, FollowUpKind.BIRTHDAY, FollowUpKind.CALL):
        book(work, who, TODAY, kind)
    quote = ContactDraft(quoted="Two tins of rock tea, ¥180")
    work.write(interactions.log_contact, who, quote, at=NOW - timedelta(days=1))
    book(work, who, TODAY, FollowUpKind.QUOTE)
    assert sorted(reasons(open_today())) == [
        "Call",
        "Quoted **yesterday**: Two tins of rock tea, ¥**180**",
        "Silent for **40 days**, usually **30**",
        "Turns **38** today",
        "Usually comes every **30 days**; today is day **40**",
    ]


def test_a_new_shop_is_offered_the_spreadsheet(qtbot: QtBot, open_today: Open, asked: list[Request]) -> None:
    screen = open_today()
    assert screen.empty.isVisible()
    for button in (screen.bring_in, screen.new):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [BringIn(), NewCustomer()]


def test_done_for_today_is_calm_and_names_tomorrow(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    for name in ("Ann", "Bob", "Cy", "Di"):
        book(work, person(work, name), days(1))
    book(work, person(work, "Jack"), TODAY)
    screen = open_today()
    assert not screen.board.calm.isVisible()
    press(qtbot, screen, Qt.Key.Key_E)
    assert screen.board.calm.isVisible()
    assert screen.board.calm.title.text() == "Done for today"
    assert screen.board.calm.sentence.text() == "Tomorrow begins with Ann, Bob, Cy."
    assert titles(screen)[0] == "— This week 4"


def test_the_side_says_how_the_day_goes(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, open_today: Open, asked: list[Request]
) -> None:
    regular, wronged = person(work, "Regular", birthday=Birthday(11, 25, 1990)), person(work, "Jack Wu")
    bought(work, regular, at(16, 9, 30), 100_00)
    bought(work, regular, at(23, 9, 10), 112_00)
    bought(work, None, at(23, 9, 20), 0)
    case = complain(work, wronged, at(10))
    work.write(followups.finish, book(work, None, TODAY, text="done"), NOW)
    book(work, None, TODAY, text="open")
    screen = open_today()
    figures = screen.side.figures
    qtbot.waitUntil(lambda: figures.sales.figure.text() == "¥112")
    gateway.settle()
    assert figures.sales.below.text() == "1 sale · +12% on last Mon"
    assert (figures.returning.figure.text(), figures.returning.below.text()) == ("1", "of 1 · 100%")
    assert figures.done_count.text() == "1 / 3", "one is booked, and a complaint is late"
    (late,) = screen.side.decisions.lines
    assert late.words == "1 complaint overdue"
    (born,) = screen.side.birthdays.lines
    assert (born.words, born.caption, born.trailing) == ("Regular", "Potential · turns 36", "Wed")
    for line in (late, born):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert asked == [OpenComplaint(case), OpenCustomer(regular)]


def test_the_list_turns_over_with_the_day(qtbot: QtBot, work: UnitOfWork, clock: FixedClock, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    clock.forward(days=1)
    screen.refresh()
    assert titles(screen)[:3] == ["— Overdue 2", "Jack Wu", "Laura Ouyang"]
    assert screen.context.text() == "Tuesday 24 November"


def test_chinese_says_it_in_chinese(
    qtbot: QtBot, qapp: QApplication, work: UnitOfWork, open_today: Open, english: Interpreter
) -> None:
    who = person(work, "冯叔", birthday=Birthday(10, 18, 1960, lunar=True))
    book(work, who, days(-2), FollowUpKind.BIRTHDAY)
    screen = open_today()
    look.apply(qapp, language="zh_CN")
    english.speak("zh_CN")
    QApplication.processEvents()
    screen.gateway.settle()
    assert screen.context.text() == "11月23日 星期一 · 农历十月十五"
    assert titles(screen) == ["— 逾期 1", "冯叔"]
    assert reasons(screen) == ["11月26日 **66 岁生日**"]
    (born,) = screen.side.birthdays.lines
    assert (born.caption, born.trailing) == ("潜在 · 农历十月十八 · 66 岁", "周四")


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_small_window_folds_the_side_behind_a_button(
    qtbot: QtBot, qapp: QApplication, work: UnitOfWork, desk: Desk, english: Interpreter, scale: float
) -> None:
    three_people(work)
    look.apply(qapp, scale=scale)
    screen = shown(qtbot, TodayScreen(desk), round(900 * scale), round(600 * scale))
    assert screen.board.isVisible() and not screen.side.isVisible()
    qtbot.mouseClick(screen.glance, Qt.MouseButton.LeftButton)
    assert screen.side.isVisible() and not screen.board.isVisible()
    screen.resize(round(1190 * scale), round(600 * scale))
    assert screen.side.isVisible() and screen.board.isVisible() and not screen.glance.isVisible()


def test_it_fits_the_smallest_window(qtbot: QtBot, work: UnitOfWork, open_today: Open) -> None:
    three_people(work)
    screen = open_today()
    width, height = least(screen)
    assert width <= 1184 and height <= 642
