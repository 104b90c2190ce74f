"""The board and the rates, on a clock that stands at Monday, ten in the morning; the shop is open from nine to nine."""

from datetime import date, timedelta

from app.services import complaints, settings
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import (
    CLOSED,
    MINOR,
    NOW,
    OPEN,
    RESOLVED,
    SERIOUS,
    SEVERE,
    WAITING,
    at,
    bill,
    board,
    complain,
    move,
    person,
)

HOUR = timedelta(hours=1)


def test_open_cases_stand_by_what_is_due_first(work: UnitOfWork) -> None:
    slow = complain(work, at(22), severity=MINOR)
    late = complain(work, at(18), severity=SERIOUS)
    soon = complain(work, at(23, 9), severity=SEVERE)
    lane = board(work).lane(OPEN)
    assert [card.id for card in lane.cards] == [late, soon, slow]
    assert [card.clock.late for card in lane.cards] == [True, False, False]
    assert lane.count == 3


def test_the_clock_says_how_much_opening_time_is_left(work: UnitOfWork) -> None:
    key = complain(work, at(22, 15), severity=SEVERE)
    (card,) = board(work).lane(OPEN).cards
    assert card.id == key
    assert card.clock.due_at == at(23, 15)
    assert card.clock.left == 5 * HOUR
    assert card.clock.share == 7 / 12
    assert card.clock.running
    assert board(work).day_length == 12 * HOUR


def test_a_late_case_says_by_how_much_opening_time(work: UnitOfWork) -> None:
    complain(work, at(20, 15), severity=SEVERE)
    (card,) = board(work).lane(OPEN).cards
    assert (card.clock.late, card.clock.due_at) == (True, at(21, 15))
    assert card.clock.left == -(6 + 12 + 1) * HOUR
    assert card.clock.share == 1.0


def test_a_late_case_that_waits_grows_no_later(work: UnitOfWork) -> None:
    key = complain(work, at(20, 15), severity=SEVERE)
    move(work, key, WAITING, at(21, 17))
    (card,) = board(work).lane(WAITING).cards
    assert (card.clock.late, card.clock.running, card.clock.left) == (True, False, -2 * HOUR)


def test_a_waiting_case_keeps_the_time_it_has_left(work: UnitOfWork) -> None:
    key = complain(work, at(20, 9), severity=SERIOUS)
    move(work, key, WAITING, at(21, 9))
    for moment in (NOW, NOW + timedelta(days=5)):
        (card,) = board(work, moment).lane(WAITING).cards
        assert (card.clock.running, card.clock.late, card.clock.due_at) == (False, False, None)
        assert card.clock.left == 24 * HOUR
        assert card.clock.share == 1 / 3
        assert card.since == at(21, 9)


def test_closed_days_do_not_count(work: UnitOfWork) -> None:
    work.write(settings.change, {"week": ("09:00-21:00",) * 5 + ("", "")})
    complain(work, at(20, 15), severity=SEVERE)
    (card,) = board(work).lane(OPEN).cards
    assert (card.clock.due_at, card.clock.late) == (at(23, 15), False)


def test_resolved_cases_stand_by_their_call_back(work: UnitOfWork) -> None:
    who = person(work, "Lin")
    first, second = (complain(work, at(day), customer_id=who) for day in (20, 19))
    move(work, second, RESOLVED, at(22, 20))
    move(work, first, RESOLVED, at(21, 20))
    cards = board(work).lane(RESOLVED).cards
    assert [(card.id, card.call_back_on) for card in cards] == [
        (first, date(2026, 11, 24)),
        (second, date(2026, 11, 25)),
    ]


def test_closed_cases_show_the_newest_and_count_the_rest(work: UnitOfWork) -> None:
    keys = []
    for day in range(1, 6):
        keys.append(complain(work, at(day), on_the_spot=True))
        move(work, keys[-1], CLOSED, at(day + 10), satisfaction=5)
    old = complain(work, at(1, month=10), on_the_spot=True)
    move(work, old, CLOSED, at(24, month=10))
    lane = work.read(complaints.board, NOW, closed_shown=2).lane(CLOSED)
    assert [card.id for card in lane.cards] == [keys[4], keys[3]]
    assert lane.count == 5
    assert work.read(complaints.board, at(22)).lane(CLOSED).count == 6


def test_a_case_closed_twice_is_one_case(work: UnitOfWork) -> None:
    key = complain(work, at(10), on_the_spot=True)
    for state, day in ((CLOSED, 11), (OPEN, 12), (RESOLVED, 13), (CLOSED, 14)):
        move(work, key, state, at(day))
    lane = board(work).lane(CLOSED)
    assert ([card.id for card in lane.cards], lane.count) == ([key], 1)


def test_a_merged_card_is_answered_for(work: UnitOfWork) -> None:
    from sqlalchemy.orm import Session

    from app.models.customers import Customer

    gone, stays = person(work, "小沈"), person(work, "沈静怡")
    complain(work, customer_id=gone)
    with Session(work.engine) as session:
        session.get_one(Customer, gone).merged_into = stays
        session.commit()
    (card,) = board(work).lane(OPEN).cards
    assert card.who is not None
    assert (card.who.id, card.who.name) == (stays, "沈静怡")


def test_the_rail_counts_open_and_waiting(work: UnitOfWork) -> None:
    keys = [complain(work) for _ in range(3)]
    move(work, keys[0], WAITING)
    move(work, keys[1], RESOLVED)
    assert work.read(complaints.unsettled) == 2


def test_four_rates_with_their_counts(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    complain(work, at(20), on_the_spot=True, customer_id=shen)
    slow = complain(work, at(1), severity=SEVERE, customer_id=shen)
    move(work, slow, RESOLVED, at(20))
    complain(work, at(10), severity=SERIOUS)
    complain(work, at(22), severity=MINOR)
    complain(work, at(20, month=10), on_the_spot=True)
    for number in range(40):
        bill(work, f"a{number}", at(1 + number % 20))
    for number in range(10):
        bill(work, f"b{number}", at(10, month=10))
    bill(work, "return", at(5), revenue=0)
    read = work.read(complaints.rates, NOW.date(), at=NOW)
    assert (read.on_the_spot.hits, read.on_the_spot.of) == (1, 4)
    assert (read.on_time.hits, read.on_time.of) == (1, 3)
    assert (read.per_sales.complaints, read.per_sales.sales, read.per_sales.per_hundred) == (4, 40, 10.0)
    assert (read.per_sales_before.complaints, read.per_sales_before.sales) == (1, 10)
    assert (len(read.held_back), read.days) == (1, 30)


def test_rates_of_a_new_shop_are_unknown(work: UnitOfWork) -> None:
    read = work.read(complaints.rates, NOW.date())
    assert (read.on_the_spot.value, read.on_time.value, read.per_sales.per_hundred) == (None, None, None)
