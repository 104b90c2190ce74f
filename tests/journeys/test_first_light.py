"""A first day: old sales come in, somebody is found, complains, is called back, buys twice, and one sale is undone."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop
from app.services import complaints, customers, followups, loyalty
from app.views.complaints.entry import EntryDialog
from app.views.customers.screen import CustomersScreen
from app.views.followups.editor import BookingDialog
from app.views.insights.screen import InsightsScreen
from app.views.till.screen import TillScreen
from app.views.transfer.steps import Step
from app.views.transfer.wizard import Wizard
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on

LANGUAGES = ("zh_CN", "en")
REAL = "retail_uci_online_retail/online_retail_2010-12.csv"
PERSON = "17850"


@pytest.fixture
def journey_clock() -> FixedClock:
    """The last shop day of the month the file tells of."""
    return FixedClock(datetime(2010, 12, 23, 12, 0, tzinfo=UTC))


@pytest.fixture(params=LANGUAGES)
def hands(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path, journey_clock: FixedClock
) -> Iterator[Hands]:
    """The real window on a new, empty shop."""
    path = tmp_path / "店" / "first.shop"
    found_shop(path, name="First Light", currency="GBP", timezone="Europe/London", clock=journey_clock)
    with hands_on(qtbot, qapp, path, journey_clock, request.param) as ready:
        yield ready


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """A till's export of our own making: 300 bills, one of them cancelled, some of nobody known."""
    random = Random(7)
    lines = ["Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID"]
    for number in range(300):
        buyer = PERSON if number % 30 == 0 else random.choice([str(12000 + number % 40), ""])
        for _ in range(random.randint(1, 4)):
            code = random.randint(10, 40)
            price, many = f"{random.randint(50, 999) / 100:.2f}", random.randint(1, 9)
            moment = f"{1 + number * 22 // 300:02}/12/2010 10:{number % 60:02}"
            lines.append(f"{536000 + number},{code},Good {code},{many},{moment},{price},{buyer}")
    lines.append(f"C537000,11,Good 11,-1,22/12/2010 11:00,3.00,{PERSON}")
    file = tmp_path / "till.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_the_main_job_on_a_file_of_our_own(hands: Hands, own_file: Path) -> None:
    main_job(hands, own_file)


@pytest.mark.real_data
def test_the_main_job_on_a_real_shop(hands: Hands, shared_data: Path) -> None:
    main_job(hands, shared_data / REAL)
    everyone = hands.session.gateway.read(customers.count, customers.EVERYONE)
    assert everyone == 948


def main_job(hands: Hands, file: Path) -> None:
    bring_in(hands, file)
    person = find_by_typing(hands)
    complain(hands, person)
    book(hands, person)
    before = bar_of_the_month(hands)
    sell(hands, person, "250", points=False)
    sell(hands, person, "100", points=True)
    assert bar_of_the_month(hands) == before + 35_000
    undo_the_last_sale(hands, person)
    assert bar_of_the_month(hands) == before + 25_000


def bring_in(hands: Hands, file: Path) -> None:
    hands.drop(file)
    wizard = hands.dialog(Wizard)
    for step in (Step.READING, Step.COLUMNS, Step.TRIED):
        reach(hands, wizard, step)
        hands.key(Qt.Key.Key_Return, CONTROL)
    reach(hands, wizard, Step.DONE)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(wizard)


def reach(hands: Hands, wizard: Wizard, step: Step) -> None:
    hands.until(lambda: wizard.step is step and wizard.primary.isEnabled())


def find_by_typing(hands: Hands) -> int:
    hands.key(Qt.Key.Key_2, CONTROL)
    screen = hands.screen(CustomersScreen)
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.write(PERSON)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    person: int = hands.until(screen.customer_in_view)
    card = hands.session.gateway.read(customers.card, person, date(2010, 12, 23))
    assert card.draft.name == PERSON
    return person


def complain(hands: Hands, person: int) -> None:
    hands.key(Qt.Key.Key_F8)
    entry = hands.dialog(EntryDialog)
    assert entry.form.who.customer_id == person
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.write("12")
    hands.write("盖碗有裂纹 cracked")
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(entry)
    assert hands.session.gateway.read(complaints.unsettled) == 1


def book(hands: Hands, person: int) -> None:
    hands.key(Qt.Key.Key_3, CONTROL)
    hands.key(Qt.Key.Key_N)
    booking = hands.dialog(BookingDialog)
    hands.write(PERSON)
    hands.key(Qt.Key.Key_Return)
    hands.until(lambda: booking.form.who.customer_id == person)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(booking)
    assert hands.session.gateway.read(followups.due_count, date(2010, 12, 23)) == 1


def sell(hands: Hands, person: int, amount: str, *, points: bool) -> None:
    """An open amount, so that both files have it; with points the digit 3 chooses as many as the rules allow."""
    hands.key(Qt.Key.Key_2, CONTROL)
    hands.until(lambda: hands.screen(CustomersScreen).customer_in_view() == person)
    hands.key(Qt.Key.Key_F2)
    till = hands.screen(TillScreen)
    hands.write(amount)
    hands.key(Qt.Key.Key_Return)
    held = hands.session.gateway.read(loyalty.balance, person)
    if points:
        hands.key(Qt.Key.Key_F6)
        hands.write("3")
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.until(lambda: till.basket.empty)
    left = hands.session.gateway.read(loyalty.balance, person)
    spent = held // 100 * 100 if points else 0
    assert left == held - spent + int(amount) - spent // 100
    assert not points or spent > 0


def undo_the_last_sale(hands: Hands, person: int) -> None:
    held = hands.session.gateway.read(loyalty.balance, person)
    hands.key(Qt.Key.Key_Z, CONTROL)
    assert hands.session.gateway.read(loyalty.balance, person) == 250 != held


def bar_of_the_month(hands: Hands) -> int:
    """The height of the last bar of sales by month in minor units, once the screen has it."""
    hands.key(Qt.Key.Key_8, CONTROL)
    screen: InsightsScreen = hands.screen(InsightsScreen)
    hands.until(lambda: screen.settled and screen.sales_chart.values())
    last = screen.sales_chart.values()[-1][0]
    return round(sum(height for label, _series, height in screen.sales_chart.values() if label == last))
