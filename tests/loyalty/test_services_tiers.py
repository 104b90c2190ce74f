"""Tiers as a shop lives with them: reached at once, lost late, counted for any day, changed and changed back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from app.models.sales import Sale, SaleOrigin
from app.services import loyalty, permissions
from app.storage.unit_of_work import UnitOfWork
from tests.loyalty.ladders import change, drafted, undo
from tests.till.counter import Counter

TODAY = date(2026, 11, 23)


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.bring_in", permissions.CLERK)


def bring_in(session: Session, customer: int, sales: list[tuple[date, int]]) -> None:
    """Sales of the past in minor units, below 0 an unlinked return, as an import writes them."""
    session.add_all(
        Sale(
            number=str(number),
            customer_id=customer,
            at=datetime(day.year, day.month, day.day, 4, tzinfo=UTC),
            shop_day=day,
            staff_id=1,
            origin=SaleOrigin.IMPORT,
            revenue=max(0, net),
            returned=max(0, -net),
        )
        for number, (day, net) in enumerate(sales)
    )
    session.flush()
    loyalty.refresh(session, None, TODAY)


@pytest.mark.parametrize(("cents", "rank"), [(1, 1), (599_999, 1), (600_000, 2)])
def test_a_threshold_is_inclusive_to_the_last_cent(counter: Counter, work: UnitOfWork, cents: int, rank: int) -> None:
    someone = counter.person()
    work.write(bring_in, someone, [(TODAY, cents)])
    assert work.read(loyalty.standing, someone, TODAY).tier.rank == rank
    assert [row.id for row in work.read(loyalty.members, rank)] == [someone]


def test_the_past_is_shown_as_it_was(counter: Counter, work: UnitOfWork) -> None:
    ann, ben = counter.person("Ann"), counter.person("Ben")
    work.write(bring_in, ann, [(date(2024, 3, 10), 650_000), (date(2026, 6, 2), 1000)])
    assert [work.read(loyalty.counts, day) for day in (date(2024, 3, 30), date(2024, 3, 31), date(2025, 4, 29))] == [
        {0: 0, 1: 0, 2: 0},  # neither card existed yet
        {0: 0, 1: 0, 2: 1},
        {0: 0, 1: 0, 2: 1},
    ]
    # VIP to the end of March 2025, thirty days of grace, then nothing bought for a year.
    assert work.read(loyalty.counts, date(2025, 4, 30)) == {0: 1, 1: 0, 2: 0}
    assert work.read(loyalty.counts, TODAY) == {0: 1, 1: 1, 2: 0}
    assert work.read(loyalty.members_of, 2, date(2024, 12, 31)) == (ann,)
    assert work.read(loyalty.members_of, 0, TODAY) == (ben,)


def test_a_return_lowers_the_window_and_the_tier_is_as_if_it_had_not_been_sold(
    counter: Counter, work: UnitOfWork
) -> None:
    someone = counter.person()
    work.write(bring_in, someone, [(TODAY, 600_000), (TODAY, -1)])
    assert work.read(loyalty.standing, someone, TODAY).tier.rank == 1


def test_a_sale_at_the_till_raises_at_once_and_undo_lowers_again(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    _, changes = counter.sell(counter.ticket(someone, 6000))
    assert [row.id for row in work.read(loyalty.members, 2)] == [someone]
    counter.back(changes)
    assert (work.read(loyalty.count_members, 2), work.read(loyalty.count_members, 0)) == (0, 1)


def test_a_tier_runs_out_thirty_days_after_its_last_day(counter: Counter, work: UnitOfWork) -> None:
    someone = counter.person()
    counter.buy(someone, 6000)
    work.write(loyalty.open_day, date(2027, 12, 29))
    assert work.read(loyalty.count_members, 2) == 1
    work.write(loyalty.open_day, date(2027, 12, 30))
    assert (work.read(loyalty.count_members, 2), work.read(loyalty.count_members, 0)) == (0, 1)
    assert work.write(loyalty.run_out, date(2027, 12, 30))[0] == 0


def test_a_new_threshold_is_laid_over_everyone_and_taken_back(counter: Counter, work: UnitOfWork) -> None:
    ann, ben = counter.person("Ann"), counter.person("Ben")
    counter.buy(ann, 500)
    counter.buy(ben, 499)
    ladder = drafted(work, vip={"name": "Gold", "min_amount": 50_000, "member_discount": 100})
    changes = change(work, replace(ladder, from_start=True))
    assert [row.name for row in work.read(loyalty.members, 2)] == ["Ann"]
    assert counter.quote(counter.ticket(ann, 100)).total == 9000
    back = undo(work, changes)
    assert work.read(loyalty.count_members, 2) == 0
    assert work.read(loyalty.tiers)[2].min_amount == 600_000
    undo(work, back)
    assert work.read(loyalty.tiers)[2].name == "Gold"


def test_rebuilding_everyone_gives_what_the_sales_gave_one_by_one(counter: Counter, work: UnitOfWork) -> None:
    counter.now -= timedelta(days=700)
    people = [counter.person(f"Person {number}") for number in range(4)]
    for step in range(40):
        counter.now += timedelta(days=17)
        counter.buy(people[step % 4 if step < 20 else step % 2], 200 + 333 * step)
    days = [counter.now.date() - timedelta(days=back) for back in range(0, 700, 35)]
    before = [work.read(loyalty.counts, day) for day in days]
    work.write(loyalty.refresh, None, counter.now.date())
    assert [work.read(loyalty.counts, day) for day in days] == before
