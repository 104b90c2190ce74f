"""One model for every list: right by Qt's own tester, flat in memory, and true to the chosen row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.views.shared.badges import vip
from app.views.shared.layouts import column
from app.views.shared.lists import Heading, RowList, RowView
from app.views.shared.rows_model import Column, PagedRows, RowRole, RowsModel, Sort
from app.views.shared.sticky import StickyColumn
from app.views.shared.tables import Table
from tests.shared.placing import put


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    spent: int


PEOPLE = [Person(1, "Ann", 300), Person(2, "Bo", 100), Person(3, "Cy", 200)]
COLUMNS = [
    Column[Person]("Name", lambda p: p.name, "name", sort=lambda p: p.name),
    Column[Person]("Spent", lambda p: str(p.spent), "spent", "right", sort=lambda p: p.spent),
]


class Shelf:
    """A hundred thousand people that are worked out when asked for; counts how often that is."""

    def __init__(self, total: int = 100_000) -> None:
        self.total, self.asked = total, list[tuple[int, int, Sort | None]]()

    def count(self) -> int:
        return self.total

    def page(self, offset: int, limit: int, sort: Sort | None) -> Sequence[Person]:
        self.asked.append((offset, limit, sort))
        places = range(offset, min(offset + limit, self.total))
        back = bool(sort and sort.descending)
        return [Person(n, f"Person {n}", n) for n in ((self.total - 1 - at if back else at) for at in places)]


def paged(shelf: Shelf) -> PagedRows[Person]:
    model = PagedRows[Person](COLUMNS, shelf.count, shelf.page)
    model.reload()
    return model


def test_rows_are_a_proper_model(qtmodeltester: ModelTester) -> None:
    model = RowsModel[Person](COLUMNS)
    model.show_rows(PEOPLE)
    qtmodeltester.check(model)
    assert model.index(0, 1).data() == "300"
    assert model.index(0, 1).data(RowRole) is PEOPLE[0]


def test_pages_are_a_proper_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(paged(Shelf(250)))


def test_rows_sort_by_value_and_stay_sorted_when_shown_anew() -> None:
    model = RowsModel[Person](COLUMNS)
    model.show_rows(PEOPLE)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert [p.name for p in model.rows] == ["Ann", "Cy", "Bo"]
    model.show_rows([*PEOPLE, Person(4, "Di", 250)])
    assert [p.name for p in model.rows] == ["Ann", "Di", "Cy", "Bo"]


def test_the_same_people_again_reset_nothing(qtbot: QtBot) -> None:
    model = RowsModel[Person](COLUMNS)
    model.show_rows(PEOPLE)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.show_rows([Person(1, "Anna", 300), *PEOPLE[1:]])
    assert model.index(0, 0).data() == "Anna"


def test_jumping_to_the_end_asks_for_one_page() -> None:
    shelf = Shelf()
    model = paged(shelf)
    assert model.rowCount() == 100_000
    assert model.index(99_999, 0).data() == "Person 99999"
    assert shelf.asked == [(99_900, 100, None)]


def test_reading_everything_keeps_few_pages_in_memory() -> None:
    shelf = Shelf(20_000)
    model = PagedRows[Person](COLUMNS, shelf.count, shelf.page, pages_kept=5)
    model.reload()
    held = []
    for place in range(0, 20_000, 40):
        model.index(place, 0).data()
        held.append(model.pages_held)
    assert max(held) == 5
    assert len(shelf.asked) == 200


@pytest.mark.parametrize("first", [0, 7, 5_432, 99_982])
def test_a_jump_anywhere_asks_for_one_page(first: int) -> None:
    shelf = Shelf()
    model = paged(shelf)
    for place in range(first, first + 18):
        assert model.index(place, 0).data() == f"Person {place}"
    assert len(shelf.asked) == 1


@given(steps=st.lists(st.tuples(st.integers(0, 499), st.integers(1, 25)), max_size=30), size=st.integers(1, 40))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_wherever_one_looks_the_rows_are_right_and_none_that_is_held_is_asked_for(
    steps: list[tuple[int, int]], size: int
) -> None:
    shelf = Shelf(500)
    model = PagedRows[Person](COLUMNS, shelf.count, shelf.page, page_size=size, pages_kept=1_000)
    model.reload()
    for first, many in steps:
        for place in range(first, min(500, first + many)):
            row = model.row_at(place)
            assert row is not None and row.id == place
    asked = [place for offset, limit, _ in shelf.asked for place in range(offset, offset + limit)]
    assert len(asked) == len(set(asked)) and max(asked, default=0) < 500
    assert all(0 < limit <= size for _, limit, _ in shelf.asked)


def test_a_head_sorts_the_source_not_the_pages() -> None:
    shelf = Shelf()
    model = paged(shelf)
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.index(0, 0).data() == "Person 99999"
    assert shelf.asked[-1][2] == Sort("spent", descending=True)


def test_a_source_that_shrank_meanwhile_leaves_blank_cells_not_errors() -> None:
    shelf = Shelf(150)
    model = paged(shelf)
    shelf.total = 120
    assert model.index(149, 0).data() is None


def people_table(window: QWidget) -> tuple[Table, RowsModel[Person]]:
    table = Table()
    model = RowsModel[Person](COLUMNS, table)
    table.setModel(model)
    model.show_rows(PEOPLE)
    put(window, column(table))
    table.setFocus()
    return table, model


def test_a_reload_keeps_the_chosen_person(qtbot: QtBot, window: QWidget) -> None:
    table, model = people_table(window)
    table.choice.choose(3)
    heard: list[Person] = []
    table.chosen.connect(heard.append)
    model.show_rows([Person(9, "New", 1), *PEOPLE])
    assert table.choice.row() == PEOPLE[2]
    assert heard == []


def test_when_the_chosen_person_is_gone_the_next_in_place_is_chosen(qtbot: QtBot, window: QWidget) -> None:
    table, model = people_table(window)
    table.choice.choose(2)
    with qtbot.waitSignal(table.chosen):
        model.show_rows([PEOPLE[0], PEOPLE[2]])
    assert table.choice.row() == PEOPLE[2]


def test_a_table_of_pages_keeps_the_choice_through_a_reload(window: QWidget) -> None:
    shelf = Shelf()
    table, model = Table(), paged(shelf)
    table.setModel(model)
    put(window, column(table))
    table.choice.choose_place(50_010)
    scrolled = table.verticalScrollBar().value()
    model.reload()
    assert table.choice.row() == Person(50_010, "Person 50010", 50_010)
    assert table.verticalScrollBar().value() == scrolled > 0


def test_enter_opens_and_single_letters_are_left_to_the_screen(qtbot: QtBot, window: QWidget) -> None:
    table, _ = people_table(window)
    table.choice.choose(1)
    with qtbot.waitSignal(table.opened) as heard:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args == [PEOPLE[0]]
    qtbot.keyClick(table, Qt.Key.Key_C)
    assert table.choice.row() == PEOPLE[0]


def test_a_click_on_a_head_sorts_and_shows_where(qtbot: QtBot, window: QWidget) -> None:
    table, model = people_table(window)
    assert [p.id for p in model.rows] == [1, 2, 3]
    at = table.head.sectionViewportPosition(1) + 10
    qtbot.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, pos=_point(at))
    assert [p.spent for p in model.rows] == [100, 200, 300]
    assert table.head.sortIndicatorSection() == 1


def test_the_first_column_stays_in_sight_and_chooses_the_same_row(qtbot: QtBot, window: QWidget) -> None:
    table, _ = people_table(window)
    table.set_widths(200, 2000)
    sticky = table.findChild(StickyColumn)
    assert sticky is not None and sticky.isHidden()
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() > 300)
    table.horizontalScrollBar().setValue(300)
    assert sticky.isVisible()
    assert sticky.width() == table.columnWidth(0)
    row = sticky.visualRect(sticky.model().index(2, 0))
    assert row.height() == table.rowHeight(2)
    qtbot.mouseClick(sticky.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    assert table.choice.row() == PEOPLE[2]


class ByCells(Table):
    """Painted as Qt does it, a cell at a time."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QTableView.paintEvent(self, event)


