"""Paying in the window: methods by their keys, cash with change, several at once; and what a restart keeps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.staff import Actor, Role
from app.services import customers, products, sales, till
from app.views.shared.desk import Desk
from app.views.till.screen import TillScreen
from app.views.till.split_dialog import SplitDialog
from tests.till.counter import Counter
from tests.till.test_return_dialog import opened
from tests.till.test_screen import CTRL, ENTER, lines, press, scan


def paid(counter: Counter) -> list[tuple[str, int, int | None]]:
    last = counter.work.read(till.last_bill)
    assert last is not None
    return [(row.method, row.amount, row.tendered) for row in counter.work.read(till.payments_of, last)]


def test_cash_is_handed_over_by_keys_and_the_change_is_said(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "86.5")
    press(screen, "till.method3")
    assert screen.payment.handed.hasFocus()
    qtbot.keyClicks(screen.payment.handed, "80")
    assert screen.payment.change.text() == "¥6.50 short"
    qtbot.keyClick(screen.payment.handed, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(screen.payment.handed, "100")
    assert screen.payment.change.text() == "Change ¥13.50"
    qtbot.keyClick(screen.payment.handed, ENTER, CTRL)
    assert paid(counter) == [("cash", 8650, 10000)]
    assert (screen.basket.empty, screen.basket.payment) == (True, "cash")


def test_a_note_is_one_click_and_too_little_is_not_charged(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "86.5")
    press(screen, "till.method3")
    assert [chip.text() for chip in screen.payment.notes.chips()] == ["¥90", "¥100", "¥200"]
    qtbot.keyClicks(screen.payment.handed, "5")
    with qtbot.waitSignal(screen.gateway.refused):
        qtbot.keyClick(screen.payment.handed, ENTER, CTRL)
    qtbot.mouseClick(screen.payment.notes.chips()[1], Qt.MouseButton.LeftButton)
    assert screen.payment.change.text() == "Change ¥13.50" and screen.scan.hasFocus()
    qtbot.keyClick(screen.scan, ENTER, CTRL)
    assert paid(counter) == [("cash", 8650, 10000)]


def test_a_bill_is_split_and_a_changed_total_gives_the_split_up(
    qtbot: QtBot, screen: TillScreen, counter: Counter
) -> None:
    scan(qtbot, screen, "100")
    press(screen, "till.split")
    dialog = opened(qtbot, screen, SplitDialog)
    qtbot.keyClicks(dialog.fields["wechat"], "60")
    assert dialog.left.text() == "¥40.00 left"
    qtbot.keyClick(dialog.fields["wechat"], ENTER)
    assert screen.payment.several.text() == "WeChat ¥60.00 + Alipay ¥40.00"
    scan(qtbot, screen, "1")
    assert screen.basket.payments == ()
    press(screen, "till.split")
    again = opened(qtbot, screen, SplitDialog)
    for code, amount in (("wechat", "60"), ("cash", "41")):
        qtbot.keyClicks(again.fields[code], amount)
    qtbot.keyClick(again.fields["cash"], ENTER)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is screen.window())
    press(screen, "till.charge")
    assert paid(counter) == [("wechat", 6000, None), ("cash", 4100, None)]


def test_the_shops_own_method_stands_at_the_till(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    added = screen.gateway.write(sales.add_method, "Meituan", said="added")
    screen.gateway.write(sales.move_method, added, 0)
    assert [chip.text() for chip in screen.payment.methods.chips()][:2] == ["Meituan", "WeChat"]
    scan(qtbot, screen, "5")
    press(screen, "till.method1")
    press(screen, "till.charge")
    assert counter.work.read(till.payments_of, counter.work.read(till.last_bill) or 0)[0].name == "Meituan"


def test_a_percentage_is_taken_off_and_a_clerk_has_a_limit(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "80")
    press(screen, "till.discount")
    qtbot.keyClicks(screen.sums.discount, "12.5%")
    assert screen.sums.total.text() == "¥70.00"
    counter.work.actor = Actor(1, Role.CLERK)
    qtbot.keyClick(screen.sums.discount, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(screen.sums.discount, "25%")
    assert screen.sums.discount.error() == "You may take at most 20 % off. Ask a manager for more."
    with qtbot.waitSignal(screen.gateway.refused):
        press(screen, "till.charge")


def test_a_quantity_is_typed_before_a_star_or_for_the_chosen_line(qtbot: QtBot, screen: TillScreen) -> None:
    scan(qtbot, screen, "0.25*T1")
    scan(qtbot, screen, "W1")
    scan(qtbot, screen, "*3")
    assert [line[:2] for line in lines(screen)] == [("Phoenix Dancong", "0.25"), ("White gaiwan", "3")]
    with qtbot.waitSignal(screen.desk.told):
        scan(qtbot, screen, "x*W1")


@pytest.mark.parametrize("charged", [False, True])
def test_a_restart_finds_the_open_ticket_unless_it_was_charged(
    qtbot: QtBot, screen: TillScreen, desk: Desk, counter: Counter, charged: bool
) -> None:
    scan(qtbot, screen, "W1")
    operation = screen.basket.operation_id
    if charged:  # the answer never reached the screen
        counter.work.write(till.sell, screen.basket.ticket(), operation_id=operation, at=counter.now)
    told: list[str] = []
    desk.told.connect(told.append)
    again = TillScreen(desk)
    qtbot.addWidget(again)
    assert again.basket.empty is charged
    assert (again.basket.operation_id == operation) is not charged
    assert [("1123-001" in words) for words in told] == [True] * charged


def test_who_or_what_is_gone_meanwhile_comes_off_the_ticket(
    qtbot: QtBot, screen: TillScreen, desk: Desk, counter: Counter
) -> None:
    draft = customers.CustomerDraft(name="Just now")
    someone = screen.gateway.write(customers.add, draft, at=counter.now)
    gone = counter.article("Slip of the finger", 1_0000, code="X1")
    screen.sell_to(someone)
    scan(qtbot, screen, "W1")
    scan(qtbot, screen, "X1")
    with qtbot.waitSignal(desk.told):
        assert screen.gateway.undo()
        screen.gateway.write(products.remove, gone)
        screen.reload()
    again = TillScreen(desk)
    qtbot.addWidget(again)
    for each in (screen, again):
        each.reload()
        assert each.basket.customer_id is None
        assert [line[0] for line in lines(each)] == ["White gaiwan"]


def test_a_copy_brought_back_takes_the_open_ticket_off_the_counter(
    qtbot: QtBot, screen: TillScreen, desk: Desk, counter: Counter
) -> None:
    copy = counter.work.copies.make("hand")
    screen.sell_to(counter.person("Since then"))
    scan(qtbot, screen, "W1")
    told: list[str] = []
    desk.told.connect(told.append)
    with qtbot.waitSignal(screen.gateway.restored):
        screen.gateway.restore(copy.path)
    assert screen.basket.empty and screen.basket.customer_id is None
    assert told[-1] == "The shop is as it was then: the open ticket was taken off the counter"


def test_pressing_again_after_a_lost_answer_posts_once(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "W1")
    counter.work.write(till.sell, screen.basket.ticket(), operation_id=screen.basket.operation_id, at=counter.now)
    press(screen, "till.charge")
    assert screen.basket.empty
    assert counter.work.read(sales.day_sales, counter.day).bills == 1


def test_what_was_shown_is_charged_or_nothing(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "W1")
    row = next(row for row in counter.work.read(products.products) if row.code == "W1")
    dearer = products.ProductDraft(name=row.name, code=row.code, category=row.category, unit=row.unit, price=80_0000)
    counter.work.write(products.edit, row.id, dearer)  # at another counter, this very second
    with qtbot.waitSignal(screen.gateway.refused):
        press(screen, "till.charge")
    assert counter.work.read(sales.day_sales, counter.day).bills == 0
    assert lines(screen) == [("White gaiwan", "1", "¥80.00")]
    press(screen, "till.charge")
    assert counter.work.read(sales.day_sales, counter.day).net == 8000


def test_a_parked_ticket_is_taken_up_in_another_window(
    qtbot: QtBot, screen: TillScreen, desk: Desk, counter: Counter
) -> None:
    scan(qtbot, screen, "0.5*W1")
    press(screen, "till.park")
    other = TillScreen(desk)
    qtbot.addWidget(other)
    other.reload()
    assert other.park.text() == "Take up (1)"
    press(other, "till.park")
    assert lines(other) == [("White gaiwan", "0.5", "¥38.00")]
    assert counter.work.read(till.parked) == []
