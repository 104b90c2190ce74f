"""The entry from anywhere: few keys, all of them printed, over whatever is open; what is typed outlives the program."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import complaints, rewards, till
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.entry import EntryDialog, open_entry, take_up
from app.views.shared import dialogs
from app.views.shared.badges import Keycap
from app.views.shared.chips import Chip
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.keys import keycap
from tests.architecture.sources import ROOT
from tests.complaints.conftest import Enter, Press
from tests.complaints.story import NOW, at, bill, board, person
from tests.conftest import FixedClock
from tests.journeys.hands import Hands, hands_on


def test_at_most_eight_keys_besides_the_name_and_the_words(
    qtbot: QtBot, window: QWidget, desk: Desk, work: UnitOfWork
) -> None:
    """Counted as a person counts: F8, taking the name, two digits, Ctrl and Enter."""
    person(work, "沈静怡")
    opened: list[EntryDialog] = []
    act = QAction(window, shortcut=QKeySequence("F8"))
    act.triggered.connect(lambda: opened.append(open_entry(desk, window, None)))
    window.addAction(act)
    keys = 0

    def press(key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        nonlocal keys
        keys += 1 if with_ == Qt.KeyboardModifier.NoModifier else 2
        QTest.keyClick(QApplication.focusWidget() or window, key, with_)
        QApplication.processEvents()

    press(Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: bool(opened) and opened[0].isAncestorOf(QApplication.focusWidget() or window))
    qtbot.keyClicks(QApplication.focusWidget(), "sjy")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_2)
    qtbot.keyClicks(QApplication.focusWidget(), "Promised for today")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (card,) = [card for lane in board(work).lanes for card in lane.cards]
    assert (card.category, card.words) == ("delivery", "Promised for today")
    assert keys <= 8


def test_every_key_is_printed_where_it_works(enter: Enter) -> None:
    dialog = enter()
    digits = {chip.view.digit for chip in dialog.findChildren(Chip) if chip.isVisible()}
    assert {1, 2, 3, 4, 5, 6, 7} <= digits
    assert "Enter" in dialog.form.who.edit.placeholderText()
    assert "Backspace" in dialog.form.who.edit.placeholderText()
    parts = [part for part in dialog.findChildren(QWidget) if part.isVisible()]
    caps = {getattr(part, "_words" if isinstance(part, Keycap) else "_keycap", "") for part in parts}
    wanted = {keycap(key) for key in ("Ctrl+Return", "Ctrl+D", "Esc", *(f"Alt+{digit}" for digit in range(1, 6)))}
    assert wanted <= caps


def test_what_is_typed_is_on_the_disk_after_a_pause_and_goes_with_saving(
    enter: Enter, qtbot: QtBot, gateway: Gateway, press: Press
) -> None:
    dialog = enter()
    press("Backspace", "2", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "He shouted")
    qtbot.waitUntil(lambda: bool(gateway.drafts.known()))
    (kept,) = gateway.drafts.known().values()
    assert (kept["form"]["words"], kept["form"]["what"], kept["open"]) == ("He shouted", "service", True)
    with qtbot.waitSignal(dialog.accepted):
        press("Ctrl+Return")
    assert gateway.drafts.known() == {}


def test_a_killed_program_brings_the_words_back_and_what_was_given(
    shop_path: Path, desk: Desk, window: QWidget, work: UnitOfWork, press: Press
) -> None:
    shen = person(work, "沈静怡")
    for name, amount in (("Five off", 500), ("Ten off", 1000)):
        work.write(rewards.add_kind, rewards.KindDraft(name, amount=amount, days=30))
    command = [sys.executable, "-m", "tests.complaints.writing_process", str(shop_path), str(shen), "Ten off"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "kept\n"
        assert take_up(desk, window) is None
        writing.kill()
    dialog = take_up(desk, window)
    assert dialog is not None
    assert (dialog.form.said.value(), dialog.form.what.value()) == ("He shouted at my mother", "service")
    given = dialog.form.spot.asked
    assert (given.points.value(), given.coupon.currentText()) == (300, "Ten off")
    dialog.form.bad.choose_digit(3)
    press("Ctrl+Return")
    (card,) = [card for lane in board(work).lanes for card in lane.cards]
    assert (card.words, card.remedy) == ("He shouted at my mother", "Coupon, Points")
    assert work.read(complaints.case, card.id, NOW).cost == 300 + 1000
    assert take_up(desk, window) is None


def test_what_esc_put_away_waits_until_it_is_asked_for(
    enter: Enter, qtbot: QtBot, desk: Desk, window: QWidget, press: Press
) -> None:
    enter()
    press("Backspace", "2", "1")
    qtbot.keyClicks(QApplication.focusWidget(), "He shouted")
    press("Escape")
    dialogs.forget_drafts()
    assert take_up(desk, window) is None
    assert enter().form.said.value() == "He shouted"


def test_an_unreadable_draft_is_left_out(desk: Desk, window: QWidget, gateway: Gateway) -> None:
    gateway.drafts.keep("complaint ", {"form": {}, "open": True})
    (path,) = gateway.drafts.folder.glob("*.json")
    path.write_text("{", encoding="utf-8")
    assert take_up(desk, window) is None


def test_from_the_till_the_bill_and_its_buyer_are_filled_in(
    desk: Desk, window: QWidget, work: UnitOfWork, qtbot: QtBot, press: Press
) -> None:
    shen, wu = person(work, "沈静怡"), person(work, "吴建国")
    sale = bill(work, "1123-001", at(23, 9), customer_id=shen)
    dialog = open_entry(desk, window, None, sale_id=sale)
    assert dialog.form.who.customer_id == shen
    assert "1123-001" in dialog.form.about.words.text()
    dialog.form.what.choose_digit(1)
    dialog.form.bad.choose_digit(1)
    qtbot.keyClicks(dialog.form.said, "Cold")
    press("Ctrl+Return")
    (card,) = [card for lane in board(work).lanes for card in lane.cards]
    held = work.read(complaints.case, card.id, NOW).sale
    assert held is not None
    assert held.id == sale
    other = open_entry(desk, window, wu, sale_id=sale)
    assert other.form.about.sale_id is None


@pytest.fixture
def hands(
    qtbot: QtBot, qapp: QApplication, empty_shop_file: Path, tmp_path: Path, clock: FixedClock
) -> Iterator[Hands]:
    path = tmp_path / "counter.shop"
    path.write_bytes(empty_shop_file.read_bytes())
    with hands_on(qtbot, qapp, path, clock, "en") as hands:
        yield hands


def shown() -> EntryDialog:
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, EntryDialog) and one.isVisible()]
    return dialog


def test_f8_works_over_a_dialog_and_once(hands: Hands, qtbot: QtBot) -> None:
    work = hands.session.shop.work
    who = person(work, "Ann")
    ticket = till.Ticket(who, (till.TicketLine(None, 1000, 500_000),))
    sold = work.write(till.sell, ticket, operation_id="sale", at=NOW)[0]
    hands.window.go("till")
    hands.key(Qt.Key.Key_F2)
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = QApplication.activeModalWidget()
    assert editor is not None
    qtbot.waitUntil(lambda: editor.isAncestorOf(QApplication.focusWidget() or hands.window))
    hands.key(Qt.Key.Key_F8)
    entry = shown()
    qtbot.waitUntil(lambda: entry.isAncestorOf(QApplication.focusWidget() or hands.window))
    assert entry.form.about.sale_id == sold.sale_id
    hands.key(Qt.Key.Key_F8)
    assert shown() is entry
    entry.reject()
    assert editor.isVisible()
    editor.close()
