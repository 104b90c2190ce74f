"""Logging a contact by keyboard: who, how, words, next step; the brake, the way to a complaint, drafts, undo."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.interactions import Channel, Direction, Purpose
from app.services import customers, followups, interactions
from app.services.followups import FollowUpDraft, FollowUpRow, NothingToDo
from app.services.interactions import ContactDraft, ContactRow, NobodyToLog
from app.storage.unit_of_work import UnitOfWork
from app.views.interactions.log import LogDialog, open_log
from app.views.shared import dialogs, look
from app.views.shared.desk import Desk, LogComplaint
from app.views.shared.look import Theme
from app.views.shared.translator import interpreter
from tests.customers.lively import TODAY

Press = Callable[..., None]
Enter = Callable[..., LogDialog]
Speak = Callable[[str], None]
AHEAD = TODAY + timedelta(days=60)
WELL, BRAKED = "陆明远", "沈静怡"


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Speak]:
    speaker = interpreter(qapp)

    def to(language: str) -> None:
        look.apply(qapp, language=language)
        speaker.speak(language)

    dialogs.forget_drafts()
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0)
    to("en")
    yield to
    to("en")
    look.apply(qapp, theme=Theme.LIGHT, scale=1.0)


@pytest.fixture
def window(qtbot: QtBot, speak: Speak) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1366, 697)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    for dialog in made.findChildren(dialogs.Dialog):
        dialog.done(0)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def press(qtbot: QtBot) -> Press:
    """Presses keys where the focus is; each settles before the next."""

    def keys(*wanted: str) -> None:
        for name in wanted:
            target = QApplication.focusWidget()
            assert target is not None, f"nothing has the focus for {name}"
            combination: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]
            QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    return keys


@pytest.fixture
def enter(qtbot: QtBot, window: QWidget, desk: Desk) -> Enter:
    """Opens the dialog and waits until keys go to it."""

    def entered(customer_id: int | None = None) -> LogDialog:
        dialog = open_log(desk, window, customer_id)
        qtbot.waitUntil(lambda: dialog.isAncestorOf(QApplication.focusWidget() or window))
        return dialog

    return entered


def compose(words: str) -> None:
    """Write as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    focus = QApplication.focusWidget()
    assert focus is not None
    QApplication.sendEvent(focus, event)


def in_use(dialog: LogDialog) -> str:
    """The question that has the focus."""
    focus, form = QApplication.focusWidget(), dialog.form
    fields = {name: form.field(name) for name in form.values() if name != "noticed"}
    return next((name for name, field in fields.items() if field is focus or field.isAncestorOf(focus)), "")


def is_closed(window: QWidget) -> bool:
    return not any(dialog.isVisible() for dialog in window.findChildren(LogDialog))


def newest(work: UnitOfWork, who: int) -> ContactRow:
    return work.read(interactions.contacts, who, limit=1)[0]


def booked(work: UnitOfWork) -> list[FollowUpRow]:
    """Every follow-up from today on: the lively shop has none of its own."""
    plans = work.read(followups.days, TODAY, AHEAD, TODAY)
    return [strip.item for plan in plans for strip in plan.strips]


