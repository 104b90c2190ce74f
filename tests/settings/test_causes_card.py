"""The list of causes: added, renamed, moved and put away by keys, and offered so where a cause is chosen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.services import complaints
from app.services.complaints import CauseNameTaken, CauseNeedsAName
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from app.views.settings.care_page import CarePage
from app.views.settings.named_list import NameDialog
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> Iterator[CarePage]:
    made = CarePage(desk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.causes.list.setFocus()
    yield made
    for dialog in made.window().findChildren(NameDialog):
        dialog.done(0)


def codes(work: UnitOfWork) -> list[str]:
    return [row.code for row in work.read(complaints.causes)]


def test_a_cause_is_added_and_renamed(page: CarePage, work: UnitOfWork, qtbot: QtBot) -> None:
    card, before = page.causes, len(codes(work))
    qtbot.keyClick(card.list, Qt.Key.Key_N)
    card.asking.name.set_value("Wrong label")
    card.asking.form.submit()
    rows = work.read(complaints.causes)
    assert (len(rows), rows[-1].name) == (before + 1, "Wrong label")
    card.list.choice.choose(rows[0].id)
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    assert card.asking.name.value() == "Came bad from the supplier"
    card.asking.name.set_value("wrong LABEL")
    card.asking.form.submit()
    assert "already" in card.asking.form.errors()["name"]
    card.asking.name.set_value("Bad leaves")
    card.asking.form.submit()
    assert work.read(complaints.causes)[0].name == "Bad leaves"


def test_the_order_and_what_is_put_away(page: CarePage, work: UnitOfWork, qtbot: QtBot, gateway: Gateway) -> None:
    card, before = page.causes, codes(work)
    card.list.choice.choose_place(0)
    qtbot.keyClick(card.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert codes(work) == [before[1], before[0], *before[2:]]
    qtbot.keyClick(card.list, Qt.Key.Key_Delete)
    assert codes(work) == [before[1], *before[2:]]
    assert gateway.undo()
    assert gateway.undo()
    assert codes(work) == before


def test_a_name_of_its_own_and_only_once(work: UnitOfWork) -> None:
    with pytest.raises(CauseNeedsAName):
        work.write(complaints.add_cause, "  ")
    key, added = work.write(complaints.add_cause, "Wrong label")
    with pytest.raises(CauseNameTaken):
        work.write(complaints.add_cause, " wrong  label")
    with pytest.raises(CauseNeedsAName):
        work.write(complaints.rename_cause, key, "")
    work.write(put_back, added.rows)
    assert "Wrong label" not in {row.name for row in work.read(complaints.causes)}
