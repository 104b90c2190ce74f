"""Dates in every usual writing; the order of day and month is a question for the column."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.dates import DateOrder, decide_date_order, parse_date, parse_moment, parse_time
from app.formats.tables import Cell
from app.formats.values import Refused


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["2010-12-01", "2010/12/1 8:26", "2010年12月1日", "20101201"], DateOrder.YMD),
        ([date(2020, 1, 1), 40513, None, ""], DateOrder.YMD),
        (["01/02/2010", "13/02/2010"], DateOrder.DMY),
        (["01/02/2010", "02/13/2010"], DateOrder.MDY),
        (["12/1/2010 8:26", "12/9/2010 12:50"], DateOrder.AMBIGUOUS),
        (["01.12.2010", "02.12.2010"], DateOrder.DMY),
        (["13/01/2010", "01/13/2010"], DateOrder.AMBIGUOUS),
        (["85-3-2", "90-12-25"], DateOrder.YMD),
    ],
)
def test_the_order_of_a_column(samples: list[Cell], order: DateOrder) -> None:
    assert decide_date_order(samples) is order


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2010-12-01 08:26:00", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("2010-12-01T08:26:00.5", "ymd", datetime(2010, 12, 1, 8, 26, 0, 500_000)),
        ("2010-12-01T08:26:00Z", "ymd", datetime(2010, 12, 1, 8, 26, tzinfo=UTC)),
        ("2010-12-01", "ymd", date(2010, 12, 1)),
        ("2010/12/1 8:26", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("2010/12/1", "mdy", date(2010, 12, 1)),
        ("2010.12.1", "dmy", date(2010, 12, 1)),
        ("20101201", "ymd", date(2010, 12, 1)),
        (20101201, "ymd", date(2010, 12, 1)),
        ("20101201082600", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("2010年12月1日", "ymd", date(2010, 12, 1)),
        ("2010年12月1日 下午3:05", "ymd", datetime(2010, 12, 1, 15, 5)),
        ("２０１０年１２月１日　８时２６分", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("2010-12-1 星期三 8:26", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("01.12.2010", "dmy", date(2010, 12, 1)),
        ("1/12/2010 8:26 PM", "dmy", datetime(2010, 12, 1, 20, 26)),
        ("12/1/2010 12:05 AM", "mdy", datetime(2010, 12, 1, 0, 5)),
        ("12/1/10", "mdy", date(2010, 12, 1)),
        ("10-12-01", "ymd", date(2010, 12, 1)),
        ("85-3-2 8:26", "ymd", datetime(1985, 3, 2, 8, 26)),
        ("1/12/85", "dmy", date(1985, 12, 1)),
        ("1 Dec 2010", "ymd", date(2010, 12, 1)),
        ("December 1, 2010 8:26", "ymd", datetime(2010, 12, 1, 8, 26)),
        ("Wed, 1 Dec 2010", "ymd", date(2010, 12, 1)),
        ("25/12/2010", "ambiguous", date(2010, 12, 25)),
        (40513, "ymd", date(2010, 12, 1)),
        ("40513.35138888889", "ymd", datetime(2010, 12, 1, 8, 26)),
        (Decimal("40513.5"), "ymd", datetime(2010, 12, 1, 12)),
        (datetime(2010, 12, 1, 8, 26), "ymd", datetime(2010, 12, 1, 8, 26)),
        ("'2010-12-01", "ymd", date(2010, 12, 1)),
        ("", "ymd", None),
        (None, "ymd", None),
    ],
)
def test_moments(cell: Cell, order: str, expected: datetime | date | None) -> None:
    found = parse_moment(cell, order)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("cell", "order", "code"),
    [
        ("2010-02-30", "ymd", "no_such_date"),
        ("2010-13-01 08:00", "ymd", "no_such_date"),
        ("31/11/2010", "dmy", "no_such_date"),
        ("1/2/2010", "ambiguous", "date_order_unknown"),
        ("1/2/2010", "ymd", "date_order_unknown"),
        ("tomorrow", "ymd", "not_a_date"),
        ("2010-12-01 25:00", "ymd", "not_a_time"),
        ("2010-12-01 soon", "ymd", "not_a_time"),
        (5, "ymd", "not_a_date"),
        (True, "ymd", "not_a_date"),
        ("13800138000", "ymd", "not_a_date"),
        (1e12, "ymd", "not_a_date"),
    ],
)
def test_refusals(cell: Cell, order: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_moment(cell, order)
    assert refused.value.code == code


def test_times() -> None:
    texts = ["8:26", "08:26:05", "下午3:05", "8时26分", "8:26pm", "中午12:10", "凌晨12:10"]
    cells: list[Cell] = [*texts, 0.5, time(1, 2), "", None]
    expected = [
        time(8, 26),
        time(8, 26, 5),
        time(15, 5),
        time(8, 26),
        time(20, 26),
        time(12, 10),
        time(0, 10),
        time(12),
        time(1, 2),
        None,
        None,
    ]
    assert [parse_time(cell) for cell in cells] == expected
    for wrong in ("8", "26:00", "noon", 3):
        with pytest.raises(Refused):
            parse_time(wrong)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2068, 1, 1)))
def test_a_moment_survives_every_writing(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, second=0)
    y, m, d, hm = moment.year, moment.month, moment.day, f"{moment.hour}:{moment.minute:02}"
    assert parse_moment(moment.isoformat(sep=" ")) == moment
    assert parse_moment(f"{y}/{m}/{d} {hm}") == moment
    assert parse_moment(f"{y}年{m}月{d}日 {hm}") == moment
    assert parse_moment(f"{d}/{m}/{y} {hm}", DateOrder.DMY) == moment
    assert parse_moment(f"{m}/{d}/{y} {hm}", DateOrder.MDY) == moment
    assert parse_date(f"{d:02}.{m:02}.{y}", DateOrder.DMY) == moment.date()


@given(st.text(max_size=25) | st.floats() | st.integers())
def test_any_cell_is_a_moment_or_refused(cell: Cell) -> None:
    for order in DateOrder:
        try:
            parse_moment(cell, order)
        except Refused as refusal:
            assert str(refusal.value) == str(cell)
