"""The customers' place, used by hand: typed into, stepped through, filtered, sold from, answered and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.interactions import Channel
from app.services import customers
from app.services.customers import Kind, Order, SortBy
from app.views.customers.screen import CustomersScreen
from app.views.customers.words import EntryView, MonthView
from app.views.shared import desk as asks
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.layouts import row
from app.views.shared.rows_model import RowRole
from app.views.shared.translator import interpreter
from tests.customers.lively import PEOPLE


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, ids: dict[str, int]) -> Iterator[CustomersScreen]:
    window, made = QWidget(), CustomersScreen(desk)
    window.setLayout(row(made, gap=0))
    qtbot.addWidget(window)
    window.resize(1190, 720)
    with qtbot.waitExposed(window):
        window.show()
    made.setFocus()
    yield made


@pytest.fixture
def asked(desk: Desk) -> list[Any]:
    heard: list[Any] = []
    desk.asked.connect(heard.append)
    return heard


def names(screen: CustomersScreen) -> list[str]:
    shown = (screen.people.model.row_at(at) for at in range(screen.people.model.rowCount()))
    return [found.name for found in shown if found is not None]


def shown(screen: CustomersScreen) -> str:
    """Whose card it is, once the hand has rested."""
    screen.customer_in_view()
    return screen.card.head.name.text()


def entries(screen: CustomersScreen) -> list[EntryView | MonthView]:
    model = screen.card.timeline.model
    return [model.index(at, 0).data(RowRole) for at in range(model.rowCount())]


def commit(widget: QWidget, words: str) -> None:
    typed = QInputMethodEvent()
    typed.setCommitString(words)
    QApplication.sendEvent(widget, typed)


def test_the_last_who_came_stands_first_and_is_shown(screen: CustomersScreen) -> None:
    assert len(names(screen)) == len(PEOPLE)
    assert names(screen)[0] == shown(screen) == "何小满"
    assert screen.people.number.text() == str(len(PEOPLE))


def test_typing_filters_and_shows_the_first_found(qtbot: QtBot, screen: CustomersScreen) -> None:
    qtbot.keyClicks(screen.people.field, "sjy")
    assert names(screen) == ["沈静怡", "宋佳颖", "盛嘉怡"]
    assert shown(screen) == "沈静怡"
    qtbot.keyClick(screen.people.field, Qt.Key.Key_Escape)
    assert len(names(screen)) == len(PEOPLE)
    commit(screen.people.field, "欧阳")
    assert names(screen) == ["欧阳若兰"]


def test_keys_lead_into_the_list_the_card_and_back(qtbot: QtBot, screen: CustomersScreen) -> None:
    qtbot.keyClicks(screen.people.field, "s")
    qtbot.keyClick(screen.people.field, Qt.Key.Key_Down)
    assert screen.people.list.hasFocus()
    qtbot.keyClick(screen.people.list, Qt.Key.Key_Down)
    assert shown(screen) == names(screen)[1]
    qtbot.keyClick(screen.people.list, Qt.Key.Key_Return)
    assert screen.card.timeline.list.hasFocus()
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_Escape)
    assert screen.people.list.hasFocus()
    qtbot.keyClick(screen.people.list, Qt.Key.Key_Escape)
    assert screen.people.field.hasFocus()
    assert screen.people.field.text() == "s"
    qtbot.keyClick(screen.people.field, Qt.Key.Key_Escape)
    assert screen.people.field.text() == ""


def test_ctrl_f_goes_to_the_field(qtbot: QtBot, screen: CustomersScreen) -> None:
    screen.card.focus_timeline()
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.people.field.hasFocus()


def test_letters_of_the_list_are_acts_on_the_card(
    qtbot: QtBot, screen: CustomersScreen, ids: dict[str, int], asked: list[Any]
) -> None:
    screen.show_customer(ids["沈静怡"])
    screen.people.list.setFocus()
    qtbot.keyClick(screen.people.list, Qt.Key.Key_L)
    qtbot.mouseClick(screen.card.head.sell, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.card.handle, Qt.MouseButton.LeftButton)
    case = screen.card.card.cases[0].id if screen.card.card else 0
    assert asked == [asks.LogContact(ids["沈静怡"]), asks.SellTo(ids["沈静怡"]), asks.OpenComplaint(case)]
    assert screen.customer_in_view() == ids["沈静怡"]


def test_a_fact_is_pinned_by_key_seen_and_undone(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["王姐"])
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_P)
    assert screen.card.facts.field.hasFocus()
    commit(screen.card.facts.field, "只喝熟普")
    qtbot.keyClick(screen.card.facts.field, Qt.Key.Key_Return)
    assert screen.card.card is not None
    assert [fact.text for fact in screen.card.card.facts] == ["只喝熟普"]
    assert [line.view.words for line in screen.card.facts.pins.lines()] == ["只喝熟普"]
    desk.gateway.undo()
    assert screen.card.card.facts == ()


def test_the_brake_says_what_is_paused(screen: CustomersScreen, ids: dict[str, int]) -> None:
    screen.show_customer(ids["沈静怡"])
    assert screen.card.brake.isVisible()
    assert "C-0234" in screen.card.brake.label.text()
    screen.show_customer(ids["陆明远"])
    assert not screen.card.brake.isVisible()


def test_chips_and_counts(qtbot: QtBot, screen: CustomersScreen) -> None:
    vip, _, complaint = screen.people.chips.chips()
    assert (vip.view.count, complaint.view.count) == (4, 2)
    qtbot.mouseClick(complaint, Qt.MouseButton.LeftButton)
    assert set(names(screen)) == {"沈静怡", "吴建国"}
    qtbot.mouseClick(screen.people.chips.chips()[0], Qt.MouseButton.LeftButton)
    assert set(names(screen)) == {"沈静怡", "欧阳若兰", "苏州云岫文化传播有限公司", "陆明远"}
    qtbot.waitUntil(lambda: screen.people.chips.chips()[1].view.count is not None)
    away = screen.people.chips.chips()[1]
    qtbot.mouseClick(away, Qt.MouseButton.LeftButton)
    assert len(names(screen)) == away.view.count
    assert "赵国强" in names(screen)


def test_words_within_a_filter(qtbot: QtBot, screen: CustomersScreen) -> None:
    qtbot.mouseClick(screen.people.chips.chips()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(screen.people.field, "s")
    assert set(names(screen)) <= {"沈静怡", "欧阳若兰", "苏州云岫文化传播有限公司", "陆明远"}
    assert "宋佳颖" not in names(screen)


def test_another_order_keeps_the_chosen_person(screen: CustomersScreen, ids: dict[str, int]) -> None:
    screen.show_customer(ids["王姐"])
    screen.people.show_in(Order(SortBy.SPENT, descending=True))
    assert names(screen)[0] == "苏州云岫文化传播有限公司"
    assert screen.people.list.choice.row().name == shown(screen) == "王姐"


def test_these_people_alone(screen: CustomersScreen, ids: dict[str, int]) -> None:
    screen.show_people("Expiring points", (ids["冯叔"], ids["王姐"]))
    assert names(screen) == ["冯叔", "王姐"]
    assert screen.people.told.text() == "Expiring points"
    assert shown(screen) == "冯叔"
    screen.show_customer(ids["沈静怡"])
    assert len(names(screen)) == len(PEOPLE)
    assert shown(screen) == "沈静怡"


def test_an_empty_search_offers_the_words_as_a_new_customer(
    qtbot: QtBot, screen: CustomersScreen, asked: list[Any]
) -> None:
    qtbot.keyClicks(screen.people.field, "zzz")
    assert names(screen) == []
    assert "zzz" in screen.people.empty.add.text()
    qtbot.keyClick(screen.people.field, Qt.Key.Key_Return)
    qtbot.mouseClick(screen.people.empty.add, Qt.MouseButton.LeftButton)
    assert asked == [asks.NewCustomer("zzz")] * 2


def test_the_timeline_filters_by_kind_and_names_months(
    qtbot: QtBot, screen: CustomersScreen, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["沈静怡"])
    told = entries(screen)
    assert isinstance(told[0], EntryView) and told[0].id[0] is Kind.COMPLAINT
    assert any(isinstance(entry, MonthView) for entry in told)
    contacts = screen.card.timeline.chips.chips()[2]
    qtbot.mouseClick(contacts, Qt.MouseButton.LeftButton)
    assert {entry.id[0] for entry in entries(screen) if isinstance(entry, EntryView)} == {Kind.CONTACT}


def test_a_digit_answers_the_next_question(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    opened = desk.gateway.read(customers.card, ids["曾国藩"], desk.today())
    full = replace(opened.draft, birthday=Birthday(11, 26), preferences="单丛")
    desk.gateway.write(customers.edit, opened.id, full, version=opened.version)
    desk.gateway.write(customers.record_consent, opened.id, Channel.WECHAT, True, "counter", at=desk.now())
    screen.show_customer(opened.id)
    assert screen.card.next.isVisible()
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_2)
    assert screen.card.card is not None
    assert screen.card.card.draft.source == "friend"
    assert screen.card.card.completeness.ask == "address"
    assert screen.card.card.completeness.share == 90


def test_what_another_act_changes_is_seen_at_once(screen: CustomersScreen, desk: Desk, ids: dict[str, int]) -> None:
    screen.show_customer(ids["王姐"])
    desk.gateway.write(customers.archive, ids["王姐"], at=desk.now())
    assert "王姐" not in names(screen)
    desk.gateway.undo()
    assert "王姐" in names(screen)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_fits_a_small_laptop(
    qapp: QApplication, qtbot: QtBot, desk: Desk, ids: dict[str, int], language: str, scale: float
) -> None:
    speaker = interpreter(qapp)
    look.apply(qapp, language=language, scale=scale)
    speaker.speak(language)
    try:
        made = CustomersScreen(desk)
        qtbot.addWidget(made)
        made.show_customer(ids["沈静怡"])
        least = made.minimumSizeHint()
        assert (least.width(), least.height()) <= (1366 - 56 * scale, 690 - 48 * scale)
        made.resize(1366 - 176, 690 - 48)
        made.show()
        sell = made.card.head.sell
        assert made.rect().contains(sell.mapTo(made, sell.rect().bottomRight()))
    finally:
        look.apply(qapp, language="en", scale=1.0)
        speaker.speak("en")


def test_a_narrow_place_turns_pages(qtbot: QtBot, screen: CustomersScreen, ids: dict[str, int]) -> None:
    screen.window().resize(600, 640)
    assert screen.people.isVisible() and not screen.card.isVisible()
    screen.show_customer(ids["沈静怡"])
    assert screen.card.isVisible() and not screen.people.isVisible()
    assert not screen.card.facts.isVisible()
    qtbot.mouseClick(screen.card.head.remember, Qt.MouseButton.LeftButton)
    assert screen.card.facts.isVisible()
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_Escape)
    assert screen.people.isVisible() and not screen.card.isVisible()


def test_the_list_grows_where_there_is_plenty_of_room(screen: CustomersScreen) -> None:
    assert screen.people.width() == look.px(296)
    screen.window().resize(1744, 1000)
    QApplication.processEvents()
    assert screen.people.width() == look.px(360)
    screen.window().resize(1190, 720)
    QApplication.processEvents()
    assert screen.people.width() == look.px(296)


def test_a_card_without_a_past_says_what_will_be_there(screen: CustomersScreen, desk: Desk) -> None:
    bare = desk.gateway.write(customers.add, customers.CustomerDraft(name="李"), at=desk.now())
    assert bare is not None
    screen.show_customer(bare)
    shown = screen.card.timeline.list
    assert shown.hasFocus()
    assert "every sale, call and complaint" in shown.accessibleDescription()
    screen.card.timeline.chips.set_value(Kind.SALE)
    screen.card.timeline.chips.chosen.emit(Kind.SALE)
    assert shown.accessibleDescription() == "Nothing of this kind yet."
