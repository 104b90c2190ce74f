"""A scanner is heard on every screen by its pace; a hand never is. Real key events, and a clock that the test moves."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.views.shared.actions import act
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import column
from app.views.shared.scanner import GAP, Scanner

ENTER = Qt.Key.Key_Return
KNOWN = "M0000018"


class Desk(QWidget):
    """A field, some words, and a list whose letters do things."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.area, self.list = LineEdit(), QPlainTextEdit(), QWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(self.field, self.area, self.list))
        self.pressed: list[str] = []
        self.edited: list[object] = []
        self.entered = 0
        only = Qt.ShortcutContext.WidgetShortcut
        act(self.list, "m", lambda: "m", lambda: self.pressed.append("m"), key="M", context=only)
        act(self, "n", lambda: "n", lambda: self.pressed.append("n"), key="N")
        self.field.changed.connect(self.edited.append)
        self.field.returnPressed.connect(self._on_entered)

    def _on_entered(self) -> None:
        self.entered += 1

    def keyPressEvent(self, event: Any) -> None:
        self.pressed.append(event.text())


class Hand:
    """Types with so many milliseconds between two keys."""

    def __init__(self, scanner: Scanner, clock: list[float]) -> None:
        self.scanner, self._clock = scanner, clock

    def type(self, widget: QWidget, words: str, pace: float, *, enter: bool = True) -> None:
        widget.setFocus()
        for letter in words:
            self._clock[0] += pace
            QTest.keyClicks(widget, letter)
        if enter:
            self._clock[0] += pace
            QTest.keyClick(widget, ENTER)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def hand(qapp: QApplication, taken: list[str]) -> Iterator[Hand]:
    clock = [1_000.0]
    scanner = Scanner(lambda: clock[0], lambda code: code == KNOWN, taken.append)
    scanner.watch(qapp)
    yield Hand(scanner, clock)
    qapp.removeEventFilter(scanner)


def test_a_known_code_leaves_no_trace_in_a_field(desk: Desk, hand: Hand, taken: list[str]) -> None:
    desk.field.setText("half a wo")
    hand.type(desk.field, KNOWN, 8)
    assert (taken, desk.field.text(), desk.entered) == ([KNOWN], "half a wo", 0)
    desk.area.setPlainText("two\nlines")
    desk.area.moveCursor(desk.area.textCursor().MoveOperation.End)
    hand.type(desk.area, KNOWN, 30)
    assert (taken, desk.area.toPlainText()) == ([KNOWN, KNOWN], "two\nlines")


@pytest.mark.parametrize(("words", "pace"), [(KNOWN, GAP + 1), ("Q9999", 5), ("M00", 5)])
def test_a_fast_hand_and_an_unknown_code_stay_in_the_field(
    desk: Desk, hand: Hand, taken: list[str], words: str, pace: float
) -> None:
    hand.type(desk.field, words, pace)
    assert (taken, desk.field.text(), desk.entered) == ([], words, 1)


def test_one_pause_makes_it_a_hand(desk: Desk, hand: Hand, taken: list[str]) -> None:
    hand.type(desk.field, "M000", 5, enter=False)
    hand.type(desk.field, "0018", GAP + 5)
    assert (taken, desk.field.text()) == ([], KNOWN)


def test_a_code_sets_off_no_letter_of_a_list(desk: Desk, hand: Hand, taken: list[str]) -> None:
    hand.type(desk.list, KNOWN, 10)
    assert (taken, desk.pressed) == ([KNOWN], [])
    hand.type(desk.list, "N123456", 10)  # nobody's: it is told, and opens nothing
    assert (taken, desk.pressed) == ([KNOWN, "N123456"], [])


def test_a_letter_on_a_list_does_what_it_does_once_nobody_scans(desk: Desk, hand: Hand, taken: list[str]) -> None:
    hand.type(desk.list, "m", 10, enter=False)
    assert desk.pressed == []
    hand.scanner.let_go()
    assert desk.pressed == ["m"]
    hand.type(desk.list, "nx", 90, enter=False)
    assert desk.pressed == ["m", "n"]
    hand.scanner.let_go()
    assert (desk.pressed, taken) == (["m", "n", "x"], [])


def test_a_key_that_is_no_letter_lets_go_of_the_letters_before_it(desk: Desk, hand: Hand) -> None:
    hand.type(desk.list, "m", 10, enter=False)
    QTest.keyClick(desk.list, Qt.Key.Key_Down)
    assert desk.pressed[0] == "m"


def test_nobody_has_to_wait_longer_than_a_scanner_takes(qtbot: QtBot, desk: Desk, hand: Hand) -> None:
    hand.type(desk.list, "m", 10, enter=False)
    qtbot.waitUntil(lambda: desk.pressed == ["m"], timeout=20 * GAP)


def test_a_field_that_takes_codes_hears_them_itself(desk: Desk, hand: Hand, taken: list[str]) -> None:
    desk.field.takes_codes = True  # type: ignore[attr-defined]
    hand.type(desk.field, KNOWN, 5)
    assert (taken, desk.field.text(), desk.entered) == ([], KNOWN, 1)
