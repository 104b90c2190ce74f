"""What a card offers beside its facts: the photo, the page of paper, the tree, the prices, the next question, Tab."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.interactions import Channel
from app.services import customers
from app.services.customers import Labelled
from app.views.customers.card_sheet import CardSheet
from app.views.customers.photos import MOST_BYTES, SIDE, small_jpeg
from app.views.customers.prices_dialog import open_prices
from app.views.customers.print_dialog import PrintDialog, open_print
from app.views.customers.referral_tree import ReferralTree
from app.views.customers.screen import CustomersScreen
from app.views.shared import desk as asks
from app.views.shared.desk import Desk
from app.views.shared.layouts import row
from app.views.shared.reading_order import stops
from tests.conftest import FixedClock
from tests.customers.filled import fill_card


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, ids: dict[str, int]) -> Iterator[CustomersScreen]:
    fill_card(desk.gateway._work, ids)
    window, made = QWidget(), CustomersScreen(desk)
    window.setLayout(row(made, gap=0))
    qtbot.addWidget(window)
    window.resize(1190, 720)
    with qtbot.waitExposed(window):
        window.show()
    made.show_customer(ids["沈静怡"])
    yield made


def noisy(side: int) -> QImage:
    """A picture that a JPEG can hardly make smaller."""
    image = QImage(side, side * 2, QImage.Format.Format_RGB32)
    for x in range(side):
        for y in range(side * 2):
            image.setPixelColor(x, y, QColor((x * 7919 + y * 104729) % 256, (x * y) % 256, (x ^ y) % 256))
    return image


def test_a_large_picture_becomes_a_small_square() -> None:
    jpeg = small_jpeg(noisy(700))
    made = QImage.fromData(jpeg)
    assert 0 < len(jpeg) <= MOST_BYTES
    assert made.width() == made.height() == SIDE
    assert small_jpeg(QImage()) == b""


def test_a_picture_is_pasted_by_key_taken_off_and_brought_back(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    avatar, shen = screen.card.head.avatar, ids["沈静怡"]
    avatar.setFocus()
    qtbot.keyClick(avatar, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (avatar.image.width(), avatar.image.height()) == (60, 60)
    assert abs(avatar.image.pixelColor(30, 30).green() - QColor("teal").green()) < 8
    qtbot.keyClick(avatar, Qt.Key.Key_Delete)
    assert avatar.image.isNull()
    assert desk.gateway.read(customers.photo, shen) is None
    assert desk.gateway.undo()
    assert not avatar.image.isNull()


def test_what_is_no_picture_is_refused(screen: CustomersScreen, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.gateway.refused) as heard:
        screen.card.head.avatar.keep(QImage())
    assert isinstance(heard.args[0], customers.NotAPhoto)


def test_ctrl_p_shows_the_page_which_is_saved_as_one_page_of_pdf(
    qtbot: QtBot, screen: CustomersScreen, tmp_path: Path
) -> None:
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = next(found for found in screen.window().findChildren(PrintDialog) if found.isVisible())
    for size in ("A4", "A5"):
        dialog.sizes.set_value(size)
        path = tmp_path / f"{size}.pdf"
        dialog.save(path)
        assert path.read_bytes().count(b"/Type /Page\n") == 1
        assert path.stat().st_size > 5_000


def test_the_page_says_all_that_the_card_says(screen: CustomersScreen, desk: Desk) -> None:
    told = screen.card.facts.told
    assert told is not None
    words = CardSheet(desk, told).words()
    for said in ("沈静怡", "花生过敏", "138 0013 6628", "120 ml", "温如玉", "7.5", "凤凰单丛 250 g"):
        assert said in words


def test_paper_is_written_in_black_in_the_dark_theme_too(screen: CustomersScreen, desk: Desk) -> None:
    before, dark = QApplication.palette(), QApplication.palette()
    dark.setColor(QPalette.ColorRole.Text, QColor("white"))
    told = screen.card.facts.told
    assert told is not None
    paper = QImage(720, 1018, QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    QApplication.setPalette(dark)
    p = QPainter(paper)
    CardSheet(desk, told).paint(p, QRectF(0, 0, 720, 1018))
    p.end()
    QApplication.setPalette(before)
    name = paper.copy(0, 0, 120, 30)
    assert any(name.pixelColor(x, y).lightness() < 40 for x in range(120) for y in range(30))


def test_a_page_holds_what_is_much_by_smaller_letters(screen: CustomersScreen, desk: Desk, ids: dict[str, int]) -> None:
    for place in range(60):
        desk.gateway.write(customers.pin_fact, ids["沈静怡"], f"fact {place}", at=desk.now())
    told = screen.card.facts.told
    assert told is not None
    document, scale = CardSheet(desk, told).fitted(QSizeF(900, 1300))
    assert document.size().height() * scale <= 1300.5
    assert "fact 59" in document.toPlainText()


def test_the_tree_beneath_is_opened_by_enter_and_leads_to_its_people(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    heard: list[Any] = []
    desk.asked.connect(heard.append)
    line = next(found for found in screen.card.facts.lines() if found.view.field == "brought")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    dialog = next(found for found in screen.window().findChildren(ReferralTree) if found.isVisible())
    shown = [[str(dialog.rows.index(at, col).data()).strip() for col in (0, 3)] for at in range(dialog.rows.rowCount())]
    assert shown == [["王姐", "2"], ["唐一诺", "1"], ["宋佳颖", ""], ["冯叔", ""]]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert heard == [asks.OpenCustomer(ids["唐一诺"])]


def test_a_personal_price_is_agreed_and_taken_off_by_keys(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    card = desk.gateway.read(customers.card, ids["何小满"], desk.today())
    dialog = open_prices(desk, screen, card)
    dialog.goods.set_value(2)
    qtbot.keyClicks(dialog.price, "88.50")
    qtbot.keyClick(dialog.price, Qt.Key.Key_Return)
    agreed = desk.gateway.read(customers.personal_prices, card.id)
    assert [(found.product_id, found.price) for found in agreed] == [(2, 885_000)]
    dialog.table.choice.choose_place(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert desk.gateway.read(customers.personal_prices, card.id) == []
    assert desk.gateway.undo()
    assert len(desk.gateway.read(customers.personal_prices, card.id)) == 1
    dialog.reject()


def test_consent_is_asked_and_answered_by_one_digit(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["温如玉"])
    assert screen.card.card is not None and screen.card.card.completeness.ask == "consent"
    qtbot.keyClick(screen.card.timeline.list, Qt.Key.Key_1)
    assert desk.gateway.read(customers.may_sell, ids["温如玉"], Channel.SMS).allowed
    assert screen.card.card.completeness.ask != "consent"
    assert desk.gateway.undo()
    assert not desk.gateway.read(customers.consents, ids["温如玉"]).history


def test_what_is_old_is_asked_whether_it_is_still_right(
    qtbot: QtBot, screen: CustomersScreen, desk: Desk, clock: FixedClock, ids: dict[str, int]
) -> None:
    clock.moment += timedelta(days=3000)
    screen.show_customer(ids["Emily Chen 陈艾米"])
    pane, keys = screen.card, screen.card.timeline.list
    assert pane.card is not None and pane.card.completeness.stale and pane.card.completeness.ask == "phone"
    assert "186 1234 5678" in pane.next.question.text()
    qtbot.keyClick(keys, Qt.Key.Key_2)
    assert pane.facts.editor is not None and pane.facts.editor.name == "phones"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    asked = []
    for _ in range(3):
        asked.append(pane.card.completeness.ask)
        qtbot.keyClick(keys, Qt.Key.Key_1)
    assert asked == ["phone", "consent", "name"]
    assert pane.card.completeness.ask == "birthday"
    assert pane.card.completeness.share == 60


def test_nobody_with_an_open_complaint_is_asked_for_leave_to_send_news(
    screen: CustomersScreen, ids: dict[str, int]
) -> None:
    screen.show_customer(ids["吴建国"])
    assert screen.card.card is not None and screen.card.card.cases
    assert screen.card.card.completeness.ask == "birthday"  # which weighs less
    assert "birthday" in screen.card.next.question.text()


def test_tab_goes_as_the_eye_does(qtbot: QtBot, screen: CustomersScreen) -> None:
    screen.people.field.setFocus()
    order = stops(screen)
    walked: list[QWidget] = [screen.people.field]
    while walked[-1] is not order[-1]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None and now not in walked
        walked.append(now)
    card_from = next(at for at, widget in enumerate(walked) if screen.card.isAncestorOf(widget))
    assert screen.people.list in walked[:card_from]
    assert walked.index(screen.people.chips.chips()[0]) < walked.index(screen.people.list)
    for part in (walked[:card_from], [found for found in walked if screen.card.facts.isAncestorOf(found)]):
        tops = [widget.mapTo(screen, QPoint(0, 0)) for widget in part]
        assert [(at.y() // 20, at.x()) for at in tops] == sorted((at.y() // 20, at.x()) for at in tops)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is walked[-2]


def test_printing_somebody_with_hardly_anything(
    screen: CustomersScreen, desk: Desk, ids: dict[str, int], tmp_path: Path
) -> None:
    screen.show_customer(ids["盛嘉怡"])
    told = screen.card.facts.told
    assert told is not None
    open_print(desk, screen, told).save(tmp_path / "bare.pdf")
    assert (tmp_path / "bare.pdf").stat().st_size > 1_000


def test_archiving_is_undone(screen: CustomersScreen, desk: Desk, ids: dict[str, int]) -> None:
    screen.card._put_away()
    assert desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).archived
    assert desk.gateway.undo()
    assert not desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).archived
    assert (
        Labelled("138 0013 6628", "mobile")
        in desk.gateway.read(customers.card, ids["沈静怡"], desk.today()).draft.phones
    )
