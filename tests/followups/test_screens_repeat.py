"""The repeat field by keyboard, its sentence in both languages, and the question of how many of a series."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.domain.recurrence import Pattern, Repeat, Unit, rule_of
from app.services import followups
from app.services.followups import Spot
from app.storage.unit_of_work import UnitOfWork
from app.views.followups.editor import ChangingDialog, open_edit, open_followup
from app.views.followups.held import Held
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.followup_acts import FollowUpActs
from app.views.shared.gateway import Gateway
from app.views.shared.repeat_words import repeat_sentence
from app.views.shared.scope_question import ScopeDialog
from app.views.shared.translator import Interpreter
from app.views.today.screen import TodayScreen
from tests.followups.conftest import shown
from tests.followups.people import TODAY, book, days
from tests.followups.test_screens_today import open_dialog
from tests.followups.test_service_series import FOUR, due_days, nth, rows

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, english: Interpreter) -> QWidget:
    made: QWidget = shown(qtbot, QWidget(), 1366, 768)
    return made


def type_over(qtbot: QtBot, field: QWidget, words: str) -> None:
    qtbot.keyClick(field, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(field, words)


def press(qtbot: QtBot, field: QWidget, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        qtbot.keyClick(field, key)


def question() -> ScopeDialog:
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, ScopeDialog) and one.isVisible()]
    return found


def answer(qtbot: QtBot, digit: Qt.Key) -> None:
    qtbot.keyClick(question().choice.chips()[0], digit)


def test_monthly_by_keyboard_says_its_sentence_and_the_next_three(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget
) -> None:
    dialog = open_followup(desk, window, None, date(2026, 12, 31))
    repeat = dialog.form.repeat
    assert not repeat.sentence.isVisible()
    press(qtbot, repeat.how, Qt.Key.Key_Down, 3)
    assert repeat.sentence.text() == "Comes every month on the 31st (or the last day)"
    assert repeat.coming.text() == "The next: Thu 31 Dec, Sun 31 Jan, Sun 28 Feb"
    press(qtbot, repeat.end, Qt.Key.Key_Down, 2)
    qtbot.keyClicks(repeat.times, "3")
    qtbot.keyClicks(dialog.form.text, "Stock list")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    assert due_days(work) == ["2026-12-31", "2027-01-31", "2027-02-28"]


def test_every_two_weeks_on_two_days(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, TODAY)
    repeat = dialog.form.repeat
    press(qtbot, repeat.how, Qt.Key.Key_Down, 2)
    type_over(qtbot, repeat.every, "2")
    thursday = repeat.weekdays.chips()[3]
    thursday.setFocus()
    qtbot.keyClick(thursday, Qt.Key.Key_Space)
    assert repeat.sentence.text() == "Comes every 2 weeks on Monday and Thursday"
    assert repeat.coming.text() == "The next: Mon 23 Nov, Thu 26 Nov, Mon 7 Dec"
    assert repeat.value() == Repeat("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")


def test_after_it_is_done_and_the_day_chosen_later(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, TODAY)
    press(qtbot, dialog.form.repeat.how, Qt.Key.Key_Down, 5)
    assert dialog.form.repeat.sentence.text() == "Comes 30 days after it is done"
    type_over(qtbot, dialog.form.when.day, "2026-12-01")
    assert dialog.form.repeat.coming.text() == "The first: Tue 1 Dec"
    qtbot.keyClicks(dialog.form.text, "Ask")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    assert due_days(work) == ["2026-12-01"]


def test_what_cannot_be_is_said_under_the_field(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    dialog = open_followup(desk, window, None, TODAY)
    repeat = dialog.form.repeat
    qtbot.keyClicks(dialog.form.text, "x")
    press(qtbot, repeat.how, Qt.Key.Key_Down, 3)
    for every, end, last, said in (
        ("0", 0, "", "Write a whole number from 1 to 999"),
        ("1", 1, "", "Write the last day"),
        ("1", 0, "2026-11-01", "No day comes until then. Choose a later last day."),
    ):
        type_over(qtbot, repeat.every, every)
        press(qtbot, repeat.end, Qt.Key.Key_Down, end)
        qtbot.keyClicks(repeat.until, last)
        qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
        assert dialog.form.errors() == {"repeat": said}
    assert rows(work) == []


@pytest.mark.parametrize(
    ("digit", "expected"),
    [
        (Qt.Key.Key_1, ["Call", "Tea", "Call", "Call"]),
        (Qt.Key.Key_2, ["Call", "Tea", "Tea", "Tea"]),
        (Qt.Key.Key_3, ["Tea", "Tea", "Tea", "Tea"]),
    ],
)
def test_a_change_asks_how_many(
    qtbot: QtBot, work: UnitOfWork, gateway: Gateway, desk: Desk, window: QWidget, digit: Qt.Key, expected: list[str]
) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    dialog = open_edit(desk, window, nth(work, 1))
    assert isinstance(dialog, ChangingDialog)
    assert dialog.form.repeat.sentence.text() == "Comes every week on Monday, 4 times"
    type_over(qtbot, dialog.form.text, "Tea")
    qtbot.keyClick(dialog.form.text, Qt.Key.Key_Return, CONTROL)
    answer(qtbot, digit)
    assert [row[2] for row in rows(work)] == expected
    assert not dialog.isVisible()
    gateway.undo()
    assert [row[2] for row in rows(work)] == ["Call"] * 4


def test_another_rule_is_never_for_one_alone(qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    dialog = open_edit(desk, window, nth(work, 0))
    assert isinstance(dialog, ChangingDialog)
    press(qtbot, dialog.form.repeat.how, Qt.Key.Key_Up, 2)
    assert dialog.form.repeat.value() == Repeat()
    qtbot.keyClick(dialog.form.repeat.how, Qt.Key.Key_Return, CONTROL)
    assert [chip.text() for chip in question().choice.chips()] == ["This one and later ones", "All"]
    answer(qtbot, Qt.Key.Key_1)
    assert rows(work) == [("2026-11-23", None, "Call", False)]


def test_moving_and_removing_in_a_list_ask_too_and_escape_changes_nothing(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget
) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    second = work.read(followups.followup, nth(work, 1))
    acts = FollowUpActs(QListView(window), desk, "test", lambda: second)
    acts.move(second, days(9))
    qtbot.keyClick(question().choice.chips()[0], Qt.Key.Key_Escape)
    assert due_days(work) == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
    acts.move(second, days(9))
    answer(qtbot, Qt.Key.Key_2)
    assert due_days(work) == ["2026-11-23", "2026-12-02", "2026-12-09", "2026-12-16"]
    third = work.read(followups.followup, nth(work, 2))
    FollowUpActs(QListView(window), desk, "test", lambda: third).remove.trigger()
    answer(qtbot, Qt.Key.Key_1)
    assert due_days(work) == ["2026-11-23", "2026-12-02", "2026-12-16"]


def test_removing_what_counts_from_done_asks_and_one_alone_brings_the_next(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, window: QWidget
) -> None:
    made = book(work, None, TODAY, text="Call", repeat=Repeat(after_done=30))
    for digit, left in ((Qt.Key.Key_1, [str(days(30))]), (Qt.Key.Key_2, [])):
        row = work.read(followups.followup, nth(work, 0))
        FollowUpActs(QListView(window), desk, "test", lambda row=row: row).remove.trigger()  # type: ignore[misc]
        answer(qtbot, digit)
        assert due_days(work) == left
    assert made


def test_in_today_one_that_repeats_is_asked_about_as_in_the_calendar(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, english: Interpreter, said: list[str]
) -> None:
    book(work, None, TODAY, text="Call", repeat=FOUR)
    screen = shown(qtbot, TodayScreen(desk))
    move_to(qtbot, screen, "2026-11-24")
    answer(qtbot, Qt.Key.Key_2)
    assert due_days(work) == ["2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"]
    screen.refresh()
    qtbot.keyClick(screen.list, Qt.Key.Key_Delete)
    answer(qtbot, Qt.Key.Key_1)
    assert due_days(work) == ["2026-12-01", "2026-12-08", "2026-12-15"]
    assert said == ["Moved to tomorrow: Call", "Removed: Call"]


def test_of_many_these_alone_are_moved_and_removed_and_that_is_said(
    qtbot: QtBot, work: UnitOfWork, desk: Desk, english: Interpreter, said: list[str]
) -> None:
    for text in ("Call", "Tea"):
        book(work, None, TODAY, text=text, repeat=FOUR)
    screen = shown(qtbot, TodayScreen(desk))
    before = due_days(work)[2:]
    press(qtbot, screen.list, Qt.Key.Key_Space, 2)
    move_to(qtbot, screen, "2026-11-24")
    assert due_days(work) == ["2026-11-24"] * 2 + before
    screen.refresh()
    qtbot.keyClick(screen.list, Qt.Key.Key_Home)
    press(qtbot, screen.list, Qt.Key.Key_Space, 2)
    qtbot.keyClick(screen.list, Qt.Key.Key_Delete)
    assert due_days(work) == before
    ones = {strip.id: strip.item for strip in work.read(followups.day, days(7), TODAY).strips}
    held = Held(desk, FollowUpActs(QListView(screen), desk, "test", lambda: None), lambda: None)
    held.move(list(ones.values()), Spot(days(8)))
    assert due_days(work)[:3] == [str(days(8)), str(days(8)), str(days(14))]
    assert said == [
        "Moved to tomorrow: 2 follow-ups · of what repeats, only these",
        "Removed: 2 follow-ups · of what repeats, only these",
        "Moved to 1 Dec: 2 follow-ups · of what repeats, only these",
    ]


def move_to(qtbot: QtBot, screen: TodayScreen, day: str) -> None:
    qtbot.keyClick(screen.list, Qt.Key.Key_R)
    dialog = open_dialog(screen)
    dialog.day.setFocus()
    qtbot.keyClicks(dialog.day, day)
    qtbot.keyClick(dialog.day, Qt.Key.Key_Return)


SENTENCES = [
    (Pattern(Unit.DAY), "every day", "每天"),
    (Pattern(Unit.DAY, 3), "every 3 days", "每 3 天"),
    (
        Pattern(Unit.WEEK, 1, (0, 2, 4)),
        "every week on Monday, Wednesday and Friday",
        "每周的星期一、星期三和星期五",
    ),
    (Pattern(Unit.MONTH, day=15), "every month on the 15th", "每月15日"),
    (Pattern(Unit.MONTH, day=31), "every month on the 31st (or the last day)", "每月31日（没有这一天则为最后一天）"),
    (Pattern(Unit.MONTH, day=-1), "every month on the last day", "每月最后一天"),
    (Pattern(Unit.MONTH, 2, (1,), nth=2), "every 2 months on the second Tuesday", "每 2 个月的第二个星期二"),
    (Pattern(Unit.MONTH, weekdays=(4,), nth=-1), "every month on the last Friday", "每月最后一个星期五"),
    (Pattern(Unit.YEAR, month=5, day=3), "every year on 3 May", "每年5月3日"),
    (
        Pattern(Unit.YEAR, month=2, day=29),
        "every year on 29 February (the 28th in common years)",
        "每年2月29日（平年为28日）",
    ),
]


def test_every_rule_is_said_in_both_languages(qapp: QApplication, english: Interpreter) -> None:
    for language, place in (("en", 1), ("zh_CN", 2)):
        look.apply(qapp, language=language)
        english.speak(language)
        for case in SENTENCES:
            assert repeat_sentence(Repeat(rule_of(case[0])), TODAY, TODAY) == case[place]


def test_ends_completion_and_foreign_rules_are_said(english: Interpreter) -> None:
    said = [
        repeat_sentence(repeat, TODAY, TODAY)
        for repeat in (
            Repeat("FREQ=DAILY", until=date(2026, 12, 31)),
            Repeat(after_done=1, times=1),
            Repeat("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"),
        )
    ]
    assert said == [
        "every day, until 31 Dec",
        "1 day after it is done, 1 time",
        "by a rule of another program: FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    ]
