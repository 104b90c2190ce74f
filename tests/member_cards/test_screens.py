"""Member cards in the window: given, shown, lost, printed; scanned at the till and on any other screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Shop
from app.services import member_cards, products, sales
from app.services.products import ProductDraft
from app.services.till import Ticket, TicketLine, sell
from app.storage.unit_of_work import UnitOfWork
from app.views.customers.screen import CustomersScreen
from app.views.member_cards.dialog import MemberCardDialog
from app.views.member_cards.lost_dialog import LostDialog
from app.views.member_cards.printing import PrintCardsDialog
from app.views.products.screen import ProductsScreen
from app.views.settings.cards_page import CardsPage
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk, PrintMemberCards
from app.views.shared.translator import interpreter
from app.views.shell.start import Program, Session
from app.views.till.bill_dialog import BillDialog
from app.views.till.screen import TillScreen
from tests.till.counter import MORNING

ENTER = Qt.Key.Key_Return


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def good(work: UnitOfWork, person: int) -> list[str]:
    return [card.number for card in work.read(member_cards.cards_of, person) if card.good]


def test_a_card_is_given_shown_lost_and_found(
    qtbot: QtBot, desk: Desk, ground: QWidget, work: UnitOfWork, ann: int, tmp_path: Path
) -> None:
    dialog = MemberCardDialog(desk, ground, ann)
    dialog.present()
    assert dialog.shown.isHidden() and "M0000018" in dialog.field.placeholderText()
    qtbot.keyClicks(dialog.field, "M0000019")
    qtbot.keyClick(dialog.field, ENTER)
    assert dialog.form.errors()["number"].startswith("This number is mistyped")
    dialog.field.clear()
    qtbot.keyClick(dialog.field, ENTER)
    assert (good(work, ann), dialog.number.text()) == (["M0000018"], "M0000018")
    dialog.copy_picture()
    copied = QGuiApplication.clipboard().image()
    dialog.save_picture(tmp_path / "code.png")
    saved = QImage(str(tmp_path / "code.png"))
    assert saved.width() == copied.width() >= 500 and saved.pixelColor(0, 0).lightness() == 255
    qtbot.mouseClick(dialog.lost, Qt.MouseButton.LeftButton)
    (lost,) = ground.findChildren(LostDialog)
    lost.reason.clear()
    qtbot.keyClick(lost.reason, ENTER)
    assert "reason" in lost.form.errors()
    qtbot.keyClicks(lost.reason, "taxi")
    with qtbot.waitSignal(desk.gateway.said) as heard:
        qtbot.keyClick(lost.reason, ENTER)
    assert heard.args == ["The card M0000018 is refused from now on", True]
    assert good(work, ann) == ["M0000026"] and dialog.number.text() == "M0000026"
    assert dialog.rows.index(1, 1).data() == "M0000018 reported lost: taxi; the new one is M0000026"
    assert desk.gateway.undo()
    assert (good(work, ann), dialog.number.text()) == (["M0000018"], "M0000018")
    with qtbot.waitSignal(desk.asked) as asked:
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert asked.args == [PrintMemberCards((ann,))]


def test_a_sheet_gives_cards_to_those_who_have_none(
    qtbot: QtBot, desk: Desk, ground: QWidget, work: UnitOfWork, ann: int, ben: int, tmp_path: Path
) -> None:
    work.write(member_cards.issue, ann, at=MORNING)
    dialog = PrintCardsDialog(desk, ground, (ann, ben))
    dialog.present()
    assert (dialog.told.text(), len(dialog.sheets().things)) == ("1 card · 1 customer without a card", 1)
    qtbot.mouseClick(dialog.give, Qt.MouseButton.LeftButton)
    assert (len(dialog.sheets().things), dialog.give.isVisible()) == (2, False)
    dialog.kinds.set_value("single")
    dialog.refresh()
    assert dialog.sheets().pages == 2
    dialog.save(tmp_path / "cards.pdf")
    assert (tmp_path / "cards.pdf").read_bytes().count(b"/Type /Page\n") == 2
    assert desk.gateway.undo() and good(work, ben) == []


def test_a_lost_card_is_refused_where_a_customer_is_chosen(
    qtbot: QtBot, desk: Desk, ground: QWidget, work: UnitOfWork, ann: int
) -> None:
    old = work.write(member_cards.issue, ann, at=MORNING)[0]
    new = work.write(member_cards.report_lost, old, "taxi", at=MORNING)[0]
    picker = CustomerPicker(desk, parent=ground)
    picker.show()
    qtbot.keyClicks(picker.edit, old)
    qtbot.keyClick(picker.edit, ENTER)
    said = f"Card {old} was reported lost on 23 Nov (taxi). The new one is {new}."
    assert (picker.customer_id, picker.error()) == (None, said)
    picker.edit.clear()
    qtbot.keyClicks(picker.edit, new)
    qtbot.keyClick(picker.edit, ENTER)
    assert picker.customer_id == ann


def test_the_scheme_is_set_and_the_next_card_is_shown(qtbot: QtBot, desk: Desk) -> None:
    cards = CardsPage(desk)
    qtbot.addWidget(cards)
    cards.show()
    page = cards.numbering
    assert page.next.text() == "The next card: M0000018"
    page.prefix.selectAll()
    qtbot.keyClicks(page.prefix, "vip")
    qtbot.keyClick(page.prefix, ENTER)
    assert (desk.settings.member_card_prefix, page.next.text()) == ("VIP", "The next card: VIP0000018")
    page.prefix.selectAll()
    qtbot.keyClicks(page.prefix, "1x")
    qtbot.keyClick(page.prefix, ENTER)
    assert desk.settings.member_card_prefix == "VIP" and page.scheme.errors()


@pytest.fixture
def program(qapp: QApplication, shop: Shop, qtbot: QtBot) -> Iterator[Program]:
    """The whole window, hearing a scanner that takes no time at all."""
    made = Program(interpreter(qapp), shop.clock, remember=False)
    made.session = Session(shop, made.interpreter)
    made.session.show("customers")
    qtbot.waitExposed(made.session.window)
    made.session.window.activateWindow()
    scanner = made.listen(qapp, lambda: 0.0)
    yield made
    qapp.removeEventFilter(scanner)
    made.session.afterwards.stop()
    made.session.gateway.close()
    made.session.window.hide()


def scan(code: str) -> None:
    """What a scanner does: types, and presses Enter."""
    for _ in range(2):
        QApplication.processEvents()
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, code)
    QTest.keyClick(QApplication.focusWidget() or widget, ENTER)


def test_what_is_scanned_finds_its_place_on_any_screen(
    qtbot: QtBot, program: Program, work: UnitOfWork, ann: int, ben: int
) -> None:
    assert program.session is not None
    window = program.session.window
    first, second = (work.write(member_cards.issue, one, at=MORNING)[0] for one in (ann, ben))
    tea = work.write(products.add, ProductDraft("Tea", price=10_000, barcode="6901234567892"))[0]
    people = window.go("customers")
    assert isinstance(people, CustomersScreen)
    for number, person in ((first, ann), (second, ben)):
        scan(number)
        assert people.customer_in_view() == person
    assert second in people.card.head.facts.text()
    scan("6901234567892")  # goods are for the till, wherever they are scanned
    till = window.pages.currentWidget()
    assert isinstance(till, TillScreen) and [line.product_id for line in till.basket.lines] == [tea]
    scan(first)
    assert (till.basket.customer_id, window.pages.currentWidget()) == (ann, till)
    scan("6901234567892")
    assert [line.quantity for line in till.basket.lines] == [2_000]
    ticket = Ticket(ann, (TicketLine(tea),))
    work.write(sell, ticket, operation_id="sold", at=MORNING)
    scan(sales.slip_code("1123-001", MORNING.date()))
    (shown,) = window.findChildren(BillDialog)
    assert "1123-001" in shown.title.text() + shown.caption.text()
    shown.reject()
    till.scan.setFocus()
    work.write(member_cards.report_lost, second, "taxi", at=MORNING)
    scan(second)
    assert till.basket.customer_id == ann and "was reported lost on" in window.toasts.words()
    goods = window.go("products")
    assert isinstance(goods, ProductsScreen)
    goods.table.setFocus()
    scan("no such code".replace(" ", ""))
    assert window.toasts.words() == "Nothing here has the code nosuchcode"
