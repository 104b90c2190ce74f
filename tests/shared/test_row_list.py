"""A list whose reasons take two lines gives each row the height that its words need, also when its room changes."""

import pytest
from PySide6.QtWidgets import QApplication

from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import RowsModel
from app.views.shared.wrapping import marked_lines

pytestmark = pytest.mark.usefixtures("qapp")

SAID = "平时 **65** 天来一次，今天是第 **118** 天"
WIDE, NARROW = 480, 250


def shown(rows: list[RowView], width: int) -> tuple[RowList, RowsModel[RowView]]:
    model: RowsModel[RowView] = RowsModel()
    found = RowList(height=52, lines=2)
    found.setModel(model)
    model.setParent(found)
    model.show_rows(rows)
    found.resize(px(width), px(400))
    found.show()
    found.grab()
    return found, model


def is_settled(rows: RowList) -> bool:
    """Whether what is painted at once is what stands there in the end; asking where a row lies lays the list out."""
    QApplication.processEvents()
    first = rows.viewport().grab().toImage()
    assert rows.visualRect(rows.model().index(0, 0)).isValid()
    return first == rows.viewport().grab().toImage()


def height(rows: RowList, place: int = 0) -> int:
    return rows.visualRect(rows.model().index(place, 0)).height()


def test_a_narrower_list_gives_the_second_line_its_room() -> None:
    rows, _ = shown([RowView(1, "区太太", SAID), RowView(2, "张瑶", "把围巾还给她")], WIDE)
    low = height(rows)
    rows.resize(px(NARROW), rows.height())
    assert is_settled(rows)
    assert height(rows) > low


def test_a_scroll_bar_that_comes_takes_its_room_from_the_words() -> None:
    """Wide enough for one line until there are so many rows that a bar stands beside them."""
    one = next(w for w in range(NARROW, WIDE) if len(marked_lines(SAID, px(w) - px(38 + 42), 2)) == 1)
    few = [RowView(1, "区太太", SAID), *(RowView(n, f"顾客 {n}", "问候") for n in range(2, 4))]
    rows, model = shown(few, one + 2)
    low = height(rows)
    model.show_rows([*few, *(RowView(n, f"顾客 {n}", "问候") for n in range(4, 20))])
    assert is_settled(rows)
    assert rows.verticalScrollBar().isVisible()
    assert height(rows) > low


def test_other_words_of_the_same_row_are_measured_anew() -> None:
    rows, model = shown([RowView(1, "区太太", "问候"), RowView(2, "张瑶", "问候")], NARROW)
    low = height(rows)
    model.show_rows([RowView(1, "区太太", SAID), RowView(2, "张瑶", "问候")])
    assert is_settled(rows)
    assert height(rows) > low


def test_the_chosen_row_stays_in_sight_when_something_takes_room_from_below() -> None:
    rows, _ = shown([RowView(n, f"顾客 {n}", "问候") for n in range(12)], WIDE)
    rows.setCurrentIndex(rows.model().index(6, 0))
    rows.scrollTo(rows.model().index(0, 0))
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))
    rows.resize(rows.width(), px(300))
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))


def test_a_row_that_was_scrolled_away_does_not_come_back_by_itself() -> None:
    rows, _ = shown([RowView(n, f"顾客 {n}", "问候") for n in range(30)], WIDE)
    rows.setCurrentIndex(rows.model().index(0, 0))
    rows.scrollToBottom()
    rows.resize(rows.width(), px(300))
    assert rows.visualRect(rows.currentIndex()).bottom() < 0
