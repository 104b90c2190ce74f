"""The facts of a card, edited where they stand: by keys, with a way back, and with two windows at once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.custom_fields import FieldKind
from app.domain.followup_rules import Scope
from app.domain.interactions import Channel
from app.services import customers, followups
from app.services.customers import CustomerDraft, Labelled
from app.views.customers.fact_editor import FactEditor
from app.views.customers.fact_lines import FactLine
from app.views.customers.fact_views import absent
from app.views.customers.facts import FactsColumn
from app.views.customers.screen import CustomersScreen
from app.views.shared import desk as asks
from app.views.shared.desk import Desk
from app.views.shared.layouts import row
from app.views.shared.people_words import on_day
from tests.customers.filled import fill_card
from tests.followups.rules_at_work import only

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


@pytest.fixture
def own(desk: Desk, ids: dict[str, int]) -> dict[str, int]:
    """The shop's own fields, on a card where everything is said."""
    return fill_card(desk.gateway._work, ids)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, ids: dict[str, int]) -> Iterator[CustomersScreen]:
    window, made = QWidget(), CustomersScreen(desk)
    window.setLayout(row(made, gap=0))
    qtbot.addWidget(window)
    window.resize(1190, 720)
    with qtbot.waitExposed(window):
        window.show()
    made.show_customer(ids["沈静怡"])
    yield made


def line(screen: CustomersScreen, words: str) -> FactLine:
    return next(found for found in screen.card.facts.lines() if words in found.view.words)


def editor(screen: CustomersScreen) -> FactEditor:
    assert screen.card.facts.editor is not None
    return screen.card.facts.editor


def focused() -> QWidget:
    now = QApplication.focusWidget()
    assert now is not None
    return now


def draft(desk: Desk, customer_id: int) -> CustomerDraft:
    return desk.gateway.read(customers.card, customer_id, desk.today()).draft


def enter(qtbot: QtBot, screen: CustomersScreen, words: str) -> Any:
    """Turn the fact with these words into its field by Enter; answers the field."""
    at = line(screen, words)
    at.setFocus()
    qtbot.keyClick(at, ENTER)
    return editor(screen).field


def test_enter_turns_a_fact_into_its_field_saves_it_and_undo_takes_it_back(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "jingyi_tea")
    assert field.hasFocus() and field.selectedText() == "jingyi_tea"
    qtbot.keyClicks(field, "shen_1988")
    with qtbot.waitSignal(desk.gateway.said) as said:
        qtbot.keyClick(field, ENTER)
    assert said.args[1] is True
    assert draft(desk, ids["沈静怡"]).wechat == "shen_1988"
    assert screen.card.facts.editor is None
    assert line(screen, "shen_1988").hasFocus()
    assert desk.gateway.undo()
    assert draft(desk, ids["沈静怡"]).wechat == "jingyi_tea"
    assert line(screen, "jingyi_tea").isVisible()


def test_esc_leaves_it_as_it_was_and_a_second_one_goes_back_to_the_timeline(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    before = draft(desk, ids["沈静怡"])
    field = enter(qtbot, screen, "jingyi_tea")
    qtbot.keyClicks(field, "other")
    qtbot.keyClick(field, ESC)
    assert draft(desk, ids["沈静怡"]) == before
    assert line(screen, "jingyi_tea").hasFocus()
    qtbot.keyClick(focused(), ESC)
    assert screen.card.timeline.list.hasFocus()


def test_tab_saves_and_turns_the_next_fact_into_its_field(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "jingyi_tea")
    qtbot.keyClicks(field, "shen_1988")
    qtbot.keyClick(field, TAB)
    assert draft(desk, ids["沈静怡"]).wechat == "shen_1988"
    assert editor(screen).name == "addresses"
    qtbot.keyClick(focused(), TAB, Qt.KeyboardModifier.ShiftModifier)
    assert editor(screen).name == "wechat"


def test_tab_goes_through_the_parts_of_a_field_first(qtbot: QtBot, screen: CustomersScreen) -> None:
    field = enter(qtbot, screen, "138 0013 6628")
    assert field.lines[0].edit.hasFocus()
    for expected in (field.lines[0].label, field.lines[0].cross, field.lines[1].edit):
        qtbot.keyClick(focused(), TAB)
        assert expected.hasFocus()


def test_nothing_is_written_where_nothing_was_changed(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    before = desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).version
    qtbot.keyClick(enter(qtbot, screen, "jingyi_tea"), ENTER)
    assert desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).version == before


def test_a_refusal_is_said_under_the_field_which_stays(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "138 0013 6628")
    second = field.lines[1].edit
    second.setFocus()
    second.selectAll()
    qtbot.keyClicks(second, "12")
    qtbot.keyClick(second, ENTER)
    assert editor(screen).box.error()
    assert second.error()
    assert len(draft(desk, ids["沈静怡"]).phones) == 2
    qtbot.keyClicks(second, "345")
    qtbot.keyClick(second, ENTER)
    assert screen.card.facts.editor is None
    assert draft(desk, ids["沈静怡"]).phones[1].text == "12345"


