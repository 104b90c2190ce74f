"""Taking goods back in the window, by keys: find the sale, tick what came back, see both sides, post once, undo."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.domain.payments import Paid
from app.services import sales, till
from app.services.customers import Kind
from app.views.customers.screen import CustomersScreen
from app.views.customers.timeline import TimelineList
from app.views.shared.desk import Desk, OpenSale
from app.views.shared.gateway import Gateway
from app.views.shared.rows_model import IdRole
from app.views.till.bill_dialog import BillDialog
from app.views.till.return_dialog import ReturnDialog
from app.views.till.screen import TillScreen
from app.views.till.unlinked_dialog import UnlinkedDialog
from tests.till.counter import Counter
from tests.till.test_screen import press

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, over: QWidget, kind: type[QDialog]) -> Any:
    """The dialog of this kind that is shown last, with the keyboard."""
    qtbot.waitUntil(lambda: any(each.isVisible() for each in over.window().findChildren(kind)))
    dialog = [each for each in over.window().findChildren(kind) if each.isVisible()][-1]
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def test_half_of_a_sale_comes_back_by_keyboard_and_is_undone(
    qtbot: QtBot, screen: TillScreen, gateway: Gateway, counter: Counter
) -> None:
    someone = counter.person()
    counter.adjust(someone, 2000)
    sale = counter.buy(someone, 60, 40, points=2000)
    before = counter.lots(someone)
    screen.sell_to(someone)
    press(screen, "till.return")
    dialog = opened(qtbot, screen, ReturnDialog)
    assert [row.number for row in dialog.search.rows.rows] == [sale.number]
    qtbot.keyClick(dialog.search.field, ENTER)
    take = dialog.take
    qtbot.waitUntil(take.lines.hasFocus)
    assert not dialog.primary.isEnabled()
    qtbot.keyClick(take.lines, Qt.Key.Key_Down)
    qtbot.keyClick(take.lines, Qt.Key.Key_Space)
    assert (take.total.text(), take.taken.amount.text(), take.given.amount.text()) == ("¥32.00", "−32", "+800")
    assert take.after.amount.text() == "848"
    with qtbot.waitSignal(dialog.returned):
        qtbot.keyClick(take.lines, ENTER, CTRL)
    assert counter.balance(someone) == 80 - 32 + 800
    assert gateway.undo()
    assert counter.lots(someone) == before


def test_quantities_are_counted_and_all_is_one_key(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    cup = counter.article("Cup", 10_0000, unit="pcs")
    lines = (till.TicketLine(cup, 3000), till.TicketLine(None, 1000, 5_0000))
    counter.sell(till.Ticket(None, lines, payments=(Paid("wechat", 2000), Paid("cash", 1500))))
    press(screen, "till.return")
    dialog = opened(qtbot, screen, ReturnDialog)
    qtbot.keyClick(dialog.search.field, ENTER)
    take = dialog.take
    for _ in range(5):
        qtbot.keyClicks(take.lines, "+")
    assert [line.quantity for line in take.lines.lines.rows] == ["3", "0"]
    qtbot.keyClicks(take.lines, "-a")
    assert [line.quantity for line in take.lines.lines.rows] == ["3", "1"]
    assert take.total.text() == dialog.primary.text().removeprefix("Return ") == "¥35.00"
    qtbot.keyClicks(take.lines, "a")
    assert take.total.text() == "¥0.00"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.search.isVisible()


def test_by_what_the_money_goes_back_is_said_where_it_is_not_by_one(
    qtbot: QtBot, screen: TillScreen, counter: Counter
) -> None:
    someone = counter.person()
    counter.sell(till.Ticket(someone, cards=(till.CardSale(amount=10000),)))
    parts = (Paid("cash", 4000), Paid("stored", 6000))
    sale, _ = counter.sell(till.Ticket(someone, (till.TicketLine(None, 1000, 100_0000),), payments=parts))
    dialog = ReturnDialog(screen.desk, screen, sale_id=sale.sale_id)
    dialog.begin()
    take = dialog.take
    assert take.caption.text() == "Money back · Stored value ¥60 + Cash ¥40"
    wechat = next(chip for chip in take.methods.chips() if chip.text() == "WeChat")
    qtbot.mouseClick(wechat, Qt.MouseButton.LeftButton)
    assert take.caption.text() == "Money back · WeChat ¥40 + Stored value ¥60"


def test_the_slip_the_number_and_the_name_all_find_the_sale(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    someone = counter.person("Joanna Shen")
    sale = counter.buy(someone, 10)
    counter.buy(None, 20)
    press(screen, "till.return")
    field = opened(qtbot, screen, ReturnDialog).search
    assert [row.total for row in field.rows.rows] == [2000, 1000]
    for typed in ("261123-001", "1123-001", "joanna"):
        field.field.clear()
        qtbot.keyClicks(field.field, typed)
        assert [row.id for row in field.rows.rows] == [sale.sale_id], typed
    field.field.clear()
    qtbot.keyClicks(field.field, "1123-999")
    assert field.rows.rows == [] and field.empty.isVisible()


def test_goods_without_their_sale_take_points_where_one_is_found(
    qtbot: QtBot, screen: TillScreen, gateway: Gateway, counter: Counter
) -> None:
    someone, cup = counter.person(), counter.article("Cup", 30_0000)
    counter.sell(till.Ticket(someone, (till.TicketLine(cup, 2000),)))
    press(screen, "till.return")
    find = opened(qtbot, screen, ReturnDialog)
    find.search.loose.click()
    dialog = opened(qtbot, screen, UnlinkedDialog)
    dialog.customer.choose(someone)
    dialog.goods.set_value(cup)
    dialog.form.changed.emit("goods")
    assert dialog.money.value() == 3000
    assert dialog.outcome.text() == "Found on 1123-001: 30 points taken back"
    with qtbot.waitSignal(find.returned):
        qtbot.keyClick(dialog.quantity, ENTER)
    assert counter.balance(someone) == 30
    assert not find.isVisible()


def test_a_bill_on_the_timeline_opens_is_taken_back_and_said_to_be(
    qtbot: QtBot, desk: Desk, counter: Counter, gateway: Gateway
) -> None:
    someone = counter.person()
    cup = counter.article("Cup", 30_0000, cost=10_0000)
    earlier, _ = counter.sell(till.Ticket(someone, (till.TicketLine(cup, 3000),)))
    counter.bring_back(earlier.sale_id, 1000)
    sale, _ = counter.sell(till.Ticket(someone, (till.TicketLine(cup, 2000),), discount=600))
    screen = CustomersScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_customer(someone)
    timeline = screen.card.timeline.list
    with qtbot.waitSignal(desk.asked) as heard:
        timeline.setCurrentIndex(sale_of(timeline))
        qtbot.keyClick(timeline, ENTER)
    assert heard.args == [OpenSale(sale.sale_id)]
    dialog = BillDialog(desk, screen, sale.sale_id)
    dialog.present()
    assert (dialog.total.text(), dialog.discount.amount.text(), dialog.moved.amount.text()) == (
        "¥54.00",
        "−¥6.00",
        "+54",
    )
    assert (dialog.margin.words.text(), dialog.margin.amount.text()) == ("Margin", "¥34.00")
    assert dialog.of_all.amount.text() == "¥74.00"
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert dialog.state.isVisible() and not dialog.undo.isVisible() and not dialog.back.isVisible()
    assert counter.balance(someone) == 60
    assert gateway.undo()
    assert gateway.read(sales.day_sales, desk.today()).bills == 2


def sale_of(timeline: TimelineList) -> QModelIndex:
    """The first sale on a timeline."""
    model = timeline.model()
    places = (model.index(row, 0) for row in range(model.rowCount()))
    return next(place for place in places if place.data(IdRole)[0] is Kind.SALE)
