"""The wizard with contact cards, columns of last time, rows put right by hand, and imports taken back; all by keys."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.recurrence import Repeat, Scope
from app.services import followups
from app.services.followups import FollowUpDraft
from app.services.transfer import Kind, KnownBy, export_table, hand_over
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.transfer.imports import open_imports
from app.views.transfer.pictures import MOST_BYTES, shrink
from app.views.transfer.steps import Step
from app.views.transfer.wizard import Wizard, open_wizard
from tests.transfer.bringing import NOW, asked, bring, written
from tests.transfer.test_contacts import FULL, OTHER, cards
from tests.transfer.test_wizard import press, reach, read, tried, window, wizard

__all__ = ["window", "wizard"]


def done(qtbot: QtBot, wizard: Wizard, source: Path) -> None:
    tried(qtbot, wizard, source)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)


def test_contact_cards_come_in_from_the_file_to_the_result(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    read(qtbot, wizard, cards(tmp_path, FULL + "BEGIN:VCARD\nEND:VCARD\n" + OTHER))
    page = wizard.reading
    assert page.rows_found.text() == "3 cards"
    assert [page.preview.headerData(i, Qt.Orientation.Horizontal) for i in (0, 1)] == ["Name", "Phone"]
    assert page.preview.index(0, 0).data() == "欧阳娜娜"
    assert [page.encoding.isVisible(), page.delimiter.isVisible(), page.heads.isVisible()] == [True, False, False]
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    assert "TITLE" in wizard.columns.left_out.text()
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    assert [count.number.text() for count in wizard.outcomes.counts] == ["2", "0", "0", "0", "1"]
    assert "nothing in this card" in wizard.outcomes.rejected.index(0, 3).data()
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    assert asked(work, "SELECT name FROM customers ORDER BY id") == [("欧阳娜娜",), ("王伟",)]
    assert wizard.mend.isHidden()
    target = tmp_path / "rejected.vcf"
    wizard.save_rejected(target)
    assert target.read_text(encoding="utf-8").startswith("BEGIN:VCARD")


def test_the_columns_of_last_time_are_used_and_can_be_forgotten(
    qtbot: QtBot, desk: Desk, window: QWidget, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    source = written(tmp_path, "x,金额,会员号\n2026-10-01,20,M1\n")
    read(qtbot, wizard, source)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    assert wizard.columns.last.isHidden()
    choice = wizard.columns.choices["moment"]
    choice.set_value(0)
    choice.changed.emit(0)
    qtbot.waitUntil(wizard.primary.isEnabled)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    press(qtbot, wizard)
    again = open_wizard(desk, window)
    read(qtbot, again, written(tmp_path, "x,金额,会员号\n2026-10-02,30,M1\n", "next.csv"))
    press(qtbot, again)
    reach(qtbot, again, Step.COLUMNS)
    assert again.columns.choices["moment"].value() == 0
    assert again.primary.isEnabled()
    assert "As last time" in again.columns.last.label.text()
    again.columns.forget.setFocus()
    qtbot.keyClick(again.columns.forget, Qt.Key.Key_Space)
    qtbot.waitUntil(again.columns.last.isHidden)
    assert again.columns.choices["moment"].value() is None
    assert asked(work, "SELECT count(*) FROM import_mappings") == [(0,)]


def test_a_list_of_customers_comes_as_last_time_and_a_column_can_be_chosen(
    qtbot: QtBot, desk: Desk, window: QWidget, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    done(qtbot, wizard, written(tmp_path, "姓名,手机,生日,记事\n王伟,13900139000,1990-05-02,常客\n"))
    press(qtbot, wizard)
    again = open_wizard(desk, window)
    read(qtbot, again, written(tmp_path, "姓名,手机,生日,记事\n李娜,13700137000,1991-06-03,爱茶\n", "next.csv"))
    press(qtbot, again)
    reach(qtbot, again, Step.COLUMNS)
    assert not again.columns.last.isHidden()
    choice = again.columns.choices["birthday"]
    choice.set_value(None)
    choice.changed.emit(None)
    qtbot.waitUntil(again.columns.last.isHidden)
    assert again.step is Step.COLUMNS
    press(qtbot, again)
    reach(qtbot, again, Step.TRIED)
    press(qtbot, again)
    reach(qtbot, again, Step.DONE)
    assert asked(work, "SELECT name, birth_day FROM customers ORDER BY id") == [("王伟", 2), ("李娜", None)]


def test_how_known_people_are_found_is_chosen(qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, "姓名,手机\n王伟,13900139000\n", "held.csv"), "customers")
    read(qtbot, wizard, written(tmp_path, "姓名,手机,备注\n王太太,13900139000,常客\n"))
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    assert wizard.columns.known_by() is KnownBy.AUTO
    wizard.columns.way.setFocus()
    qtbot.keyClick(wizard.columns.way, Qt.Key.Key_Down)
    assert wizard.columns.known_by() is KnownBy.PHONE
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    assert [count.number.text() for count in wizard.outcomes.counts] == ["0", "1", "0", "0", "0"]
    assert "by their phone alone" in wizard.outcomes.more.text()


def write_in(qtbot: QtBot, wizard: Wizard, words: str) -> None:
    """Enter, the words, Enter: in the cell that has the focus."""
    table = wizard.repair.table
    qtbot.keyClick(table, Qt.Key.Key_Return)
    editor = table.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(editor, event)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().data() == words)


def test_rejected_rows_are_put_right_by_keyboard_and_come_in(
    qtbot: QtBot, desk: Desk, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    rows = "姓名,手机,生日\n王伟,13900139000,1990-05-02\n李娜,13700137000,去年春天\n陈静,1.38E+10,1990-01-01\n"
    done(qtbot, wizard, written(tmp_path, rows))
    assert asked(work, "SELECT count(*) FROM customers") == [(1,)]
    wizard.mend.setFocus()
    qtbot.keyClick(wizard.mend, Qt.Key.Key_Space)
    assert wizard.step is Step.REPAIR
    assert wizard.focusWidget() is wizard.repair.table
    assert not wizard.primary.isEnabled()
    assert wizard.repair.table.currentIndex().data() == "去年春天"
    assert "birthday" in wizard.repair.why.text()
    write_in(qtbot, wizard, "1991-03-04")
    assert wizard.primary.text() == "Bring in 1 repaired row"
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    assert asked(work, "SELECT name, birth_day FROM customers ORDER BY id") == [("王伟", 2), ("李娜", 4)]
    assert [one.line for one in wizard.outcomes.rejected.rows] == [4]
    assert desk.gateway.undo()
    assert asked(work, "SELECT name FROM customers") == [("王伟",)]


def test_a_row_put_right_wrongly_stays_rejected(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    done(qtbot, wizard, written(tmp_path, "姓名,手机,生日\n王伟,13900139000,\n李娜,13700137000,去年\n"))
    wizard.mend.click()
    write_in(qtbot, wizard, "前年")
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    (left,) = wizard.outcomes.rejected.rows
    assert (left.line, left.value) == (3, "前年")


def test_the_row_of_headers_and_all_sheets_are_chosen(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    book = Workbook()
    for name, people in (("一月", ("王伟", "")), ("二月", ("李娜",))):
        sheet = book.create_sheet(name)
        sheet.append(("姓名", "手机", "生日"))
        for person in people:
            sheet.append((person, "13900139000" if person else "", "" if person else "1990-01-01"))
    book.remove(book.worksheets[0])
    other = book.create_sheet("说明")
    other.append(("说明", "作者"))
    other.append(("每月一张", "店主"))
    source = tmp_path / "year.xlsx"
    book.save(source)
    read(qtbot, wizard, source)
    assert wizard.reading.sheet.value() == "一月"
    wizard.reading.heads.set_value(2)
    wizard.reading.heads.changed.emit(2)
    qtbot.waitUntil(lambda: wizard.plan is not None and wizard.plan.headers[0] == "王伟")
    wizard.reading.sheet.set_value("*")
    wizard.reading.sheet.changed.emit("*")
    qtbot.waitUntil(lambda: wizard.plan is not None and wizard.plan.sheet == "*")
    assert wizard.reading.rows_found.text() == "3 rows"
    wizard.reading.kinds.set_value(Kind.CUSTOMERS)
    press(qtbot, wizard)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    assert [count.number.text() for count in wizard.outcomes.counts] == ["2", "0", "0", "0", "1"]
    assert wizard.outcomes.rejected.index(0, 0).data() == "一月 3"
    assert "Sheets with other columns" in wizard.outcomes.more.text()


def test_an_import_is_taken_back_after_what_stays_is_listed(
    qtbot: QtBot, desk: Desk, window: QWidget, work: UnitOfWork, tmp_path: Path
) -> None:
    from app.services.customers import set_photo

    bring(work, written(tmp_path, "姓名,手机\n王伟,13900139000\n李娜,13700137000\n"), "customers")
    work.write(set_photo, 1, b"\xff\xd8\xff a picture \xff\xd9")
    dialog = open_imports(desk, window)
    assert dialog.batches.rows[0].file_name == "file.csv"
    qtbot.waitUntil(dialog.primary.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.answer is not None, timeout=20_000)
    assert [kept.title for kept in dialog.staying.rows] == ["王伟"]
    assert "1 row will be gone" in dialog.said.label.text()
    assert asked(work, "SELECT count(*) FROM customers") == [(2,)]
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.answer is None, timeout=20_000)
    assert asked(work, "SELECT name FROM customers") == [("王伟",)]
    assert dialog.batches.index(0, dialog.batches.columnCount() - 1).data() == "taken back"
    assert not dialog.primary.isEnabled()


def test_an_empty_list_of_imports_says_so(qtbot: QtBot, desk: Desk, window: QWidget) -> None:
    dialog = open_imports(desk, window)
    assert dialog.none.isVisible()
    assert not dialog.primary.isVisible()


def test_the_imports_are_reached_from_the_first_step(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.file.imports.setFocus()
    qtbot.keyClick(wizard.file.imports, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(type(one).__name__ == "ImportsDialog" for one in QApplication.topLevelWidgets()))


@pytest.mark.parametrize("size", [80, 1200])
def test_a_picture_is_made_small_enough(tmp_path: Path, size: int) -> None:
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    source = tmp_path / "face.png"
    assert image.save(str(source))
    jpeg = shrink(source.read_bytes())
    assert jpeg is not None and len(jpeg) <= MOST_BYTES
    made = QImage.fromData(jpeg)
    assert made.width() == min(size, 320)
    assert shrink(b"no picture") is None
    assert NOW.tzinfo is not None


COMPLAINTS = """
    投诉时间,投诉内容,处理状态,严重程度
    2026-05-01,茶叶受潮,已解决,一般
    2026-05-02,,处理中,
    昨天,盒子破了,处理中,严重
