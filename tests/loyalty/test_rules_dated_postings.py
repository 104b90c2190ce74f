"""Points posted to an account with all its dates, and taken back from it, by rules 5, 6 and 10."""

from datetime import timedelta

import pytest

from app.domain.loyalty.account import Entry
from app.domain.loyalty.kinds import PointKind
from tests.loyalty.dated import account, d, lot, moved, noon, on, posted

EARN, BONUS, REDEEM, TAKE_BACK, GIVE_BACK, ADJUST, REPAY = (
    PointKind.EARN,
    PointKind.BONUS,
    PointKind.REDEEM,
    PointKind.TAKE_BACK,
    PointKind.GIVE_BACK,
    PointKind.ADJUST,
    PointKind.REPAY,
)
EXPIRE = PointKind.EXPIRE


def test_points_come_in_as_a_lot_with_their_terms() -> None:
    held = account()
    held.open_lot(on("01-10", "bill"), EARN, 50, 7, d("01-17"), d("12-31"), "1*2")
    held.open_lot(on("01-11", "gift"), BONUS, 5, None, d("01-11"), None)
    assert held.new == [
        Entry(101, 1, noon("01-10"), d("01-10"), EARN, 50, 7, True, None, d("01-17"), d("12-31"), "1*2", "bill", 0),
        Entry(102, 1, noon("01-11"), d("01-11"), BONUS, 5, None, True, None, d("01-11"), None, "", "gift", 0),
    ]
    assert {number: each.remaining for number, each in held.lots.items()} == {101: 50, 102: 5}
    assert (held.earned, held.taken, held.rates, held.known) == ({7: 50}, {}, {7: "1*2"}, [])


def test_what_is_owed_is_paid_first_by_a_pair_of_rows() -> None:
    held = account(moved(1, "01-01", ADJUST, -30))
    assert held.debt_from(noon("01-01")) == 30
    held.open_lot(on("01-10", "bill"), EARN, 20, 7, d("01-10"), d("12-31"), "1")
    held.open_lot(on("01-10", "bill"), EARN, 50, 7, d("01-10"), d("12-31"), "1")
    assert [(entry.kind, entry.points, entry.sale_id, entry.lot_id, entry.ordinal) for entry in held.new] == [
        (EARN, 20, 7, None, 0),
        (REPAY, -20, None, 101, 1),
        (REPAY, 20, None, None, 2),
        (EARN, 50, 7, None, 3),
        (REPAY, -10, None, 104, 4),
        (REPAY, 10, None, None, 5),
    ]
    assert [each.remaining for each in held.lots.values()] == [0, 40]
    assert (held.debt_from(noon("01-10")), held.earned[7]) == (0, 70)
    assert not any(entry.rate for entry in held.new if entry.kind is REPAY)


def test_the_last_point_owed_is_paid_too() -> None:
    held = account(moved(1, "01-01", ADJUST, -1))
    held.open_lot(on("01-10"), BONUS, 1, None, d("01-10"), None)
    assert posted(held) == [(BONUS, 1, 101), (REPAY, -1, 101), (REPAY, 1, None)]


@pytest.mark.parametrize(
    ("day", "owed"),
    [
        ("02-28", 0),  # nothing is owed yet
        ("03-01", 20),  # 30 are owed, but 10 of them will be paid in June
        ("06-01", 20),
        ("07-01", 25),
    ],
)
def test_only_what_stays_owed_on_every_later_day_is_owed(day: str, owed: int) -> None:
    held = account(moved(1, "03-01", ADJUST, -30), moved(2, "06-01", ADJUST, 10), moved(3, "07-01", ADJUST, -5))
    assert held.debt_from(noon(day)) == owed


def test_more_paid_than_owed_is_no_debt_below_zero() -> None:
    assert account(moved(1, "03-01", ADJUST, 10)).debt_from(noon("03-01")) == 0


def test_a_sale_keeps_the_terms_of_its_first_points() -> None:
    held = account(lot(1, "01-01", 10, sale=7, rate="1"), lot(2, "01-02", 10, sale=7, rate="2"))
    assert (held.rates, held.earned) == ({7: "1"}, {7: 20})
    assert [entry.id for entry in held.known] == [1, 2]
    assert held.new == []


def test_what_a_return_took_is_told_by_sale_and_what_else_moved_is_not() -> None:
    held = account(
        lot(1, "01-01", 100, sale=7),
        moved(2, "01-02", TAKE_BACK, -30, 1, sale=7),
        moved(3, "01-03", TAKE_BACK, -5, None, sale=7),
        moved(4, "01-04", TAKE_BACK, 10, 1, sale=7),
        moved(5, "01-05", REDEEM, -20, 1, sale=8),
        moved(6, "01-06", EARN, -15, 1, sale=7),
        lot(7, "01-07", 20, sale=8, kind=GIVE_BACK),
    )
    assert (held.earned, held.taken) == ({7: 85}, {7: 25})
    assert held.rates == {7: "1"}


