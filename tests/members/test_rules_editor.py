"""The owner changes what purchases earn: fields, sentence, examples, in both languages, by keyboard."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.loyalty.rules import BirthdaySpan, BonusDay, EarningRules, GoodsRate
from app.services import loyalty, products
from app.views.members.rules_editor import RulesDialog, open_rules
from app.views.shared.desk import Desk

TODAY = date(2026, 11, 23)
RULES = EarningRules(
    Decimal(1),
    5,
    (GoodsRate(Decimal(2), category="Ware"), GoodsRate(Decimal(0), 2)),
    Decimal(2),
    BirthdaySpan.MONTH,
    (
        BonusDay(Decimal(2), weekday=1),
        BonusDay(Decimal(3), month_day=8),
        BonusDay(Decimal("1.5"), first=date(2026, 12, 1), last=date(2026, 12, 3)),
    ),
    True,
)


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> Iterator[QWidget]:
    for name, code, category in (("White gaiwan", "W1", "Ware"), ("Gift card", "G1", "Cards")):
        draft = products.ProductDraft(name=name, code=code, category=category)
        desk.gateway.write(products.add, draft)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made


def press(dialog: RulesDialog, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(dialog.window().focusWidget() or dialog, key)


def write(field: Any, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def test_the_fields_say_the_rules_and_give_them_back(window: QWidget, desk: Desk) -> None:
    desk.gateway.write(loyalty.change_rules, RULES, day=TODAY)
    dialog = open_rules(desk, window)
    assert dialog.draft() == desk.gateway.read(loyalty.rules_draft, TODAY)
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == RULES


@pytest.mark.parametrize(
    ("language", "said", "bill"),
    [
        (
            "en",
            "1 point per ¥1; Ware 2 points; Gift card none; 5 more for each purchase; VIP birthday ×2; "
            "double in the birthday month; double every Tuesday; 3 times on day 8 of every month; "
            "1.5 times from 1 Dec to 3 Dec; of several multipliers only the highest counts.",
            "A bill of ¥128 earns 133 points · A bill of ¥128 of Ware earns 261 points · "
            "A bill of ¥128 of Gift card earns 5 points · A bill of ¥128 on a birthday earns 261 points · "
            "A bill of ¥128 on Tuesday earns 261 points",
        ),
        (
            "zh_CN",
            "每 ¥1 得 1 分；Ware 2 分；Gift card不积分；每单另送 5 分；VIP 生日 ×2；"
            "生日月双倍；每个星期二双倍；每月 8 日 3 倍；12月1日至12月3日 1.5 倍；几项同时符合时只算最高的。",
            "消费 ¥128 得 133 分 · 买Ware ¥128 得 261 分 · 买Gift card ¥128 得 5 分 · 生日时消费 ¥128 得 261 分 · "
            "星期二消费 ¥128 得 261 分",
        ),
    ],
)
def test_the_rules_are_said_as_a_sentence_with_what_bills_would_bring(
    dress: Any, window: QWidget, desk: Desk, language: str, said: str, bill: str
) -> None:
    dress(language)
    desk.gateway.write(loyalty.change_rules, RULES, day=TODAY)
    dialog = open_rules(desk, window)
    assert dialog.said.text() == said
    assert dialog.shown.text() == bill


@pytest.mark.parametrize(
    ("rate", "said"), [("0.1", "1 point per ¥10;"), ("0.3", "0.3 points per ¥1;"), ("2", "2 points per ¥1;")]
)
def test_the_sentence_follows_each_key(window: QWidget, desk: Desk, rate: str, said: str) -> None:
    dialog = open_rules(desk, window)
    write(dialog.form.field("per_unit"), rate)
    assert dialog.said.text().startswith(said)


def test_a_line_of_goods_is_added_and_kept_with_enter_and_taken_back(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    dialog = open_rules(desk, window)
    field = dialog.form.field("goods")
    field.more.setFocus()
    QTest.keyClick(field.more, Qt.Key.Key_Space)
    line = field.lines[0]
    line.goods.set_value(("category", "Ware"))
    write(line.rate, "2.5")
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(line.rate, Qt.Key.Key_Return)
    expected = EarningRules(goods=(GoodsRate(Decimal("2.5"), category="Ware"),))
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == expected
    assert desk.gateway.undoable == "Earning rules changed"
    assert desk.gateway.undo()
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == EarningRules()


def test_escape_keeps_nothing(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    dialog = open_rules(desk, window)
    write(dialog.form.field("per_visit"), "9")
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == EarningRules()
    assert open_rules(desk, window).draft() == desk.gateway.read(loyalty.rules_draft, TODAY)


def test_what_is_wrong_is_told_under_its_field(window: QWidget, desk: Desk) -> None:
    dialog = open_rules(desk, window)
    write(dialog.form.field("birthday"), "0.5")
    days = dialog.form.field("days")
    QTest.keyClick(days.more, Qt.Key.Key_Space)
    days.lines[0].kind.set_value("dates")
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.form.errors() == {
        "birthday": "Write a number from 1 to 100, with at most 2 decimals",
        "days": "Write the first and the last day, such as 2026-11-11",
    }
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == EarningRules()


def test_the_same_goods_twice_are_refused(window: QWidget, desk: Desk) -> None:
    dialog = open_rules(desk, window)
    twice = (GoodsRate(Decimal(2), category="Ware"), GoodsRate(Decimal(3), category="Ware"))
    dialog.form.field("goods").set_value(twice)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.form.errors() == {"goods": "An article or category stands here twice"}


def test_a_line_is_taken_out_with_its_cross(window: QWidget, desk: Desk) -> None:
    desk.gateway.write(loyalty.change_rules, RULES, day=TODAY)
    dialog = open_rules(desk, window)
    days = dialog.form.field("days")
    QTest.mouseClick(days.lines[0].cross, Qt.MouseButton.LeftButton)
    draft = dialog.draft()
    assert draft is not None
    assert draft.rules.days == RULES.days[1:]


def test_what_a_tier_multiplies_by_is_changed_with_the_rules(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    dialog = open_rules(desk, window)
    always, _birthday = dialog.form.field("tier_times").fields[2]
    write(always, "1.5")
    assert "VIP ×1.5, birthday ×2" in dialog.said.text()
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(always, Qt.Key.Key_Return)
    assert desk.gateway.read(loyalty.tiers)[2].points_multiplier == Decimal("1.5")
    assert desk.gateway.undo()
    assert desk.gateway.read(loyalty.tiers)[2].points_multiplier == 1


def test_a_draft_is_sent_on_trial_and_nothing_is_kept(window: QWidget, desk: Desk, qtbot: QtBot) -> None:
    dialog = open_rules(desk, window)
    write(dialog.form.field("per_visit"), "9")
    with qtbot.waitSignal(desk.asked) as heard:
        QTest.mouseClick(dialog.attempt, Qt.MouseButton.LeftButton)
    assert heard.args[0].draft.rules == EarningRules(per_visit=9)
    assert desk.gateway.read(loyalty.earning_rules, TODAY) == EarningRules()
