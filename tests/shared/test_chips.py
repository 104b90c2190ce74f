"""Chips are a radio group or a set; digits choose and move on; choosing moves no neighbour."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.shared.chips import Chips, ChipView
from app.views.shared.layouts import column
from tests.shared.placing import put

DEGREES = [ChipView("minor", "Minor"), ChipView("serious", "Serious", hue="gold"), ChipView("severe", "Severe")]


def group(window: QWidget, **named: Any) -> Chips:
    chips = Chips(size="form", **named)
    chips.show_chips(DEGREES)
    put(window, column(chips, None))
    return chips


def test_a_digit_chooses_and_moves_on(qtbot: QtBot, window: QWidget) -> None:
    chips = group(window, digits=True)
    chips.setFocus()
    with qtbot.waitSignals([chips.chosen, chips.moved_on]):
        qtbot.keyClick(chips.chips()[0], Qt.Key.Key_2)
    assert chips.value() == "serious"
    qtbot.keyClick(chips.chips()[0], Qt.Key.Key_9)
    assert chips.value() == "serious"


def test_a_radio_group_holds_one_and_cannot_be_emptied_by_a_click(qtbot: QtBot, window: QWidget) -> None:
    chips = group(window)
    heard: list[object] = []
    chips.chosen.connect(heard.append)
    for place in (0, 2, 2):
        qtbot.mouseClick(chips.chips()[place], Qt.MouseButton.LeftButton)
    assert chips.values() == ["severe"]
    assert heard == ["minor", "severe"]


def test_a_set_holds_any_number(qtbot: QtBot, window: QWidget) -> None:
    chips = group(window, many=True)
    for place in (0, 2, 0, 1):
        qtbot.mouseClick(chips.chips()[place], Qt.MouseButton.LeftButton)
    assert chips.values() == ["serious", "severe"]


def test_tab_enters_a_radio_group_once_and_arrows_move_within(qtbot: QtBot, window: QWidget) -> None:
    chips = group(window)
    chips.set_value("serious")
    stops = [chip.focusPolicy() & Qt.FocusPolicy.TabFocus for chip in chips.chips()]
    assert [bool(stop) for stop in stops] == [False, True, False]
    chips.setFocus()
    assert chips.chips()[1].hasFocus()
    qtbot.keyClick(chips.chips()[1], Qt.Key.Key_Right)
    assert chips.chips()[2].hasFocus()
    assert chips.value() == "serious"
    qtbot.keyClick(chips.chips()[2], Qt.Key.Key_Space)
    assert chips.value() == "severe"


def test_choosing_never_moves_the_neighbours(window: QWidget) -> None:
    chips = group(window)
    before = [chip.geometry() for chip in chips.chips()]
    chips.set_value("serious")
    chips.layout().activate()  # type: ignore[union-attr]
    assert [chip.geometry() for chip in chips.chips()] == before


def test_new_counts_keep_the_choice(window: QWidget) -> None:
    chips = group(window)
    chips.set_value("severe")
    chips.show_chips(
        [ChipView("minor", "Minor", 4), ChipView("serious", "Serious", 2), ChipView("severe", "Severe", 1)]
    )
    assert chips.value() == "severe"
    assert chips.chips()[0].accessibleName() == "Minor 4"
    chips.show_chips(DEGREES[:2])
    assert chips.value() is None


def test_chips_break_onto_lines_where_the_width_ends(window: QWidget) -> None:
    chips = group(window)
    layout = chips.layout()
    assert layout is not None
    one_line = layout.heightForWidth(2000)
    assert one_line == 32
    assert layout.heightForWidth(chips.chips()[0].width() + 4) == 3 * 32 + 2 * 8
