"""What a return moves, on examples worked out by hand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.domain.loyalty.earning import discount_shares
from app.domain.loyalty.lots import Lot
from app.domain.loyalty.returns import (
    EarnedFor,
    Given,
    Spent,
    Taken,
    give_back,
    points_to_take_back,
    remaining_bases,
    returned_part,
    returned_total,
    take_back,
    target,
)
from tests.loyalty.bases import net_bases

DAY = date(2026, 3, 1)
TERMS = EarnedFor(Decimal(1))
TWO = [None, None]


def lot(number: int, remaining: int, expires: date | None = None, available: date = date(2026, 1, 1)) -> Lot:
    return Lot(number, remaining, available, expires, datetime(2026, 1, 1, number, tzinfo=UTC))


def test_a_sale_partly_paid_by_points_comes_back_line_by_line() -> None:
    # ¥60 and ¥40, of which 2,000 points paid ¥20: ¥48 and ¥32 in money, 80 points earned.
    lines, spent, one_each = [6000, 4000], 2000, [1, 1]
    bases, line_points = net_bases(lines, 0, 2000), discount_shares(lines, spent)
    assert (bases, line_points) == ([4800, 3200], [1200, 800])

    kept = remaining_bases(bases, [0, 1], one_each)
    assert points_to_take_back(80, 0, 0, target(kept, TWO, False, TERMS)) == 32
    assert returned_total(line_points, [0, 1], one_each) == 800
    assert returned_total(bases, [0, 1], one_each) == 3200

    kept = remaining_bases(bases, [1, 1], one_each)
    assert points_to_take_back(80, 32, 0, target(kept, TWO, True, TERMS)) == 48
    assert returned_total(line_points, [1, 1], one_each) == 2000
    assert returned_total(bases, [1, 1], one_each) == 8000


def test_thirds_of_a_line_add_up_to_the_line() -> None:
    # 100 in three parcels: 33, then 67 in all, then 100.
    assert [returned_part(100, n, 3) for n in range(4)] == [0, 33, 67, 100]


@pytest.mark.parametrize(("returned", "quantity"), [(4, 3), (-1, 3), (0, 0), (-1, -1)])
def test_a_part_of_a_line_is_none_of_more_than_there_was(returned: int, quantity: int) -> None:
    with pytest.raises(ValueError, match=f"^{returned} of {quantity}$"):
        returned_part(100, returned, quantity)


@pytest.mark.parametrize("by_line", [remaining_bases, returned_total])
@pytest.mark.parametrize(("returned", "quantities"), [([1], [1, 1]), ([1, 1], [1]), ([1, 1, 1], [1, 1])])
def test_every_line_has_its_quantity_and_what_came_back(
    by_line: Callable[..., object], returned: list[int], quantities: list[int]
) -> None:
    with pytest.raises(ValueError, match="zip"):
        by_line([100, 100], returned, quantities)


def test_points_for_the_visit_stay_until_everything_is_back() -> None:
    terms = EarnedFor(Decimal(1), visit_points=10)
    assert target([100, 0], TWO, False, terms) == 11
    assert target([0, 0], TWO, True, terms) == 0


def test_a_rate_kept_with_the_sale_outlives_the_rule() -> None:
    # ¥10 of article 7 at 2, ¥10 of article 8 at 0, ¥5 of article 9 and ¥2.50 without one at 1: 27.5, threefold 82.5.
    terms = EarnedFor(Decimal(1), [Decimal(3)], goods={7: Decimal(2), 8: Decimal(0)})
    assert target([1000, 1000, 500, 250], [7, 8, 9, None], False, terms) == 82


def test_what_has_expired_is_not_taken_back_again() -> None:
    assert points_to_take_back(earned=100, taken_back=0, expired=40, target=0) == 60
    assert points_to_take_back(earned=100, taken_back=0, expired=80, target=50) == 0


def test_own_lot_first_then_the_others_in_order_then_debt() -> None:
    held = [lot(1, 20, date(2026, 6, 30)), lot(2, 30), lot(3, 40, date(2026, 4, 30)), lot(4, 50, date(2026, 2, 1))]
    assert take_back(held, [2], 100, DAY) == [Taken(2, 30), Taken(3, 40), Taken(1, 20), Taken(None, 10)]
    assert take_back(held, [], 15, DAY) == [Taken(3, 15)]
    assert take_back([], [7], 5, DAY) == [Taken(None, 5)]
    assert take_back(held, [2], 0, DAY) == []


def test_pending_points_are_taken_after_the_usable_ones() -> None:
    held = [lot(1, 20, date(2026, 4, 30), available=date(2026, 3, 5)), lot(2, 30, date(2026, 6, 30))]
    assert take_back(held, [], 40, DAY) == [Taken(2, 30), Taken(1, 10)]
    today = lot(3, 20, date(2026, 5, 31), available=DAY)
    assert take_back([*held, today], [], 60, DAY) == [Taken(3, 20), Taken(2, 30), Taken(1, 10)]


def test_spent_points_come_back_last_spent_first_with_their_own_last_day() -> None:
    spent = [Spent(1, 300, date(2026, 1, 31)), Spent(2, 200, None), Spent(3, 100, date(2026, 6, 30))]
    assert give_back(spent, 0, 250, DAY) == [Given(3, 100, date(2026, 6, 30)), Given(2, 150, None)]
    assert give_back(spent, 250, 350, DAY) == [Given(2, 50, None), Given(1, 300, date(2026, 3, 31))]
    assert give_back(spent, 0, 0, DAY) == []
    with pytest.raises(ValueError, match="600"):
        give_back(spent, 600, 1, DAY)


def test_the_last_day_itself_has_not_passed() -> None:
    spent = [Spent(1, 10, DAY)]
    assert give_back(spent, 0, 10, DAY) == [Given(1, 10, DAY)]
