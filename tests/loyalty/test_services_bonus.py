"""Points for many at once: who gets them, what they are worth, and the way back, whatever happened since."""

from datetime import timedelta

import pytest

from app.bootstrap import Shop
from app.domain.errors import Cancelled, ShopError
from app.services import customers, duplicates, loyalty
from app.services.backup import check
from app.services.loyalty import BonusPreview, NothingToMove, ReasonMissing, TooManyPoints
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.conftest import FixedClock
from tests.till.counter import Counter
from tests.transfer.bringing import asked


def give(counter: Counter, people: list[int], points: int, operation: str = "b1") -> Changes:
    named = {"operation_id": operation, "at": counter.now}
    return counter.work.write(loyalty.give_bonus, people, points, "birthday of the shop", **named)[1]  # type: ignore[arg-type]


def test_everybody_gets_a_lot_that_can_be_spent_at_once(counter: Counter, work: UnitOfWork) -> None:
    anna, ben, other = counter.person("Anna"), counter.person("Ben"), counter.person("Other")
    changes = give(counter, [anna, ben, ben], 150)
    assert [counter.lots(one) for one in (anna, ben, other)] == [[150], [150], []]
    assert changes.features >= {"loyalty"}
    row = work.read(loyalty.ledger, anna)[0]
    assert (row.kind.value, row.points, row.reason) == ("bonus", 150, "birthday of the shop")
    ends = asked(work, "SELECT DISTINCT available_from, expires_on, staff_id FROM point_entries")
    assert ends == [("2026-11-23", "2027-11-30", 1)]
    assert asked(work, "SELECT customer_id, points FROM customer_figures ORDER BY 1") == [
        (anna, 150),
        (ben, 150),
        (other, 0),
    ]


def test_what_it_comes_to_is_known_before(counter: Counter, work: UnitOfWork) -> None:
    people = [counter.person(name) for name in ("A", "B", "C")]
    work.write(duplicates.merge, people[0], people[2])
    meant = work.read(loyalty.bonus_audience, people)
    assert work.read(loyalty.preview_bonus, meant, 250) == BonusPreview(2, 500, 500)
    assert work.read(loyalty.preview_bonus, meant, -1) == BonusPreview(2, 0, 0)


