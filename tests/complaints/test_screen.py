"""The board: what its cards say, and how cases are chosen, opened, moved and moved back."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.complaints import ComplaintState
from app.services import complaints, settings
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.lane import LaneView, load
from app.views.complaints.moving import MoveDialog
from app.views.complaints.screen import ComplaintsScreen
from app.views.shared import look
from app.views.shared.desk import Desk, LogComplaint
from app.views.shared.dialogs import Dialog
from app.views.shared.gateway import Gateway
from app.views.shared.look import Theme
from tests.complaints.conftest import Place, Press, Speak
from tests.complaints.story import (
    CLOSED,
    MINOR,
    NOW,
    OPEN,
    RESOLVED,
    SERIOUS,
    SEVERE,
    WAITING,
    at,
    bill,
    complain,
    move,
    person,
)
from tests.conftest import FixedClock


def said(screen: ComplaintsScreen, state: ComplaintState) -> list[str]:
    return [view.said.words for view in screen.lanes[state].list.rows.rows]


def numbers(screen: ComplaintsScreen, state: ComplaintState) -> list[str]:
    return [view.number for view in screen.lanes[state].list.rows.rows]


def chosen(screen: ComplaintsScreen) -> tuple[ComplaintState, int]:
    return screen.active.lane, screen.active.choice.row().id


def asking(window: QWidget) -> MoveDialog:
    (dialog,) = [found for found in window.findChildren(MoveDialog) if found.isVisible()]
    return dialog


def state(work: UnitOfWork, key: int) -> ComplaintState:
    return work.read(complaints.case, key, NOW).card.state


def test_an_empty_log_offers_the_first_entry(qtbot: QtBot, place: Place, desk: Desk) -> None:
    screen = place()
    assert screen.empty.isVisible()
    assert not screen.rates.isVisible()
    assert not screen.count.isVisible()
    with qtbot.waitSignal(desk.asked) as asked:
        qtbot.mouseClick(screen.log_first, Qt.MouseButton.LeftButton)
    assert asked.args == [LogComplaint(None)]


def test_a_card_laid_down_again_looks_as_when_it_is_painted(place: Place, work: UnitOfWork, qapp: QApplication) -> None:
    for words in ("The lid has a crack", "Half an hour", "A hair in the tea"):
        complain(work, words=words, customer_id=person(work, f"Lin {words}"))
    screen = place()
    lane = screen.lanes[OPEN].list
    seen = []
    for theme, chosen_place in ((Theme.LIGHT, 0), (Theme.LIGHT, 2), (Theme.DARK, 2)):
        look.apply(qapp, theme=theme)
        lane.choice.choose_place(chosen_place)
        pictures = []
        for plain in (False, False, True):
            lane.cards.plain = plain
            pictures.append(screen.grab().toImage())
        lane.cards.plain = False
        assert pictures[0] == pictures[1] == pictures[2]
        seen.append(pictures[0])
    assert seen[0] != seen[1] != seen[2]


def test_the_head_counts_and_logs(qtbot: QtBot, place: Place, desk: Desk, work: UnitOfWork) -> None:
    move(work, complain(work), WAITING)
    complain(work)
    complain(work, on_the_spot=True)
    screen = place()
    assert screen.count.text() == "2 not settled"
    assert not screen.empty.isVisible()
    with qtbot.waitSignal(desk.asked) as asked:
        qtbot.mouseClick(screen.log, Qt.MouseButton.LeftButton)
    assert asked.args == [LogComplaint(None)]


def test_cards_say_their_clock(place: Place, work: UnitOfWork) -> None:
    complain(work, at(20, 15), severity=SEVERE)
    complain(work, at(22, 11), severity=SEVERE)
    complain(work, at(22, 20), severity=SEVERE)
    complain(work, at(22), severity=MINOR)
    move(work, complain(work, at(20)), WAITING, at(21))
    shen = person(work, "沈静怡")
    move(work, complain(work, at(20), customer_id=shen), RESOLVED, at(21))
    move(work, complain(work, at(18), customer_id=shen), RESOLVED, at(19))
    key = complain(work, at(10), on_the_spot=True)
    move(work, key, CLOSED, at(12), satisfaction=5)
    screen = place()
    assert said(screen, OPEN) == ["1 day late", "1 hour left", "10 hours left", "6 days left"]
    assert [view.said.bar for view in screen.lanes[OPEN].list.rows.rows] == ["red", "gold", "edge", "edge"]
    assert said(screen, WAITING) == ["Stopped for 2 days"]
    assert said(screen, RESOLVED) == ["Call due yesterday", "Call back tomorrow"]
    assert said(screen, CLOSED) == ["Satisfaction 5 / 5"]


def test_cards_say_it_in_chinese(place: Place, work: UnitOfWork, speak: Speak) -> None:
    complain(work, at(20, 15), severity=SEVERE, words="全潮了", wish="全部换新", channel="wechat")
    screen = place()
    speak("zh_CN")
    QApplication.processEvents()
    (view,) = screen.lanes[OPEN].list.rows.rows
    assert (view.severity.words, view.name, view.about) == ("严重", "不记名", "商品质量 · 微信")
    assert (view.told, view.said.words) == ("“全潮了”想要：全部换新", "超时 1 天")
    assert screen.lanes[RESOLVED].name.text() == "我们认为已解决"
    assert screen.title.text() == "投诉"


def test_time_goes_on_while_the_board_is_shown(place: Place, work: UnitOfWork, clock: FixedClock) -> None:
    complain(work, at(23, 9), severity=SEVERE)
    screen = place()
    assert said(screen, OPEN) == ["11 hours left"]
    clock.forward(hours=3)
    screen._tick.timeout.emit()
    assert said(screen, OPEN) == ["8 hours left"]
    clock.forward(days=1, hours=2)
    screen._tick.timeout.emit()
    assert said(screen, OPEN) == ["6 hours late"]


def test_the_rates_stand_with_their_counts(place: Place, work: UnitOfWork) -> None:
    complain(work, at(20), on_the_spot=True, customer_id=person(work, "沈静怡"))
    complain(work, at(22), severity=MINOR)
    for number in range(8):
        bill(work, f"a{number}", at(10 + number))
    rates = place().rates
    assert (rates.spot.figure.text(), rates.spot.counts.text()) == ("50%", "1 / 2 · 30 days")
    assert (rates.time.figure.text(), rates.time.counts.text()) == ("100%", "1 / 1")
    assert (rates.sales.figure.text(), rates.sales.counts.text()) == ("25.0", "2 / 8")
    assert rates.held.figure.text() == "1"


def test_arrows_go_through_the_lanes(place: Place, work: UnitOfWork, press: Press) -> None:
    first, second = complain(work, at(21)), complain(work, at(22))
    done = complain(work, at(23), on_the_spot=True)
    screen = place()
    assert chosen(screen) == (OPEN, first)
    press("Down")
    assert chosen(screen) == (OPEN, second)
    press("Right")
    assert chosen(screen) == (RESOLVED, done)
    press("Right")
    assert chosen(screen) == (RESOLVED, done)
    press("Left")
    assert chosen(screen) == (OPEN, second)


def test_the_chosen_case_is_whose_customer_is_in_view(place: Place, work: UnitOfWork, press: Press) -> None:
    shen = person(work, "沈静怡")
    complain(work, at(21), customer_id=shen)
    complain(work, at(22))
    screen = place()
    assert screen.customer_in_view() == shen
    press("Down")
    assert screen.customer_in_view() is None


def test_a_case_walks_through_the_lanes_by_keyboard(
    qtbot: QtBot, place: Place, window: QWidget, work: UnitOfWork, gateway: Gateway, press: Press
) -> None:
    key = complain(work)
    screen = place()
    press("Ctrl+Right")
    qtbot.keyClicks(QApplication.focusWidget(), "the maker")
    with qtbot.waitSignal(gateway.said) as told:
        press("Return")
    assert told.args == ["C-0001 → Waiting for someone", True]
    qtbot.waitUntil(lambda: chosen(screen) == (WAITING, key) and screen.active.hasFocus())
    press("Ctrl+Right", "1", "Ctrl+Return")
    qtbot.waitUntil(lambda: chosen(screen) == (RESOLVED, key) and screen.active.hasFocus())
    press("Ctrl+Right", "5")
    qtbot.waitUntil(lambda: chosen(screen) == (CLOSED, key) and screen.active.hasFocus())
    case = work.read(complaints.case, key, NOW)
    assert (case.card.remedy, case.card.satisfaction) == ("Exchanged", 5)
    assert [(event.state, event.note) for event in case.events] == [
        (OPEN, ""),
        (WAITING, "the maker"),
        (RESOLVED, ""),
        (CLOSED, ""),
    ]


def test_ctrl_left_takes_a_case_back_and_asks_nothing(
    qtbot: QtBot, place: Place, window: QWidget, work: UnitOfWork, press: Press
) -> None:
    waiting = complain(work)
    move(work, waiting, WAITING)
    screen = place()
    press("Ctrl+Left")
    assert state(work, waiting) is OPEN
    assert chosen(screen) == (OPEN, waiting)
    press("Ctrl+Left")
    assert state(work, waiting) is OPEN


def test_a_resolved_case_goes_back_to_open(place: Place, work: UnitOfWork, press: Press) -> None:
    key = complain(work, on_the_spot=True)
    place()
    press("Ctrl+Left")
    assert state(work, key) is OPEN


def test_a_low_answer_reopens(place: Place, window: QWidget, work: UnitOfWork, gateway: Gateway, press: Press) -> None:
    key = complain(work, on_the_spot=True)
    screen = place()
    press("Ctrl+Right")
    assert asking(window).note.text() == "2 or less opens the case again"
    press("2")
    assert state(work, key) is OPEN
    assert chosen(screen) == (OPEN, key)
    assert gateway.undoable == "C-0001 → Open"


def test_esc_leaves_the_case_where_it_is(place: Place, window: QWidget, work: UnitOfWork, press: Press) -> None:
    key = complain(work)
    screen = place()
    press("Ctrl+Right", "Escape")
    assert state(work, key) is OPEN
    assert screen.active.hasFocus()


def test_a_move_is_undone_and_redone(
    qtbot: QtBot, place: Place, work: UnitOfWork, gateway: Gateway, press: Press
) -> None:
    key = complain(work)
    screen = place()
    press("Ctrl+Right", "Return")
    assert numbers(screen, WAITING) == ["C-0001"]
    assert gateway.undo()
    assert (numbers(screen, OPEN), numbers(screen, WAITING)) == (["C-0001"], [])
    assert chosen(screen) == (OPEN, key)
    assert gateway.redo()
    assert numbers(screen, WAITING) == ["C-0001"]


def drop(screen: ComplaintsScreen, key: int, start: ComplaintState, end: ComplaintState) -> bool:
    """Let a card go over a lane; False when the lane does not take it."""
    target, data = screen.lanes[end].list, load(key, start)
    left, none, act = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
    over = QDragEnterEvent(QPoint(20, 20), act, data, left, none)
    QApplication.sendEvent(target.viewport(), over)
    if not over.isAccepted():
        return False
    QApplication.sendEvent(target.viewport(), QDropEvent(QPoint(20, 20), act, data, left, none))
    return True


def test_a_card_is_dropped_into_another_lane(place: Place, window: QWidget, work: UnitOfWork, press: Press) -> None:
    key = complain(work)
    screen = place()
    assert not drop(screen, key, OPEN, CLOSED)
    assert drop(screen, key, OPEN, RESOLVED)
    QApplication.processEvents()
    assert asking(window).target is RESOLVED
    press("2", "Ctrl+Return")
    assert work.read(complaints.case, key, NOW).card.remedy == "Refunded"
    assert chosen(screen) == (RESOLVED, key)


def test_enter_opens_the_case(qtbot: QtBot, place: Place, work: UnitOfWork, press: Press) -> None:
    shen = person(work, "沈静怡")
    complain(work, at(20), customer_id=shen, wish="A new lid", severity=SERIOUS)
    screen = place()
    press("Return")
    case = screen.case
    assert case.isVisible()
    assert (case.title.text(), case.caption.text()) == ("C-0001", "Open")
    assert (case.who.text(), case.said.text(), case.wish.text()) == (
        "沈静怡",
        "“The lid has a crack”",
        "Wants: A new lid",
    )
    assert case.clock.label.text() == "Answer 2 days late · 0 minutes left · due today 10:00 · promised: within 3 days"
    assert "paused" in case.brake.label.text()
    assert case.history.texts() == ["Logged 20 Nov 10:00 Owner"]
    with qtbot.waitSignal(case.rejected):
        press("Escape")
    assert screen.active.hasFocus()


def test_a_case_is_moved_from_its_dialog(
    qtbot: QtBot, place: Place, window: QWidget, work: UnitOfWork, press: Press
) -> None:
    key = complain(work)
    screen = place()
    press("Return", "Alt+W")
    qtbot.keyClicks(QApplication.focusWidget(), "the carrier")
    press("Return")
    assert state(work, key) is WAITING
    assert chosen(screen) == (WAITING, key)
    assert not [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()]
    press("Return", "Ctrl+Return", "1", "Ctrl+Return")
    assert state(work, key) is RESOLVED


def test_a_case_is_mended_from_its_dialog(
    qtbot: QtBot, place: Place, window: QWidget, work: UnitOfWork, press: Press
) -> None:
    shen = person(work, "沈静怡")
    key = complain(work, customer_id=shen, words="Cold")
    screen = place()
    press("Return", "Alt+E", "Alt+3", "3", "End")
    qtbot.keyClicks(QApplication.focusWidget(), " tea")
    press("Ctrl+Return")
    card = work.read(complaints.case, key, NOW).card
    assert (card.words, card.severity) == ("Cold tea", SEVERE)
    assert card.who is not None and card.who.id == shen
    assert screen.case.said.text() == "“Cold tea”"


def test_a_closed_case_that_left_the_board_can_be_shown(place: Place, work: UnitOfWork) -> None:
    key = complain(work, at(1, month=9), on_the_spot=True)
    move(work, key, CLOSED, at(2, month=9))
    screen = place()
    assert numbers(screen, CLOSED) == []
    screen.show_complaint(key)
    assert screen.case.title.text() == "C-0001"


def test_the_rest_of_the_closed_cases_is_a_click_away(qtbot: QtBot, place: Place, work: UnitOfWork) -> None:
    for _ in range(complaints.CLOSED_SHOWN + 3):
        move(work, complain(work, at(20), on_the_spot=True), CLOSED, at(21))
    screen = place()
    lane = screen.lanes[CLOSED]
    assert (lane.count.text(), lane.rest.text()) == ("13", "3 more")
    qtbot.mouseClick(lane.rest, Qt.MouseButton.LeftButton)
    assert len(numbers(screen, CLOSED)) == 13
    assert not lane.rest.isVisible()


def test_another_window_s_complaint_appears(place: Place, work: UnitOfWork, gateway: Gateway) -> None:
    screen = place()
    complain(work)
    gateway.changed.emit(None)
    assert numbers(screen, OPEN) == ["C-0001"]


def test_opening_hours_of_the_shop_hold(place: Place, work: UnitOfWork) -> None:
    work.write(settings.change, {"week": ("09:00-21:00",) * 6 + ("",)})
    complain(work, at(21, 15), severity=SEVERE)
    assert said(place(), OPEN) == ["5 hours left"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_screen_fits_a_laptop(place: Place, work: UnitOfWork, speak: Speak, language: str) -> None:
    complain(work)
    speak(language)
    screen = place()
    QApplication.processEvents()
    hint = screen.minimumSizeHint()
    assert hint.width() <= 1360 - 176
    assert hint.height() <= 690 - 48


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_cards_never_overlap_and_are_painted(
    qapp: QApplication, place: Place, work: UnitOfWork, speak: Speak, language: str, theme: Theme, scale: float
) -> None:
    for day in range(12, 23):
        complain(work, at(day), words="五斤普洱打开全潮了，你们仓库怎么回事？ It was all damp. " * 3)
    look.apply(qapp, theme=theme, scale=scale)
    speak(language)
    screen = place()
    QApplication.processEvents()
    held = screen.lanes[OPEN].list
    rects = [held.visualRect(held.rows.index(place_, 0)) for place_ in range(held.rows.rowCount())]
    views = held.rows.rows
    for rect, view in zip(rects, views, strict=True):
        assert rect.height() == held.cards.height(view, held.width() - held.verticalScrollBar().sizeHint().width())
    assert all(above.bottom() < below.top() for above, below in pairwise(rects))
    image = held.viewport().grab().toImage()
    assert len({image.pixel(x, 60) for x in range(0, image.width(), 3)}) > 2


def test_the_smallest_words_are_minutes(place: Place, work: UnitOfWork, clock: FixedClock) -> None:
    complain(work, at(22, 10, 20), severity=SEVERE)
    screen = place()
    assert said(screen, OPEN) == ["20 minutes left"]
    clock.forward(minutes=25)
    screen.refresh()
    assert said(screen, OPEN) == ["5 minutes late"]


def test_a_lane_without_room_drops_its_caption_and_keeps_its_name(place: Place, work: UnitOfWork) -> None:
    complain(work, at(20))
    screen = place()
    lane = next(view for view in screen.window().findChildren(LaneView) if view.lane is WAITING)
    assert not lane.caption.isHidden()
    lane.resize(lane.name.sizeHint().width() + lane.count.sizeHint().width() + 30, 300)
    assert lane.caption.isHidden()
    lane.resize(400, 300)
    assert not lane.caption.isHidden()
