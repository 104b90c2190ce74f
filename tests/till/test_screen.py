"""The till as a cashier uses it: by keyboard alone, and by hand."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.complaints import Severity
from app.domain.shop import TierWindow
from app.services import complaints, loyalty, sales, till
from app.views.shared import look
from app.views.shared.digit_menu import DigitMenu
from app.views.shared.gateway import Gateway
from app.views.till.lines import stepper_of
from app.views.till.screen import TillScreen
from app.views.till.shelf import broken
from tests.till.counter import Counter

CTRL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return


def scan(qtbot: QtBot, screen: TillScreen, typed: str) -> None:
    qtbot.keyClicks(screen.scan, typed)
    qtbot.keyClick(screen.scan, ENTER)


def press(screen: TillScreen, name: str) -> None:
    """The act behind a key: its QAction is what the key, the button and the palette trigger."""
    action = screen.findChild(QAction, name)
    assert action is not None
    action.trigger()


def lines(screen: TillScreen) -> list[tuple[str, str, str]]:
    return [(line.name, line.quantity, line.amount) for line in screen.lines.lines.rows]


def test_two_sales_by_keyboard_alone(qtbot: QtBot, screen: TillScreen, gateway: Gateway, counter: Counter) -> None:
    scan(qtbot, screen, "6901234567892")
    scan(qtbot, screen, "W1")
    qtbot.keyClick(screen.scan, Qt.Key.Key_Plus)
    scan(qtbot, screen, "12.5")
    assert lines(screen) == [
        ("Phoenix Dancong", "1", "¥168.00"),
        ("White gaiwan", "2", "¥152.00"),
        ("Open amount", "1", "¥12.50"),
    ]
    assert screen.sums.total.text() == "¥332.50"
    with qtbot.waitSignal(gateway.said) as heard:
        qtbot.keyClick(screen.scan, ENTER, CTRL)
    assert heard.args == ["Sold for ¥332.50", True]
    assert screen.basket.empty and screen.scan.hasFocus()
    scan(qtbot, screen, "gaiwan")
    qtbot.keyClick(screen.scan, ENTER, CTRL)
    assert gateway.read(sales.day_sales, counter.now.date()) == sales.DaySales(2, 40850)
    assert "1123-003" in screen.context.text()


def test_charging_twice_on_one_ticket_sells_once(qtbot: QtBot, screen: TillScreen, gateway: Gateway) -> None:
    scan(qtbot, screen, "50")
    operation = screen.basket.operation_id
    qtbot.mouseClick(screen.charge, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(screen.charge, Qt.MouseButton.LeftButton)
    assert screen.basket.operation_id != operation
    assert gateway.read(sales.day_sales, screen.desk.today()).bills == 1


def test_points_are_spent_and_undo_and_redo_bring_everything_along(
    qtbot: QtBot, screen: TillScreen, gateway: Gateway, counter: Counter
) -> None:
    someone = counter.person("Joanna Shen")
    counter.adjust(someone, 1280)
    screen.sell_to(someone)
    scan(qtbot, screen, "100")
    press(screen, "till.points")
    assert screen.points.field.hasFocus()
    qtbot.keyClicks(screen.points.field, "3")
    assert screen.sums.total.text() == "¥88.00"
    qtbot.keyClick(screen.points.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(screen.points.field, "800")
    assert (screen.sums.total.text(), screen.points.pays.text()) == ("¥92.00", "800 pay ¥8.00")
    assert screen.points.line.text() == "800 expiring 30 Nov 2027 go first; 480 left. At most 30%"
    qtbot.keyClick(screen.points.field, ENTER)
    assert screen.scan.hasFocus()
    qtbot.keyClick(screen.scan, ENTER, CTRL)
    assert counter.balance(someone) == 1280 - 800 + 92
    assert gateway.undo()
    assert counter.balance(someone) == 1280
    assert "1123-002 · today 0" in screen.context.text()
    assert gateway.redo()
    assert counter.balance(someone) == 1280 - 800 + 92
    assert gateway.undo()
    assert gateway.read(sales.day_sales, screen.desk.today()) == sales.DaySales(0, 0)


def test_what_the_rules_forbid_is_said_and_not_charged(
    qtbot: QtBot, screen: TillScreen, gateway: Gateway, counter: Counter
) -> None:
    someone = counter.person()
    counter.adjust(someone, 5000)
    screen.sell_to(someone)
    scan(qtbot, screen, "100")
    press(screen, "till.points")
    qtbot.keyClicks(screen.points.field, "3500")
    assert screen.points.line.text() == "This bill takes 3000 points at most."
    with qtbot.waitSignal(gateway.refused):
        qtbot.keyClick(screen.points.field, ENTER, CTRL)
    assert not screen.basket.empty
    assert counter.balance(someone) == 5000


def test_a_discount_lowers_the_total_and_too_large_a_one_is_told(qtbot: QtBot, screen: TillScreen) -> None:
    scan(qtbot, screen, "100")
    press(screen, "till.discount")
    qtbot.keyClicks(screen.sums.discount, "12.5")
    assert screen.sums.total.text() == "¥87.50"
    qtbot.keyClicks(screen.sums.discount, "00")
    assert screen.sums.discount.error() == ""
    qtbot.keyClick(screen.sums.discount, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(screen.sums.discount, "200")
    assert screen.sums.discount.error() == "The discount is larger than the bill."
    qtbot.keyClick(screen.sums.discount, ENTER)
    assert screen.sums.discount.hasFocus()


def test_escape_goes_back_one_step_and_never_empties_a_ticket(qtbot: QtBot, screen: TillScreen) -> None:
    scan(qtbot, screen, "W1")
    qtbot.keyClicks(screen.scan, "dancong")
    assert [tile.name for tile in screen.shelf.tiles.rows] == ["Phoenix Dancong"]
    press(screen, "till.back")
    assert screen.scan.text() == "" and len(screen.shelf.tiles.rows) == 2
    press(screen, "till.back")
    press(screen, "till.back")
    assert lines(screen) == [("White gaiwan", "1", "¥76.00")]


def choose_parked(qtbot: QtBot, screen: TillScreen, digit: Qt.Key) -> list[str]:
    """Press a digit in the menu of the tickets that wait; what it offered."""
    (menu,) = screen.findChildren(DigitMenu)
    offered = [each.text().partition("\t")[0] for each in menu.actions()]
    qtbot.keyClick(menu, digit)
    return offered


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_parking_puts_a_ticket_aside_and_takes_it_up_again(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    scan(qtbot, screen, "W1")
    press(screen, "till.park")
    assert screen.basket.empty and screen.park.text() == "Take up (1)"
    someone = counter.person()
    screen.sell_to(someone)
    scan(qtbot, screen, "T1")
    press(screen, "till.park")
    press(screen, "till.park")
    choose_parked(qtbot, screen, Qt.Key.Key_1)
    assert lines(screen) == [("White gaiwan", "1", "¥76.00")]
    screen.sell_to(someone)
    assert screen.basket.customer_id == someone and len(screen.gateway.read(till.parked)) == 1


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard")
def test_of_several_parked_tickets_the_one_is_chosen_by_its_digit(
    qtbot: QtBot, screen: TillScreen, counter: Counter
) -> None:
    for code in ("W1", "T1"):
        screen.sell_to(counter.person(f"Buyer of {code}"))
        scan(qtbot, screen, code)
        press(screen, "till.park")
    press(screen, "till.park")
    assert lines(screen) == []
    offered = choose_parked(qtbot, screen, Qt.Key.Key_2)
    assert offered == ["10:00 · Buyer of W1 · 1 line", "10:00 · Buyer of T1 · 1 line"]
    assert [line[0] for line in lines(screen)] == ["Phoenix Dancong"]


def test_days_that_lack_to_a_tier_are_told_like_money(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    draft = loyalty.draft_of(screen.gateway.read(loyalty.tiers), TierWindow.ROLLING, 30)
    steps = [replace(one, min_amount=None, min_days=2 * place or None) for place, one in enumerate(draft.tiers)]
    counter.work.write(loyalty.change_tiers, replace(draft, tiers=tuple(steps), from_start=True), day=counter.day)
    screen.sell_to(counter.person("Ann"))
    assert screen.buyer.nudge.label.text() == "2 purchase days to Ordinary"
    scan(qtbot, screen, "W1")
    assert screen.buyer.nudge.label.text() == "2 purchase days to Ordinary; 1 purchase day after this"


def test_selling_to_somebody_else_parks_the_open_ticket(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    ann, ben = counter.person("Ann"), counter.person("Ben")
    screen.sell_to(ann)
    scan(qtbot, screen, "W1")
    with qtbot.waitSignal(screen.desk.told):
        screen.sell_to(ben)
    assert (screen.basket.customer_id, len(screen.gateway.read(till.parked))) == (ben, 1)


def test_quantities_change_by_key_and_by_the_stepper(qtbot: QtBot, screen: TillScreen) -> None:
    scan(qtbot, screen, "W1")
    scan(qtbot, screen, "T1")
    qtbot.keyClick(screen.scan, Qt.Key.Key_Up)
    qtbot.keyClick(screen.scan, Qt.Key.Key_Plus)
    assert [line[1] for line in lines(screen)] == ["2", "1"]
    step = stepper_of(screen.lines.visualRect(screen.lines.lines.index(1, 0)), screen.lines.amounts)
    left, right = QPoint(step.left() + 10, step.center().y()), QPoint(step.right() - 10, step.center().y())
    qtbot.mouseClick(screen.lines.viewport(), Qt.MouseButton.LeftButton, pos=right)
    assert [line[1] for line in lines(screen)] == ["2", "2"]
    for _ in range(2):
        qtbot.mouseClick(screen.lines.viewport(), Qt.MouseButton.LeftButton, pos=left)
    assert lines(screen) == [("White gaiwan", "2", "¥152.00")]
    qtbot.keyClick(screen.scan, Qt.Key.Key_Delete)
    assert lines(screen) == []


def test_a_tile_is_taken_by_click_and_by_enter_and_shows_how_many(qtbot: QtBot, screen: TillScreen) -> None:
    spot = screen.shelf.visualRect(screen.shelf.tiles.index(0, 0)).center()
    qtbot.mouseClick(screen.shelf.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.keyClicks(screen.scan, "gaiwan")
    qtbot.keyClick(screen.scan, Qt.Key.Key_Down)
    assert screen.shelf.hasFocus()
    qtbot.keyClick(screen.shelf, ENTER)
    assert [line[0] for line in lines(screen)] == ["Phoenix Dancong", "White gaiwan"]
    assert {tile.name: tile.on_ticket for tile in screen.shelf.tiles.rows} == {
        "Phoenix Dancong": "1",
        "White gaiwan": "1",
    }
    assert screen.scan.hasFocus()


def test_what_nothing_is_called_is_told_and_stays_in_the_field(qtbot: QtBot, screen: TillScreen) -> None:
    with qtbot.waitSignal(screen.desk.told) as heard:
        scan(qtbot, screen, "6900000000000")
    assert "6900000000000" in heard.args[0]
    assert screen.basket.empty and screen.scan.selectedText() == "6900000000000"


def test_the_brake_wins_over_the_tier_notice(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    someone = counter.person()
    screen.sell_to(someone)
    scan(qtbot, screen, "500")
    assert screen.buyer.nudge.label.text() == "This sale reaches Ordinary"
    assert screen.buyer.brake.isHidden() and screen.brake.isHidden()
    draft = complaints.ComplaintDraft("product", Severity.MINOR, "The lid has a crack", someone)
    counter.work.write(complaints.log, draft, counter.now)
    screen.show_bill()
    assert screen.buyer.nudge.isHidden()
    assert "Complaint open" in screen.buyer.brake.label.text()
    assert "nothing is suggested" in screen.brake.label.text()


def test_the_customer_is_chosen_and_changed_by_keyboard(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    counter.person("Joanna Shen")
    press(screen, "till.buyer")
    assert screen.buyer.picker.edit.hasFocus()
    qtbot.keyClicks(screen.buyer.picker.edit, "joanna")
    qtbot.keyClick(screen.buyer.picker.edit, ENTER)
    assert (screen.buyer.name.text(), screen.scan.hasFocus()) == ("Joanna Shen", True)
    press(screen, "till.buyer")
    qtbot.keyClick(screen.buyer.picker.edit, ENTER)
    assert screen.basket.customer_id is None


def test_the_page_fits_a_small_laptop(screen: TillScreen, counter: Counter, qtbot: QtBot) -> None:
    someone = counter.person()
    counter.buy(someone, 6000)
    screen.sell_to(someone)
    scan(qtbot, screen, "100")
    assert screen.points.isVisible()
    least: QWidget = screen
    assert least.minimumSizeHint().height() <= 690 - 48
    assert least.minimumSizeHint().width() <= 1360 - 176


def test_an_amount_is_never_cut_however_large(qtbot: QtBot, screen: TillScreen) -> None:
    scan(qtbot, screen, "12")
    narrow = screen.lines.amounts
    scan(qtbot, screen, "999999.99")
    rect = screen.lines.visualRect(screen.lines.lines.index(1, 0))
    room = rect.right() - stepper_of(rect, screen.lines.amounts).right()
    assert screen.lines.amounts > narrow
    assert room > look.current().measure("¥999,999.99", "strong")


def test_points_are_grouped_wherever_they_stand(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    someone = counter.person()
    counter.buy(someone, 4321)
    screen.sell_to(someone)
    scan(qtbot, screen, "2500")
    assert "4,321 point" in screen.buyer.facts.text()
    assert screen.sums.earns.text().startswith("Earns 2,500 point")
    assert screen.points.line.text().startswith("4,321 point")


def test_parking_waits_for_something_to_park_or_to_take_up(qtbot: QtBot, screen: TillScreen) -> None:
    assert not screen.park.isEnabled() and screen.park.toolTip() == "There is nothing on the ticket yet"
    scan(qtbot, screen, "12")
    assert screen.park.isEnabled()
    press(screen, "till.park")
    assert screen.basket.empty and screen.park.isEnabled()  # takes it up again


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Tea", ["Tea"]),
        ("Jasmine tea 100 g", ["Jasmine tea", "100\N{NO-BREAK SPACE}g"]),
        ("凤凰单丛鸭屎香高山古树", ["凤凰单丛鸭屎香", "高山古树"]),
    ],
)
def test_a_long_name_takes_a_second_line_and_its_unit_stays_with_its_number(
    screen: TillScreen, name: str, said: list[str]
) -> None:
    wide = look.current().measure(said[0] + " 1", "strong")
    assert [part.replace(" g", "\N{NO-BREAK SPACE}g") for part in broken(name, wide)] == said


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_total_and_charging_stay_whole_in_a_low_window_with_large_text(
    qtbot: QtBot, qapp: QApplication, screen: TillScreen, counter: Counter, scale: float
) -> None:
    look.apply(qapp, scale=scale)
    try:
        someone = counter.person()
        counter.buy(someone, 6000)
        screen.sell_to(someone)
        scan(qtbot, screen, "1234.56")
        screen.resize(1282, 625)
        qtbot.waitUntil(lambda: screen.height() == 625)
        for part in (screen.sums.total, screen.charge, screen.payment):
            assert part.visibleRegion().boundingRect() == part.rect(), part
    finally:
        look.apply(qapp, scale=1.0)


@pytest.mark.parametrize(("typed", "told"), [("abc", "such as 10%"), ("9999", "larger than the bill")])
def test_what_cannot_be_taken_off_is_said_and_the_field_stays(
    qtbot: QtBot, screen: TillScreen, typed: str, told: str
) -> None:
    scan(qtbot, screen, "100")
    press(screen, "till.discount")
    field = screen.sums.discount
    qtbot.keyClicks(field, typed)
    with qtbot.waitSignal(screen.desk.declined) as heard:
        qtbot.keyClick(field, ENTER)
    assert told in heard.args[0]
    assert field.hasFocus() and field.selectedText() == typed and screen.sums.total.text() == "¥100.00"
    qtbot.keyClicks(field, "10%")
    qtbot.keyClick(field, ENTER)
    assert (screen.sums.total.text(), screen.scan.hasFocus()) == ("¥90.00", True)


def test_tab_goes_through_the_till_as_the_eye_does(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    someone = counter.person("Joanna Shen")
    counter.adjust(someone, 1280)
    screen.sell_to(someone)
    scan(qtbot, screen, "100")
    walked = [QApplication.focusWidget()]
    while walked[-1] is not screen.charge:
        qtbot.keyClick(walked[-1], Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    chip = screen.goods.categories.chips()[0]
    assert walked[:5] == [screen.scan, chip, screen.shelf, screen.buyer.change, screen.lines]
    points, chosen = screen.points.field, screen.points.chips.chips()[0]
    assert walked[5:] == [points, chosen, screen.sums.discount, screen.payment.methods.chips()[0], screen.charge]
    qtbot.keyClick(screen.charge, Qt.Key.Key_Backtab)
    assert screen.payment.methods.chips()[0].hasFocus()
