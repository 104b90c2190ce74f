"""The layers of the calendar switched by the keyboard alone: as chips, and folded into a menu."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.loyalty.rules import BonusDay, EarningRules
from app.services import loyalty
from app.storage.unit_of_work import UnitOfWork
from app.views.followups import kept
from app.views.followups.kept import View
from app.views.followups.pieces import Layer, piece_words
from app.views.followups.screen import FollowUpsScreen
from app.views.shared.desk import Desk
from app.views.shared.translator import Interpreter
from tests.followups.conftest import shown
from tests.followups.people import TODAY, book, person

ALL = {Layer.FOLLOWUPS: "Call Ruth", Layer.BIRTHDAYS: "Ruth’s birthday", Layer.POINTS: "Points × 2"}
"""What each layer puts into today's square."""
GRABS = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")


@pytest.fixture
def ruth(work: UnitOfWork, english: Interpreter) -> None:
    """Today is her birthday, she is to be called, and points count twice."""
    book(work, person(work, "Ruth", birthday=Birthday(11, 23)), TODAY)
    work.write(loyalty.change_rules, EarningRules(days=(BonusDay(Decimal(2), weekday=0),)), day=TODAY)


def seen(screen: FollowUpsScreen) -> set[str]:
    grid = screen.grid
    assert grid is not None
    return {piece_words(piece) for piece in grid.pieces_of(TODAY)}


def tab_back(qtbot: QtBot, *wanted: QWidget) -> None:
    """From the calendar until one of these has the focus."""
    for _ in range(12):
        if QApplication.focusWidget() in wanted:
            return
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    raise AssertionError("no number of tabs leads there")


@pytest.mark.parametrize("view", [View.MONTH, View.WEEK, View.DAY])
def test_space_on_a_chip_switches_its_layer(qtbot: QtBot, ruth: None, desk: Desk, view: View) -> None:
    kept.keep_view(view)
    screen: FollowUpsScreen = shown(qtbot, FollowUpsScreen(desk), 1400)
    assert seen(screen) == set(ALL.values())
    chips = screen.layers.chips()
    tab_back(qtbot, *chips)
    for chip in chips:
        while not chip.hasFocus():
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        layer = Layer(str(chip.view.value))
        qtbot.keyClick(chip, Qt.Key.Key_Space)
        off = {layer} if layer in ALL else set()
        assert seen(screen) == {words for one, words in ALL.items() if one not in off}
        assert chip.hasFocus(), "one may switch on and on"
        kept_off = frozenset(Layer) - kept.kept_layers(chinese=False)
        assert kept_off == off | ({Layer.FESTIVALS} if layer is not Layer.FESTIVALS else set()), "it is remembered"
        assert screen.grid is not None and screen.grid.marks_days is (layer is Layer.FESTIVALS)
        qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert seen(screen) == set(ALL.values())


@GRABS
def test_folded_layers_are_switched_in_their_menu(qtbot: QtBot, ruth: None, desk: Desk) -> None:
    screen: FollowUpsScreen = shown(qtbot, FollowUpsScreen(desk), 900, 620)
    assert screen.head.folded.isVisible() and not screen.layers.isVisible()
    tab_back(qtbot, screen.head.folded)
    qtbot.keyClick(screen.head.folded, Qt.Key.Key_Space)
    menu = screen.head.menu
    assert menu is not None and [made.isChecked() for made in menu.actions()] == [True, True, False, True]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    if menu.activeAction() is menu.actions()[0]:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert seen(screen) == set(ALL.values()) - {ALL[Layer.BIRTHDAYS]}