"""
CALENDAR = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY\nSUMMARY:给王姐回电\nEND:VEVENT\n"
    "BEGIN:VTODO\nUID:b\nDUE:20269999\nEND:VTODO\nEND:VCALENDAR\n"
)


def test_complaints_go_the_same_way_and_are_taken_back(
    qtbot: QtBot, desk: Desk, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    done(qtbot, wizard, written(tmp_path, COMPLAINTS))
    assert wizard.plan is not None
    assert (wizard.plan.kind, wizard.reading.kinds.isVisibleTo(wizard.reading)) == ("complaints", True)
    assert [count.number.text() for count in wizard.outcomes.counts] == ["1", "0", "0", "0", "2"]
    assert [one.code for one in wizard.outcomes.rejected.rows] == ["nothing_said", "not_a_date"]
    assert asked(work, "SELECT words, state FROM complaints") == [("茶叶受潮", "resolved")]
    assert desk.gateway.undo()
    assert asked(work, "SELECT count(*) FROM complaints") == [(0,)]


def test_how_things_come_again_is_read_out_in_a_sentence(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    def book(text: str, repeat: Repeat) -> int:
        return work.write(followups.book, FollowUpDraft(date(2026, 11, 23), text=text, repeat=repeat), NOW)[0]

    book("Tea", Repeat(after_done=30, times=6))
    first = book("Ring", Repeat("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"))
    work.write(followups.remove_occurrence, first, Scope.THIS)
    work.write(followups.move_occurrence, first + 1, date(2027, 1, 4), Scope.THIS, at=NOW)
    work.write(hand_over, work.read(export_table, "followups", tmp_path / "all.ics", language="en"))
    read(qtbot, wizard, tmp_path / "all.ics")
    assert wizard.plan is not None
    page, place = wizard.reading.preview, wizard.plan.columns["recurrence"]
    assert [page.index(row, place).data() for row in range(page.rowCount())] == [
        "every month on the 31st (or the last day) · but for 1 day",
        "in place of 31 Dec 2026",
        "30 days after it is done, 6 times",
    ]
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    columns = wizard.columns
    kind = wizard.plan.columns["kind"]
    assert (page.index(0, kind).data(), wizard.plan.first_rows[0][kind]) == ("Call", "call")
    assert columns._sample(list(columns.choices).index("recurrence")).text().startswith("every month on the 31st")


def test_a_calendar_has_nothing_to_choose_and_is_shown_in_our_words(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    read(qtbot, wizard, written(tmp_path, CALENDAR, "calendar.ics"))
    assert not wizard.reading.kinds.isVisibleTo(wizard.reading)
    assert [column.title for column in wizard.reading.preview.columns][:2] == ["Due date", "Hour"]
    assert not wizard.reading.order.isVisibleTo(wizard.reading), "a calendar writes its dates one way"
    for step in (Step.COLUMNS, Step.TRIED, Step.DONE):
        press(qtbot, wizard)
        reach(qtbot, wizard, step)
    assert [one.code for one in wizard.outcomes.rejected.rows] == ["broken_event"]
    days = asked(work, "SELECT due_on, text FROM followups")
    assert days[:2] == [("2026-12-01", "给王姐回电"), ("2026-12-02", "给王姐回电")]
    assert len(days) > 300