OWN_AND_OTHERS = (
    lot(1, "01-01", 100, "12-31", sale=7),
    lot(2, "01-02", 50, "06-30", sale=7),
    lot(3, "01-03", 40, "05-31"),
    lot(4, "01-04", 70, "03-31", sale=7),
    lot(5, "01-05", 80, "03-31"),
)


@pytest.mark.parametrize(
    ("points", "sale", "parts"),
    [
        (220, 7, [(-50, 2), (-100, 1), (-40, 3), (-30, None)]),  # 4 and 5 have ended by April
        (191, 7, [(-50, 2), (-100, 1), (-40, 3), (-1, None)]),
        (151, 7, [(-50, 2), (-100, 1), (-1, 3)]),
        (60, 7, [(-50, 2), (-10, 1)]),
        (60, 8, [(-40, 3), (-20, 2)]),
        (60, None, [(-40, 3), (-20, 2)]),
        (0, 7, []),
    ],
)
def test_points_go_from_the_sales_own_lots_then_the_others_then_into_debt(
    points: int, sale: int | None, parts: list[tuple[int, int | None]]
) -> None:
    held = account(*OWN_AND_OTHERS)
    held.take_back(on("04-01"), TAKE_BACK, points, sale)
    assert posted(held) == [(TAKE_BACK, part, of) for part, of in parts]
    assert all(entry.sale_id == sale for entry in held.new)
    assert [entry.ordinal for entry in held.new] == list(range(len(parts)))


def test_points_that_a_later_day_needs_are_left_and_become_a_debt_of_the_earlier() -> None:
    held = account(lot(1, "01-01", 100, sale=7), moved(2, "03-01", REDEEM, -60, 1))
    held.take_back(on("02-01"), TAKE_BACK, 100, 7)
    assert posted(held) == [(TAKE_BACK, -40, 1), (TAKE_BACK, -60, None)]
    assert held.taken[7] == 100


def test_a_points_first_sale_is_numbered_one() -> None:
    """A take-back without a sale has no lots of its own, not those of the first sale."""
    held = account(lot(1, "01-01", 100, "12-31", sale=1), lot(2, "01-01", 50, "06-30"))
    held.take_back(on("02-01"), ADJUST, 60, None)
    assert posted(held) == [(ADJUST, -50, 2), (ADJUST, -10, 1)]


def test_who_holds_lots_pays_what_is_owed_from_those_that_have_not_ended() -> None:
    held = account(*OWN_AND_OTHERS, moved(6, "01-06", ADJUST, -60))
    held.settle(on("04-01"))
    assert posted(held) == [(REPAY, -40, 3), (REPAY, 40, None), (REPAY, -20, 2), (REPAY, 20, None)]
    held.settle(on("04-01"))
    assert len(held.new) == 4


def test_who_holds_nothing_goes_on_owing() -> None:
    held = account(moved(1, "01-01", ADJUST, -60), lot(2, "01-01", 5, "03-31"))
    held.settle(on("04-01"))
    assert held.new == []


def test_a_row_is_turned_round_on_its_own_lot() -> None:
    held = account(lot(1, "01-01", 100, sale=7), moved(2, "02-01", TAKE_BACK, -30, 1, sale=7))
    held.turn_round(on("03-01", "way back"), held.known[1])
    assert held.new == [
        Entry(101, 1, noon("03-01"), d("03-01"), TAKE_BACK, 30, 7, False, 1, None, None, "", "way back", 0)
    ]
    assert held.lots[1].remaining == 100


def test_a_repayment_is_turned_round_into_the_debt_it_paid() -> None:
    held = account(moved(1, "01-01", ADJUST, -30), moved(2, "02-01", REPAY, 1), moved(3, "02-01", REPAY, 29))
    for row in held.known[1:]:
        held.turn_round(on("03-01"), row)
    assert posted(held) == [(REPAY, -1, None), (REPAY, -29, None)]
    assert held.debt_from(noon("03-01")) == 30