def test_a_call_is_logged_by_digits_and_a_line(
    qtbot: QtBot, enter: Enter, window: QWidget, desk: Desk, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    dialog = enter()
    assert in_use(dialog) == "who"
    press("l", "m", "y", "Return")
    assert in_use(dialog) == "how"
    press("1")
    assert in_use(dialog) == "began"
    press("1")
    assert in_use(dialog) == "outcome"
    press("2")
    assert in_use(dialog) == "purpose"
    press("2")
    assert in_use(dialog) == "said"
    qtbot.keyClicks(QApplication.focusWidget(), "No answer")
    with qtbot.waitSignal(desk.gateway.said) as said:
        press("Ctrl+Return")
    row = newest(work, ids[WELL])
    assert (row.channel, row.direction, row.purpose) == (Channel.CALL, Direction.OUT, Purpose.SELL)
    assert (row.reached, row.summary, row.day) == (False, "No answer", TODAY)
    assert said.args == [f"Logged: {WELL}, Call", True]
    assert booked(work) == []
    assert is_closed(window)


def test_from_a_card_in_chinese(
    enter: Enter, work: UnitOfWork, ids: dict[str, int], speak: Speak, press: Press
) -> None:
    speak("zh_CN")
    dialog = enter(ids[WELL])
    form = dialog.form
    assert (dialog.title.text(), dialog.caption.text()) == ("记往来", "还没有联系过")
    assert [chip.text() for chip in form.how.chips()] == ["电话", "到店", "微信", "短信", "邮件", "信件"]
    assert [chip.text() for chip in form.next.chips()] == ["不用", "明天", "3 天后", "下周", "选日期"]
    assert in_use(dialog) == "how"
    press("3", "Alt+6")
    compose("问候，谢谢惦记")
    press("Ctrl+Return")
    row = newest(work, ids[WELL])
    assert (row.channel, row.reached, row.purpose) == (Channel.WECHAT, True, Purpose.CARE)
    assert row.summary == "问候，谢谢惦记"


@pytest.mark.parametrize("row", [1, 2, 3, 4, 5, 6, 7, 9])
def test_ctrl_enter_saves_from_every_question(
    enter: Enter, window: QWidget, work: UnitOfWork, ids: dict[str, int], press: Press, row: int
) -> None:
    enter(ids[WELL])
    press("1", "Alt+7", "2", f"Alt+{row}", "Ctrl+Return")
    assert is_closed(window)
    assert newest(work, ids[WELL]).channel is Channel.CALL


def test_nothing_is_saved_without_a_person_and_a_way(
    enter: Enter, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    dialog = enter()
    press("Ctrl+Return")
    assert dialog.form.errors() == {"who": "Choose whom the contact was with", "how": "Choose how you were in touch"}
    press("s", "j", "Ctrl+Return")
    assert dialog.form.errors()["who"] == "Take somebody from the list with Enter"
    assert dialog.isVisible()
    press("Return")
    assert dialog.form.who.customer_id == ids[BRAKED]
    assert "who" not in dialog.form.errors()


def test_who_is_in_the_shop_came_to_us_unless_said_otherwise(enter: Enter, ids: dict[str, int], press: Press) -> None:
    dialog = enter(ids[WELL])
    press("2")
    assert dialog.form.began.value() == Direction.IN
    press("1", "Alt+2", "2")
    assert dialog.form.began.value() == Direction.OUT


@pytest.mark.parametrize(
    ("digit", "day", "said"),
    [("2", date(2026, 11, 24), "tomorrow"), ("3", date(2026, 11, 26), "Thu"), ("4", date(2026, 11, 30), "30 Nov")],
)
def test_the_next_step_is_booked_and_undone_with_the_contact(
    qtbot: QtBot,
    enter: Enter,
    desk: Desk,
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,
    digit: str,
    day: date,
    said: str,
) -> None:
    enter(ids[WELL])
    press("3", "Alt+6")
    qtbot.keyClicks(QApplication.focusWidget(), "Wants the new rock tea")
    press("Alt+7", digit)
    with qtbot.waitSignal(desk.gateway.said) as heard:
        press("Ctrl+Return")
    (step,) = booked(work)
    assert (step.due_on, step.kind, step.purpose) == (day, FollowUpKind.WECHAT, FollowUpPurpose.CARE)
    assert (step.who and step.who.id, step.text) == (ids[WELL], "Wants the new rock tea")
    assert heard.args == [f"Logged: {WELL}, WeChat · follow-up {said}", True]
    assert desk.gateway.undo()
    assert booked(work) == []
    assert work.read(interactions.contacts, ids[WELL]) == []
    assert desk.gateway.redo()
    assert len(booked(work)) == 1
    assert newest(work, ids[WELL]).channel is Channel.WECHAT


def test_a_day_of_ones_own_and_what_to_do_then(
    qtbot: QtBot, enter: Enter, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    dialog = enter(ids[WELL])
    press("1", "Alt+7", "5")
    assert in_use(dialog) == "day"
    press("Ctrl+Return")
    assert dialog.form.errors() == {"day": "Choose a day, or another next step"}
    qtbot.keyClicks(QApplication.focusWidget(), "11-20")
    press("Ctrl+Return")
    assert dialog.form.errors() == {"day": "That day is over: choose today or later"}
    dialog.form.day.clear()
    qtbot.keyClicks(QApplication.focusWidget(), "12-05")
    assert dialog.note.text() == "Follow-up on Sat 5 Dec"
    press("Tab")
    assert in_use(dialog) == "what"
    qtbot.keyClicks(QApplication.focusWidget(), "Send the price list")
    press("Ctrl+Return")
    (step,) = booked(work)
    assert (step.due_on, step.text) == (date(2026, 12, 5), "Send the price list")


def test_a_day_no_longer_wanted_holds_nothing_up(
    enter: Enter, window: QWidget, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    enter(ids[WELL])
    press("1", "Alt+7", "5", "Ctrl+Return", "Alt+7", "1", "Ctrl+Return")
    assert is_closed(window)
    assert booked(work) == []


def test_the_brake_is_said_and_the_purpose_goes_back_to_care(
    enter: Enter, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    dialog = enter()
    form = dialog.form
    assert form.brake.isHidden()
    press("Alt+5", "2", "Alt+1", "s", "j", "y", "Return")
    assert form.brake.isVisible()
    assert form.brake.label.text() == "Complaint open: selling waits, care is welcome"
    assert dialog.caption.text().startswith("Last spoken to 12 days ago · ")
    assert form.chosen_purpose() is Purpose.CARE
    press("1", "Alt+5", "2", "Alt+7", "4")
    assert dialog.note.text() == "Follow-up on Mon 30 Nov, held back: complaint open C-0234"
    press("Ctrl+Return")
    (step,) = booked(work)
    assert (step.purpose, step.held) == (FollowUpPurpose.SELL, True)


def test_taking_the_person_out_takes_the_brake_away(enter: Enter, ids: dict[str, int], press: Press) -> None:
    dialog = enter(ids[BRAKED])
    assert dialog.form.brake.isVisible()
    press("Alt+1", "Backspace")
    assert dialog.form.brake.isHidden()
    assert (dialog.form.person, dialog.caption.text()) == (None, "")


@pytest.mark.parametrize("by_key", [True, False])
def test_dissatisfied_leads_to_a_complaint_once_saved(
    qtbot: QtBot,
    enter: Enter,
    window: QWidget,
    desk: Desk,
    work: UnitOfWork,
    ids: dict[str, int],
    press: Press,
    by_key: bool,
) -> None:
    asked: list[object] = []
    desk.asked.connect(asked.append)
    dialog = enter(ids[WELL])
    press("1")
    if by_key:
        press("Ctrl+D")
    else:
        qtbot.mouseClick(dialog.form.noticed.tick, Qt.MouseButton.LeftButton)
    assert asked == []
    assert dialog.form.noticed.tick.value()
    press("Alt+6")
    qtbot.keyClicks(QApplication.focusWidget(), "The tea was stale")
    press("Ctrl+Return")
    contact = newest(work, ids[WELL])
    assert asked == [LogComplaint(ids[WELL], "The tea was stale", contact.id)]
    assert contact.channel is Channel.CALL
    assert is_closed(window)


def test_without_the_tick_no_complaint_is_asked_for(
    enter: Enter, desk: Desk, ids: dict[str, int], press: Press
) -> None:
    asked: list[object] = []
    desk.asked.connect(asked.append)
    enter(ids[WELL])
    press("Ctrl+D", "Ctrl+D", "1", "Ctrl+Return")
    assert asked == []


def test_esc_keeps_the_words_for_this_person_until_they_are_saved(
    qtbot: QtBot, enter: Enter, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    enter(ids[WELL])
    press("3", "Alt+6")
    qtbot.keyClicks(QApplication.focusWidget(), "Half a sentence")
    press("Alt+7", "3", "Ctrl+D", "Esc")
    assert work.read(interactions.contacts, ids[WELL]) == []
    other = enter(ids["何小满"])
    assert other.form.said.value() == ""
    press("Esc")
    again = enter(ids[WELL])
    form = again.form
    assert (form.how.value(), form.said.value(), form.next.value()) == (Channel.WECHAT, "Half a sentence", "three_days")
    assert form.noticed.tick.value()
    assert form.what.isVisible()
    press("Alt+6", "Ctrl+Return")
    assert newest(work, ids[WELL]).summary == "Half a sentence"
    fresh = enter(ids[WELL])
    assert (fresh.form.said.value(), fresh.form.how.value()) == ("", None)


def test_a_new_customer_is_added_on_the_spot(
    qtbot: QtBot, enter: Enter, work: UnitOfWork, ids: dict[str, int], press: Press
) -> None:
    dialog = enter()
    qtbot.keyClicks(QApplication.focusWidget(), "Ottoline Zimmer")
    press("Return")
    person = dialog.form.person
    assert person is not None and person.name == "Ottoline Zimmer"
    press("1", "Ctrl+Return")
    assert newest(work, person.id).channel is Channel.CALL
    assert work.read(customers.rows, [person.id])[0].last_contact_on == TODAY


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_every_question_can_be_reached_on_a_laptop(
    qapp: QApplication,
    enter: Enter,
    ids: dict[str, int],
    speak: Speak,
    press: Press,
    language: str,
    theme: Theme,
    scale: float,
) -> None:
    speak(language)
    look.apply(qapp, theme=theme, scale=scale, language=language)
    dialog = enter(ids[BRAKED])
    press("Alt+7", "5")
    for row in range(1, 10):
        press(f"Alt+{row}")
        focus = QApplication.focusWidget()
        assert focus is not None
        seen = focus.visibleRegion().boundingRect()
        assert seen.width() == focus.width(), f"row {row} is cut"
        assert seen.height() >= min(focus.height(), look.px(36)), f"row {row} is out of sight"
    assert dialog.rect().contains(dialog.primary.geometry())
    press("Alt+1", "Ctrl+D")
    tick = dialog.form.noticed.tick
    assert tick.value() and tick.visibleRegion().boundingRect() == tick.rect()
    for chip in (*dialog.form.how.chips(), *dialog.form.next.chips()):
        assert chip.width() >= chip.sizeHint().width()


def test_neither_is_kept_when_one_is_refused(work: UnitOfWork, ids: dict[str, int], desk: Desk) -> None:
    before = work.read(interactions.contacts, ids[WELL])
    with pytest.raises(NothingToDo):
        work.write(followups.log_and_book, ids[WELL], ContactDraft(), FollowUpDraft(TODAY), at=desk.now())
    with pytest.raises(NobodyToLog):
        work.write(followups.log_and_book, None, ContactDraft(), FollowUpDraft(TODAY, text="x"), at=desk.now())
    assert work.read(interactions.contacts, ids[WELL]) == before
    assert booked(work) == []
