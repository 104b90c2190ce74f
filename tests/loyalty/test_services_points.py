"""Points by hand, points that end, and what the shop owes in all."""

from datetime import date, timedelta

import pytest

from app.domain.loyalty.refusals import NotEnoughPoints
from app.services import loyalty
from app.services.loyalty import expiry
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


def test_points_given_by_hand_are_a_lot_with_reason_and_person(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.adjust(someone, 120, "  broken cup ")
    (row,) = work.read(loyalty.ledger, someone)
    assert (row.points, row.reason, row.staff, row.expires_on) == (120, "broken cup", "owner", date(2027, 11, 30))
    assert counter.lots(someone) == [120]


def test_the_same_adjustment_again_posts_nothing(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    for points in (100, 300):
        work.write(loyalty.adjust, someone, points, "once", operation_id="one click", at=counter.now)
    assert counter.balance(someone) == 100


def test_an_adjustment_is_undone_and_done_again(counter: Counter) -> None:
    someone = counter.person()
    counter.adjust(someone, 500)
    changes = counter.adjust(someone, -200)
    undone = counter.back(changes)
    assert counter.lots(someone) == [500]
    counter.back(counter.back(counter.back(undone)))
    assert counter.lots(someone) == [300]


def test_undoing_points_that_were_spent_meanwhile_leaves_a_debt_told_openly(counter: Counter) -> None:
    someone = counter.person()
    changes = counter.adjust(someone, 300)
    counter.adjust(someone, -100)
    counter.back(changes)
    assert (counter.balance(someone), counter.debt(someone)) == (-100, 100)
    counter.adjust(someone, 150, "written off, and 50 more")
    assert (counter.debt(someone), counter.lots(someone)) == (0, [50])


@pytest.mark.parametrize(
    ("points", "reason", "refusal"),
    [
        (0, "why", loyalty.NothingToMove),
        (5, "  ", loyalty.ReasonMissing),
        (-301, "too many", NotEnoughPoints),
        (10**20, "a barcode", loyalty.TooManyPoints),
    ],
)
def test_what_cannot_be_adjusted_is_refused(
    counter: Counter, points: int, reason: str, refusal: type[Exception]
) -> None:
    someone = counter.person()
    counter.adjust(someone, 300)
    with pytest.raises(refusal):
        counter.adjust(someone, points, reason)
    assert counter.balance(someone) == 300


def test_a_closed_week_writes_the_same_history_and_only_once(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.adjust(someone, 80)
    late = date(2027, 12, 8)
    assert work.write(loyalty.expire, date(2027, 11, 30))[0] == loyalty.Expired(0, 0)
    assert work.write(loyalty.expire, late)[0] == loyalty.Expired(1, 80)
    assert work.write(loyalty.expire, late)[0] == loyalty.Expired(0, 0)
    row = work.read(loyalty.ledger, someone)[0]
    assert (row.points, row.day, row.at.isoformat()) == (-80, date(2027, 12, 1), "2027-11-30T16:00:00+00:00")


def test_many_lots_end_in_one_batch_with_one_line_in_the_trail(
    counter: Counter, work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiry, "MANY", 2)
    people = [counter.person(f"Person {number}") for number in range(3)]
    for someone in people:
        counter.adjust(someone, 10)
    gone, changes = work.write(loyalty.expire, date(2028, 1, 1))
    assert (gone, len(changes.rows), changes.features) == (loyalty.Expired(3, 30), 0, frozenset({"loyalty"}))
    assert [row.points for row in work.read(loyalty.members, 0)] == [0, 0, 0]


def test_what_the_shop_owes_by_the_month_in_which_it_ends(counter: Counter, work: UnitOfWork) -> None:
    ann, ben = counter.person("Ann"), counter.person("Ben")
    counter.adjust(ann, 150)
    counter.now += timedelta(days=20)
    counter.adjust(ben, 250)
    counter.adjust(ann, -50)
    owed = work.read(loyalty.outstanding, counter.now.date())
    assert owed.by_month == ((date(2027, 11, 30), 100), (date(2027, 12, 31), 250))
    assert (owed.usable, owed.value, owed.pending, owed.debt) == (350, 350, 0, 0)
    ending = work.read(loyalty.expiring, counter.now.date(), date(2027, 11, 30))
    assert ending == [loyalty.Ending(ann, "Ann", 100, date(2027, 11, 30))]
