"""Birthdays as people write them."""

from datetime import date

import pytest

from app.domain.birthdays import Birthday
from app.formats.birthday_in import parse_birthday
from app.formats.tables import Cell
from app.formats.values import Refused


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1985-03-02", Birthday(3, 2, 1985)),
        ("19850302", Birthday(3, 2, 1985)),
        ("1985年3月2日", Birthday(3, 2, 1985)),
        (date(1985, 3, 2), Birthday(3, 2, 1985)),
        ("85-3-2", Birthday(3, 2, 1985)),
        ("3月2日", Birthday(3, 2)),
        ("03-02", Birthday(3, 2)),
        ("--03-02", Birthday(3, 2)),
        ("3/2", Birthday(3, 2)),
        ("1900-03-02", Birthday(3, 2)),
        (date(1904, 2, 29), Birthday(2, 29)),
        ("2月29日", Birthday(2, 29)),
        ("农历八月十五", Birthday(8, 15, lunar=True)),
        ("农历1985-8-15", Birthday(8, 15, 1985, lunar=True)),
        ("1985-8-15(农历)", Birthday(8, 15, 1985, lunar=True)),
        ("农历2月30", Birthday(2, 30, lunar=True)),
        ("腊月廿三", Birthday(12, 23, lunar=True)),
        ("正月初一", Birthday(1, 1, lunar=True)),
        ("冬月三十", Birthday(11, 30, lunar=True)),
        ("十一月二十日", Birthday(11, 20, lunar=True)),
        ("闰四月初一", Birthday(4, 1, lunar=True, leap=True)),
        ("1990年闰五月初八", Birthday(5, 8, 1990, lunar=True, leap=True)),
        ("lunar 8-15", Birthday(8, 15, lunar=True)),
        ("", None),
        ("0000-00-00", None),
        (None, None),
    ],
)
def test_birthdays(cell: Cell, expected: Birthday | None) -> None:
    assert parse_birthday(cell) == expected


def test_a_whole_column_may_be_lunar() -> None:
    assert parse_birthday("1985-02-30", lunar=True) == Birthday(2, 30, 1985, lunar=True)
    assert parse_birthday(date(1985, 8, 15), lunar=True) == Birthday(8, 15, 1985, lunar=True)


def test_the_order_of_the_column_counts() -> None:
    assert parse_birthday("2/3", "dmy") == Birthday(3, 2)
    assert parse_birthday("2/3/1985", "dmy") == Birthday(3, 2, 1985)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("spring", "not_a_birthday"),
        ("13月1日", "no_such_date"),
        ("2月30日", "no_such_date"),
        ("1985-02-29", "no_such_date"),
        ("农历13-1", "no_such_date"),
        ("2/3/1985", "date_order_unknown"),
    ],
)
def test_refusals(cell: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_birthday(cell)
    assert (refused.value.code, refused.value.value) == (code, cell)