@pytest.mark.parametrize(
    ("paid", "rows"),
    [
        (0, [(TAKE_BACK, 30, None)]),
        (1, [(TAKE_BACK, 29, None), (TAKE_BACK, 1, 101 + 1)]),
        (10, [(TAKE_BACK, 20, None), (TAKE_BACK, 10, 101 + 1)]),
        (29, [(TAKE_BACK, 1, None), (TAKE_BACK, 29, 101 + 1)]),
        (30, [(TAKE_BACK, 30, 101)]),
    ],
)
def test_points_taken_into_debt_come_back_off_the_debt_and_as_a_lot_where_it_was_paid(
    paid: int, rows: list[tuple[PointKind, int, int | None]]
) -> None:
    taken = moved(1, "01-01", TAKE_BACK, -30, None, sale=7)
    held = account(taken, *([moved(2, "02-01", REPAY, paid)] if paid else []))
    held.turn_round(on("03-01"), taken)
    assert posted(held) == rows
    assert all(entry.sale_id == 7 for entry in held.new)


def test_a_shop_says_how_long_points_last_that_come_back_late() -> None:
    taken = moved(1, "01-01", TAKE_BACK, -30, None, sale=7)
    held = account(taken, moved(2, "02-01", REPAY, 30), grace=timedelta(days=9))
    held.turn_round(on("03-31"), taken)
    assert [entry.expires_on for entry in held.new] == [d("04-09")]


def test_no_more_than_was_taken_comes_off_the_debt() -> None:
    taken = moved(1, "01-01", TAKE_BACK, -30, None, sale=7)
    held = account(taken, moved(2, "01-02", ADJUST, -100))
    held.turn_round(on("03-01"), taken)
    assert posted(held) == [(TAKE_BACK, 30, None)]


@pytest.mark.parametrize(
    ("lasts", "ends"),
    [
        (["06-30", "12-31", "03-31"], "12-31"),  # the last of the sale's own
        (["06-30", None], None),  # one never ends
        (["02-28", "03-31"], "03-31"),  # its last day is today
        (["02-28", "03-30"], "04-30"),  # all have ended: thirty days from now
        ([], "04-30"),
    ],
)
def test_what_comes_back_as_a_lot_ends_with_the_lots_of_the_sale(lasts: list[str | None], ends: str | None) -> None:
    taken = moved(1, "01-01", TAKE_BACK, -30, None, sale=7)
    own = [lot(10 + place, "01-01", 5, last, sale=7) for place, last in enumerate(lasts)]
    held = account(taken, moved(2, "02-01", REPAY, 30), *own, lot(30, "01-01", 5, None, sale=8))
    held.turn_round(on("03-31"), taken)
    (back,) = held.new
    assert (back.opens_lot, back.available_from, back.expires_on) == (True, d("03-31"), ends and d(ends))


def test_points_of_no_sale_come_back_for_thirty_days() -> None:
    taken = moved(1, "01-01", ADJUST, -30)
    held = account(taken, moved(2, "02-01", REPAY, 30), lot(3, "01-01", 5, None, sale=1))
    held.turn_round(on("03-31"), taken)
    assert held.new[0].expires_on == d("04-30")


@pytest.mark.parametrize(
    ("moves", "rows"),
    [
        ([], [(EARN, -100, 1)]),
        ([(REDEEM, -50)], [(EARN, -50, 1), (EARN, -40, 2), (EARN, -10, None)]),
        ([(REDEEM, -1)], [(EARN, -99, 1), (EARN, -1, 2)]),
        ([(REDEEM, -99)], [(EARN, -1, 1), (EARN, -40, 2), (EARN, -59, None)]),
        ([(REDEEM, -100)], [(EARN, -40, 2), (EARN, -60, None)]),
        ([(EXPIRE, -30)], [(EARN, -70, 1)]),  # what expired is gone already
        ([(REDEEM, -50), (EXPIRE, -30)], [(EARN, -20, 1), (EARN, -40, 2), (EARN, -10, None)]),
        ([(EXPIRE, -100)], []),
    ],
)
def test_a_lot_is_closed_by_what_it_was_opened_with_and_never_takes_what_expired(
    moves: list[tuple[PointKind, int]], rows: list[tuple[PointKind, int, int | None]]
) -> None:
    drawn = [moved(10 + place, "02-01", kind, points, 1) for place, (kind, points) in enumerate(moves)]
    held = account(lot(1, "01-01", 100, sale=7), lot(2, "01-02", 40), *drawn)
    held.close_lot(on("03-01"), 1)
    assert posted(held) == rows
    assert all(entry.sale_id == 7 for entry in held.new)


def test_a_lot_that_is_closed_takes_from_the_other_lots_of_its_sale_first() -> None:
    held = account(
        lot(1, "01-01", 100, sale=7),
        moved(2, "02-01", REDEEM, -100, 1),
        lot(3, "01-01", 60, "06-30"),
        lot(4, "01-02", 60, "12-31", sale=7),
    )
    held.close_lot(on("03-01"), 1)
    assert posted(held) == [(EARN, -60, 4), (EARN, -40, 3)]
