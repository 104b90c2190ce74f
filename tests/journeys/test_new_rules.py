"""The owner thinks about another earning rule, tries it on last year's sales, and lets it hold from today."""

import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.loyalty.rules import EarningRules
from app.services import loyalty
from app.views.customers.screen import CustomersScreen
from app.views.members.points_screen import PointsScreen
from app.views.members.rules_editor import RulesDialog
from app.views.members.screen import MembersScreen
from app.views.members.trial_screen import TrialScreen
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on

TODAY = date(2026, 11, 23)
WORDS = {
    "en": ("1 point per ¥2; VIP birthday ×2.", "A year costs ¥{less} less (−50%)"),
    "zh_CN": ("每 ¥2 得 1 分；VIP 生日 ×2。", "一年少花 ¥{less}（−50%）"),
}


@pytest.fixture(params=("zh_CN", "en"))
def hands(
    request: pytest.FixtureRequest,
    qtbot: QtBot,
    qapp: QApplication,
    sample_file: Path,
    tmp_path: Path,
    clock: FixedClock,
) -> Iterator[Hands]:
    path = Path(shutil.copy(sample_file, tmp_path / "sample.shop"))
    with hands_on(qtbot, qapp, path, clock, request.param) as ready:
        ready.language = request.param  # type: ignore[attr-defined]
        yield ready


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_the_rule_is_tried_before_it_is_changed(hands: Hands) -> None:
    said, finding = WORDS[hands.language]  # type: ignore[attr-defined]
    hands.key(Qt.Key.Key_6, CONTROL)
    members = hands.screen(MembersScreen)
    click(members.points)
    click(hands.screen(PointsScreen).rules)
    editor = hands.dialog(RulesDialog)
    hands.key(Qt.Key.Key_A, CONTROL)
    hands.write("0.5")
    assert editor.said.text() == said
    click(editor.attempt)
    trial_screen = hands.screen(TrialScreen)
    trial = hands.until(lambda: trial_screen.trial)
    assert in_force(hands) == EarningRules()
    less = f"{abs(trial.worth.more) / 100:,.2f}"
    assert trial_screen.finding.text() == finding.replace("{less}", less)
    assert (trial.winners, len(trial.losers)) == ((), trial_screen.sides.chips()[1].view.count)

    hands.key(Qt.Key.Key_U, CONTROL)
    customers = hands.screen(CustomersScreen)
    assert customers.people.model.rowCount() == len(trial.losers)
    hands.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    trial_screen = hands.screen(TrialScreen)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.screen(MembersScreen)
    assert in_force(hands) == EarningRules(Decimal("0.5"))

    hands.key(Qt.Key.Key_Z, CONTROL)
    assert in_force(hands) == EarningRules()


def in_force(hands: Hands) -> EarningRules:
    return hands.session.gateway.read(loyalty.earning_rules, TODAY)
