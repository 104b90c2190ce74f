"""The wizard from the file to the result, by keys and clicks, on a real shop."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.formats.csv_in import open_csv
from app.services.transfer import Kind
from app.storage.unit_of_work import UnitOfWork
from app.views.shared import look
from app.views.shared.desk import Desk
from app.views.shared.translator import interpreter
from app.views.transfer.steps import Step
from app.views.transfer.wizard import Wizard, open_wizard
from tests.transfer.bringing import asked, written

HEAD = "单号,商品编码,品名,数量,日期,单价,会员号"
SALES = f"{HEAD}\n1,T1,龙井,2,2026-10-01 10:00,128.5,M1\n2,T1,龙井,1,昨天,128.5,M1\n"


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1366, 768)
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def wizard(qtbot: QtBot, desk: Desk, window: QWidget) -> Wizard:
    return open_wizard(desk, window)


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    speaker = interpreter(qapp)
    speaker.speak("zh_CN")
    look.apply(qapp, language="zh_CN")
    yield
    speaker.speak("en")
    look.apply(qapp, language="en")


def reach(qtbot: QtBot, wizard: Wizard, step: Step) -> None:
    qtbot.waitUntil(lambda: wizard.step is step, timeout=20_000)


def read(qtbot: QtBot, wizard: Wizard, source: Path) -> None:
    wizard.look_at(source)
    reach(qtbot, wizard, Step.READING)


def press(qtbot: QtBot, wizard: Wizard) -> None:
    """Ctrl+Enter: the primary."""
    qtbot.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def tried(qtbot: QtBot, wizard: Wizard, source: Path) -> None:
    read(qtbot, wizard, source)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)


def test_from_the_file_to_the_result_by_keyboard(
    qtbot: QtBot, desk: Desk, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    said: list[tuple[str, bool]] = []
    desk.gateway.said.connect(lambda words, undoable: said.append((words, undoable)))
    tried(qtbot, wizard, written(tmp_path, SALES))
    assert [count.number.text() for count in wizard.outcomes.counts] == ["1", "0", "0", "0", "1"]
    assert asked(work, "SELECT count(*) FROM sales") == [(0,)]
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    assert asked(work, "SELECT revenue FROM sales") == [(25_700,)]
    assert said == [("Brought in file.csv", True)]
    assert [copy.manifest.reason for copy in desk.gateway.copies] == ["before-import"]
    assert desk.gateway.undo()
    assert asked(work, "SELECT count(*) FROM sales") == [(0,)]


def test_past_sales_earn_points_only_when_ticked(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    read(qtbot, wizard, written(tmp_path, SALES))
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    earn = wizard.columns.earn
    assert earn.isVisible()
    assert not earn.value()
    choices = list(wizard.columns.choices.values())
    choices[-1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(choices[-1], Qt.Key.Key_Tab)
    assert wizard.focusWidget() is earn
    qtbot.keyClick(earn, Qt.Key.Key_Space)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    assert "257 points earned" in wizard.outcomes.more.text()
    assert asked(work, "SELECT count(*) FROM point_entries") == [(0,)]
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    assert asked(work, "SELECT kind, points FROM point_entries") == [("earn", 257)]


def test_a_list_of_customers_has_nothing_to_earn(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    read(qtbot, wizard, written(tmp_path, "姓名,手机\n王伟,13900139000\n"))
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    assert wizard.columns.earn.isHidden()


def test_the_rejected_rows_are_listed_and_saved(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    tried(qtbot, wizard, written(tmp_path, SALES))
    shown = [wizard.outcomes.rejected.index(0, column).data() for column in range(4)]
    assert shown[:3] == ["3", "日期", "昨天"]
    assert "date" in shown[3]
    assert wizard.outcomes.why.text() == wizard.outcomes.rejected.index(0, 3).data()
    target = tmp_path / "rejected.csv"
    wizard.save_rejected(target)
    (row,) = open_csv(target).rows()
    assert list(row.cells[2:]) == ["2", "T1", "龙井", "1", "昨天", "128.5", "M1"]


def test_rejected_rows_that_cannot_be_saved_are_told(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    tried(qtbot, wizard, written(tmp_path, SALES))
    wizard.save_rejected(tmp_path / "nowhere" / "rejected.csv")
    assert wizard.note.text()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 half"])
def test_a_file_that_cannot_be_read_is_told_in_a_plain_sentence(
    qtbot: QtBot, wizard: Wizard, tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "odd.csv"
    source.write_bytes(content)
    wizard.look_at(source)
    qtbot.waitUntil(lambda: not wizard.file.trouble.isHidden())
    assert wizard.file.refused.text() == "odd.csv"
    assert wizard.file.why.text().endswith(".")
    read(qtbot, wizard, written(tmp_path, SALES))
    assert wizard.file.trouble.isHidden()


def test_the_kind_is_guessed_and_can_be_overruled(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    read(qtbot, wizard, written(tmp_path, "姓名,手机,生日\n王伟,13900139000,1990-05-02\n"))
    assert wizard.reading.kinds.value() is Kind.CUSTOMERS
    qtbot.mouseClick(wizard.reading.kinds.chips()[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: wizard.plan is not None and wizard.plan.kind is Kind.PRODUCTS)
    assert wizard.step is Step.READING


def test_the_encoding_can_be_overruled(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    read(qtbot, wizard, written(tmp_path, SALES, encoding="gb18030"))
    assert wizard.reading.encoding.value() == "gb18030"
    assert wizard.reading.preview.index(0, 2).data() == "龙井"
    wizard.reading.encoding.set_value("cp1252")
    wizard.reading.encoding.changed.emit("cp1252")
    qtbot.waitUntil(lambda: wizard.reading.preview.index(0, 2).data() != "龙井")


def test_an_order_nobody_knows_must_be_chosen(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    read(qtbot, wizard, written(tmp_path, "Date,Amount,Customer ID\n03/04/2026,20,M1\n"))
    assert wizard.focusWidget() is wizard.reading.order
    assert not wizard.primary.isEnabled()
    assert not wizard.reading.doubt.isHidden()
    wizard.reading.order.set_value("dmy")
    wizard.reading.order.changed.emit("dmy")
    qtbot.waitUntil(wizard.primary.isEnabled)
    assert wizard.reading.doubt.isHidden()


def test_a_column_nobody_guessed_is_chosen_by_hand(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    read(qtbot, wizard, written(tmp_path, "abc,金额,会员号\n2026-10-01,20,M1\n"))
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.COLUMNS)
    assert not wizard.primary.isEnabled()
    assert not wizard.columns.lacking.isHidden()
    choice = wizard.columns.choices["moment"]
    choice.set_value(0)
    choice.changed.emit(0)
    qtbot.waitUntil(wizard.primary.isEnabled)
    assert wizard.columns.lacking.isHidden()
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.TRIED)
    assert wizard.outcome is not None
    assert wizard.outcome.created == 1


def test_esc_stops_a_running_import_and_nothing_is_there(
    qtbot: QtBot, wizard: Wizard, work: UnitOfWork, tmp_path: Path
) -> None:
    lines = "\n".join(f"{n},T{n % 9},茶,1,2026-10-01 10:00,20,M{n % 50}" for n in range(30_000))
    tried(qtbot, wizard, written(tmp_path, f"{HEAD}\n{lines}"))
    press(qtbot, wizard)
    assert wizard.step is Step.BRINGING
    qtbot.waitUntil(lambda: wizard.running.count.text() != "", timeout=20_000)
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    reach(qtbot, wizard, Step.COLUMNS)
    assert "Nothing was changed" in wizard.note.text()
    assert wizard.isVisible()
    assert asked(work, "SELECT count(*) FROM sale_lines") == [(0,)]
    qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


def test_a_file_is_dropped_on_it(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(written(tmp_path, SALES)))])
    drop = QDropEvent(
        QPoint(90, 90).toPointF(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    wizard.dropEvent(drop)
    reach(qtbot, wizard, Step.READING)
    assert wizard.reading.name.text() == "file.csv"


def test_back_goes_back(qtbot: QtBot, wizard: Wizard, tmp_path: Path) -> None:
    tried(qtbot, wizard, written(tmp_path, SALES))
    for step in (Step.COLUMNS, Step.READING, Step.FILE):
        qtbot.mouseClick(wizard.back, Qt.MouseButton.LeftButton)
        assert wizard.step is step


def test_nothing_new_offers_nothing_to_bring_in(
    qtbot: QtBot, desk: Desk, window: QWidget, wizard: Wizard, tmp_path: Path
) -> None:
    source = written(tmp_path, SALES)
    tried(qtbot, wizard, source)
    press(qtbot, wizard)
    reach(qtbot, wizard, Step.DONE)
    press(qtbot, wizard)
    again = open_wizard(desk, window, path=str(source))
    reach(qtbot, again, Step.READING)
    press(qtbot, again)
    press(qtbot, again)
    reach(qtbot, again, Step.TRIED)
    assert again.primary.text() == "Close"


def test_it_speaks_chinese(qtbot: QtBot, chinese: None, desk: Desk, window: QWidget, tmp_path: Path) -> None:
    wizard = open_wizard(desk, window)
    tried(qtbot, wizard, written(tmp_path, SALES))
    assert wizard.primary.text() == "导入 1 行"
    assert wizard.outcomes.rejected.index(0, 3).data().startswith("看不懂这个日期")
    target = tmp_path / "拒绝.csv"
    wizard.save_rejected(target)
    assert open_csv(target).headers[:2] == ["行号", "原因"]
