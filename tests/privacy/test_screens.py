"""The three dialogs of privacy, by their keys: what was allowed, handing over, erasing."""

import json
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.domain.complaints import Severity
from app.domain.interactions import Channel
from app.services import complaints, customers, interactions, privacy
from app.services.customers import CustomerDraft, Labelled
from app.services.interactions import ContactDraft
from app.views.customers.privacy_menu import PrivacyMenu
from app.views.customers.screen import CustomersScreen
from app.views.privacy.consents import ConsentsDialog, open_consents
from app.views.privacy.erasing import EraseDialog, open_erase
from app.views.privacy.handing import open_handing
from app.views.shared import desk as asks
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from tests.privacy.marked import NOW

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def person(desk: Desk) -> int:
    draft = CustomerDraft("沈静怡 Shen", (Labelled("13800136628"),))
    made = desk.gateway.write(customers.add, draft, at=NOW, said="added")
    assert made is not None
    return made


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1200, 760)
    made.show()
    qtbot.waitExposed(made)
    yield made


def commit(widget: QWidget, words: str) -> None:
    typed = QInputMethodEvent()
    typed.setCommitString(words)
    QApplication.sendEvent(widget, typed)


def noted(desk: Desk, person: int) -> list[tuple[Channel, bool, str]]:
    history = desk.gateway.read(customers.consents, person).history
    return [(said.channel, said.given, said.source) for said in history]


def cells(dialog: ConsentsDialog) -> list[list[str]]:
    model = dialog.history
    return [
        [model.index(row, column).data() for column in range(1, model.columnCount())] for row in range(model.rowCount())
    ]


def test_a_yes_and_a_no_are_noted_by_keys_alone(qtbot: QtBot, desk: Desk, window: QWidget, person: int) -> None:
    dialog = open_consents(desk, window, person)
    assert not dialog.table.isVisible()
    for keys in ("313", "321"):
        for part, key in zip((dialog.channel, dialog.given, dialog.place), keys, strict=True):
            qtbot.keyClick(part, key)
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert noted(desk, person) == [(Channel.SMS, False, "counter"), (Channel.SMS, True, "phone")]
    assert cells(dialog) == [["SMS", "No", "At the counter", "Owner"], ["SMS", "Yes", "On the phone", "Owner"]]
    assert dialog.isVisible()
    desk.gateway.undo()
    assert len(cells(dialog)) == 1


def test_an_answer_without_a_way_is_asked_for(qtbot: QtBot, desk: Desk, window: QWidget, person: int) -> None:
    dialog = open_consents(desk, window, person)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
    assert set(dialog.form.errors()) == {"channel", "given"}
    assert noted(desk, person) == []


def test_do_not_contact_is_set_and_taken_off(qtbot: QtBot, desk: Desk, window: QWidget, person: int) -> None:
    dialog = open_consents(desk, window, person)
    qtbot.keyClick(dialog.barred, Qt.Key.Key_Space)
    assert desk.gateway.read(customers.consents, person).do_not_contact
    desk.gateway.undo()
    assert not dialog.barred.value()


def test_the_file_is_written_in_the_language_chosen(
    qtbot: QtBot, desk: Desk, window: QWidget, person: int, tmp_path: Path
) -> None:
    dialog = open_handing(desk, window, person)
    qtbot.keyClick(dialog.language, "1")
    target = tmp_path / "person.zip"
    dialog.write_to(target)
    assert not dialog.isVisible()
    with ZipFile(target) as file:
        page = file.read("page.html").decode()
        assert json.loads(file.read("data.json"))["card"][0]["name"] == "沈静怡 Shen"
    assert "Cloudrest Tea 保存的关于沈静怡 Shen的资料" in page
    assert 'lang="zh-CN"' in page


def test_a_folder_that_is_gone_is_told_and_the_dialog_stays(
    qtbot: QtBot, desk: Desk, window: QWidget, person: int, tmp_path: Path
) -> None:
    dialog = open_handing(desk, window, person)
    with qtbot.waitSignal(desk.gateway.refused):
        dialog.write_to(tmp_path / "gone" / "person.zip")
    assert dialog.isVisible()


