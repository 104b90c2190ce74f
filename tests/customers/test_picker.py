"""The customer picker: typed into, moved in, taken from, cleared, and added to."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import customers
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.hit_rows import FoundRow
from app.views.shared.layouts import column


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(560, 480)
    qtbot.addWidget(made)
    yield made


@pytest.fixture
def picker(qtbot: QtBot, desk: Desk, ids: dict[str, int], window: QWidget) -> CustomerPicker:
    made = CustomerPicker(desk)
    window.setLayout(column(made, None, margins=24))
    window.show()
    qtbot.waitExposed(window)
    made.setFocus()
    return made


def titles(picker: CustomerPicker) -> list[str]:
    return [row.title.words for row in picker.popup.model.rows if isinstance(row, FoundRow)]


def test_pinyin_opens_the_list_and_enter_takes_the_first(
    qtbot: QtBot, picker: CustomerPicker, ids: dict[str, int]
) -> None:
    qtbot.keyClicks(picker.edit, "sjy")
    assert picker.popup.isVisible()
    assert titles(picker) == ["沈静怡", "宋佳颖", "盛嘉怡", "New customer “sjy”"]
    with qtbot.waitSignal(picker.chosen) as heard:
        qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert heard.args == [ids["沈静怡"]]
    assert picker.customer_id == ids["沈静怡"]
    assert not picker.popup.isVisible()


def test_arrows_move_in_the_list(qtbot: QtBot, picker: CustomerPicker, ids: dict[str, int]) -> None:
    qtbot.keyClicks(picker.edit, "sjy")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Down)
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert picker.customer_id == ids["宋佳颖"]


def test_backspace_clears_a_filled_field(qtbot: QtBot, picker: CustomerPicker, ids: dict[str, int]) -> None:
    picker.choose(ids["王姐"])
    with qtbot.waitSignal(picker.chosen) as heard:
        qtbot.keyClick(picker.person, Qt.Key.Key_Backspace)
    assert heard.args == [None]
    assert picker.customer_id is None
    assert picker.edit.hasFocus()


def test_typing_over_a_chosen_person_searches_anew(qtbot: QtBot, picker: CustomerPicker, ids: dict[str, int]) -> None:
    picker.choose(ids["王姐"])
    qtbot.keyClick(picker.person, Qt.Key.Key_W)
    assert picker.edit.text() == "w"
    assert "吴建国" in titles(picker)


def test_chinese_from_an_input_method(picker: CustomerPicker) -> None:
    typed = QInputMethodEvent()
    typed.setCommitString("欧阳")
    QApplication.sendEvent(picker.edit, typed)
    assert titles(picker)[0] == "欧阳若兰"


def test_somebody_new_is_added_and_chosen(qtbot: QtBot, picker: CustomerPicker, desk: Desk) -> None:
    qtbot.keyClicks(picker.edit, "13955556666")
    assert titles(picker) == ["New customer “13955556666”"]
    qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    row = desk.gateway.read(customers.rows, [picker.customer_id or 0])[0]
    assert (row.name, row.phone) == ("13955556666", "13955556666")
    assert desk.gateway.undo()
    assert desk.gateway.read(customers.rows, [row.id]) == []


def test_enter_in_an_empty_field_is_anonymous(qtbot: QtBot, picker: CustomerPicker) -> None:
    with qtbot.waitSignal(picker.chosen) as heard:
        qtbot.keyClick(picker.edit, Qt.Key.Key_Return)
    assert heard.args == [None]
    assert not picker.popup.isVisible()


def test_escape_closes_the_list_before_anything_else(qtbot: QtBot, picker: CustomerPicker) -> None:
    qtbot.keyClicks(picker.edit, "zzz")
    qtbot.keyClick(picker.edit, Qt.Key.Key_Escape)
    assert not picker.popup.isVisible()
    assert picker.edit.text() == ""
