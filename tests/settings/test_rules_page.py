"""The rules in the window: switched, changed and put in order by keyboard, what each would bring, and undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.followup_rules import RuleDraft, RuleKind, Scope
from app.services import followups
from app.services.followups import RuleRow
from app.storage.unit_of_work import UnitOfWork
from app.views.settings.rule_dialog import RuleDialog
from app.views.settings.rules_page import RulesPage
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from tests.followups.people import TODAY, days, person


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> Iterator[RulesPage]:
    for n in range(4):
        person(work, f"Born {n}", birthday=Birthday(11, 23 + n))
    made = RulesPage(desk)
    made.resize(900, 640)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle(made)
    yield made
    for dialog in made.findChildren(Dialog):
        dialog.done(0)
    settle(made)


def settle(page: RulesPage) -> None:
    for _ in range(3):
        page.desk.gateway.settle()


def rules(work: UnitOfWork) -> dict[str, RuleRow]:
    return {row.code: row for row in work.read(followups.rules)}


def said(page: RulesPage, code: str) -> str:
    row = rules_by_code(page)[code]
    shown = page.cadences if row.kind is RuleKind.CADENCE else page.kinds
    view = next(view for view in shown.rows.rows if view.id == row.id)
    return f"{view.title}: {view.reason}"


def rules_by_code(page: RulesPage) -> dict[str, RuleRow]:
    return {row.code: row for row in page.desk.gateway.read(followups.rules)}


def opened_dialog(page: RulesPage) -> RuleDialog:
    return next(dialog for dialog in page.window().findChildren(RuleDialog) if dialog.isVisible())


def test_each_rule_says_what_it_does_and_would_bring(page: RulesPage) -> None:
    assert said(page, "birthday") == (
        "Birthday: 1 day before it, by the sun or the moon (care) · **4** in the next 7 days"
    )
    assert said(page, "reorder").endswith("(sell) · would bring **0** today")


def test_space_switches_a_rule_which_then_runs_and_each_is_undone(
    qtbot: QtBot, page: RulesPage, work: UnitOfWork
) -> None:
    birthday = rules(work)["birthday"]
    page.kinds.list.setFocus()
    page.kinds.list.choice.choose(birthday.id)
    QTest.keyClick(page.kinds.list, Qt.Key.Key_Space)
    assert rules(work)["birthday"].on_since is None
    QTest.keyClick(page.kinds.list, Qt.Key.Key_Space)
    settle(page)
    assert rules(work)["birthday"].on_since == TODAY
    assert page.desk.gateway.undoable == "2 follow-ups brought by the rules"
    assert page.desk.gateway.undo()
    assert page.desk.gateway.undo()
    assert rules(work)["birthday"].on_since is None


def test_esc_stops_what_is_worked_out_and_a_button_begins_again(qtbot: QtBot, page: RulesPage) -> None:
    page._seen.clear()
    page.kinds.list.setFocus()
    page.ahead.work_out()
    assert not page.ahead.isVisible(), "a short wait is not spoken of"
    QTest.keyClick(page.kinds.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.ahead.again.isVisible)
    assert page.ahead.said.text() == "Stopped: what each would bring is not known" and not page._seen
    qtbot.mouseClick(page.ahead.again, Qt.MouseButton.LeftButton)
    assert page.ahead.meter.isVisible() and page.ahead.said.text() == "Working out what each would bring"
    settle(page)
    assert not page.ahead.isVisible() and said(page, "birthday").endswith("**4** in the next 7 days")


def test_enter_changes_a_rule_with_what_it_would_bring_beside_it(
    qtbot: QtBot, page: RulesPage, work: UnitOfWork
) -> None:
    page.kinds.list.setFocus()
    page.kinds.list.choice.choose(rules(work)["birthday"].id)
    QTest.keyClick(page.kinds.list, Qt.Key.Key_Return)
    dialog = opened_dialog(page)
    days_field = dialog.form.field("days")
    assert days_field.hasFocus() or dialog.focusWidget() == days_field
    days_field.selectAll()
    qtbot.keyClicks(days_field, "3")
    qtbot.waitUntil(lambda: "Would bring 4 follow-ups today" in dialog.told.text())
    assert "First: Born 0" in dialog.told.text()
    QTest.keyClick(days_field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert rules(work)["birthday"].draft.days == 3
    assert page.desk.gateway.undo()
    assert rules(work)["birthday"].draft.days == 1


def test_a_cadence_is_made_and_put_first_by_keyboard(qtbot: QtBot, page: RulesPage, work: UnitOfWork) -> None:
    work.write(followups.add_cadence, RuleDraft(RuleKind.CADENCE, 60, 30), days(0))
    page.reload()
    page.cadences.list.setFocus()
    QTest.keyClick(page.cadences.list, Qt.Key.Key_N)
    dialog = opened_dialog(page)
    ideal = dialog.form.field("days")
    ideal.setFocus()
    ideal.selectAll()
    qtbot.keyClicks(ideal, "60")
    QTest.keyClick(ideal, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.form.errors() == {"latest": "The latest day is not before the ideal one"}
    latest = dialog.form.field("latest")
    latest.selectAll()
    qtbot.keyClicks(latest, "90")
    QTest.keyClick(latest, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page)
    first, made = (row for row in work.read(followups.rules) if row.kind is RuleKind.CADENCE and row.on_since)
    assert (made.draft.scope, made.draft.match, made.draft.days, made.draft.good_for) == (Scope.TIER, "vip", 60, 30)
    page.cadences.list.choice.choose(made.id)
    QTest.keyClick(page.cadences.list, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    on = [row.id for row in work.read(followups.rules) if row.kind is RuleKind.CADENCE and row.on_since]
    assert on == [made.id, first.id]
