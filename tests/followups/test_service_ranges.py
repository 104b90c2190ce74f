"""Any range of days is the sum of its days, whoever's follow-ups are asked for and however few are read."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.followups import FollowUpKind
from app.domain.loyalty.rules import BonusDay, EarningRules
from app.domain.staff import Role
from app.models.staff import Staff
from app.services import followups, loyalty
from app.services.followups import Whose
from app.storage.unit_of_work import UnitOfWork
from tests.followups.people import NOW, TODAY, at, book, complain, days, hour, person

FIONA, GONE = 2, 3


@pytest.fixture
def busy(work: UnitOfWork) -> UnitOfWork:
    """Three weeks with everything a day may hold, of three people, one of whom has left."""
    with Session(work.engine) as session:
        session.add(Staff(id=FIONA, name="Fiona", role=Role.CLERK))
        session.add(Staff(id=GONE, name="Gone", role=Role.CLERK, active=False))
        session.commit()
    people = [person(work, name, birthday=Birthday(11, day)) for name, day in (("Ann", 20), ("Bob", 27), ("Cy", 27))]
    complain(work, people[0], at(20))
    for number in range(40):
        kind = (FollowUpKind.REORDER, FollowUpKind.CALL)[number % 2]
        due = days(number * 7 % 20 - 10)
        made = book(work, people[number % 3], due, kind, staff_id=1 + number % 3, due_at=hour(9 + number % 9))
        if number % 5 == 0:
            work.write(followups.finish, made, NOW)
    rules = EarningRules(days=(BonusDay(Decimal(2), weekday=4), BonusDay(Decimal(3), month_day=27)))
    work.write(loyalty.change_rules, rules, day=days(-3))
    return work


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.integers(-14, 14),
    length=st.integers(0, 9),
    most=st.none() | st.integers(1, 3),
    whose=st.sampled_from([None, Whose(1, with_left=True), Whose(FIONA), Whose(GONE)]),
)
def test_a_range_is_the_union_of_its_days(
    busy: UnitOfWork, first: int, length: int, most: int | None, whose: Whose | None
) -> None:
    start = days(first)
    whole = busy.read(followups.days, start, start + timedelta(days=length), TODAY, whose=whose, most=most)
    each = [start + timedelta(days=n) for n in range(length + 1)]
    assert whole == [busy.read(followups.days, day, day, TODAY, whose=whose, most=most)[0] for day in each]
    in_full = [busy.read(followups.day, day, TODAY, whose=whose) for day in each]
    assert [plan.strips for plan in whole] == [plan.strips[:most] for plan in in_full]
    assert [(plan.count, plan.held, plan.born) for plan in whole] == [
        (len(plan.strips), sum(strip.item.held for strip in plan.strips), plan.born) for plan in in_full
    ]


def test_each_follow_up_is_of_somebody(busy: UnitOfWork) -> None:
    def ids(whose: Whose | None) -> set[int]:
        plans = busy.read(followups.days, days(-30), days(30), TODAY, whose=whose)
        return {strip.id for plan in plans for strip in plan.strips}

    own, fiona, gone = ids(Whose(1)), ids(Whose(FIONA)), ids(Whose(GONE))
    assert own and fiona and gone
    assert own | fiona | gone == ids(None) and len(own) + len(fiona) + len(gone) == 40
    assert ids(Whose(FIONA, with_left=True)) == fiona | gone


def test_the_cap_of_one_person_is_for_one(busy: UnitOfWork) -> None:
    assert busy.read(followups.day, TODAY, TODAY).people == 2
    assert busy.read(followups.day, TODAY, TODAY, whose=Whose(FIONA)).people == 1


def test_points_days_follow_the_rules_of_their_day(busy: UnitOfWork) -> None:
    """The rules hold from three days before the 23rd, a Monday: Fridays are double, the 27th is triple."""
    plans = busy.read(followups.days, date(2026, 11, 13), date(2026, 12, 4), TODAY)
    assert {plan.day: plan.times for plan in plans if plan.times != 1} == {
        date(2026, 11, 20): Decimal(2),
        date(2026, 11, 27): Decimal(3),
        date(2026, 12, 4): Decimal(2),
    }


def test_the_nearest_day_with_something_to_do(work: UnitOfWork) -> None:
    for due in (days(-400), days(3), days(500)):
        book(work, None, due, text="Order cups", staff_id=1)
    assert work.read(followups.next_planned, TODAY) == days(3)
    assert work.read(followups.next_planned, days(3)) == days(500)
    assert work.read(followups.next_planned, TODAY, forward=False) == days(-400)
    assert work.read(followups.next_planned, days(500)) is None
    assert work.read(followups.next_planned, TODAY, whose=Whose(9)) is None