def test_what_another_window_saved_is_told_and_what_was_typed_stays(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "jingyi_tea")
    qtbot.keyClicks(field, "mine")
    opened = screen.card.card
    assert opened is not None
    desk.gateway.write(customers.set_field, opened.id, "company", "theirs", version=opened.version)
    qtbot.keyClick(field, ENTER)
    said = editor(screen).box.error()
    assert "李芳" in said and "10:00" in said
    assert field.text() == "mine"
    assert line(screen, "theirs").isVisible()
    qtbot.keyClick(field, ENTER)
    kept = draft(desk, opened.id)
    assert (kept.wechat, kept.company) == ("mine", "theirs")


def test_going_to_somebody_else_saves_what_was_typed(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "jingyi_tea")
    qtbot.keyClicks(field, "kept")
    screen.people.list.setFocus()
    assert screen.card.facts.editor is None
    assert draft(desk, ids["沈静怡"]).wechat == "kept"


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_what_a_card_lacks_is_one_line_that_offers_it_by_key(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["盛嘉怡"])
    facts = screen.card.facts
    assert [found.view.field for found in facts.lines()] == ["created"]
    assert [name for name, section in facts.sections.items() if section.isVisible()] == ["about"]
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_A)
    menu = next(found for found in facts.findChildren(QMenu) if found.isVisible())
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, ENTER)
    assert editor(screen).name == "wechat"
    qtbot.keyClicks(focused(), "sheng")
    qtbot.keyClick(focused(), ENTER)
    assert draft(desk, ids["盛嘉怡"]).wechat == "sheng"


def test_a_yes_or_a_no_is_noted_at_once_with_its_place(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.card.facts.begin("consent")
    field: Any = editor(screen).field
    field.place.set_value("paper")
    qtbot.mouseClick(field.answers[Channel.WECHAT].chips()[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field.answers[Channel.CALL].chips()[1], Qt.MouseButton.LeftButton)
    said = desk.gateway.read(customers.consents, ids["沈静怡"]).current
    assert (said[Channel.WECHAT].given, said[Channel.WECHAT].source) == (True, "paper")
    assert said[Channel.CALL].given is False
    assert screen.card.facts.editor is not None and screen.card.facts.editor.field is field
    bar: QWidget = field.bar  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bar.height() >= bar.sizeHint().height())
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton)
    assert draft(desk, ids["沈静怡"]).do_not_contact
    qtbot.keyClick(bar, ESC)
    shown = next(found for found in screen.card.facts.lines() if found.view.tone == "red_text")
    assert shown.isVisible() and shown.view.field == "consent"


