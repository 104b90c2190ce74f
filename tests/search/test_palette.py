"""The palette driven by keys: find a person, open, sell, complain, do an act, add somebody new."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import customers
from app.services.customers import CustomerDraft, Labelled
from app.storage.unit_of_work import UnitOfWork
from app.views.search.palette import Palette
from app.views.shared.actions import act
from app.views.shared.desk import Desk, LogComplaint, NewCustomer, OpenCustomer, SellTo
from app.views.shared.dialogs import Dialog
from app.views.shared.hit_rows import FoundRow
from app.views.shared.veil import Veil

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def people(work: UnitOfWork) -> dict[str, int]:
    found = {}
    for name, phone in (("沈静怡", "13800016628"), ("李小满", "15900000311"), ("Anna Smith", "13700001234")):
        draft = CustomerDraft(name=name, phones=(Labelled(phone),))
        found[name], _ = work.write(customers.add, draft, at=AT)
    return found


@pytest.fixture
def palette(qtbot: QtBot, desk: Desk, people: dict[str, int]) -> Palette:
    window = QWidget()
    window.resize(1000, 700)
    qtbot.addWidget(window)
    window.show()
    made = Palette(desk, window)
    made.set_acts([act(window, "file.backup", lambda: "Back up now", lambda: None)])
    made.open_palette()
    return made


def titles(palette: Palette) -> list[str]:
    return [row.title.words for row in palette.finds.rows.rows if isinstance(row, FoundRow)]


@pytest.mark.parametrize("typed", ["sjy", "shenj", "6628", "anna 1234", "jing"])
def test_any_part_finds_the_person(qtbot: QtBot, palette: Palette, typed: str) -> None:
    qtbot.keyClicks(palette.edit, typed)
    assert titles(palette)[0] == ("Anna Smith" if "anna" in typed else "沈静怡")


def test_chinese_typed_through_the_input_method_finds(palette: Palette) -> None:
    event = QInputMethodEvent("", [])
    event.setCommitString("静怡")
    QApplication.sendEvent(palette.edit, event)
    assert titles(palette)[0] == "沈静怡"


def test_enter_opens_and_gives_the_window_back(
    qtbot: QtBot, desk: Desk, palette: Palette, people: dict[str, int]
) -> None:
    qtbot.keyClicks(palette.edit, "sjy")
    with qtbot.waitSignal(desk.asked) as asked:
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert asked.args == [OpenCustomer(people["沈静怡"])]
    assert palette.isHidden()


def test_keys_sell_complain_and_pick_by_number(
    qtbot: QtBot, desk: Desk, palette: Palette, people: dict[str, int]
) -> None:
    asked: list[object] = []
    desk.asked.connect(asked.append)
    for key, modifier in ((Qt.Key.Key_Return, CONTROL), (Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)):
        palette.open_palette("sjy")
        qtbot.keyClick(palette.edit, key, modifier)
    palette.open_palette("s")
    qtbot.keyClick(palette.edit, Qt.Key.Key_2, CONTROL)
    second = asked.pop()
    assert asked == [SellTo(people["沈静怡"]), LogComplaint(people["沈静怡"])]
    assert isinstance(second, OpenCustomer)
    assert second.customer_id in people.values()


def test_arrows_step_over_headings(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClicks(palette.edit, "s")
    seen = []
    for _ in range(len(titles(palette)) + 2):
        chosen = palette.finds.chosen()
        assert chosen is not None
        seen.append(chosen.title.words)
        qtbot.keyClick(palette.edit, Qt.Key.Key_Down)
    assert list(dict.fromkeys(seen)) == titles(palette)


def test_what_is_not_found_can_be_added(qtbot: QtBot, desk: Desk, palette: Palette) -> None:
    qtbot.keyClicks(palette.edit, "Zo Quinn")
    with qtbot.waitSignal(desk.asked) as asked:
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert asked.args == [NewCustomer("Zo Quinn")]


def test_an_act_is_done(qtbot: QtBot, palette: Palette) -> None:
    action = palette._acts[0]
    qtbot.keyClicks(palette.edit, ">back")
    with qtbot.waitSignal(action.triggered):
        qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert palette.isHidden()


def test_a_dialog_that_an_act_opens_stands_over_a_veil_of_its_own(qtbot: QtBot, palette: Palette) -> None:
    window = palette.window()
    palette._acts[0].triggered.connect(lambda: Dialog(window).present())
    qtbot.keyClicks(palette.edit, ">back")
    qtbot.keyClick(palette.edit, Qt.Key.Key_Return)
    assert [veil.isVisible() for veil in window.findChildren(Veil)] == [True]
    dialog = window.findChild(Dialog)
    assert dialog is not None
    dialog.reject()


def test_escape_closes(qtbot: QtBot, palette: Palette) -> None:
    qtbot.keyClick(palette.edit, Qt.Key.Key_Escape)
    assert palette.isHidden()
