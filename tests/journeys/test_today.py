"""A morning by the day's list: late complaint, birthday, calls, a message, the rest put off; by keys, by mouse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.domain.birthdays import Birthday
from app.domain.complaints import Severity
from app.domain.followups import Due, FollowUpKind
from app.services import complaints, customers, followups, interactions
from app.services.complaints import ComplaintDraft
from app.services.customers import CustomerDraft, Labelled
from app.services.followups import FollowUpDraft, TodayRow
from app.views.customers.screen import CustomersScreen
from app.views.shared.digit_menu import DigitMenu
from app.views.today.day_dialog import DayDialog
from app.views.today.screen import TodayScreen
from tests.conftest import FixedClock
from tests.followups.people import SHANGHAI, TODAY, days
from tests.journeys.hands import CONTROL, Hands, hands_on

SHIFT = Qt.KeyboardModifier.ShiftModifier
GRABS = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
LEFT = Qt.MouseButton.LeftButton


@dataclass(frozen=True)
class Words:
    """What a person reads in a language."""

    first: str
    done: str
    tomorrow: str
    greeting: str


WORDS = {
    "en": Words("First because: ", "Done for today", "Tomorrow begins with Laura Ouyang, Nora Tang", "happy birthday"),
    "zh_CN": Words("排第一：", "今天的都做完了", "明天先联系 Laura Ouyang、Nora Tang", "生日快乐"),
}


@pytest.fixture
def journey_clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI))


@dataclass
class Morning:
    """The window on a shop with a late complaint, a birthday, an overdue call and a visit at two."""

    hands: Hands
    words: Words
    clock: FixedClock
    people: dict[str, int]

    @property
    def screen(self) -> TodayScreen:
        screen: TodayScreen = self.hands.screen(TodayScreen)
        return screen

    @property
    def chosen(self) -> str:
        row = self.screen.board.chosen()
        return row.item.who.name if row and row.item.who else ""

    def names(self) -> list[str]:
        return [row.item.who.name for row in self.screen.board.day.rows if row.item.who]

    def toast(self, words: str) -> None:
        self.hands.until(lambda: words in self.hands.window.toasts.words())

    def menu(self, kind: type[QMenu] = QMenu) -> QMenu:
        found: QMenu = self.hands.until(
            lambda: next((menu for menu in self.screen.findChildren(kind) if menu.isVisible()), None)
        )
        return found


@pytest.fixture(params=("zh_CN", "en"))
def morning(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    journey_clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Morning]:
    monkeypatch.setattr("app.views.shared.followup_acts.QDesktopServices.openUrl", lambda _url: True)
    path = tmp_path / "晨.shop"
    found_shop(path, name="Cloudrest Tea", currency="CNY", timezone="Asia/Shanghai", clock=journey_clock)
    people = furnish(path, journey_clock)
    with hands_on(qtbot, qapp, path, journey_clock, request.param) as ready:
        ready.key(Qt.Key.Key_1, CONTROL)
        yield Morning(ready, WORDS[request.param], journey_clock, people)


def furnish(path: Path, clock: FixedClock) -> dict[str, int]:
    shop = open_shop(path, clock=clock)
    write, early = shop.work.write, datetime(2026, 11, 1, 10, tzinfo=SHANGHAI)

    def person(name: str, birthday: Birthday | None = None) -> int:
        draft = CustomerDraft(name=name, phones=(Labelled("138 0013 6628"),), birthday=birthday)
        return write(customers.add, draft, at=early)[0]

    def booked(who: int, due: date, kind: FollowUpKind, text: str, hour: time | None = None) -> None:
        write(followups.book, FollowUpDraft(due, kind, who, due_at=hour, text=text), early)

    people = {name: person(name) for name in ("Jack Wu", "Laura Ouyang", "Mark Chen", "Nora Tang")}
    people["Joanna Shen"] = person("Joanna Shen", Birthday(11, 23, 1988))
    case = ComplaintDraft("product", Severity.SERIOUS, "The lid has a crack", people["Jack Wu"])
    write(complaints.log, case, datetime(2026, 11, 10, 10, tzinfo=SHANGHAI))
    booked(people["Laura Ouyang"], days(-2), FollowUpKind.CALL, "Promised to call")
    booked(people["Mark Chen"], TODAY, FollowUpKind.VISIT, "Bring 2 boxes", time(14))
    booked(people["Nora Tang"], days(1), FollowUpKind.CALL, "Photos")
    shop.close()
    return people


def test_a_morning_by_keys_alone(morning: Morning) -> None:
    hands = morning.hands
    hands.until(lambda: morning.names() == ["Jack Wu", "Laura Ouyang", "Joanna Shen", "Mark Chen", "Nora Tang"])
    assert morning.chosen == "Jack Wu"
    hands.key(Qt.Key.Key_W)
    morning.toast(morning.words.first)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    cards = hands.screen(CustomersScreen)
    hands.until(lambda: cards.customer_in_view() == morning.people["Laura Ouyang"])
    hands.key(Qt.Key.Key_Escape)
    hands.until(lambda: morning.chosen == "Laura Ouyang")
    hands.key(Qt.Key.Key_C)
    hands.key(Qt.Key.Key_2)
    read = hands.session.gateway.read
    hands.until(lambda: [row.reached for row in read(interactions.contacts, morning.people["Laura Ouyang"])] == [False])
    assert morning.chosen == "Joanna Shen"
    hands.key(Qt.Key.Key_M)
    assert morning.words.greeting in QGuiApplication.clipboard().text()
    hands.key(Qt.Key.Key_E)
    hands.until(lambda: morning.chosen == "Mark Chen")
    reminded(morning)
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_R)
    dialog = hands.dialog(DayDialog)
    hands.write("2")
    hands.key(Qt.Key.Key_Return)
    hands.closed(dialog)
    hands.until(lambda: morning.screen.board.calm.isVisible())
    assert morning.screen.board.calm.title.text() == morning.words.done
    assert morning.screen.board.calm.sentence.text().startswith(morning.words.tomorrow)
    hands.key(Qt.Key.Key_Z, CONTROL)
    hands.until(lambda: morning.names()[:2] == ["Jack Wu", "Mark Chen"])


def reminded(morning: Morning) -> None:
    """Ten minutes before two the visit is told, in the window; its key goes to the row."""
    hands = morning.hands
    morning.clock.moment = datetime(2026, 11, 23, 13, 50, tzinfo=SHANGHAI)
    hands.session.reminders.look()
    hands.session.gateway.settle()
    assert hands.window.reminder.words() == "14:00 Mark Chen Bring 2 boxes"
    hands.key(Qt.Key.Key_1)
    hands.key(Qt.Key.Key_R, CONTROL | SHIFT)
    hands.until(lambda: not hands.window.reminder.isVisible() and morning.chosen == "Mark Chen")


@GRABS
def test_a_morning_by_mouse_alone(morning: Morning) -> None:
    hands, click = morning.hands, Click(morning)
    hands.until(lambda: morning.names() == ["Jack Wu", "Laura Ouyang", "Joanna Shen", "Mark Chen", "Nora Tang"])
    click.row("Laura Ouyang")
    click.menu("Laura Ouyang", morning.screen.acts.call)
    click.widget(morning.screen.acts.outcome.buttons[0])
    hands.until(lambda: "Laura Ouyang" not in morning.names())
    click.tick("Joanna Shen")
    hands.until(lambda: "Joanna Shen" not in morning.names())
    click.widget(hands.window.toasts.act)
    hands.until(lambda: "Joanna Shen" in morning.names())
    click.menu("Joanna Shen", morning.screen.acts.message)
    assert morning.words.greeting in QGuiApplication.clipboard().text()
    click.menu("Joanna Shen", morning.screen.acts.why)
    click.menu("Mark Chen", morning.screen.acts.later)
    later = morning.menu(DigitMenu)
    click.action(later, later.actions()[0])
    hands.until(lambda: not any(row.part is Due.TODAY and row.item.due_at for row in morning.screen.board.day.rows))
    click.widget(hands.window.rail.items["customers"])
    hands.screen(CustomersScreen)
    click.widget(hands.window.rail.items["today"])
    hands.until(lambda: sorted(morning.names()) == ["Jack Wu", "Joanna Shen", "Mark Chen", "Nora Tang"])


class Click:
    """The mouse on rows, buttons and menus."""

    def __init__(self, morning: Morning) -> None:
        self.morning, self.qtbot = morning, morning.hands.qtbot

    def widget(self, widget: QWidget) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, LEFT)

    def row(self, name: str) -> None:
        self.qtbot.mouseClick(self._list.viewport(), LEFT, pos=self._spot(name))

    def tick(self, name: str) -> None:
        self.qtbot.mouseClick(self._list.viewport(), LEFT, pos=QPoint(30, self._spot(name).y()))

    def menu(self, name: str, chosen: QAction) -> None:
        """The right button on a row, then a line of its menu."""
        self.row(name)
        self._list.customContextMenuRequested.emit(self._spot(name))
        self.action(self.morning.menu(), chosen)

    def action(self, menu: QMenu, chosen: QAction) -> None:
        self.qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(chosen).center())

    @property
    def _list(self) -> Any:
        return self.morning.screen.list

    def _spot(self, name: str) -> QPoint:
        shown = self.morning.screen.model.rows
        places = {row.item.who.name: at for at, row in enumerate(shown) if isinstance(row, TodayRow) and row.item.who}
        place = places[name]
        where = self._list.visualRect(self.morning.screen.model.index(place, 0))
        return QPoint(where.center().x(), where.center().y())
