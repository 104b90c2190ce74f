"""The list of goods: found, added, changed, priced, labelled, retired and deleted, by keys and clicks."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from app.services import products, till
from app.storage.unit_of_work import UnitOfWork
from app.views.products.category_dialog import CategoryDialog
from app.views.products.editor import ArticleDialog
from app.views.products.labels import LabelDialog
from app.views.products.repricing import RepriceDialog
from app.views.products.screen import ProductsScreen
from app.views.shared.desk import BringIn, Desk, SellGoods, TakeOut
from app.views.shared.dialogs import Dialog, forget_drafts
from app.views.shared.gateway import Gateway
from tests.till.counter import Counter

ENTER, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Delete


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, work: UnitOfWork) -> Iterator[ProductsScreen]:
    """Three articles on sale, one of them sold, one retired; the list in front."""
    counter = Counter(work)
    tea = counter.article("Dancong", 168_0000, code="T1", barcode="6901234567892", category="Tea", unit="50 g")
    counter.article("Gaiwan", 76_0000, code="W1", category="Ware", cost=70_0000)
    counter.article("Pot", 300_0000, code="W2", category="Ware")
    desk.gateway.write(products.retire, counter.article("Old cup", 5_0000, code="W0"))
    counter.sell(till.Ticket(None, (till.TicketLine(tea),)))
    made = ProductsScreen(desk)
    qtbot.addWidget(made)
    made.resize(1190, 649)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.table.setFocus()
    qtbot.waitUntil(lambda: made.table.hasFocus())
    yield made
    forget_drafts()


def listed(screen: ProductsScreen) -> list[str]:
    return [row.name for row in screen.rows.rows]


def press(screen: ProductsScreen, name: str) -> None:
    action = screen.findChild(QAction, name)
    assert action is not None
    action.trigger()


D = TypeVar("D", bound=Dialog)


def opened(screen: ProductsScreen, kind: type[D]) -> D:
    dialogs = [dialog for dialog in screen.findChildren(kind) if dialog.isVisible()]
    return dialogs[-1]


def test_the_list_is_narrowed_by_words_category_and_state(qtbot: QtBot, screen: ProductsScreen) -> None:
    assert listed(screen) == ["Dancong", "Gaiwan", "Pot"]
    assert screen.context.text() == "3 on sale · 1 retired"
    qtbot.keyClicks(screen.words, "4567892")
    assert listed(screen) == ["Dancong"]
    screen.words.clear()
    qtbot.keyClicks(screen.words, "zzz")
    assert screen.none.isVisible() and screen.facts.isHidden()
    qtbot.keyClick(screen.words, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(screen.words, DELETE)
    qtbot.mouseClick(screen.states.chips()[1], Qt.MouseButton.LeftButton)
    assert listed(screen) == ["Old cup"]
    screen.show_article(next(row.id for row in screen._goods if row.name == "Pot"))
    assert listed(screen)[-1] == "Pot" and screen.table.choice.row().name == "Pot"


def test_what_is_chosen_tells_its_prices_and_how_it_sells(screen: ProductsScreen) -> None:
    assert screen.facts.price.text() == "¥168.00 / 50 g"
    assert screen.facts.said()["For VIP"] == "¥159.60"
    assert screen.facts.said()["Sold in 12 months"] == "1 50 g"
    screen.table.choice.choose_place(1)
    assert screen.facts.said() == {"For VIP": "¥72.20", "Cost": "¥70.00", "Margin": "8%", "Sold": "never yet"}
    assert [screen.rows.index(1, at).data() for at in range(7)] == [
        *("Gaiwan", "W1", "Ware", "¥76.00", "¥72.20", "¥70.00", ""),
    ]


def test_an_article_is_added_and_what_another_has_is_named(qtbot: QtBot, screen: ProductsScreen, desk: Desk) -> None:
    press(screen, "products.new")
    dialog = opened(screen, ArticleDialog)
    field = dialog.form.field
    qtbot.keyClicks(field("barcode"), "6901234567892")
    qtbot.keyClick(field("barcode"), ENTER)  # as a scanner does
    assert set(dialog.form.errors()) == {"name"}
    qtbot.keyClicks(field("name"), "Whisk")
    qtbot.keyClicks(field("code"), "W1")
    qtbot.keyClicks(field("price"), "12.5")
    with qtbot.waitSignal(desk.gateway.refused):
        qtbot.keyClick(field("price"), ENTER)
    assert dialog.form.errors() == {"code": "Gaiwan (W1) has this code. Choose another, or leave it empty."}
    field("code").clear()
    with qtbot.waitSignal(desk.gateway.refused):
        qtbot.keyClick(field("price"), ENTER)
    assert dialog.form.errors()["barcode"].startswith("Dancong (T1) has the barcode 6901234567892.")
    field("barcode").clear()
    with qtbot.waitSignal(desk.gateway.said) as heard:
        qtbot.keyClick(field("name"), ENTER)
    assert heard.args == ["Added Whisk", True]
    assert (listed(screen), not dialog.isVisible()) == (["Whisk", "Dancong", "Gaiwan", "Pot"], True)
    assert desk.gateway.undo()
    assert listed(screen) == ["Dancong", "Gaiwan", "Pot"]


def test_enter_changes_the_chosen_one(qtbot: QtBot, screen: ProductsScreen, desk: Desk) -> None:
    qtbot.keyClick(screen.table, ENTER)
    dialog = opened(screen, ArticleDialog)
    assert dialog.form.values()["price"] == 168_0000
    dialog.form.field("price").selectAll()
    qtbot.keyClicks(dialog.form.field("price"), "170.1255")
    qtbot.keyClick(dialog.form.field("price"), ENTER)
    (row, *_) = screen.rows.rows
    assert (row.price, screen.rows.index(0, 3).data()) == (170_1255, "¥170.1255")


def test_retiring_and_deleting_by_keys(qtbot: QtBot, screen: ProductsScreen, desk: Desk) -> None:
    qtbot.keyClick(screen.table, Qt.Key.Key_R)
    assert listed(screen) == ["Gaiwan", "Pot"]
    assert desk.gateway.undo()
    screen.table.choice.choose_place(0)
    qtbot.keyClick(screen.table, DELETE)  # it was sold: the offer is to retire it
    dialog = opened(screen, Dialog)
    assert dialog.title.text() == "Dancong cannot be deleted"
    qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert listed(screen) == ["Gaiwan", "Pot"]
    screen.table.choice.choose_place(1)
    with qtbot.waitSignal(desk.gateway.said) as heard:
        qtbot.keyClick(screen.table, DELETE)
    assert heard.args == ["Pot deleted", True]
    assert desk.gateway.undo()
    assert listed(screen) == ["Gaiwan", "Pot"]


def test_prices_of_those_chosen_change_after_a_look(qtbot: QtBot, screen: ProductsScreen, desk: Desk) -> None:
    screen.table.choice.choose_place(1)
    qtbot.keyClick(screen.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(screen.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(screen, RepriceDialog)
    assert not dialog.primary.isEnabled()
    qtbot.keyClicks(dialog.value, "-10%")
    assert [(new.name, new.after) for new in dialog.rows.rows] == [("Gaiwan", 68_4000), ("Pot", 270_0000)]
    assert dialog.foretold.text() == "2 prices change · 1 below cost"
    qtbot.keyClick(dialog.value, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert [row.price for row in screen.rows.rows] == [168_0000, 68_4000, 270_0000]
    assert desk.gateway.undo()
    assert [row.price for row in screen.rows.rows] == [168_0000, 76_0000, 300_0000]


def test_a_category_joins_another(qtbot: QtBot, screen: ProductsScreen, desk: Desk) -> None:
    press(screen, "products.categories")
    dialog = opened(screen, CategoryDialog)
    assert [row.name for row in dialog.rows.rows] == ["Tea", "Ware"]
    dialog.table.choice.choose_place(1)
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "Tea")
    assert (dialog.primary.text(), dialog.note.text()) == ("Unite", "2 articles join Tea")
    qtbot.keyClick(dialog.name, ENTER)
    assert [row.name for row in dialog.rows.rows] == ["Tea"]
    assert desk.gateway.undo()
    assert [row.name for row in dialog.rows.rows] == ["Tea", "Ware"]


def test_labels_of_the_chosen_ones_go_on_a_begun_sheet(qtbot: QtBot, screen: ProductsScreen, tmp_path: Path) -> None:
    screen.table.selectAll()
    press(screen, "products.labels")
    dialog = opened(screen, LabelDialog)
    assert (dialog.sheets().pages, len(dialog.sheets().things)) == (1, 3)
    dialog.copies.setText("9")
    dialog.first.setText("23")
    assert (dialog.sheets().pages, dialog.sheets().skip, dialog.count.text()) == (3, 22, "Page 1 of 3")
    qtbot.mouseClick(dialog.after, Qt.MouseButton.LeftButton)
    assert dialog.count.text() == "Page 2 of 3"
    dialog.save(tmp_path / "labels.pdf")
    assert (tmp_path / "labels.pdf").read_bytes().count(b"/Type /Page\n") == 3


def test_the_other_doors(qtbot: QtBot, screen: ProductsScreen, gateway: Gateway) -> None:
    for name, request in (
        ("products.import", BringIn(kind="products")),
        ("products.export", TakeOut(kind="products")),
        ("products.sell", SellGoods(screen.rows.rows[0].id)),
    ):
        with qtbot.waitSignal(screen.desk.asked) as heard:
            press(screen, name)
        assert heard.args == [request]


def test_the_page_fits_a_small_laptop(screen: ProductsScreen) -> None:
    assert screen.minimumSizeHint().height() <= 690 - 48
    assert screen.minimumSizeHint().width() <= 1360 - 176
