"""What a lot with all its dates can give on any day, and when it ends."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from app.domain.loyalty.account import DatedLot, Entry, sums_from
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot
from tests.loyalty.dated import ZONE, account, d, lot, moved, noon, on, posted

EARN, EXPIRE, REDEEM, GIVE_BACK = PointKind.EARN, PointKind.EXPIRE, PointKind.REDEEM, PointKind.GIVE_BACK
STORY = [("01-01", 100), ("03-01", -60), ("05-01", 10)]


def dated(story: list[tuple[str, int]]) -> DatedLot:
    held = DatedLot(lot(1, "01-01", 100))
    for day, points in story:
        held.move(noon(day), points)
    return held


@pytest.mark.parametrize(
    ("day", "sums"),
    [
        ("12-31", [50]),
        ("05-01", [50]),
        ("04-30", [40, 50]),
        ("03-01", [40, 50]),
        ("02-01", [100, 40, 50]),
        ("01-01", [100, 40, 50]),
    ],
)
def test_the_sum_at_a_moment_then_after_each_later_movement(day: str, sums: list[int]) -> None:
    assert list(sums_from(dated(STORY).moves, noon(day))) == sums


@pytest.mark.parametrize(
    ("story", "day", "free"),
    [
        (STORY, "02-01", 40),  # 100 are there, but 60 of them are spent in March
        (STORY, "03-01", 40),
        (STORY, "05-01", 50),
        ([("02-01", 100)], "01-31", 0),  # not opened yet
        ([("02-01", 100), ("01-31", -20)], "01-30", 0),  # short between two entries: nothing can be taken, not less
        ([("02-01", 100), ("01-31", -20)], "02-01", 80),
    ],
)
def test_a_lot_gives_only_what_no_later_day_needs(story: list[tuple[str, int]], day: str, free: int) -> None:
    assert dated(story).free_from(noon(day)) == free


def test_a_late_entry_takes_its_place_by_its_moment() -> None:
    held = dated([("05-01", 10), ("01-01", 100), ("03-01", -60), ("01-01", -5)])
    assert [points for _, _, points in held.moves] == [100, -5, -60, 10]
    assert (held.remaining, held.refilled) == (45, noon("05-01"))
    assert dated([("01-01", 100), ("03-01", -60)]).refilled == noon("01-01")
    assert dated([("01-01", 1), ("03-01", 1)]).refilled == noon("03-01")


def test_a_lot_at_a_moment() -> None:
    held = dated(STORY)
    assert held.as_lot(noon("02-01")) == Lot(1, 40, d("01-01"), d("12-31"), noon("01-01"))
    pending = replace(held, entry=held.entry._replace(available_from=d("01-08"), expires_on=None))
    assert pending.as_lot(noon("06-01")) == Lot(1, 50, d("01-08"), None, noon("01-01"))
    unsaid = replace(held, entry=held.entry._replace(available_from=None))
    assert unsaid.as_lot(noon("06-01")).available_from == d("01-01")


def midnight(day: str) -> datetime:
    return datetime.combine(d(day), time(), ZONE)


def test_what_is_left_ends_on_the_day_after_its_last_the_first_to_end_first() -> None:
    held = account(
        lot(1, "01-03", 40, "03-31", sale=7),
        lot(2, "01-02", 10, "02-28"),
        lot(3, "01-02", 99, "04-01"),
        lot(4, "01-02", 1, "03-31"),
        lot(5, "01-02", 50, None),
        lot(6, "01-02", 50, "03-30"),
        moved(7, "02-01", REDEEM, -50, 6),
        moved(8, "02-01", REDEEM, -4, 2),
    )
    held.run_out(d("04-01"))

    def ended(number: int, day: str, points: int, of: int, sale: int | None = None) -> Entry:
        at = midnight(day)
        return Entry(number, 1, at, d(day), EXPIRE, points, sale, False, of, None, None, "", f"expire:{of}", 0)

    assert held.new == [
        ended(101, "03-01", -6, 2),
        ended(102, "04-01", -1, 4),  # of two that end together the older first
        ended(103, "04-01", -40, 1, 7),
    ]
    assert held.lots[1].remaining == 0
    held.run_out(d("04-01"))
    assert len(held.new) == 3
    held.run_out(d("12-31"))
    assert posted(held)[3:] == [(EXPIRE, -99, 3)]


def test_points_end_on_the_card_that_earned_them() -> None:
    held = account(lot(1, "01-03", 40, "03-31")._replace(customer_id=2))
    held.run_out(d("06-01"))
    assert [entry.customer_id for entry in held.new] == [2]


def test_what_comes_into_a_lot_that_has_ended_ends_where_it_came_each_time_as_a_row_of_its_own() -> None:
    held = account(
        lot(1, "01-01", 100, "03-31", sale=7),
        moved(2, "02-01", REDEEM, -60, 1),
        moved(3, "04-01", EXPIRE, -40, 1, sale=7),
    )
    assert held.expired_of(7) == 40
    for day, back in (("05-10", 25), ("07-01", 35)):
        held.turn_round(on(day), moved(2, "02-01", REDEEM, -back, 1))
        held.run_out(d("12-01"))
    ends = [entry for entry in held.new if entry.kind is EXPIRE]
    assert [(entry.at, entry.day, entry.points, entry.ordinal) for entry in ends] == [
        (noon("05-10"), d("05-10"), -25, 1),
        (noon("07-01"), d("07-01"), -35, 2),
    ]
    assert {entry.operation_id for entry in ends} == {"expire:1"}
    assert held.expired_of(7) == 100


def test_the_day_of_an_end_is_the_shops_own() -> None:
    """20:00 in Greenwich is the next morning in Shanghai."""
    held = account(lot(1, "01-01", 100, "03-31"), moved(2, "02-01", REDEEM, -100, 1))
    evening = on("05-10")._replace(at=datetime(2026, 5, 10, 20, tzinfo=UTC))
    held.turn_round(evening, moved(2, "02-01", REDEEM, -100, 1))
    held.run_out(d("06-01"))
    assert (held.new[-1].kind, held.new[-1].day) == (EXPIRE, d("05-11"))


def test_only_lots_a_sale_earned_count_as_expired_of_it() -> None:
    held = account(
        lot(1, "01-01", 100, "03-31", sale=7),
        lot(2, "01-01", 30, "02-28", sale=7),
        lot(3, "01-01", 50, "03-31", sale=7, kind=GIVE_BACK),
        lot(4, "01-01", 20, "03-31", sale=8),
        lot(5, "01-01", 10, "03-31", kind=PointKind.BONUS),
    )
    assert held.expired_of(7) == 0
    held.run_out(d("06-01"))
    assert (held.expired_of(7), held.expired_of(8), held.expired_of(9)) == (130, 20, 0)
