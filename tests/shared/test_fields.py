"""Fields read what people type, and say what is wrong on leaving, not while typing."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.shared.fields import FieldBox, LineEdit
from app.views.shared.layouts import column
from app.views.shared.month import MonthGrid, MonthPopup, months_later
from app.views.shared.typed_fields import DateField, MoneyField, read_day, read_money, write_money
from tests.shared.placing import put

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "digits", "minor"),
    [("12.5", 2, 1250), ("¥1,234.50", 2, 123450), ("１２", 2, 1200), ("-3", 2, -300), ("500", 0, 500), ("", 2, None)],
)
def test_amounts_are_read_as_minor_units(typed: str, digits: int, minor: int | None) -> None:
    assert read_money(typed, digits) == minor


@pytest.mark.parametrize(
    ("typed", "digits"), [("abc", 2), ("1.234", 2), ("1.2.3", 2), ("0.5", 0), ("6901234567892", 2), ("9" * 40, 0)]
)
def test_what_is_no_amount_is_refused(typed: str, digits: int) -> None:
    with pytest.raises(ValueError):
        read_money(typed, digits)


@pytest.mark.parametrize("minor", [0, 5, -5, 99, 123456789])
@pytest.mark.parametrize("digits", [0, 2, 3])
def test_an_amount_written_is_read_back(minor: int, digits: int) -> None:
    assert read_money(write_money(minor, digits), digits) == minor


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-23", TODAY),
        ("20261123", TODAY),
        ("11/23", TODAY),
        ("2026年11月23日", TODAY),
        ("+1", date(2026, 11, 24)),
        ("", None),
    ],
)
def test_days_are_read_in_every_usual_way(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["soon", "2026-02-30", "13-45", "5"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_day(typed, TODAY)


def test_nobody_is_scolded_while_typing(qtbot: QtBot, window: QWidget) -> None:
    money, other = MoneyField(), LineEdit()
    box = FieldBox(money)
    put(window, column(box, other, None))
    money.setFocus()
    qtbot.keyClicks(money, "1.2.3")
    assert box.error() == ""
    other.setFocus()
    assert box.error() != ""
    assert box.line.isVisible()
    assert money.accessibleDescription() == box.error()
    money.setFocus()
    qtbot.keyClick(money, Qt.Key.Key_Backspace)
    assert box.error() == ""


def test_a_day_is_written_out_on_leaving(qtbot: QtBot, window: QWidget) -> None:
    day, other = DateField(today=lambda: TODAY), LineEdit()
    put(window, column(day, other, None))
    day.setFocus()
    qtbot.keyClicks(day, "11-30")
    other.setFocus()
    assert day.text() == "2026-11-30"
    assert day.value() == date(2026, 11, 30)


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_day_picked_from_the_month_is_told(qtbot: QtBot, window: QWidget) -> None:
    field = DateField(today=lambda: TODAY)
    put(window, column(field, None))
    with qtbot.waitSignal(field.changed) as heard:
        field.open.click()
        month = field.findChild(MonthPopup)
        assert month is not None
        qtbot.keyClick(month.grid, Qt.Key.Key_Down)
        qtbot.keyClick(month.grid, Qt.Key.Key_Return)
    assert heard.args == [date(2026, 11, 30)]
    assert field.text() == "2026-11-30"


def test_a_month_has_six_whole_weeks_and_moves_by_pages(qtbot: QtBot, window: QWidget) -> None:
    grid = MonthGrid(date(2026, 12, 31), TODAY)
    put(window, column(grid))
    days = grid.days()
    assert len(days) == 42
    assert {date(2026, 12, 1), date(2026, 12, 31)} <= set(days)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.day == date(2027, 2, 28)
    with qtbot.waitSignal(grid.picked) as heard:
        place = grid.days().index(date(2027, 2, 3))
        qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.cell(place).center())
    assert heard.args == [date(2027, 2, 3)]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
        (date(2026, 1, 5), -1, date(2025, 12, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


def test_the_cross_empties_the_field_and_tells(qtbot: QtBot, window: QWidget) -> None:
    field = LineEdit(clear=True)
    put(window, column(field, None))
    field.set_value("Ann")
    cross = field._cross
    assert cross is not None and cross.isVisible()
    with qtbot.waitSignal(field.changed):
        qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.value() == ""
    assert cross.isHidden()
