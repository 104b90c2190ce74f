"""Lots: the order in which they are spent, the day on which they end, what is owed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.lots import Expiry, Lot, consume, expirable, outstanding, repayment, spendable
from app.domain.loyalty.refusals import NotEnoughPoints

TODAY = date(2026, 3, 10)


def lot(number: int, remaining: int, expires: date | None, opened: int = 1, available: date = date(2026, 1, 1)) -> Lot:
    return Lot(number, remaining, available, expires, datetime(2026, 1, opened, 12, tzinfo=UTC))


lots = st.lists(
    st.builds(
        lot,
        st.integers(1, 10**6),
        st.integers(0, 300),
        st.none() | st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n)),
        st.integers(1, 28),
        st.integers(-40, 40).map(lambda n: TODAY + timedelta(days=n)),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)


def test_earliest_expiry_first_then_oldest_and_lots_without_expiry_last() -> None:
    held = [
        lot(1, 50, None),
        lot(2, 50, date(2026, 12, 31)),
        lot(3, 50, date(2026, 4, 30), opened=9),
        lot(4, 50, date(2026, 4, 30), opened=5),
    ]
    assert consume(held, 170, TODAY) == [(4, 50), (3, 50), (2, 50), (1, 20)]


def test_pending_and_ended_lots_pay_nothing() -> None:
    held = [lot(1, 50, date(2026, 3, 9)), lot(2, 50, date(2026, 3, 10)), lot(3, 50, None, available=date(2026, 3, 11))]
    assert consume(held, 50, TODAY) == [(2, 50)]
    with pytest.raises(NotEnoughPoints) as refusal:
        consume(held, 51, TODAY)
    assert refusal.value.numbers == {"short_by": 1}


@pytest.mark.parametrize(
    ("held", "usable", "pending"),
    [
        (lot(1, 1, None), True, False),
        (lot(1, 0, None), False, False),
        (lot(1, 1, None, available=TODAY), True, False),
        (lot(1, 1, None, available=TODAY + timedelta(days=1)), False, True),
        (lot(1, 0, None, available=TODAY + timedelta(days=1)), False, False),
        (lot(1, 1, TODAY, available=TODAY), True, False),
        (lot(1, 1, TODAY - timedelta(days=1), available=TODAY + timedelta(days=1)), False, False),
    ],
)
def test_a_lot_is_usable_from_its_first_day_to_its_last_and_pending_before(
    held: Lot, usable: bool, pending: bool
) -> None:
    assert (held.usable(TODAY), held.pending(TODAY)) == (usable, pending)


@given(lots, st.integers(1, 2000))
def test_spending_takes_exactly_what_is_asked_and_never_overdraws(held: list[Lot], points: int) -> None:
    usable = spendable(held, TODAY)
    if points > usable:
        with pytest.raises(NotEnoughPoints) as refusal:
            consume(held, points, TODAY)
        assert refusal.value.numbers == {"short_by": points - usable}
        return
    taken = dict(consume(held, points, TODAY))
    assert sum(taken.values()) == points
    left = {each.id: each.remaining - taken.get(each.id, 0) for each in held}
    assert min(left.values()) >= 0
    # No lot is touched while another that ends sooner still holds something.
    untouched = [each.expires_on or date.max for each in held if each.usable(TODAY) and left[each.id] > 0]
    touched = [each.expires_on or date.max for each in held if each.id in taken]
    assert not untouched or max(touched) <= min(untouched)


def test_what_ends_is_dated_the_day_after_however_late_it_is_found() -> None:
    held = [lot(1, 30, date(2026, 3, 5)), lot(2, 20, date(2026, 2, 28)), lot(3, 9, TODAY), lot(4, 0, date(2026, 1, 31))]
    found = expirable(held, TODAY)
    assert found == [Expiry(2, 20, date(2026, 3, 1)), Expiry(1, 30, date(2026, 3, 6))]


@given(lots, st.integers(1, 30))
def test_a_closed_week_writes_the_same_history_as_a_daily_look(held: list[Lot], days: int) -> None:
    last = TODAY + timedelta(days=days)
    once = {(each.lot_id, each.points, each.on) for each in expirable(held, last)}
    daily = set()
    left = list(held)
    for offset in range(-60, days + 1):
        gone = expirable(left, TODAY + timedelta(days=offset))
        daily |= {(each.lot_id, each.points, each.on) for each in gone}
        left = [each for each in left if each.id not in {end.lot_id for end in gone}]
    assert once == daily
    assert expirable(left, last) == []


def test_debt_is_paid_from_what_comes_in() -> None:
    assert repayment(30, 50) == 30
    assert repayment(80, 50) == 50
    assert repayment(0, 50) == 0
    assert spendable([lot(1, 50, None)], TODAY, debt=20) == 30
    assert spendable([lot(1, 50, None)], TODAY, debt=80) == 0


def test_outstanding_by_month_with_pending_apart() -> None:
    held = [
        lot(1, 50, None),
        lot(6, 3, date(2026, 5, 31)),
        lot(2, 10, date(2026, 4, 30)),
        lot(3, 5, date(2026, 4, 9)),
        lot(4, 70, date(2026, 12, 31), available=date(2026, 3, 11)),
        lot(5, 99, date(2026, 3, 9)),
    ]
    owed = outstanding(held, TODAY)
    assert list(owed.by_month.items()) == [(date(2026, 4, 30), 15), (date(2026, 5, 31), 3), (None, 50)]
    assert (owed.usable, owed.pending) == (68, 70)
