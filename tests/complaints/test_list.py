"""The list beside the board: keys, filters, saved views, words, the call-back from anywhere, and paper."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import complaints
from app.services.complaints import EVERY_CASE, CaseFilter, SortBy
from app.storage.unit_of_work import UnitOfWork
from app.views.complaints.moving import MoveDialog
from app.views.complaints.screen import ComplaintsScreen
from app.views.shared.gateway import Gateway
from tests.complaints.conftest import Place, Press
from tests.complaints.story import (
    CLOSED,
    MINOR,
    NOW,
    OPEN,
    RESOLVED,
    SERIOUS,
    SEVERE,
    WAITING,
    at,
    complain,
    move,
    person,
)


@pytest.fixture
def cases(work: UnitOfWork) -> dict[str, int]:
    """One in each state, one overdue, one opened again."""
    lin, wu = person(work, "林婉清"), person(work, "吴建国")
    found = {
        "late": complain(work, at(18), customer_id=wu, severity=SEVERE, words="五斤普洱打开全潮了", wish="全部换新"),
        "new": complain(work, at(23, 9), customer_id=lin, severity=MINOR, category="wait", words="排队太久"),
        "waits": complain(work, at(20), severity=SERIOUS, words="礼盒少了一罐"),
        "solved": complain(work, at(17), customer_id=lin, severity=SERIOUS, words="会员价没给上"),
        "closed": complain(work, at(10), customer_id=wu, severity=MINOR, words="杯垫发错颜色"),
    }
    move(work, found["waits"], WAITING, at(20, 12))
    move(work, found["solved"], RESOLVED, at(17, 12))
    move(work, found["closed"], RESOLVED, at(10, 12))
    move(work, found["closed"], OPEN, at(11, 12))
    move(work, found["closed"], RESOLVED, at(11, 13))
    move(work, found["closed"], CLOSED, at(14, 12), satisfaction=5)
    return found


def numbers(screen: ComplaintsScreen) -> list[int]:
    rows = screen.table.rows
    return [row.id for place in range(rows.rowCount()) if (row := rows.row_at(place))]


def on_board(screen: ComplaintsScreen) -> list[int]:
    return sorted(view.id for lane in screen.lanes.values() for view in lane.list.rows.rows)


def ids(work: UnitOfWork, only: CaseFilter) -> list[int]:
    return work.read(complaints.ids_of_page, NOW, only=only)


def test_every_filter_holds_what_it_says(work: UnitOfWork, cases: dict[str, int]) -> None:
    def of(*names: str) -> set[int]:
        return {cases[name] for name in names}

    expected = {
        CaseFilter(): of("late", "new", "waits", "solved", "closed"),
        CaseFilter(overdue=True): of("late"),
        CaseFilter(states=(OPEN, WAITING)): of("late", "new", "waits"),
        CaseFilter(severities=(SERIOUS, SEVERE)): of("late", "waits", "solved"),
        CaseFilter(category="wait"): of("new"),
        CaseFilter(channel="visit", states=(CLOSED,)): of("closed"),
        CaseFilter(channel="call"): of(),
        CaseFilter(reopened=True): of("closed"),
        CaseFilter(to_call=True): of("solved"),
        CaseFilter(days=4): of("new", "waits"),
        CaseFilter(first=at(17).date(), last=at(18).date()): of("late", "solved"),
        CaseFilter(mine=True): of("late", "new", "waits", "solved", "closed"),
        CaseFilter(staff_id=99): of(),
        CaseFilter(ids=(cases["new"], cases["late"])): of("new", "late"),
        CaseFilter(customer_id=1, states=(OPEN,)): of("new"),
    }
    for only, held in expected.items():
        assert set(ids(work, only)) == held, only
        assert work.read(complaints.count, NOW, only) == len(held)
        assert CaseFilter.loaded(only.kept()) == CaseFilter.loaded(CaseFilter.loaded(only.kept()).kept())
    work.write(complaints.escalate, NOW)
    assert set(ids(work, CaseFilter(escalated=True))) == of("late")


@pytest.mark.parametrize("by", list(SortBy))
@pytest.mark.parametrize("descending", [False, True])
def test_pages_put_together_are_the_whole_list_and_every_case_knows_its_place(
    work: UnitOfWork, cases: dict[str, int], by: SortBy, descending: bool
) -> None:
    order = complaints.CaseOrder(by, descending)
    for only in (EVERY_CASE, CaseFilter(severities=(SERIOUS, SEVERE))):
        whole = work.read(complaints.ids_of_page, NOW, order, only)
        many = work.read(complaints.count, NOW, only)
        parts = [
            work.read(complaints.ids_of_page, NOW, order, only, start, 2, of=many) for start in range(0, len(whole), 2)
        ]
        assert [key for part in parts for key in part] == whole
        assert [work.read(complaints.place, key, NOW, order, only) for key in whole] == list(range(len(whole)))
    assert work.read(complaints.ids_of_page, NOW)[:3] == [cases["late"], cases["new"], cases["waits"]]


def test_keys_change_between_board_and_list_and_keep_the_chosen_case(
    place: Place, cases: dict[str, int], press: Press
) -> None:
    screen = place()
    press("Down", "L")
    assert screen.is_list and screen.table.table.hasFocus()
    assert numbers(screen)[:3] == [cases["late"], cases["new"], cases["waits"]]
    chosen = screen.chosen()
    assert chosen is not None and chosen.id == cases["new"]
    press("Down", "B")
    assert not screen.is_list
    assert (screen.active.lane, screen.active.choice.row().id) == (WAITING, cases["waits"])


def test_a_head_sorts_and_enter_opens(qtbot: QtBot, place: Place, cases: dict[str, int], press: Press) -> None:
    screen = place()
    press("L")
    screen.table.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert numbers(screen) == sorted(cases.values(), reverse=True)
    screen.table.table.choice.choose_place(4)
    press("Return")
    assert screen.case.title.text() == "C-0001"


def test_words_find_in_both_and_escape_takes_them_back(place: Place, cases: dict[str, int], press: Press) -> None:
    screen = place()
    press("Ctrl+F")
    screen.bar.field.setText("换新")
    assert on_board(screen) == [cases["late"]]
    assert screen.count.text() == "3 not settled · 1 shown"
    for words, name in (("C-0002", "new"), ("林婉", None), ("杯垫", "closed"), ("少了一罐", "waits")):
        screen.bar.field.setText(words)
        assert on_board(screen) == (sorted([cases["new"], cases["solved"]]) if name is None else [cases[name]])
    press("Down", "L", "Escape")
    assert screen.bar.field.text() == "" and len(numbers(screen)) == 5


def test_a_shipped_view_is_a_click_and_another_click_takes_it_back(place: Place, cases: dict[str, int]) -> None:
    screen = place()
    chip = next(chip for chip in screen.bar.views.chips() if chip.view.value == "overdue")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert on_board(screen) == [cases["late"]]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(on_board(screen)) == 5


def test_a_choice_is_kept_under_a_name_and_can_be_taken_back(
    place: Place, cases: dict[str, int], work: UnitOfWork, gateway: Gateway
) -> None:
    screen = place()
    screen.bar.open()
    dialog = screen.bar.dialog
    dialog.severities.set_values([SERIOUS])
    dialog.customer.choose(1)
    dialog.name.set_value("Lin's")
    dialog.form.submit()
    assert on_board(screen) == [cases["solved"]]
    (view,) = work.read(complaints.saved_views)
    assert (view.name, view.only) == ("Lin's", CaseFilter(severities=(SERIOUS,), customer_id=1))
    assert screen.bar.views.value() == view.id
    screen.bar.open()
    QTest.mouseClick(screen.bar.dialog.forget, Qt.MouseButton.LeftButton)
    assert work.read(complaints.saved_views) == [] and len(on_board(screen)) == 5
    assert gateway.undo()
    assert [kept.name for kept in work.read(complaints.saved_views)] == ["Lin's"]


def test_two_views_of_one_name_are_refused(place: Place, cases: dict[str, int], work: UnitOfWork) -> None:
    work.write(complaints.save_view, "Tea", CaseFilter(overdue=True))
    with pytest.raises(complaints.ViewNameTaken):
        work.write(complaints.save_view, "tea ", CaseFilter(reopened=True))
    with pytest.raises(complaints.ViewNeedsAName):
        work.write(complaints.save_view, "  ", CaseFilter(reopened=True))
    screen = place()
    screen.bar.open()
    screen.bar.dialog.name.set_value("Tea")
    screen.bar.dialog.form.submit()
    assert screen.bar.dialog.isVisible()
    assert len(work.read(complaints.saved_views)) == 1


def test_the_call_back_is_one_key_wherever_the_case_is(
    qtbot: QtBot, place: Place, cases: dict[str, int], work: UnitOfWork, window: QWidget, press: Press
) -> None:
    screen = place()
    press("L")
    screen.table.choose(cases["solved"])
    press("C")
    (dialog,) = [found for found in window.findChildren(MoveDialog) if found.isVisible()]
    QTest.mouseClick(dialog.missed, Qt.MouseButton.LeftButton)
    card = screen.chosen()
    assert card is not None and (card.id, card.state, card.calls) == (cases["solved"], RESOLVED, 1)
    qtbot.waitUntil(lambda: screen.table.table.hasFocus())
    press("C")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not screen.table.table)
    press("2")
    assert work.read(complaints.case, cases["solved"], NOW).card.state is OPEN
    screen.table.choose(cases["late"])
    screen.table.table.setFocus()
    press("C")
    assert not [found for found in window.findChildren(MoveDialog) if found.isVisible()]


def test_a_case_is_answered_by_a_key(place: Place, cases: dict[str, int], gateway: Gateway, press: Press) -> None:
    screen = place()
    assert screen.active.choice.row().answer.words == "Answer 4 days late"
    press("A")
    assert screen.active.choice.row().answer is None
    assert gateway.undo()
    assert screen.active.choice.row().answer is not None


def test_the_list_goes_on_paper_as_it_is_shown(place: Place, cases: dict[str, int], tmp_path: Path) -> None:
    screen = place()
    screen.bar.field.setText("普洱")
    screen.print()
    told = screen.printing.sheet.document().toPlainText()
    assert "C-0001" in told and "五斤普洱打开全潮了" in told and "C-0002" not in told
    screen.printing.save(tmp_path / "list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
