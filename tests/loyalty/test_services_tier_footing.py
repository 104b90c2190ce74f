"""A sale counted on top of what is written down gives what working everything out anew gives, row for row."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.shop import TierWindow
from app.services import loyalty, permissions
from app.services.loyalty.footing import footing
from app.services.loyalty.standing import ladder_of
from app.services.settings import change
from app.storage.unit_of_work import UnitOfWork
from tests.conftest import FixedClock
from tests.loyalty import ladders
from tests.till.counter import MORNING, Counter

MOVES = text(
    'SELECT customer_id, "on", from_rank, to_rank, cause, valid_until, due_on FROM tier_moves ORDER BY customer_id, id'
)


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("moves", "settled"):
        monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.{name}", permissions.CLERK)


def moves(session: Session) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in session.execute(MOVES)]


def settled(session: Session, who: int, counter: Counter) -> bool:
    return footing(session, [who], counter.day, ladder_of(session).rules).settled


@pytest.mark.parametrize("window", list(TierWindow))
def test_one_sale_after_the_other_is_what_all_of_them_are(
    work: UnitOfWork, clock: FixedClock, window: TierWindow
) -> None:
    """Days pass or not, two people buy, now and then one takes it back, and the day opens or is left closed."""
    rng, counter = Random(window.value), Counter(work, MORNING - timedelta(days=4000))
    work.write(change, {"tier_window": window})
    people = [counter.person("Ann"), counter.person("Ben")]
    on_top = 0
    for _ in range(30):
        counter.now += timedelta(days=rng.choice((0, 0, 1, 7, 33, 120, 400)))
        clock.moment = counter.now
        who = rng.choice(people)
        if rng.random() < 0.6:
            work.write(loyalty.open_day, counter.day)
        on_top += work.read(settled, who, counter)
        _, sold = counter.sell(counter.ticket(who, rng.choice((1, 500, 2990, 3000, 6000))))
        if rng.random() < 0.1:
            counter.back(sold)
        work.write(loyalty.run_out, counter.day)
        told = work.read(moves)
        ranks = [work.read(loyalty.standing, each, counter.day).tier.rank for each in people]
        assert ranks == [next((row[3] for row in reversed(told) if row[0] == each), 0) for each in people]
        work.write(loyalty.refresh, None, counter.day)
        assert work.read(moves) == told
    assert on_top >= 12


def test_what_is_written_down_serves_only_its_own_day_and_later(work: UnitOfWork) -> None:
    counter = Counter(work)
    who = counter.person()
    assert work.read(settled, who, counter)
    counter.buy(who, 6000)
    assert work.read(settled, who, counter)  # a second sale of the day: the one move of it is that of its purchases
    counter.now += timedelta(days=1)
    assert work.read(settled, who, counter)
    counter.now -= timedelta(days=2)
    assert not work.read(settled, who, counter)
    assert counter.rank(who) == 0
    counter.now += timedelta(days=500)  # run out since, and nobody opened the day
    assert not work.read(settled, who, counter)
    assert counter.rank(who) == 0
    assert work.read(loyalty.count_members, 2) == 1


def test_new_rules_and_tiers_given_by_hand_are_worked_out_anew(work: UnitOfWork) -> None:
    counter = Counter(work)
    ann, ben = counter.person("Ann"), counter.person("Ben")
    counter.buy(ann, 10)
    counter.now += timedelta(days=3)
    ladders.change(work, ladders.drafted(work, vip={"min_amount": 900_000}), counter.day)
    assert not work.read(settled, ann, counter)
    counter.now += timedelta(days=1)
    assert work.read(settled, ann, counter)
    work.write(loyalty.give_tier, ben, "vip", None, "why", operation_id="given", at=counter.now)
    counter.now += timedelta(days=1)
    assert not work.read(settled, ben, counter)
    assert work.read(loyalty.standing, ann, counter.day - timedelta(days=3)).next_tier is not None


def test_a_sale_entered_late_hides_nothing_that_came_after_it(work: UnitOfWork) -> None:
    counter = Counter(work)
    who = counter.person()
    counter.buy(who, 10)
    counter.now -= timedelta(days=5)
    assert not work.read(settled, who, counter)
    counter.buy(who, 5995)
    counter.now += timedelta(days=5)
    assert counter.rank(who) == 2
    told = work.read(moves)
    work.write(loyalty.refresh, None, counter.day)
    assert work.read(moves) == told
