"""A week in the calendar, once with the mouse alone and once with the keyboard alone: book, move, take back, hand over,
do."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from app.bootstrap import found_shop
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups
from app.services.followups import FollowUpDraft, Which
from app.views.followups.editor import BookingDialog
from app.views.followups.handing_over import HandingOverDialog
from app.views.followups.kept import View
from app.views.followups.screen import FollowUpsScreen
from app.views.shared.toasts import Toasts
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on

TODAY, FIONA = date(2026, 11, 23), 2
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
GRABS = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


@pytest.fixture(params=("zh_CN", "en"))
def hands(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Hands]:
    """The real window on a shop of two people, with two follow-ups of today."""
    clock, path = FixedClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC)), tmp_path / "店" / "calendar.shop"
    found_shop(path, name="Calendar", currency="CNY", timezone="Asia/Shanghai", clock=clock)
    with hands_on(qtbot, qapp, path, clock, request.param) as ready:
        with Session(ready.session.shop.work.engine) as session:
            session.add(Staff(id=FIONA, name="Fiona", role=Role.CLERK))
            session.commit()
        for text in ("Cups", "Tea"):
            ready.session.gateway.write(followups.book, FollowUpDraft(TODAY, text=text), clock())
        yield ready


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def due(hands: Hands) -> dict[str, date]:
    plans = hands.session.gateway.read(followups.days, days(-40), days(40), TODAY)
    return {strip.item.text: strip.item.due_on for plan in plans for strip in plan.strips}


def open_of(hands: Hands, staff_id: int) -> int:
    """How many of somebody's are still to do."""
    other = FIONA if staff_id == 1 else 1
    return hands.session.gateway.read(followups.load_of, Which(staff_id=staff_id), other, TODAY).count


def click(hands: Hands, part: QWidget, at: QPoint | None = None, keys: Qt.KeyboardModifier = NONE) -> None:
    hands.qtbot.mouseClick(part, LEFT, keys, at or part.rect().center())


@GRABS
def test_with_the_mouse_alone(hands: Hands) -> None:
    click(hands, hands.window.rail.items["followups"])
    screen: FollowUpsScreen = hands.screen(FollowUpsScreen)
    choose(hands, screen, View.MONTH)
    month = screen.month
    hands.qtbot.mouseDClick(month, LEFT, pos=square(screen, days(2)))
    booking = hands.dialog(BookingDialog)
    booking.form.text.setPlainText("Order boxes")  # words are typed, whichever hand holds the mouse
    click(hands, booking.primary)
    hands.closed(booking)
    assert due(hands)["Order boxes"] == days(2)
    made = next(row.id for row in strips(screen) if row.text == "Order boxes")
    drag(hands, screen, made, days(4))
    assert due(hands)["Order boxes"] == days(4)
    (toasts,) = hands.window.findChildren(Toasts)
    click(hands, hands.until(lambda: toasts.act if toasts.act.isVisible() else None))
    assert due(hands)["Order boxes"] == days(2)
    for row in strips(screen):
        at = month.strip_of(row.id)
        assert at is not None
        click(hands, month, at, CONTROL)
    click(hands, screen.bar.buttons[1])
    hand_over = hands.dialog(HandingOverDialog)
    click(hands, hand_over.primary)
    hands.closed(hand_over)
    assert (open_of(hands, 1), open_of(hands, FIONA)) == (0, 3)
    choose(hands, screen, View.WEEK)
    assert screen.week.isVisible() and len(list(screen.week.shown())) == 3
    finish_by_menu(hands, screen)
    assert open_of(hands, FIONA) == 2
    click(hands, hands.until(lambda: toasts.act if toasts.act.isVisible() else None))
    assert open_of(hands, FIONA) == 3


def test_with_the_keyboard_alone(hands: Hands) -> None:
    hands.key(Qt.Key.Key_3, CONTROL)
    screen: FollowUpsScreen = hands.screen(FollowUpsScreen)
    hands.key(Qt.Key.Key_M)
    hands.until(screen.month.hasFocus)
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_N)
    booking = hands.dialog(BookingDialog)
    booking.form.text.setFocus()
    hands.write("订礼盒")
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(booking)
    assert due(hands)["订礼盒"] == days(1)
    hands.until(screen.month.hasFocus)
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_X, CONTROL)
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_V, CONTROL)
    assert due(hands)["订礼盒"] == days(8)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert due(hands)["订礼盒"] == days(1)
    for key in (Qt.Key.Key_T, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_H):
        hands.key(key)
    hand_over = hands.dialog(HandingOverDialog)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(hand_over)
    assert (open_of(hands, 1), open_of(hands, FIONA)) == (1, 2)
    hands.key(Qt.Key.Key_A)
    hands.until(screen.running.list.hasFocus)
    hands.key(Qt.Key.Key_E)
    assert open_of(hands, FIONA) == 1
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert (open_of(hands, 1), open_of(hands, FIONA)) == (3, 0)


def choose(hands: Hands, screen: FollowUpsScreen, view: View) -> None:
    click(hands, next(chip for chip in screen.head.views.chips() if chip.view.value == view))
    hands.until(lambda: screen.grid is not None and screen.grid.isVisible())


def finish_by_menu(hands: Hands, screen: FollowUpsScreen) -> None:
    """The first of the day's list is done by its menu, which the right button opens."""
    rows = screen.agenda.list
    at = rows.visualRect(rows.model().index(0, 0)).center()
    click(hands, rows.viewport(), at)
    QApplication.sendEvent(
        rows.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, rows.viewport().mapToGlobal(at))
    )
    menu = hands.until(QApplication.activePopupWidget)
    assert isinstance(menu, QMenu)
    click(hands, menu, menu.actionGeometry(screen.acts.of_day.done).center())


def strips(screen: FollowUpsScreen) -> list[followups.FollowUpRow]:
    return [piece.item for _, piece in screen.month.shown() if piece.item]


def square(screen: FollowUpsScreen, day: date) -> QPoint:
    return screen.month.squares().square(screen.month.days.index(day)).center()


def drag(hands: Hands, screen: FollowUpsScreen, followup_id: int, to: date) -> None:
    month, start = screen.month, screen.month.strip_of(followup_id)
    assert start is not None
    hands.qtbot.mousePress(month, LEFT, pos=start)
    for at in (start + QPoint(30, 10), square(screen, to)):
        hands.qtbot.mouseMove(month, at)
        QApplication.processEvents()
    hands.qtbot.mouseRelease(month, LEFT, pos=square(screen, to))
