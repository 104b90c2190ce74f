"""A list of members comes in, three rows are put right, a double is merged and parted, a call logged, cards go out."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.bootstrap import found_shop
from app.domain.interactions import Purpose
from app.formats.vcard_in import open_vcard
from app.formats.vcard_records import Card
from app.services import customers, interactions
from app.views.customers.screen import CustomersScreen
from app.views.duplicates.merging import MergeDialog
from app.views.duplicates.screen import DuplicatesScreen
from app.views.interactions.log import LogDialog
from app.views.transfer.repair_page import RepairTable
from app.views.transfer.steps import Step
from app.views.transfer.taking_out import TakingOut
from app.views.transfer.wizard import Wizard
from tests.conftest import FixedClock
from tests.journeys.hands import CONTROL, Hands, hands_on

MEMBERS = """会员号,姓名,手机,生日,标签
M1,王秀英,138 0000 0001,1968-05-02,老客
M2,李建国,13800000002,农历 八月十五,
M3,张伟,13800000003,,茶友
M4,张伟,13800000003,,
M5,赵敏,1.38E+10,,
M6,孙丽,13800000006,去年春天,
M7,,,1990-01-01,
M8,周杰,13800000008,,
"""
MENDED = {"M5": ("手机", "13800000005"), "M6": ("生日", "1991-03-04"), "M7": ("姓名", "吴婷")}


@pytest.fixture(params=("zh_CN", "en"))
def hands(
    request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication, tmp_path: Path, clock: FixedClock
) -> Iterator[Hands]:
    """The real window on a new, empty shop."""
    path = tmp_path / "店" / "tea.shop"
    found_shop(path, name="茶舍", currency="CNY", timezone="Asia/Shanghai", clock=clock)
    with hands_on(qtbot, qapp, path, clock, request.param) as ready:
        yield ready


def test_members_in_and_cards_out(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "会员.csv"
    source.write_bytes(MEMBERS.encode("gb18030"))
    bring_in(hands, source)
    assert sorted(names(hands)) == sorted(["王秀英", "李建国", "张伟", "张伟", "赵敏", "孙丽", "吴婷", "周杰"])
    merge_the_double(hands)
    assert len(names(hands)) == 7
    undo(hands)
    assert names(hands).count("张伟") == 2
    person = log_a_call(hands)
    cards = export_cards(hands, tmp_path / "out.vcf", monkeypatch)
    assert sorted(card.name for card in cards) == sorted(names(hands))
    called = hands.session.gateway.read(interactions.contacts, person)
    assert [(row.summary, row.purpose) for row in called] == [("问候，说下周来", Purpose.CARE)]


def names(hands: Hands) -> list[str]:
    return [row.name for row in hands.session.gateway.read(customers.page)]


def bring_in(hands: Hands, source: Path) -> None:
    hands.drop(source)
    wizard = hands.dialog(Wizard)
    for step in (Step.READING, Step.COLUMNS, Step.TRIED):
        reach(hands, wizard, step)
        hands.key(Qt.Key.Key_Return, CONTROL)
    reach(hands, wizard, Step.DONE)
    assert len(names(hands)) == 5
    put_right(hands, wizard)
    reach(hands, wizard, Step.DONE)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(wizard)


def put_right(hands: Hands, wizard: Wizard) -> None:
    """Tab to the button, then from cell to cell with the arrows."""
    for _ in range(12):
        if QApplication.focusWidget() is wizard.mend:
            break
        hands.key(Qt.Key.Key_Tab)
    hands.key(Qt.Key.Key_Space)
    hands.until(lambda: wizard.step is Step.REPAIR)
    table = wizard.repair.table
    model = wizard.repair.rows
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    for place in range(model.rowCount()):
        key = model.index(place, heads.index("会员号")).data()
        head, words = MENDED[key]
        go_to(hands, wizard, place, heads.index(head))
        hands.key(Qt.Key.Key_Return)
        hands.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        hands.key(Qt.Key.Key_A, CONTROL)
        hands.write(words)
        hands.key(Qt.Key.Key_Return)
        hands.until(partial(stands, table, words))
    hands.key(Qt.Key.Key_Return, CONTROL)


def stands(table: RepairTable, words: str) -> bool:
    return bool(table.currentIndex().data() == words)


def go_to(hands: Hands, wizard: Wizard, row: int, column: int) -> None:
    table = wizard.repair.table
    for key, current, wanted in (
        ((Qt.Key.Key_Down, Qt.Key.Key_Up), table.currentIndex().row(), row),
        ((Qt.Key.Key_Right, Qt.Key.Key_Left), table.currentIndex().column(), column),
    ):
        for _ in range(abs(wanted - current)):
            hands.key(key[0] if wanted > current else key[1])
    assert (table.currentIndex().row(), table.currentIndex().column()) == (row, column)


def reach(hands: Hands, wizard: Wizard, step: Step) -> None:
    hands.until(lambda: wizard.step is step and wizard.primary.isEnabled())


def merge_the_double(hands: Hands) -> None:
    """The palette knows the way to the pairs."""
    hands.key(Qt.Key.Key_K, CONTROL)
    hands.write(">")
    hands.write(hands.window.acts.look_alikes.text())
    hands.key(Qt.Key.Key_Return)
    screen: DuplicatesScreen = hands.screen(DuplicatesScreen)
    hands.until(lambda: screen.model.rowCount() == 1 and not screen.pairs.running)
    hands.key(Qt.Key.Key_Return)
    dialog = hands.dialog(MergeDialog)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(dialog)


def undo(hands: Hands) -> None:
    hands.key(Qt.Key.Key_Z, CONTROL)


def log_a_call(hands: Hands) -> int:
    hands.key(Qt.Key.Key_2, CONTROL)
    screen: CustomersScreen = hands.screen(CustomersScreen)
    hands.key(Qt.Key.Key_F, CONTROL)
    hands.write("zhoujie")
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    person: int = hands.until(screen.customer_in_view)
    hands.key(Qt.Key.Key_L, CONTROL)
    dialog = hands.dialog(LogDialog)
    assert dialog.form.who.customer_id == person
    hands.write("1111")  # a call, by us, we spoke, to care
    hands.write("问候，说下周来")
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(dialog)
    return person


def export_cards(hands: Hands, target: Path, monkeypatch: pytest.MonkeyPatch) -> list[Card]:
    """The system's own dialog, which a test cannot type into, is answered with a path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(target), ""))
    hands.key(Qt.Key.Key_E, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    dialog = hands.dialog(TakingOut)
    hands.key(Qt.Key.Key_Tab)
    for _ in range(3):
        if dialog.ending.value() == ".vcf":
            break
        hands.key(Qt.Key.Key_Right)
        hands.key(Qt.Key.Key_Space)
    hands.key(Qt.Key.Key_Return, CONTROL)
    hands.closed(dialog)
    return [card for card in open_vcard(target).cards() if isinstance(card, Card)]