def test_only_the_typed_name_erases(qtbot: QtBot, desk: Desk, window: QWidget, person: int) -> None:
    dialog = open_erase(desk, window, person)
    assert isinstance(dialog, EraseDialog)
    assert dialog.focusWidget() is dialog.field
    commit(dialog.field, "沈静")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert not dialog.primary.isEnabled()
    commit(dialog.field, "怡  shen")
    assert dialog.primary.isEnabled()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.read(customers.card, person, NOW.date()).name == "沈静怡 Shen"
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert desk.gateway.read(customers.card, person, NOW.date()).name == f"#{person}"
    assert desk.gateway.undoable is None


def test_files_that_could_not_go_along_are_told(
    qtbot: QtBot, desk: Desk, window: QWidget, person: int, shop: Shop
) -> None:
    draft = complaints.ComplaintDraft("product", Severity.MINOR, "Chipped", customer_id=person)
    case = desk.gateway.write(complaints.log, draft, NOW)
    desk.gateway.write(complaints.attach, case, desk.gateway.files.keep_bytes(b"chip", "chip.png"), at=NOW)
    shop.path.with_name("other.shop").write_bytes(b"no shop at all " * 400)
    dialog = open_erase(desk, window, person)
    assert dialog is not None
    commit(dialog.field, dialog.seen.name)
    with qtbot.waitSignal(dialog.accepted, timeout=20_000):
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    told = [label.text() for label in dialog.trouble.findChildren(PlainLabel)]
    assert any("1 file that came" in words and str(desk.gateway.files.folder) in words for words in told)


def test_the_dialog_says_that_copies_still_hold_the_person(
    qtbot: QtBot, desk: Desk, window: QWidget, person: int
) -> None:
    desk.gateway.back_up("by-hand")
    desk.gateway.settle()
    dialog = open_erase(desk, window, person)
    assert dialog is not None
    assert "1 in the folder of backups" in dialog.copies.text()
    assert "September 2027" in dialog.copies.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.gateway.read(customers.card, person, NOW.date()).name == "沈静怡 Shen"


def test_who_was_erased_is_not_asked_about_again(qtbot: QtBot, desk: Desk, window: QWidget, person: int) -> None:
    from app.services import privacy

    desk.gateway.write(privacy.erase, person, at=NOW)
    with qtbot.waitSignal(desk.gateway.refused):
        assert open_erase(desk, window, person) is None


def test_the_card_offers_all_three(qtbot: QtBot, desk: Desk, person: int) -> None:
    screen = CustomersScreen(desk)
    qtbot.addWidget(screen)
    screen.show_customer(person)
    heard: list[object] = []
    desk.asked.connect(heard.append)
    menu = screen.card.privacy
    assert isinstance(menu, PrivacyMenu)
    screen.card.menu.aboutToShow.emit()
    assert [one.text() for one in (menu.consents, menu.hand_over, menu.erase)] == [
        "Consents…",
        "Export personal data…",
        "Erase this person…",
    ]
    for action in (menu.consents, menu.hand_over, menu.erase):
        action.trigger()
    assert heard == [asks.ShowConsents(person), asks.HandOverPerson(person), asks.ErasePerson(person)]


def test_the_card_of_an_erased_person_says_so_and_offers_no_act(qtbot: QtBot, desk: Desk, person: int) -> None:
    heard: list[object] = []
    desk.gateway.write(customers.pin_fact, person, "likes oolong", at=NOW)
    desk.gateway.write(interactions.log_contact, person, ContactDraft(summary="Called"), at=NOW)
    screen = CustomersScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1190, 720)
    screen.show()
    screen.show_customer(person)
    assert screen.card.head.log.isVisible() and not screen.card.erased.isVisible()
    desk.gateway.write(privacy.erase, person, at=NOW)
    screen.show_customer(person)
    card = screen.card
    desk.asked.connect(heard.append)
    assert "23" in card.erased.label.text() and card.erased.isVisible()
    hidden = (
        card.head.log,
        card.head.sell,
        card.head.member_card,
        card.head.more,
        card.head.remember,
        card.facts,
        card.next,
    )
    assert not any(part.isVisible() for part in hidden)
    assert screen.customer_in_view() is None
    card.timeline.list.setCurrentIndex(card.timeline.model.index(0, 0))
    for key in (Qt.Key.Key_L, Qt.Key.Key_E, Qt.Key.Key_P, Qt.Key.Key_A, Qt.Key.Key_1, Qt.Key.Key_Return):
        qtbot.keyClick(card.timeline.list, key)
    assert heard == []
    assert not [dialog for dialog in screen.window().findChildren(QDialog) if dialog.isVisible()]