def test_the_same_again_posts_nothing(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    give(counter, [someone], 10)
    give(counter, [someone], 10)
    assert counter.balance(someone) == 10


def test_what_is_owed_is_paid_first_and_owed_again_when_it_is_taken_back(counter: Counter) -> None:
    debtor = counter.person()
    first = counter.buy(debtor, 300)
    counter.buy(debtor, 1000, points=300)
    counter.adjust(debtor, -997)
    counter.void(first.sale_id)
    assert (counter.balance(debtor), counter.debt(debtor)) == (-300, 300)
    changes = give(counter, [debtor], 500)
    assert (counter.balance(debtor), counter.debt(debtor), counter.lots(debtor)) == (200, 0, [200])
    counter.back(changes)
    assert (counter.balance(debtor), counter.debt(debtor), counter.lots(debtor)) == (-300, 300, [])


def test_spent_points_are_taken_back_from_other_lots_then_owed_and_given_again(counter: Counter) -> None:
    someone, other = counter.person(), counter.person("Other")
    changes = give(counter, [someone, other], 500)
    counter.buy(someone, 1000, points=300)  # earns 997
    changes = counter.back(changes)
    assert (counter.balance(someone), counter.lots(someone)) == (697, [697])
    assert (counter.balance(other), counter.lots(other)) == (0, [])
    changes = counter.back(changes)
    assert [counter.balance(one) for one in (someone, other)] == [1197, 500]
    counter.back(changes)
    assert [counter.balance(one) for one in (someone, other)] == [697, 0]


def test_given_again_days_later_it_pays_what_came_to_be_owed_since(counter: Counter, clock: FixedClock) -> None:
    someone = counter.person()
    changes = give(counter, [someone], 500)
    for _ in range(2):
        clock.forward(days=3)
        counter.now += timedelta(days=3)
        if counter.balance(someone) > 0:
            counter.adjust(someone, -500)
        else:
            changes = counter.back(changes)
    assert (counter.balance(someone), counter.debt(someone), counter.lots(someone)) == (-500, 500, [])
    again = counter.back(changes)
    assert (counter.balance(someone), counter.debt(someone), counter.lots(someone)) == (0, 0, [])
    counter.back(again)
    assert (counter.balance(someone), counter.debt(someone), counter.lots(someone)) == (-500, 500, [])
    assert counter.work.read(check, counter.day).ok


def test_a_bonus_is_taken_back_from_cards_merged_since(counter: Counter, work: UnitOfWork) -> None:
    anna, double = counter.person("Anna"), counter.person("Anna Two")
    changes = give(counter, [anna, double], 100)
    kept = work.write(duplicates.merge, anna, double)[0].kept_id
    assert counter.balance(kept) == 200
    counter.back(changes)
    assert (counter.balance(kept), counter.lots(kept)) == (0, [])
    assert work.read(check, counter.day).ok


def test_what_expired_meanwhile_is_not_taken_twice(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    changes = give(counter, [someone], 100)
    counter.now += timedelta(days=400)
    work.write(loyalty.expire, counter.day)
    back(counter, changes)
    assert counter.balance(someone) == 0
    assert counter.movements(someone) == [("bonus", 100), ("expire", -100)]


@pytest.mark.parametrize(
    ("points", "reason", "refusal"),
    [(0, "x", NothingToMove), (-5, "x", NothingToMove), (1_000_001, "x", TooManyPoints), (5, "  ", ReasonMissing)],
)
def test_what_is_refused_changes_nothing(
    counter: Counter, work: UnitOfWork, points: int, reason: str, refusal: type[ShopError]
) -> None:
    someone = counter.person()
    with pytest.raises(refusal):
        work.write(loyalty.give_bonus, [someone], points, reason, operation_id="b", at=counter.now)
    assert counter.balance(someone) == 0


def test_nobody_is_refused(work: UnitOfWork, counter: Counter) -> None:
    with pytest.raises(NothingToMove):
        give(counter, [], 5)
    with pytest.raises(NothingToMove):
        work.write(loyalty.undo_bonus, "never", operation_id="x")


def test_it_can_be_stopped_half_way_and_then_nobody_has_anything(sample_shop: Shop) -> None:
    work = sample_shop.work
    everyone = [number for (number,) in asked(work, "SELECT id FROM customers")]
    before = asked(work, "SELECT count(*), sum(points) FROM point_entries")

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    named = {"operation_id": "all", "at": sample_shop.clock()}
    with pytest.raises(Cancelled):
        work.write(loyalty.give_bonus, everyone, 10, "all", **named, progress=stop)  # type: ignore[arg-type]
    assert asked(work, "SELECT count(*), sum(points) FROM point_entries") == before


def test_the_whole_sample_shop_and_back(sample_shop: Shop) -> None:
    work = sample_shop.work
    held = {one.customer_id for one in work.read(customers.held_back)}
    assert held, "nobody with an open complaint gets any"
    everyone = [number for (number,) in asked(work, "SELECT id FROM customers")]
    meant = set(everyone) - held
    points = "SELECT customer_id, points FROM customer_figures ORDER BY 1"
    before = dict(asked(work, points))
    done, changes = work.write(loyalty.give_bonus, everyone, 25, "all", operation_id="all", at=sample_shop.clock())
    assert (done.people, done.points) == (len(meant), 25 * len(meant))
    assert dict(asked(work, points)) == {number: had + 25 * (number in meant) for number, had in before.items()}
    way = changes.taken_back_by
    assert way is not None
    work.write(way.service, *way.args, **way.named)
    assert dict(asked(work, points)) == before
    assert work.read(check, sample_shop.clock().date()).ok


def test_two_bonuses_are_taken_back_one_after_the_other_around_what_was_spent(
    counter: Counter, work: UnitOfWork
) -> None:
    someone = counter.person()
    first, second = give(counter, [someone], 80, "b1"), give(counter, [someone], 70, "b2")
    counter.buy(someone, 1000, points=100)  # the whole first lot and 20 of the second; earns 999
    back(counter, second)
    assert (counter.balance(someone), counter.lots(someone)) == (979, [979])
    counter.now += timedelta(days=500)
    work.write(loyalty.expire, counter.day)
    back(counter, first)
    held = work.read(loyalty.holding, someone)
    assert (held.balance, held.debt, held.lots) == (-80, 80, ())
    assert work.read(check, counter.day).ok


def back(counter: Counter, changes: Changes) -> Changes:
    """Take a bonus back now, which by then may be much later."""
    way = changes.taken_back_by
    assert way is not None
    return counter.work.write(way.service, *way.args, **{**way.named, "at": counter.now})[1]
