"""Slips: what stands on them in the shop's own language, on a roll and on A5; and closing the day in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop, open_shop
from app.domain.payments import Paid
from app.services import till
from app.services.settings import change, settings
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shared.paper import letters, write_pdf
from app.views.shared.slip_sheet import A5, ROLL, SlipSheet, wrapped
from app.views.till.closes_dialog import ClosesDialog
from app.views.till.closing_dialog import ClosingDialog
from app.views.till.screen import TillScreen
from app.views.till.slip_dialog import SlipDialog
from app.views.till.slip_rows import close_rows, slip_rows
from tests.till.counter import Counter
from tests.till.test_return_dialog import opened
from tests.till.test_screen import press


def said(counter: Counter, desk: Desk, bill: int) -> list[str]:
    """The lines of a slip as one reads them."""
    rows = slip_rows(counter.work.read(till.slip, bill, at=counter.now), desk)
    return [f"{row.left.strip()} | {row.right}".removesuffix(" | ") for row in rows if row.kind != "rule"]


def bought(counter: Counter) -> till.SaleDone:
    someone, tea = counter.person(), counter.article("Phoenix Dancong", 168_0000, unit="50 g")
    counter.adjust(someone, 1000)
    lines = (till.TicketLine(tea, 1500), till.TicketLine(None, 1000, 48_0000))
    parts = (Paid("wechat", 20000), Paid("cash", 8500, 10000))
    return counter.sell(till.Ticket(someone, lines, discount=500, points=1000, payments=parts))[0]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_new_shop_prints_in_the_language_it_was_founded_in(tmp_path: Path, language: str) -> None:
    found_shop(tmp_path / "a.shop", name="Leaf", currency="GBP", timezone="Europe/London", language=language)
    founded = open_shop(tmp_path / "a.shop")
    assert founded.work.read(settings).slip_language == language
    founded.close()


def test_a_slip_says_all_that_was_sold_and_paid_and_where_the_customer_stands(counter: Counter, desk: Desk) -> None:
    counter.work.write(change, {"slip_language": "en", "slip_note": "Thank you\nCome again"})
    desk.settings = counter.work.read(settings)
    assert said(counter, desk, bought(counter).sale_id) == [
        "Cloudrest Tea",
        "Receipt",
        "No. 1123-001 | 2026-11-23 10:00",
        "Served by Owner",
        "Customer Joanna Shen",
        "Phoenix Dancong",
        "1.5 50 g × ¥168.00 | ¥252.00",
        "Goods",
        "1 × ¥48.00 | ¥48.00",
        "3 item(s) | ¥300.00",
        "You save | −¥5.00",
        "1,000 points pay | −¥10.00",
        "Total | ¥285.00",
        "WeChat | ¥200.00",
        "Cash, received | ¥100.00",
        "Change | ¥15.00",
        "Points earned | 285",
        "Points now | 285",
        "Ordinary until 2027-11-30",
        "¥5,705.00 to VIP",
        "Thank you",
        "Come again",
        "261123-001",
    ]


def test_a_return_has_a_slip_of_its_own_in_chinese(counter: Counter, desk: Desk) -> None:
    sale = bought(counter)
    done, _ = counter.bring_back(sale.sale_id, 0, 1000)
    words = said(counter, desk, done.return_id)
    assert words[1:4] == ["退货单", "单号 1123-002 | 2026-11-23 10:00", "原单 1123-001"]
    assert "退款 | ¥45.60" in words and "现金 | ¥45.60" in words
    assert "收回积分 | 46" in words and "退回积分 | 160" in words
    counter.work.write(till.void_return, done.return_id, operation_id="void")
    assert "已撤销，作废" in said(counter, desk, done.return_id)


@pytest.mark.parametrize("paper", [ROLL, A5])
def test_it_goes_onto_a_roll_as_long_as_it_needs_and_onto_pages_of_a5(
    counter: Counter, desk: Desk, tmp_path: Path, paper: str
) -> None:
    lines = tuple(till.TicketLine(None, 1000, price * 1_0000, f"茉莉花茶 {price}") for price in range(1, 41))
    bill = counter.sell(till.Ticket(None, lines))[0]
    sheet = SlipSheet(slip_rows(counter.work.read(till.slip, bill.sale_id, at=counter.now), desk), paper)
    pages = sheet.things()
    wide, high = sheet.grid.page
    assert (wide, len(pages) > 1) == ((80, False) if paper == ROLL else (148, True))
    assert high > 400 if paper == ROLL else high == 210
    file = tmp_path / "slip.pdf"
    write_pdf(sheet.sheets(), file)
    data = file.read_bytes()
    assert data.startswith(b"%PDF") and data.count(b"/Type /Page\n") == len(pages)
    assert QSizeF(wide, high) == QSizeF(*sheet.grid.cell)


def test_long_names_are_wrapped_and_nothing_is_lost(qapp: object) -> None:
    measure = QFontMetricsF(letters(32))
    for words in ("Osmanthus oolong from the eastern slope, 100 g", "凤凰单丛鸭屎香高山古树春茶特级礼盒装一斤"):
        parts = wrapped(words, measure, 200)
        assert len(parts) > 1
        assert "".join(parts).replace(" ", "") == words.replace(" ", "")
        assert all(measure.horizontalAdvance(part) <= 200 for part in parts)


def test_f11_shows_the_last_slip_on_the_paper_of_the_shop(
    qtbot: QtBot, screen: TillScreen, counter: Counter, tmp_path: Path
) -> None:
    with qtbot.waitSignal(screen.desk.told):
        press(screen, "till.slip")
    counter.work.write(change, {"slip_paper": A5})
    screen.gateway.changed.emit(None)
    bought(counter)
    press(screen, "till.slip")
    dialog = opened(qtbot, screen, SlipDialog)
    assert (dialog.kinds.value(), dialog.title.text()) == (A5, "Slip 1123-001")
    dialog.save(tmp_path / "slip.pdf")
    assert (tmp_path / "slip.pdf").stat().st_size > 1000


def test_without_a_printer_an_automatic_slip_is_told_of(qtbot: QtBot, screen: TillScreen, counter: Counter) -> None:
    counter.work.write(change, {"slip_prints": True})
    screen.gateway.changed.emit(None)
    told: list[str] = []
    screen.desk.told.connect(told.append)
    qtbot.keyClicks(screen.scan, "5")
    qtbot.keyClick(screen.scan, Qt.Key.Key_Return)
    press(screen, "till.charge")
    assert told == ["No printer is set up on this computer; F11 shows the slip"]


def test_the_day_is_closed_in_the_window_with_a_reason_for_what_is_off(
    qtbot: QtBot, screen: TillScreen, counter: Counter, gateway: Gateway, desk: Desk
) -> None:
    bought(counter)
    press(screen, "till.close")
    dialog = opened(qtbot, screen, ClosingDialog)
    cash = next(line for line in dialog.lines if line.cash)
    assert cash.counted.hasFocus() and cash.expected.text() == "¥85.00"
    assert dialog.why.isHidden() or not dialog.why.isVisible()
    qtbot.keyClicks(cash.counted, "80")
    assert (cash.difference.text(), dialog.why.isVisible()) == ("−¥5.00", True)
    qtbot.keyClick(cash.counted, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.isVisible() and dialog.why.error() != ""
    qtbot.keyClicks(dialog.why, "a coin is missing")
    qtbot.keyClicks(cash.stays, "50")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    slip = opened(qtbot, screen, SlipDialog)
    slip.reject()
    kept = gateway.read(till.close, gateway.read(till.closes)[0].id)
    assert (kept.row.taken, kept.row.difference, kept.reason) == (28500, -500, "a coin is missing")
    words = [f"{row.left} {row.right}".strip() for row in close_rows(kept, desk)]
    assert {"实点 ¥80.00", "差额 −¥5.00", "留存备用金 ¥50.00", "原因：a coin is missing"} <= set(words)


def test_what_another_counter_sold_meanwhile_is_shown_before_the_day_is_closed(
    qtbot: QtBot, screen: TillScreen, counter: Counter, gateway: Gateway
) -> None:
    bought(counter)
    press(screen, "till.close")
    dialog = opened(qtbot, screen, ClosingDialog)
    cash = next(line for line in dialog.lines if line.cash)
    qtbot.keyClicks(cash.counted, "85")
    counter.sell(till.Ticket(None, (till.TicketLine(None, 1000, 10_0000),), payment="cash"))
    qtbot.keyClick(cash.counted, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert gateway.read(till.closes) == []
    assert (cash.expected.text(), cash.difference.text(), dialog.why.isVisible()) == ("¥95.00", "−¥10.00", True)


def test_closes_are_listed_with_what_changed_since_and_the_last_is_taken_back(
    qtbot: QtBot, screen: TillScreen, counter: Counter, gateway: Gateway
) -> None:
    sale = bought(counter)
    counter.work.write(till.close_day, till.CloseDraft({"cash": 8500}, {}), at=counter.now)
    counter.now = counter.now.replace(hour=8)
    counter.void(sale.sale_id)
    dialog = ClosesDialog(screen.desk, screen)
    dialog.present()
    assert dialog.changed.text() == "Taken back after the close, and counted by the next: 1123-001 ¥285.00"
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert [row.undone for row in gateway.read(till.closes)] == [True]
    assert not dialog.undo.isEnabled()
    with qtbot.waitSignal(gateway.refused):  # its only bill is gone: the count would be off without a reason
        gateway.undo()