def test_what_counts_is_picked_by_digits_and_ordered_by_alt_and_arrows(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.card.facts.begin("values_ranked")
    ranks = editor(screen).field.ranks  # type: ignore[attr-defined]
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_6):
        qtbot.keyClick(ranks, key)
    qtbot.keyClick(ranks, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(ranks, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(ranks, Qt.Key.Key_Down)
    qtbot.keyClick(ranks, Qt.Key.Key_Space)
    qtbot.keyClick(ranks, ENTER)
    assert draft(desk, ids["沈静怡"]).values_ranked == ("trust", "quality")


def test_people_are_opened_by_enter_and_taken_out_by_delete(
    qtbot: QtBot, own: dict[str, int], screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    heard: list[Any] = []
    desk.asked.connect(heard.append)
    at = line(screen, "温如玉")
    at.setFocus()
    qtbot.keyClick(at, ENTER)
    assert heard == [asks.OpenCustomer(ids["温如玉"])]
    qtbot.keyClick(at, Qt.Key.Key_Delete)
    assert ids["温如玉"] not in [found.id for found in desk.gateway.read(customers.relations, ids["沈静怡"])]
    assert desk.gateway.undo()
    assert line(screen, "温如玉").isVisible()


def test_somebody_is_added_to_the_family_without_the_others_going(
    qtbot: QtBot, own: dict[str, int], screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.card.facts.begin("relation")
    field: Any = editor(screen).field
    field.kind.set_value("sibling")
    qtbot.keyClicks(field.who.edit, "1186")
    qtbot.keyClick(field.who.edit, ENTER)
    qtbot.keyClick(field.who.person, ENTER)
    kinds = {found.id: found.kind for found in desk.gateway.read(customers.relations, ids["沈静怡"])}
    assert kinds == {ids["温如玉"]: "parent", ids["陆明远"]: "colleague", ids["何小满"]: "sibling"}


def test_every_fact_of_a_full_card_is_shown_and_can_be_edited(
    own: dict[str, int], screen: CustomersScreen, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["沈静怡"])
    facts = screen.card.facts
    fields = {found.view.field for found in facts.lines() if found.view.act == "edit"}
    assert {f"custom.{key}" for key in own.values()} <= fields
    for name in sorted(fields):
        facts.begin(name)
        assert editor(screen).name == name
        assert not editor(screen).changed
    assert screen.card.card is not None
    assert [found.view.words for found in facts.sections["own"].lines()][:2] == ["120 ml", "4"]


def test_the_shops_own_fields_are_edited_by_their_kind(
    qtbot: QtBot, own: dict[str, int], screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    number = own["家里几口人"]
    screen.show_customer(ids["沈静怡"])
    screen.card.facts.begin(f"custom.{number}")
    field: Any = editor(screen).field
    field.selectAll()
    qtbot.keyClicks(field, "many")
    qtbot.keyClick(field, ENTER)
    assert editor(screen).box.error()
    field.selectAll()
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, ENTER)
    assert draft(desk, ids["沈静怡"]).custom[number] == "5"
    desk.gateway.write(customers.add_field, "Late", FieldKind.TEXT)
    assert "Late" in [words for _, words in _offered(screen.card.facts)]


def _offered(facts: FactsColumn) -> list[tuple[str, str]]:
    from app.views.customers.fact_views import absent

    assert facts._told is not None
    return absent(facts._told)


def test_a_birthday_by_the_moon_is_said_with_the_day_it_falls_on(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.card.facts.begin("birthday")
    field: Any = editor(screen).field
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "1988-10-15")
    field.calendar.set_value("lunar")
    qtbot.keyClick(field.edit, ENTER)
    assert draft(desk, ids["沈静怡"]).birthday == Birthday(10, 15, 1988, lunar=True)
    shown = next(found for found in screen.card.facts.lines() if found.view.field == "birthday")
    assert "23 Nov" in shown.view.caption


def test_several_phones_keep_their_labels(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "138 0013 6628")
    qtbot.mouseClick(field.more, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(focused(), "0512 1111 2222")
    qtbot.keyClick(focused(), ENTER)
    assert draft(desk, ids["沈静怡"]).phones[2] == Labelled("0512 1111 2222", "work")


def test_a_pinned_fact_is_reworded_where_it_stands_and_the_rewording_is_taken_back(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    noted = desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).facts
    field = enter(qtbot, screen, "只收微信")
    assert field.value() == noted[1].text
    qtbot.keyClicks(field, "WeChat only")
    with qtbot.waitSignal(desk.gateway.said) as said:
        qtbot.keyClick(field, ENTER)
    assert said.args[1] is True
    assert line(screen, "WeChat only").hasFocus()
    facts = desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).facts
    assert [(fact.id, fact.on, fact.staff) for fact in facts] == [(fact.id, fact.on, fact.staff) for fact in noted]
    assert desk.gateway.undo()
    assert desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).facts == noted


def test_a_pinned_fact_is_not_reworded_to_nothing_and_goes_by_delete(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    field = enter(qtbot, screen, "只收微信")
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, ENTER)
    assert editor(screen).box.error()
    qtbot.keyClick(field, ESC)
    qtbot.keyClick(focused(), Qt.Key.Key_Delete)
    assert len(desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).facts) == 1


def test_a_household_is_named_on_the_card(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    def offered() -> list[str]:
        told = screen.card.facts.told
        assert told is not None
        return [name for name, _ in absent(told)]

    assert "household_name" not in offered()
    desk.gateway.write(customers.join_household, ids["沈静怡"], ids["何小满"])
    assert "household_name" in offered()
    screen.card.facts.begin("household_name")
    qtbot.keyClicks(editor(screen).field, "The Shens")
    qtbot.keyClick(editor(screen).field, ENTER)
    assert "household_name" not in offered()
    for person in ("沈静怡", "何小满"):
        house = desk.gateway.read(customers.card, ids[person], desk.today()).household
        assert house is not None and house.name == "The Shens"
    assert line(screen, "The Shens").view.label == "Household"
    assert desk.gateway.undo()
    assert "household_name" in offered()


def test_the_card_says_when_to_be_in_touch_again(screen: CustomersScreen, desk: Desk, ids: dict[str, int]) -> None:
    who, facts = ids["沈静怡"], screen.card.facts
    desk.gateway.settle()
    assert not facts.contact.lines(), "no rule is on"
    only(desk.gateway._work, "cadence-1", desk.today(), scope=Scope.EVERYONE, days=400, good_for=5, own_rhythm=False)
    screen.card.show_customer(who)
    desk.gateway.settle()
    known = desk.gateway.read(followups.next_contact, who, desk.today())
    assert known is not None and known.latest - known.ideal == timedelta(days=5)
    (said,) = facts.contact.lines()
    assert [said.view.words, said.view.caption] == [
        f"Ideally by {on_day(known.ideal, desk.today())}",
        f"at the latest {on_day(known.latest, desk.today())}",
    ]