def test_a_table_painted_row_by_row_looks_as_it_does_cell_by_cell(window: QWidget) -> None:
    long = [*PEOPLE, Person(4, "Somebody whose name is longer than the room there is for it", 1)]
    columns = [*COLUMNS, Column[Person]("Tone", lambda p: p.name, tone=lambda p: "red_text" if p.id == 2 else None)]
    pictures = []
    tables = Table(), ByCells()
    put(window, column(*tables))
    for table in tables:
        model = RowsModel[Person](columns, table)
        table.setModel(model)
        model.show_rows(long)
        table.set_widths(90, 60, None, give_way=(1,))
        table.setFixedSize(300, 130)
        table.choice.choose(3)
        table.row_over = 1
        table.verticalScrollBar().setValue(9)
        pictures.append(table.viewport().grab().toImage())
    assert pictures[0] == pictures[1]
    model.show_rows([])
    assert pictures[1] != tables[1].viewport().grab().toImage()


def test_columns_give_way_before_the_first_one_cannot_be_read(window: QWidget) -> None:
    table, _ = people_table(window)
    table.set_widths(None, 120, give_way=(1,))
    table.resize(500, 200)
    assert not table.isColumnHidden(1)
    table.resize(180, 200)
    assert table.isColumnHidden(1)
    table.resize(500, 200)
    assert not table.isColumnHidden(1)


def _point(x: int) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(x, 10)


@pytest.fixture
def listing(window: QWidget) -> RowList:
    listing = RowList(lambda p: RowView(p.id, p.name, f"spent **{p.spent}**", vip("VIP"), mark="todo"), headings=True)
    model = RowsModel[Person | Heading]([], listing, inert=lambda row: isinstance(row, Heading))
    listing.setModel(model)
    model.show_rows([Heading("h", "Overdue", 1), PEOPLE[0], Heading("t", "Today", 2), *PEOPLE[1:]])
    put(window, column(listing))
    return listing


def test_arrows_pass_over_headings(qtbot: QtBot, listing: RowList) -> None:
    listing.setFocus()
    listing.choice.choose_place(0)
    assert listing.choice.row() == PEOPLE[0]
    qtbot.keyClick(listing, Qt.Key.Key_Down)
    assert listing.choice.row() == PEOPLE[1]


def test_a_row_is_spoken_whole_and_without_marks(listing: RowList) -> None:
    model = listing.model()
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Ann, VIP, spent 300"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Overdue"


def test_a_click_on_the_tick_marks_done_and_elsewhere_does_not(qtbot: QtBot, listing: RowList) -> None:
    rect = listing.visualRect(listing.model().index(1, 0))
    ticked: list[Person] = []
    listing.ticked.connect(ticked.append)
    middle = rect.center()
    qtbot.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert ticked == []
    middle.setX(rect.left() + 28)
    qtbot.mouseClick(listing.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert ticked == [PEOPLE[0]]
