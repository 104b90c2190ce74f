"""The page of cards and coupons: made, changed, put away by keys; each row opens the people behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.birthdays import Birthday
from app.domain.rewards.kinds import Benefit, Occasion, PlanKind, RewardKind
from app.services import customers, loyalty, products, rewards, till
from app.services.rewards import KindDraft, PlanDraft, RewardDraft
from app.storage.unit_of_work import UnitOfWork
from app.views.rewards.batch import BatchDialog, CouponSheet
from app.views.rewards.held_dialog import HeldDialog, open_held
from app.views.rewards.kind_dialog import KindDialog
from app.views.rewards.pay_out_dialog import PayOutDialog
from app.views.rewards.plan_dialog import PlanDialog
from app.views.rewards.reward_dialog import RewardDialog
from app.views.rewards.screen import RewardsScreen
from app.views.rewards.stock_dialog import StockDialog
from app.views.shared.desk import Desk, OpenCustomer, SellTo, ShowCustomers
from app.views.shared.dialogs import Dialog
from app.views.shared.translator import interpreter
from app.views.shell.window import Window
from app.views.till.bill_dialog import BillDialog
from app.views.till.slip_rows import slip_rows
from tests.rewards.desk_drawer import MORNING


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> Iterator[RewardsScreen]:
    made = RewardsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    made.refresh()
    yield made


def dialog(screen: RewardsScreen, kind: type[Dialog]) -> Any:
    return [found for found in screen.window().findChildren(kind) if found.isVisible()][-1]


def fill(form: Any, **values: Any) -> None:
    form.set_values(values)


def press(widget: Any, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, held)


CONTROL = Qt.KeyboardModifier.ControlModifier


def test_a_coupon_is_made_changed_and_put_away(screen: RewardsScreen, desk: Desk) -> None:
    assert not screen.coupons.table.isVisible()
    screen.new_act.trigger()
    made = dialog(screen, KindDialog)
    made.form.field("benefit").choose_digit(2)
    fill(made.form, name="Tenth off", days="30", occasion=Occasion.BIRTHDAY)
    made.form.field("percent").setText("10")
    press(made, Qt.Key.Key_Return, CONTROL)
    (row,) = desk.gateway.read(rewards.kinds)
    assert row.draft == KindDraft("Tenth off", Occasion.BIRTHDAY, Benefit.PERCENT, 100, days=30, since=desk.today())
    assert screen.coupons.rows.index(0, 0).data() == "Tenth off · 10% off"
    screen.coupons.table.setFocus()
    press(screen.coupons.table, Qt.Key.Key_Return)
    changed = dialog(screen, KindDialog)
    assert changed.form.field("percent").text() == "10"
    assert changed.form.field("since").value() == "now"
    fill(changed.form, name="A tenth off", since="all")
    press(changed, Qt.Key.Key_Return, CONTROL)
    changed_to = desk.gateway.read(rewards.kinds)[0].draft
    assert (changed_to.name, changed_to.since) == ("A tenth off", None)
    press(screen.coupons.table, Qt.Key.Key_R)
    assert desk.gateway.read(rewards.kinds) == []
    assert desk.gateway.undo()
    assert len(desk.gateway.read(rewards.kinds)) == 1


def test_a_kind_for_another_occasion_begins_anew_and_says_how_many_are_due(
    screen: RewardsScreen, desk: Desk, work: UnitOfWork, qtbot: QtBot
) -> None:
    for birthday in (Birthday(11, 20), Birthday(11, 23)):
        draft = customers.CustomerDraft("Ann", birthday=birthday)
        work.write(customers.add, draft, at=MORNING - timedelta(days=400))
    before = desk.today() - timedelta(days=90)
    work.write(rewards.add_kind, KindDraft("Again", Occasion.WIN_BACK, amount=500, days=30, since=before))
    screen.refresh()
    screen.coupons.table.setFocus()
    press(screen.coupons.table, Qt.Key.Key_Return)
    changed = dialog(screen, KindDialog)
    assert changed.draft().since == before
    occasions = changed.form.field("occasion").chips()
    next(chip for chip in occasions if chip.view.value is Occasion.BIRTHDAY).click()
    assert (changed.draft().occasion, changed.draft().since) == (Occasion.BIRTHDAY, desk.today())
    also = changed.form.field("since").chips()[1]
    qtbot.waitUntil(lambda: also.text().endswith("Also for the 1 due already"))


def test_what_is_wrong_is_said_at_its_field(screen: RewardsScreen) -> None:
    screen.new_act.trigger()
    made = dialog(screen, KindDialog)
    press(made, Qt.Key.Key_Return, CONTROL)
    assert set(made.form.errors()) == {"name", "money"}
    assert made.isVisible()


def test_codes_are_made_and_shown_as_they_print(screen: RewardsScreen, desk: Desk, work: UnitOfWork) -> None:
    work.write(rewards.add_kind, KindDraft("Leaflet", amount=1500))
    screen.refresh()
    screen.coupons.table.setFocus()
    press(screen.coupons.table, Qt.Key.Key_M)
    batch = dialog(screen, BatchDialog)
    batch.form.field("count").set_value("12")
    press(batch, Qt.Key.Key_Return, CONTROL)
    sheet = dialog(screen, CouponSheet)
    assert (sheet.sheets().pages, len(sheet.sheets().things)) == (2, 12)
    assert screen.coupons.rows.index(0, 2).data() == "12"
    assert desk.gateway.undo()
    assert screen.coupons.rows.index(0, 5).data() == "0"


def test_a_card_shows_what_is_out_and_opens_its_people(
    screen: RewardsScreen, desk: Desk, work: UnitOfWork, qtbot: QtBot
) -> None:
    screen.parts.chips()[2].click()
    screen.new_act.trigger()
    made = dialog(screen, PlanDialog)
    made.form.field("kind").choose_digit(2)
    fill(made.form, name="Ten teas", price=25000, units="10")
    press(made, Qt.Key.Key_Return, CONTROL)
    (plan,) = desk.gateway.read(rewards.plans)
    assert plan.draft == PlanDraft(PlanKind.VISITS, "Ten teas", 25000, units=10)
    ann = work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]
    for pocket, units, worth in ((rewards.visits(plan.id), 4, 10000), (rewards.PRINCIPAL, 5000, 0)):
        opening = rewards.Opening(pocket, units, worth=worth)
        work.write(rewards.open_purse, ann, opening, operation_id=f"{pocket}", at=MORNING)
    screen.refresh()
    cells = [[screen.cards.rows.index(row, at).data() for at in (0, 4, 5, 6)] for row in range(2)]
    assert cells == [["Stored value, paid in", "1", "¥50", "¥50"], ["Ten teas", "1", "4 visits", "¥100"]]
    assert "¥150" in screen.context.text()
    screen.cards.table.setFocus()
    with qtbot.waitSignal(desk.asked) as asked:
        press(screen.cards.table, Qt.Key.Key_P)
    assert asked.args == [ShowCustomers("Ten teas", (ann,))]


def test_a_reward_is_made_and_stocked(screen: RewardsScreen, desk: Desk) -> None:
    screen.parts.chips()[1].click()
    screen.new_act.trigger()
    made = dialog(screen, RewardDialog)
    made.form.field("kind").choose_digit(2)
    fill(made.form, name="Towel", cost="800")
    press(made, Qt.Key.Key_Return, CONTROL)
    assert desk.gateway.read(rewards.rewards)[0].draft == RewardDraft("Towel", RewardKind.GIFT, 800)
    screen.rewards.table.setFocus()
    press(screen.rewards.table, Qt.Key.Key_S)
    stock = dialog(screen, StockDialog)
    stock.form.field("units").set_value("20")
    press(stock, Qt.Key.Key_Return, CONTROL)
    assert screen.rewards.rows.index(0, 3).data() == "20"


def test_two_quick_taps_on_one_offer_act_once(
    qtbot: QtBot, screen: RewardsScreen, desk: Desk, work: UnitOfWork
) -> None:
    ann = work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]
    work.write(rewards.add_kind, KindDraft("Five off", amount=500))
    opened = open_held(desk, screen, ann, "Ann")
    for _ in range(2):
        opened.give.chips()[0].click()
    assert len(desk.gateway.read(rewards.coupons_held, ann, desk.today())) == 1


def test_a_category_that_is_no_more_stays_with_the_card_that_counts_for_it(
    screen: RewardsScreen, desk: Desk, work: UnitOfWork
) -> None:
    plan = work.write(rewards.add_plan, PlanDraft(PlanKind.VISITS, "Washes", 25000, units=10, category="Cars"))[0]
    cup = work.write(products.add, products.ProductDraft(name="Cup", price=10_000))[0]
    work.write(products.retire, cup)
    stamps = work.write(rewards.add_plan, PlanDraft(PlanKind.STAMPS, "Cups", units=10, product_id=cup))[0]
    for number, name, said in ((plan, "category", "Cars"), (stamps, "product_id", "Cup")):
        draft = next(row.draft for row in desk.gateway.read(rewards.plans) if row.id == number)
        opened = PlanDialog(desk, screen, number, draft)
        opened.present()
        assert opened.form.field(name).currentText() == said
        fill(opened.form, name="Renamed")
        press(opened, Qt.Key.Key_Return, CONTROL)
        (kept,) = [row.draft for row in desk.gateway.read(rewards.plans) if row.id == number]
        assert kept == replace(draft, name="Renamed")


def test_what_somebody_holds_leads_to_the_till_and_grows_by_a_tap(
    qtbot: QtBot, screen: RewardsScreen, desk: Desk, work: UnitOfWork
) -> None:
    ann = work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]
    work.write(loyalty.adjust, ann, 900, "gift", operation_id="points", at=MORNING)
    work.write(rewards.add_kind, KindDraft("Five off", amount=500))
    work.write(rewards.add_reward, RewardDraft("Tea session", RewardKind.SERVICE, 800, counted=False))
    opened = open_held(desk, screen, ann, "Ann")
    assert opened.nothing.isVisible()
    opened.give.chips()[0].click()
    opened.redeem.chips()[0].click()
    assert opened.redeem.chips() == []
    assert opened.rows.index(0, 0).data().startswith("Five off")
    assert desk.gateway.read(loyalty.balance, ann) == 100
    assert desk.gateway.undo()
    assert desk.gateway.read(loyalty.balance, ann) == 900
    assert [chip.text() for chip in opened.redeem.chips()] == ["Tea session 800"]
    with qtbot.waitSignal(desk.asked) as asked:
        press(opened, Qt.Key.Key_Return, CONTROL)
    assert asked.args == [SellTo(ann)]


def test_the_words_on_the_card_open_what_is_held(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> None:
    ann = work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]
    opening = rewards.Opening(rewards.PRINCIPAL, 5000)
    work.write(rewards.open_purse, ann, opening, operation_id="opening", at=MORNING)
    window = Window(desk, interpreter(QApplication.instance()))
    qtbot.addWidget(window)
    window.show()
    desk.ask(OpenCustomer(ann))
    card: Any = window.go("customers")
    desk.gateway.settle()
    card.card.figures.show_card(desk.gateway.read(customers.card, ann, desk.today()))
    assert card.card.figures.held.text() == "Stored value ¥50"
    card.card.figures.held.click()
    (opened,) = window.findChildren(HeldDialog)
    assert opened.rows.index(0, 1).data() == "¥50.00"


def test_what_was_paid_in_is_paid_out_in_cash_and_taken_back_with_its_bill(
    screen: RewardsScreen, desk: Desk, work: UnitOfWork
) -> None:
    ann = work.write(customers.add, customers.CustomerDraft("Ann"), at=MORNING)[0]
    top_up = till.Ticket(ann, cards=(till.CardSale(amount=5000),))
    bought, _ = work.write(till.sell, top_up, operation_id="top-up", at=MORNING)
    opened = open_held(desk, screen, ann, "Ann")
    opened.acts["pay_out"].trigger()
    press(dialog(screen, PayOutDialog), Qt.Key.Key_Return, CONTROL)
    assert not opened.acts["pay_out"].isVisible()
    out = work.read(till.last_bill) or 0
    rows = [slip_rows(work.read(till.slip, bill, at=MORNING), desk) for bill in (bought.sale_id, out)]
    assert ("储值充值", "¥50.00") in [(row.left, row.right) for row in rows[0]]
    assert ("储值退款", "−¥50.00") in [(row.left, row.right) for row in rows[1]]
    bill = BillDialog(desk, screen, out)
    assert [bill.lines.index(0, column).data() for column in (0, 2)] == ["Stored value paid out", ""]
    assert bill.back.isHidden()
    bill.undo.click()
    assert work.read(rewards.held, ann, desk.today()).stored.principal == 5000
