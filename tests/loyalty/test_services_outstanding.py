"""What the shop owes in points as of any day, against the ledger summed up another way."""

from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta

import pytest

from app.bootstrap import Shop
from app.services import loyalty, settings
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter
from tests.transfer.bringing import asked

DAYS = [date(2026, 11, 23), date(2026, 11, 1), date(2026, 6, 30), date(2026, 1, 1), date(2025, 3, 15), date(2020, 1, 1)]


@pytest.mark.parametrize("day", DAYS)
def test_of_any_day_it_adds_up_to_the_ledger_of_that_day(sample_shop: Shop, day: date) -> None:
    work = sample_shop.work
    owed = work.read(loyalty.outstanding, day)
    rows = asked(work, "SELECT id, points, lot_id, opens_lot, expires_on, shop_day FROM point_entries ORDER BY id")
    rows = [row for row in rows if row[5] <= day.isoformat()]
    lots: defaultdict[int, int] = defaultdict(int)
    ends = {}
    for number, points, lot, opens, end, _ in rows:
        if opens:
            ends[number] = end
        lots[number if opens else lot or 0] += points
    loose = lots.pop(0, 0)
    months: defaultdict[date, int] = defaultdict(int)
    for number, left in lots.items():
        last = date.fromisoformat(ends[number])
        if left and last >= day:
            months[last.replace(day=monthrange(last.year, last.month)[1])] += left
    assert dict(owed.by_month) == dict(months)
    assert list(owed.by_month) == sorted(owed.by_month)
    assert owed.debt == -loose
    assert owed.value == owed.usable  # ¥1 for 100 points is a fen a point
    assert owed.usable + owed.pending - owed.debt == sum(points for _, points, *_ in rows)


def test_pending_points_stand_apart_until_their_day(counter: Counter, work: UnitOfWork) -> None:
    work.write(settings.change, {"points_pending_days": 7})
    someone = counter.person()
    counter.buy(someone, 300)
    held, day = work.read(loyalty.holding, someone), counter.day
    assert (held.pending(day), held.spendable(day)) == (300, 0)
    owed = work.read(loyalty.outstanding, day)
    assert (owed.usable, owed.pending, owed.value, owed.by_month) == (0, 300, 0, ())
    later = work.read(loyalty.outstanding, day + timedelta(days=7))
    assert (later.usable, later.pending, later.by_month) == (300, 0, ((date(2027, 11, 30), 300),))
    assert work.read(loyalty.outstanding, date(2027, 12, 1)).usable == 0
    assert work.read(loyalty.outstanding, day - timedelta(days=1)).pending == 0


def test_points_without_end_come_last(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 100)
    work.write(settings.change, {"points_expiry_months": 0})
    counter.buy(someone, 50)
    owed = work.read(loyalty.outstanding, counter.day)
    assert owed.by_month == ((date(2027, 11, 30), 100), (None, 50))
